"""Telling of a concern: each rung that has passed is told once, with alert, messages and audit."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from fhir import kept_concerns, kept_team_tasks
from fhir.store import Write
from fhir.store.tables import next_looks, outbox
from plans.alert import Alert
from plans.concern import Concern, Rung, rungs
from plans.working_days import uk_day
from portal.actions.alerts import CARRIER
from portal.actions.clocks import HolidaysFor
from portal.actions.concerns.older import taken_over
from portal.actions.concerns.teams import Teams, teams_of, who_acts_now
from portal.actions.looked import NEVER_AGAIN, Looked, Raised
from portal.actions.review_list import name_of_place
from portal.policy import policy_here


def look_at_concern(write: Write, id: str, now: datetime, holidays_for: HolidaysFor) -> Looked:
    """Tell of every rung of a concern that has passed by `now` and was not told before.

    An open task by which an older version kept a concern becomes a concern with a clock.
    """
    if not kept_concerns.is_kept(write, id):
        new = taken_over(write, kept_team_tasks.task(write, id))
        return tell(write, new, now, holidays_for, kept_as=new.id) if new else NEVER_AGAIN
    return tell(write, kept_concerns.concern(write, id), now, holidays_for)


def tell(
    write: Write, concern: Concern, now: datetime, holidays_for: HolidaysFor, *, kept_as: str = ""
) -> Looked:
    """Tell of every rung that has passed, and return when to look next.

    `kept_as` is the id under which to look next, where that is not the one that was looked at.
    """
    ladder = rungs(concern, policy_here().numbers("concern"), now)
    passed = [rung for rung in ladder if rung.falls_at <= now]
    told = {alert.id for alert in kept_concerns.alerts(write, concern)}
    them = teams_of(write, concern, now)
    raised = []
    for rung in (one for one in passed if one.id not in told):
        alert = _alert(write, concern, rung, them, now, holidays_for)
        raised.append(_raise(write, alert, concern, rung))
        concern = replace(concern, owner_id=alert.owner_id)
    if raised:
        kept_concerns.keep_owner(write, concern)
    next_at = min((rung.falls_at for rung in ladder if rung.falls_at > now), default=None)
    if kept_as and next_at:
        next_looks.put(write, kept_concerns.LOOK, kept_as, next_at)
        return Looked(None, tuple(raised))
    return Looked(next_at, tuple(raised))


def _alert(
    write: Write, concern: Concern, rung: Rung, them: Teams, now: datetime, holidays_for: HolidaysFor
) -> Alert:
    owner_id, *because = who_acts_now(write, them, rung.owner, now, holidays_for)
    told = dict.fromkeys([*because, *(them.of(team) for team in rung.told)])
    return Alert(
        id=rung.id,
        child_id=concern.child_id,
        review_id="",
        concern_id=concern.id,
        rung=rung.code,
        owner=rung.owner,
        owner_id=owner_id,
        told_ids=tuple(id for id in told if id and id != owner_id),
        about=rung.about,
        raised_at=write.at,
    )


def _raise(write: Write, alert: Alert, concern: Concern, rung: Rung) -> Raised:
    owner, due = name_of_place(write, alert.owner_id), uk_day(concern.act_by)
    raised = Raised(alert.id, alert.child_id, alert.rung, owner, due, alert.about)
    kept_concerns.keep_told(write, alert, falls_at=rung.falls_at)
    for message in _messages(alert, raised):
        outbox.enqueue(write, message)
    patient, detail = f"Patient/{alert.child_id}", f"raise the alert {alert.rung}"
    write.audit("C", f"Communication/{alert.id}", patient, detail)
    return raised


def _messages(alert: Alert, raised: Raised) -> Iterator[outbox.NewMessage]:
    """Yield what is sent to each who is told: nothing about the child, and no word of the concern."""
    body = {name: value for name, value in raised.as_json().items() if name != "child"}
    for id in (alert.owner_id, *alert.told_ids):
        yield outbox.NewMessage(
            key=alert.id if id == alert.owner_id else f"{alert.id}/{id}",
            carrier=CARRIER,
            recipient=id,
            body=body | {"page": f"/concerns/{alert.concern_id}"},
            communication_id=alert.id,
            child_id=alert.child_id,
        )
