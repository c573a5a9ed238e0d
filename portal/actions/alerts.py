"""Alerts: raised once for each rung that has passed, acknowledged with what was done, closed by a review."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from fhir import kept_people, kept_reviews
from fhir.store import Reader, Store, Write
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import marks, outbox
from plans.alert import Alert
from plans.errors import PuffinError
from plans.escalation import Rung, alert_id
from portal.actions.clocks import Clock, HolidaysFor, nation_of, of_review, of_waiting
from portal.actions.looked import NEVER_AGAIN, Looked, Raised
from portal.person import Person

CARRIER = "teams"
LONGEST_ACTION = 2000  # characters


class ActionMissing(PuffinError):
    def __init__(self) -> None:
        super().__init__("Write what you did about this alert, in up to 2,000 characters.")


class AlertAnswered(PuffinError):
    def __init__(self) -> None:
        super().__init__("Somebody has acknowledged this alert already. Open it again to read what they did.")


class AlertOfAnother(PuffinError):
    def __init__(self) -> None:
        super().__init__(
            "Another team owns this alert, and you were told. Phone them if you have acted on it."
        )


def may_be_now(store: Reader, now: datetime, *, clock: datetime) -> None:
    """Raise NotADemoStore for a moment that has not come yet, unless everybody here is invented."""
    if now > clock:
        marks.must_be_demo(store)


def look_at_review(write: Write, id: str, now: datetime, holidays_for: HolidaysFor) -> Looked:
    """Raise every rung of a review that has passed by `now` and was not raised before."""
    if not kept_reviews.is_open(write, id):
        return NEVER_AGAIN
    return _look(write, of_review(write, id), now, holidays_for)


def look_at_waiting(write: Write, id: str, now: datetime, holidays_for: HolidaysFor) -> Looked:
    """Raise every rung that has passed for a discharge that waits for its child."""
    clock = of_waiting(write, id)
    return _look(write, clock, now, holidays_for) if clock else NEVER_AGAIN


def acknowledge(store: Store, id: str, action: str, *, by: Person, at: datetime) -> Alert:
    """Keep that somebody of the owner has seen the alert, and what they did about it.

    It answers the earlier alerts about the same review too, where the same team owns them: one child is
    one thing to do.

    Raises ActionMissing, AlertAnswered, AlertOfAnother, and ResourceNotFound for those who were not told.
    """
    done = action.strip()
    if not done or len(done) > LONGEST_ACTION:
        raise ActionMissing
    with store.write(by=by.ref, at=at) as write:
        alert = kept_reviews.alert(write, id)
        if by.organisation_id not in (alert.owner_id, *alert.told_ids):
            raise ResourceNotFound
        if by.organisation_id != alert.owner_id:
            raise AlertOfAnother
        if alert.acknowledged_at:
            raise AlertAnswered
        for one in (alert, *_earlier(write, alert)):
            answered = replace(one, acknowledged_by=by.practitioner_id, acknowledged_at=at, action=done)
            _keep_answered(write, answered, "acknowledge the alert")
        return kept_reviews.alert(write, id)


def close(write: Write, alerts: Iterable[Alert], action: str) -> None:
    """Close these alerts because `action` has settled them; nobody has to acknowledge them any more."""
    kind, _, id = write.by.partition("/")
    person = id if kind == "Practitioner" else ""
    for alert in alerts:
        at = write.at
        closed = replace(alert, acknowledged_by=person, acknowledged_at=at, action=action, is_settled=True)
        _keep_answered(write, closed, "close the alert")


def close_waiting(write: Write, waiting_id: str, action: str) -> None:
    """Close the alerts about a discharge that waited for a person."""
    about = [one for one in kept_reviews.open_alerts(write) if one.incoming_id == waiting_id]
    close(write, about, action)


def _earlier(reader: Reader, alert: Alert) -> list[Alert]:
    """Return the open alerts about the same clock, of the same owner, that were raised no later."""
    about = (alert.review_id, alert.incoming_id, alert.owner_id)
    return [
        one
        for one in kept_reviews.open_alerts(reader, alert.child_id)
        if (one.review_id, one.incoming_id, one.owner_id) == about
        and one.raised_at <= alert.raised_at
        and one.id != alert.id
    ]


def _keep_answered(write: Write, alert: Alert, detail: str) -> None:
    kept_reviews.keep_answered(write, alert)
    write.audit("U", f"Communication/{alert.id}", _patient(alert), detail)


def _alert(clock: Clock, rung: Rung, now: datetime, at: datetime) -> Alert:
    owner_id = clock.organisation_of(rung.owner)
    told = dict.fromkeys(clock.organisation_of(owner) for owner in rung.told)
    return Alert(
        id=alert_id(clock.id, rung, clock.events, now),
        child_id=clock.child_id,
        review_id=clock.id if clock.is_review else "",
        rung=rung.code,
        owner=rung.owner,
        owner_id=owner_id,
        told_ids=tuple(id for id in told if id and id != owner_id),
        about=rung.about,
        raised_at=at,
        incoming_id="" if clock.is_review else clock.id,
    )


def _look(write: Write, clock: Clock, now: datetime, holidays_for: HolidaysFor) -> Looked:
    ladder = clock.rungs(now, holidays_for(nation_of(write, clock)))
    raised = [_raise(write, rung, clock, now) for rung in ladder if rung.falls_at <= now]
    coming = (rung.falls_at for rung in ladder if rung.falls_at > now)
    return Looked(min(coming, default=None), tuple(one for one in raised if one))


def _raise(write: Write, rung: Rung, clock: Clock, now: datetime) -> Raised | None:
    """Keep the alert of a rung, its message and its audit, and return it; nothing if it was raised before."""
    alert = _alert(clock, rung, now, write.at)
    if kept_reviews.is_raised(write, alert.id):
        return None
    owner = _name(write, alert.owner_id) or clock.owner
    raised = Raised(alert.id, alert.child_id or None, alert.rung, owner, clock.due, alert.about)
    kept_reviews.keep_alert(write, alert, falls_at=rung.falls_at)
    outbox.enqueue(write, _message(alert, raised))
    write.audit("C", f"Communication/{alert.id}", _patient(alert), f"raise the alert {alert.rung}")
    return raised


def _message(alert: Alert, raised: Raised) -> outbox.NewMessage:
    """Return what is sent: nothing about the child, whose id stays in the store too."""
    body = {name: value for name, value in raised.as_json().items() if name != "child"}
    return outbox.NewMessage(
        key=alert.id,
        carrier=CARRIER,
        recipient=alert.owner_id,
        body=body,
        communication_id=alert.id,
        child_id=alert.child_id or None,
    )


def _name(reader: Reader, organisation_id: str) -> str:
    try:
        return kept_people.organisation(reader, organisation_id).name
    except ResourceNotFound:
        return ""


def _patient(alert: Alert) -> str | None:
    return f"Patient/{alert.child_id}" if alert.child_id else None
