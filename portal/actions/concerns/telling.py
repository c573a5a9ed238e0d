"""Telling of a concern: each rung that has passed is told once, with alert, messages and audit."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from fhir import kept_concerns, kept_team_tasks
from fhir.store import Reader, Write
from fhir.store.tables import next_looks, outbox
from plans.alert import Alert
from plans.concern import Concern, Rung, act_by_now, rungs
from plans.working_days import uk_day
from portal.actions.alerts import CARRIER
from portal.actions.clocks import HolidaysFor
from portal.actions.concerns.older import taken_over
from portal.actions.concerns.teams import teams_of, who_acts_now
from portal.actions.looked import NEVER_AGAIN, Looked, Raised
from portal.actions.review_list import name_of_place
from portal.policy import policy_here

TOLD_TOO = (
    "{owner} must act on a concern about a child. You are told so that you know: read it, and phone them if "
    "you know more."
)
# For a team that is there day and night, of what is urgent: at night nobody else may read it.
STAFFED_TOO = (
    "An urgent concern about a child is open, and {owner} must act. Read it now. If {owner} is closed or "
    "cannot be reached, act."
)


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
    raised = []
    for rung in (one for one in passed if one.id not in told):
        concern, one = tell_of(write, concern, rung, now, holidays_for)
        raised.append(one)
    if raised:
        kept_concerns.keep_owner(write, concern)
    next_at = min((rung.falls_at for rung in ladder if rung.falls_at > now), default=None)
    if kept_as and next_at:
        next_looks.put(write, kept_concerns.LOOK, kept_as, next_at)
        return Looked(None, tuple(raised))
    return Looked(next_at, tuple(raised))


def act_by(concern: Concern) -> datetime:
    """Return by when somebody must act on a concern, by the hours that hold here."""
    return act_by_now(concern, policy_here().numbers("concern"))


def whom_to_tell(
    reader: Reader, concern: Concern, rung: Rung, now: datetime, holidays_for: HolidaysFor
) -> tuple[str, ...]:
    """Return who must act on a rung now and then who is told of it, ids, each once."""
    them = teams_of(reader, concern, now)
    acts = who_acts_now(reader, them, rung, now, holidays_for, is_urgent=concern.is_urgent)
    return tuple(id for id in dict.fromkeys([*acts, *(them.of(team) for team in rung.told)]) if id)


def tell_of(
    write: Write, concern: Concern, rung: Rung, now: datetime, holidays_for: HolidaysFor
) -> tuple[Concern, Raised]:
    """Tell of one rung now, with alert, messages and audit; return the concern with who must act.

    To keep that concern is the caller's.
    """
    owner_id, *told = whom_to_tell(write, concern, rung, now, holidays_for) or ("",)
    alert = Alert(
        id=rung.id,
        child_id=concern.child_id,
        review_id="",
        concern_id=concern.id,
        rung=rung.code,
        owner=rung.owner,
        owner_id=owner_id,
        told_ids=tuple(told),
        about=rung.about,
        raised_at=write.at,
    )
    owner, due = name_of_place(write, owner_id), uk_day(act_by(concern))
    raised = Raised(alert.id, alert.child_id, alert.rung, owner, due, alert.about)
    kept_concerns.keep_told(write, alert, falls_at=rung.falls_at)
    staffed = teams_of(write, concern, now).staffed if concern.is_urgent else ""
    for message in _messages(write, alert, raised, staffed):
        outbox.enqueue(write, message)
    write.audit(
        "C", f"Communication/{alert.id}", f"Patient/{alert.child_id}", f"raise the alert {alert.rung}"
    )
    return replace(concern, owner_id=owner_id), raised


def _messages(reader: Reader, alert: Alert, raised: Raised, staffed: str) -> Iterator[outbox.NewMessage]:
    """Yield what is sent to each who is told: nothing about the child, and no word of the concern.

    Each begins with the name of whoever reads it, and tells only the owner that they must act. The `staffed`
    team (an id, "" where it is not urgent) reads that it is, and to act where the owner cannot.
    """
    said = {name: value for name, value in raised.as_json().items() if name != "child"}
    for id in (alert.owner_id, *alert.told_ids):
        is_owner = id == alert.owner_id
        too = STAFFED_TOO if id == staffed else TOLD_TOO
        about = alert.about if is_owner else too.format(owner=raised.owner)
        yield outbox.NewMessage(
            key=alert.id if is_owner else f"{alert.id}/{id}",
            carrier=CARRIER,
            recipient=id,
            body=said
            | {"owner": name_of_place(reader, id), "about": about, "page": f"/concerns/{alert.concern_id}"},
            communication_id=alert.id,
            child_id=alert.child_id,
        )
