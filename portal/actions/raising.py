"""Raising the alerts of a ladder: one for each rung that has passed, passed on where nobody answers it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from fhir import kept_deaths, kept_people, kept_reviews
from fhir.store import Reader, Write
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import outbox
from plans.alert import Alert
from plans.escalation import Climb, Rung, alert_id, answer_by, next_alert_id, passed_on
from plans.ladder import NEXT_OWNER, Owner
from portal.actions.alerts import CARRIER, patient_of
from portal.actions.clocks import Clock, HolidaysFor, of_review, of_waiting
from portal.actions.deaths.saying import ask_about_record
from portal.actions.looked import NEVER_AGAIN, Looked, Raised
from portal.policy import policy_here

LONGEST_CHAIN = len(NEXT_OWNER)
HELD_BACK = timedelta(hours=1)  # while a death is in question nobody is prompted to phone the family


def look_at_review(write: Write, id: str, now: datetime, holidays_for: HolidaysFor) -> Looked:
    """Raise what has passed of the ladder of a review and was not raised before."""
    clock = of_review(write, id)
    if clock and kept_deaths.holds_back(write, clock.child_id):
        ask_about_record(write, clock.child_id)
        return Looked(now + HELD_BACK)
    return _look(write, clock, now, holidays_for) if clock else NEVER_AGAIN


def look_at_waiting(write: Write, id: str, now: datetime, holidays_for: HolidaysFor) -> Looked:
    """Raise what has passed of the ladder of a discharge that waits for its child."""
    clock = of_waiting(write, id)
    return _look(write, clock, now, holidays_for) if clock else NEVER_AGAIN


def _look(write: Write, clock: Clock, now: datetime, holidays_for: HolidaysFor) -> Looked:
    hours = policy_here().numbers("ladder")
    climb = clock.climb(holidays_for(clock.nation), hours)
    rungs = clock.rungs(climb, now)
    passed = [rung for rung in rungs if rung.falls_at <= now]
    coming = [rung.falls_at for rung in rungs if rung.falls_at > now]
    looker = _Looker(write, clock, climb, now, _kept(write, clock, passed, now))
    raised = [*looker.raise_first(passed), *looker.pass_on(passed)]
    return Looked(min((*coming, *looker.deadlines(passed)), default=None), tuple(raised))


def _kept(reader: Reader, clock: Clock, passed: list[Rung], now: datetime) -> dict[str, Alert]:
    """Return what was raised before of these rungs, and what passed it on, by id."""
    ids = [alert_id(clock.id, rung, clock.events, now) for rung in passed]
    last = ids
    for _ in range(LONGEST_CHAIN):
        last = [next_alert_id(id) for id in last]
        ids = [*ids, *last]
    return kept_reviews.alerts_among(reader, ids)


@dataclass(frozen=True)
class _Looker:
    """One look at one ladder; `kept` holds by id what was raised before, and what this look raises."""

    write: Write
    clock: Clock
    climb: Climb
    now: datetime
    kept: dict[str, Alert]

    def raise_first(self, passed: list[Rung]) -> Iterator[Raised]:
        """Raise the alert of each rung that was not raised before."""
        for rung in passed:
            id = alert_id(self.clock.id, rung, self.clock.events, self.now)
            if id not in self.kept:
                yield self._raise(self._alert(id, rung), rung.falls_at)

    def pass_on(self, passed: list[Rung]) -> Iterator[Raised]:
        """Raise what passes on an alert that was not acknowledged in its time."""
        for rung, alert in self._unanswered(passed):
            by, after = self._answer_by(alert), self._after(rung, alert)
            if after and by <= self.now:
                next_one = self._alert(next_alert_id(alert.id), after)
                yield self._raise(replace(next_one, passes_on=alert.id), by)

    def deadlines(self, passed: list[Rung]) -> list[datetime]:
        """Return when to look again at what is not answered yet."""
        return [
            self._answer_by(alert) for rung, alert in self._unanswered(passed) if self._after(rung, alert)
        ]

    def _unanswered(self, passed: list[Rung]) -> list[tuple[Rung, Alert]]:
        """Return the newest alert of each owner, which speaks for the earlier ones, with its rung.

        Without those that are acknowledged or were passed on: what they spoke for is not passed on either.
        """
        newest: dict[str, tuple[Rung, Alert]] = {}
        for rung in passed:
            for alert in self._chain(rung):
                newest[alert.owner] = (rung, alert)
        return [(rung, one) for rung, one in newest.values() if self._is_unanswered(one)]

    def _is_unanswered(self, alert: Alert) -> bool:
        return alert.acknowledged_at is None and next_alert_id(alert.id) not in self.kept

    def _chain(self, rung: Rung) -> Iterator[Alert]:
        """Yield the alert of a rung, then each that passed it on."""
        id = alert_id(self.clock.id, rung, self.clock.events, self.now)
        while id in self.kept:
            yield self.kept[id]
            id = next_alert_id(id)

    def _after(self, rung: Rung, alert: Alert) -> Rung | None:
        return passed_on(rung, Owner(alert.owner), self.climb, self.now)

    def _answer_by(self, alert: Alert) -> datetime:
        return alert.answer_by or answer_by(alert.rung, Owner(alert.owner), alert.raised_at, self.climb.hours)

    def _alert(self, id: str, rung: Rung) -> Alert:
        owner_id = self.clock.organisation_of(rung.owner)
        told = dict.fromkeys(self.clock.organisation_of(owner) for owner in rung.told)
        return Alert(
            id=id,
            child_id=self.clock.child_id,
            review_id=self.clock.id if self.clock.is_review else "",
            rung=rung.code,
            owner=rung.owner,
            owner_id=owner_id,
            told_ids=tuple(id for id in told if id and id != owner_id),
            about=rung.about,
            raised_at=self.write.at,
            incoming_id="" if self.clock.is_review else self.clock.id,
            answer_by=answer_by(rung.code, rung.owner, self.now, self.climb.hours),
        )

    def _raise(self, alert: Alert, falls_at: datetime) -> Raised:
        """Keep the alert, its message and its audit, and return it."""
        owner = _name(self.write, alert.owner_id) or self.clock.owner
        raised = Raised(alert.id, alert.child_id or None, alert.rung, owner, self.clock.due, alert.about)
        kept_reviews.keep_alert(self.write, alert, falls_at=falls_at)
        self.kept[alert.id] = alert
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


def _name(reader: Reader, organisation_id: str) -> str:
    try:
        return kept_people.organisation(reader, organisation_id).name
    except ResourceNotFound:
        return ""
