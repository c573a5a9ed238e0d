"""Telling the sender's team what a GP practice does not have: a task with the practice's phone number."""

from fhir import kept_team_tasks
from fhir.store import Reader, Write
from plans.gp_document import SAYS, GpDocument, Missing
from plans.places import Organisation
from plans.team_task import TaskKind, task_id
from portal.actions.discharge.places import is_staffed, known_place, who_can_own
from portal.actions.inbox.tasks import NewTask, raise_task, settle

KIND = TaskKind.GP_DOCUMENT
ANOTHER_WAY = "Phone the practice and send it another way."
ARRIVED = "The practice's system has answered since."


def tell(write: Write, document: GpDocument, missing: Missing, why: str = "") -> None:
    """Raise the task about what is missing of a document, unless it was raised before."""
    practice = known_place(write, document.practice_id)
    what = f"{document.title}, version {document.version}, for the GP practice."
    act = "Phone the practice and say so." if missing is Missing.TAKEN_BACK else ANOTHER_WAY
    words = " ".join(part for part in (what, SAYS[missing], why, act, _phone(practice)) if part)
    _raise(write, document, words, missing)


def tell_not_sent(write: Write, document: GpDocument, why: str) -> None:
    """Raise the task of sending another way what MESH cannot carry; nothing of it was queued."""
    practice = known_place(write, document.practice_id)
    what = f"{document.title}, version {document.version}, was not sent to the GP practice."
    act = ANOTHER_WAY if practice else "Find the child's GP practice, and send it there."
    words = " ".join(part for part in (what, why, act, _phone(practice)) if part)
    _raise(write, document, words, Missing.NOT_SENT)


def settle_what_was_missing(write: Write, document: GpDocument) -> None:
    """Close the tasks about what has come since."""
    come = [Missing.NOT_SENT] if document.sent_at else []
    come += [Missing.NOT_RECEIVED] if document.received_at or document.accepted_at else []
    come += [Missing.NOT_ACCEPTED] if document.accepted_at else []
    for missing in come:
        id = task_id(KIND, document.owner_id, _once(document, missing))
        if kept_team_tasks.is_raised(write, id):
            settle(write, kept_team_tasks.task(write, id), ARRIVED)


def who_acts(reader: Reader, *candidates: str) -> str:
    """Return the first of these teams that is staffed, else another here that is; "" where nobody is."""
    found = next((id for id in candidates if id and is_staffed(reader, id)), "")
    if found:
        return found
    owner = who_can_own(reader)
    return owner.id if owner else ""


def _raise(write: Write, document: GpDocument, words: str, missing: Missing) -> None:
    if not document.owner_id:
        return
    once = _once(document, missing)
    raise_task(write, NewTask(KIND, document.owner_id, document.child_id, document.about, words, once))


def _once(document: GpDocument, missing: Missing) -> str:
    return f"{document.id}/{missing}"


def _phone(practice: Organisation | None) -> str:
    if practice is None:
        return ""
    return f"{practice.name}: {practice.phone or 'no phone number is known here'}."
