"""Alerts: raised once for each rung that has passed, acknowledged with what was done, closed by a review."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from fhir import kept_reviews
from fhir.store import Reader, Store, Write
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import marks
from plans.alert import Alert
from plans.errors import PuffinError
from portal.person import Person

CARRIER = "teams"
BY_OTHERS = "Another team has acknowledged it."
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


def acknowledge(store: Store, id: str, action: str, *, by: Person, at: datetime) -> Alert:
    """Keep that somebody of the owner has seen the alert, and what they did about it.

    It answers the earlier alerts about the same child too, where the same team owns them: one child is one
    thing to do. Where one of them was passed on from or to another team, that team need not answer it.

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
        others = [one for one in _open_about(write, alert) if one.id != alert.id]
        ours = [alert, *(one for one in others if _is_earlier(one, alert))]
        for one in ours:
            answered = replace(one, acknowledged_by=by.practitioner_id, acknowledged_at=at, action=done)
            keep_answered(write, answered, "acknowledge the alert")
        close(write, _passed_along(ours, others), BY_OTHERS)
        return kept_reviews.alert(write, id)


def close(write: Write, alerts: Iterable[Alert], action: str) -> None:
    """Close these alerts because `action` has settled them; nobody has to acknowledge them any more."""
    kind, _, id = write.by.partition("/")
    person = id if kind == "Practitioner" else ""
    for alert in alerts:
        at = write.at
        closed = replace(alert, acknowledged_by=person, acknowledged_at=at, action=action, is_settled=True)
        keep_answered(write, closed, "close the alert")


def close_waiting(write: Write, waiting_id: str, action: str) -> None:
    """Close the alerts about a discharge that waited for a person."""
    about = [one for one in kept_reviews.open_alerts(write) if one.incoming_id == waiting_id]
    close(write, about, action)


def keep_answered(write: Write, alert: Alert, detail: str) -> None:
    """Keep who acknowledged an alert, or what has settled it, with its own line in the audit."""
    kept_reviews.keep_answered(write, alert)
    write.audit("U", f"Communication/{alert.id}", patient_of(alert), detail)


def _open_about(reader: Reader, alert: Alert) -> list[Alert]:
    """Return the open alerts about the same child, or the same discharge that waits for its child."""
    everything = kept_reviews.open_alerts(reader, alert.child_id)
    return [one for one in everything if one.incoming_id == alert.incoming_id]


def _is_earlier(one: Alert, alert: Alert) -> bool:
    return one.owner_id == alert.owner_id and one.raised_at <= alert.raised_at


def _passed_along(answered: Iterable[Alert], others: Iterable[Alert]) -> list[Alert]:
    """Return those of the others that these were passed on as, or that were passed on as these."""
    left = {one.id: one for one in others}
    linked: list[Alert] = []
    known = list(answered)
    for one in known:
        left.pop(one.id, None)
    while known:
        one = known.pop()
        near = [each for each in left.values() if one.id == each.passes_on or each.id == one.passes_on]
        linked += near
        known += near
        for each in near:
            del left[each.id]
    return linked


def patient_of(alert: Alert) -> str | None:
    """Return the reference of the child whom an alert is about, None where nobody knows the child yet."""
    return f"Patient/{alert.child_id}" if alert.child_id else None
