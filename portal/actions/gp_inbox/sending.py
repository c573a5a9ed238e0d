"""Sending a document to the inbox of the child's GP practice, in the write of the act that it belongs to."""

from uuid import uuid4

from fhir import kept_people
from fhir.store import Write
from fhir.store.tables import gp_documents, next_looks, outbox
from plans.gp_document import DocumentKind, GpDocument, Missing, why_not_by_mesh
from plans.people import Child
from plans.plan import Plan
from plans.review import Review
from portal.actions.discharge.places import known_place
from portal.actions.gp_inbox.looking import LOOK, SOON
from portal.actions.gp_inbox.needed import is_needed
from portal.actions.gp_inbox.set_up import is_set_up
from portal.actions.gp_inbox.telling import tell, tell_not_sent, who_acts


def send_plan(write: Write, plan: Plan, child: Child) -> None:
    """Queue a signed plan for the child's practice, where it was signed elsewhere and MESH is set up.

    Where it cannot go so, the team that signed it is told to send it another way.
    """
    if plan.author is None or plan.author.organisation_id == child.practice_id or not is_set_up(write):
        return
    former = [one for one in gp_documents.of_child(write, child.id) if one.kind is DocumentKind.PLAN]
    last_sent = next((one for one in reversed(former) if one.sent_at and not one.failed_at), None)
    by = plan.author.organisation_id
    new = GpDocument(
        id=str(uuid4()),
        kind=DocumentKind.PLAN,
        about=f"CarePlan/{plan.id}",
        child_id=child.id,
        practice_id=child.practice_id,
        sender_id=by,
        owner_id=who_acts(write, by),
        version=plan.version,
        queued_at=write.at,
        replaces=last_sent.id if last_sent else "",
    )
    _queue(write, new, child)


def send_sheet(write: Write, review: Review, child: Child, hospital_id: str) -> None:
    """Queue the sheet after hospital for the child's practice, where another place tells of the discharge.

    Where it cannot go by MESH, the team that owns the review until then is told to send it another way.
    """
    sender_id = hospital_id or review.requester_id
    if not sender_id or sender_id == review.owner_id or not is_set_up(write):
        return
    new = GpDocument(
        id=str(uuid4()),
        kind=DocumentKind.AFTER_HOSPITAL,
        about=f"Task/{review.id}",
        child_id=child.id,
        practice_id=review.owner_id,
        sender_id=sender_id,
        owner_id=who_acts(write, sender_id, review.requester_id, review.owner_id),
        version=1,
        queued_at=write.at,
    )
    _queue(write, new, child)


def take_back(write: Write, about: str) -> None:
    """Stop what was made from this and is not sent yet; have the practice phoned about what was sent."""
    for document in gp_documents.about(write, about):
        outbox.stop_key(write, gp_documents.KEY + document.id)
        if document.sent_at and not document.failed_at:
            tell(write, document, Missing.TAKEN_BACK)


def stop_unsent(write: Write, about: str) -> None:
    """Stop what was made from this and is not sent yet: a newer version takes its place."""
    for document in gp_documents.about(write, about):
        outbox.stop_key(write, gp_documents.KEY + document.id)


def go_on_sending(write: Write, child_id: str) -> None:
    """Send what was stopped as the child was said to have died, in error, and look at it all again.

    Only the newest that was made of a plan or a review, where the practice still needs it.
    """
    newest = {one.about: one for one in gp_documents.of_child(write, child_id)}
    for document in newest.values():
        if document.is_stopped and is_needed(write, document):
            outbox.go_on_with_key(write, gp_documents.KEY + document.id)
            detail = "send to the GP practice by MESH after all: the death was said in error"
            write.audit("U", document.about, f"Patient/{child_id}", detail)
        next_looks.put(write, LOOK, document.id, write.at + SOON)


def _queue(write: Write, new: GpDocument, child: Child) -> None:
    practice, sender = known_place(write, new.practice_id), kept_people.organisation(write, new.sender_id)
    why = why_not_by_mesh(child, practice, sender)
    if why:
        tell_not_sent(write, new, why)
        return
    gp_documents.keep(write, new)
    next_looks.put_at_once(write, LOOK, new.id)
    detail = f"send to the GP practice by MESH: {new.kind}, version {new.version}"
    write.audit("C", new.about, f"Patient/{child.id}", detail)
