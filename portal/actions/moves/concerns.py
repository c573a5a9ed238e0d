"""Open concerns about a child go along to another practice: whoever must act there is told at once."""

from dataclasses import replace
from uuid import uuid4

from fhir import kept_concerns
from fhir.store import Write
from fhir.store.tables import next_looks
from plans.concern import Concern, rungs
from portal.actions.concerns.telling import tell_of, whom_to_tell
from portal.calendar import holidays_for
from portal.policy import policy_here


def take_along(write: Write, child_id: str, from_id: str) -> int:
    """Give each open concern that the former practice owns to who must act first now; return how many.

    Its clock runs on as it did: what was told before is not told again, and what falls next is told on time.
    """
    given = [one for one in kept_concerns.about(write, child_id) if one.is_open and one.owner_id == from_id]
    return sum(_tell_anew(write, concern) for concern in given)


def _tell_anew(write: Write, concern: Concern) -> bool:
    """Tell of it where it was not known before, by the first step of its ladder."""
    (first, *_) = rungs(concern, policy_here().numbers("concern"), write.at)
    rung = replace(first, id=str(uuid4()), falls_at=write.at)
    owner_id, *_ = whom_to_tell(write, concern, rung, write.at, holidays_for)
    if owner_id == concern.owner_id:
        return False  # nobody else is known who could act
    given, _raised = tell_of(write, concern, rung, write.at, holidays_for)
    kept_concerns.keep_owner(write, given)
    next_looks.put_at_once(write, kept_concerns.LOOK, concern.id)
    patient = f"Patient/{concern.child_id}"
    write.audit("U", f"Task/{concern.id}", patient, "take the concern over from another practice")
    return True
