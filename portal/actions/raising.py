"""Raising the alerts of a ladder: one for each rung that has passed, passed on where nobody answers it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from fhir import kept_deaths, kept_reviews
from fhir.store import Write
from fhir.store.tables import outbox
from plans.alert import Alert
from plans.escalation import Rung, answer_by, next_alert_id
from portal.actions.alerts import CARRIER, patient_of
from portal.actions.clocks import Clock, HolidaysFor, of_review, of_waiting
from portal.actions.deaths.saying import ask_about_record
from portal.actions.discharge.unanswered import chase, stop_chasing
from portal.actions.looked import NEVER_AGAIN, Looked, Raised
from portal.actions.review_list import name_of_place
from portal.actions.steps import Steps, steps_of

HELD_BACK = timedelta(hours=1)  # while a death is in question nobody is prompted to phone the family


def look_at_review(write: Write, id: str, now: datetime, holidays_for: HolidaysFor) -> Looked:
    """Raise what has passed of the ladder of a review, and chase late answers about its discharge.

    A review that is closed has neither.
    """
    review, clock = kept_reviews.open_review(write, id), of_review(write, id)
    if review is None or clock is None:
        stop_chasing(write, id)
        return NEVER_AGAIN
    if kept_deaths.holds_back(write, review.child_id):
        ask_about_record(write, review.child_id)
        return Looked(now + HELD_BACK)
    looked, late_at = _look(write, clock, now, holidays_for), chase(write, review, now)
    return replace(looked, next_at=min((at for at in (looked.next_at, late_at) if at), default=None))


def look_at_waiting(write: Write, id: str, now: datetime, holidays_for: HolidaysFor) -> Looked:
    """Raise what has passed of the ladder of a discharge that waits for its child."""
    clock = of_waiting(write, id)
    return _look(write, clock, now, holidays_for) if clock else NEVER_AGAIN


def _look(write: Write, clock: Clock, now: datetime, holidays_for: HolidaysFor) -> Looked:
    steps = steps_of(write, clock, now, holidays_for)
    looker = _Looker(write, steps)
    raised = [*looker.raise_first(), *looker.pass_on()]
    coming = (rung.falls_at for rung in steps.coming)
    return Looked(min((*coming, *looker.deadlines()), default=None), tuple(raised))


@dataclass(frozen=True)
class _Looker:
    """One look at one ladder; what this look raises is among what is `kept` of its steps."""

    write: Write
    steps: Steps

    def raise_first(self) -> Iterator[Raised]:
        """Raise the alert of each rung that was not raised before."""
        for rung in self.steps.not_raised():
            yield self._raise(self._alert(self.steps.id_of(rung), rung), rung.falls_at)

    def pass_on(self) -> Iterator[Raised]:
        """Raise what passes on an alert that was not acknowledged in its time."""
        for rung, alert in self.steps.unanswered():
            by, after = self.steps.answer_by(alert), self.steps.after(rung, alert, self.steps.now)
            if after and by <= self.steps.now:
                next_one = self._alert(next_alert_id(alert.id), after)
                yield self._raise(replace(next_one, passes_on=alert.id), by)

    def deadlines(self) -> list[datetime]:
        """Return when to look again at what is not answered yet."""
        return [
            self.steps.answer_by(alert)
            for rung, alert in self.steps.unanswered()
            if self.steps.after(rung, alert, self.steps.now)
        ]

    def _alert(self, id: str, rung: Rung) -> Alert:
        owner_id = self.steps.clock.organisation_of(rung.owner)
        told = dict.fromkeys(self.steps.clock.organisation_of(owner) for owner in rung.told)
        return Alert(
            id=id,
            child_id=self.steps.clock.child_id,
            review_id=self.steps.clock.id if self.steps.clock.is_review else "",
            rung=rung.code,
            owner=rung.owner,
            owner_id=owner_id,
            told_ids=tuple(id for id in told if id and id != owner_id),
            about=rung.about,
            raised_at=self.write.at,
            incoming_id="" if self.steps.clock.is_review else self.steps.clock.id,
            answer_by=answer_by(rung.code, rung.owner, self.steps.now, self.steps.climb.hours),
        )

    def _raise(self, alert: Alert, falls_at: datetime) -> Raised:
        """Keep the alert, its message and its audit, and return it."""
        owner = name_of_place(self.write, alert.owner_id) or self.steps.clock.owner
        raised = Raised(
            alert.id, alert.child_id or None, alert.rung, owner, self.steps.clock.due, alert.about
        )
        kept_reviews.keep_alert(self.write, alert, falls_at=falls_at)
        self.steps.kept[alert.id] = alert
        outbox.enqueue(self.write, _message(alert, raised))
        detail = f"raise the alert {alert.rung}"
        self.write.audit("C", f"Communication/{alert.id}", patient_of(alert), detail)
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
