"""Open concerns about a child go along to another practice: whoever must act there is told at once."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

from fhir import kept_concerns
from fhir.store import Write
from fhir.store.tables import next_looks, outbox
from plans.alert import Alert
from plans.concern import URGENT, USUAL, Concern
from plans.working_days import uk_day
from portal.actions.alerts import CARRIER
from portal.actions.concerns.teams import teams_of, who_acts_now
from portal.actions.looked import Raised
from portal.actions.review_list import name_of_place
from portal.calendar import holidays_for


def take_along(write: Write, child_id: str, from_id: str) -> int:
    """Give each open concern that the former practice owns to who must act first now; return how many.

    Its clock runs on as it did: what was told before is not told again, and what falls next is told on time.
    """
    given = [one for one in kept_concerns.about(write, child_id) if one.is_open and one.owner_id == from_id]
    return sum(_tell_anew(write, concern) for concern in given)


def _tell_anew(write: Write, concern: Concern) -> bool:
    alert = _alert(write, concern)
    if alert.owner_id == concern.owner_id:
        return False  # nobody else is known who could act
    kept_concerns.keep_told(write, alert, falls_at=write.at)
    for message in _messages(write, alert, concern):
        outbox.enqueue(write, message)
    patient = f"Patient/{concern.child_id}"
    write.audit("C", f"Communication/{alert.id}", patient, f"raise the alert {alert.rung}")
    kept_concerns.keep_owner(write, replace(concern, owner_id=alert.owner_id))
    next_looks.put_at_once(write, kept_concerns.LOOK, concern.id)
    write.audit("U", f"Task/{concern.id}", patient, "take the concern over from another practice")
    return True


def _alert(write: Write, concern: Concern) -> Alert:
    """Return how a concern is told where it was not known before: by the first step of its ladder."""
    (step, *_) = URGENT if concern.is_urgent else USUAL
    them = teams_of(write, concern, write.at)
    owner_id, *because = who_acts_now(write, them, step.owner, write.at, holidays_for)
    told = dict.fromkeys([*because, *(them.of(team) for team in step.also)])
    return Alert(
        id=str(uuid4()),
        child_id=concern.child_id,
        review_id="",
        concern_id=concern.id,
        rung=step.code,
        owner=step.owner,
        owner_id=owner_id,
        told_ids=tuple(id for id in told if id and id != owner_id),
        about=step.about,
        raised_at=write.at,
    )


def _messages(write: Write, alert: Alert, concern: Concern) -> Iterator[outbox.NewMessage]:
    """Yield what is sent to each who is told: nothing about the child, and no word of the concern."""
    owner, due = name_of_place(write, alert.owner_id), uk_day(concern.act_by)
    said = Raised(alert.id, alert.child_id, alert.rung, owner, due, alert.about).as_json()
    body = {name: value for name, value in said.items() if name != "child"}
    for id in (alert.owner_id, *alert.told_ids):
        yield outbox.NewMessage(
            key=f"{alert.id}/{id}",
            carrier=CARRIER,
            recipient=id,
            body=body | {"page": f"/concerns/{concern.id}"},
            communication_id=alert.id,
            child_id=alert.child_id,
        )
