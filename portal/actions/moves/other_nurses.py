"""A school that other nurses look after from now on: the former ones lose the plans of its children."""

from fhir import kept_people, kept_plans, kept_shares
from fhir.patient import from_patient
from fhir.store import Write
from plans.people import Child
from plans.places import Organisation
from plans.sharing import Reader, stopped
from plans.team_task import TaskKind
from portal.actions.circle.sharing import end
from portal.actions.inbox.tasks import NewTask, raise_task


def end_for_former(write: Write, school: Organisation, team: Organisation) -> None:
    """End each share with the nurses of a school, as it was, for the children there; `team` follows them.

    The same as where a child moves to a school of other nurses: the practice is asked to share anew.
    """
    for patient in write.search("Patient", school=f"Organization/{school.id}"):
        for share in kept_shares.live_shares_of(write, patient["id"], write.at):
            if (share.reader, share.reader_id) == (Reader.SCHOOL_NURSE, school.nursing_team_id):
                end(write, stopped(share, write.at), "stop sharing as other nurses look after the school")
                _tell(write, from_patient(patient), school, team)


def _tell(write: Write, child: Child, school: Organisation, team: Organisation) -> None:
    """Ask the practice to share with the nurses who follow; without one, whoever signed the plan, or them."""
    former = kept_people.organisation(write, school.nursing_team_id).name
    words = (
        f"{team.name} look after {school.name} now, and {former} see the plan no more. The plan is not "
        f"shared with {team.name} until you share it."
    )
    owner_id = child.practice_id or kept_plans.signed_at(write, child.id) or team.id
    raise_task(write, NewTask(TaskKind.CHILD_MOVED, owner_id, child.id, f"Patient/{child.id}", words))
