"""The ladder of one clock as it stands: what has passed, what was told of it, and who is told next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from fhir import kept_deaths, kept_reviews
from fhir.store import Reader
from plans.alert import Alert
from plans.escalation import Climb, Rung, alert_id, answer_by, next_alert_id, passed_on
from plans.ladder import NEXT_OWNER, Owner
from portal.actions.clocks import Clock, HolidaysFor, of_review
from portal.policy import policy_here

LONGEST_CHAIN = len(NEXT_OWNER)


@dataclass(frozen=True)
class NextStep:
    """What is told next unless something settles it first: a code of the ladder, when, and to whom.

    `is_due` where that moment has come and nobody was told yet.
    """

    code: str
    at: datetime
    owner_id: str
    is_due: bool


@dataclass(frozen=True)
class Steps:
    """One ladder at one moment; `kept` holds by id what was raised of the rungs that have passed."""

    clock: Clock
    climb: Climb
    now: datetime
    passed: tuple[Rung, ...]
    coming: tuple[Rung, ...]
    kept: dict[str, Alert]

    def id_of(self, rung: Rung) -> str:
        """Return the id that the alert of a rung has, raised or not."""
        return alert_id(self.clock.id, rung, self.clock.events, self.now)

    def not_raised(self) -> list[Rung]:
        """Return the rungs that have passed and of which nobody was told."""
        return [rung for rung in self.passed if self.id_of(rung) not in self.kept]

    def unanswered(self) -> list[tuple[Rung, Alert]]:
        """Return the newest alert of each owner, which speaks for the earlier ones, with its rung.

        Without those that are acknowledged or were passed on: what they spoke for is not passed on either.
        """
        newest: dict[str, tuple[Rung, Alert]] = {}
        for rung in self.passed:
            for alert in self._chain(rung):
                newest[alert.owner] = (rung, alert)
        return [(rung, one) for rung, one in newest.values() if self._is_unanswered(one)]

    def answer_by(self, alert: Alert) -> datetime:
        """Return by when an alert has to be acknowledged before it is passed on."""
        return alert.answer_by or answer_by(alert.rung, Owner(alert.owner), alert.raised_at, self.climb.hours)

    def after(self, rung: Rung, alert: Alert, at: datetime) -> Rung | None:
        """Return what passes an alert on at a moment, None where nobody comes after its owner."""
        return passed_on(rung, Owner(alert.owner), self.climb, at)

    def next_step(self) -> NextStep | None:
        """Return what is told next, None where nothing is to come."""
        to_come = [(rung, rung.falls_at) for rung in (*self.not_raised(), *self.coming)]
        for rung, alert in self.unanswered():
            at = self.answer_by(alert)
            after = self.after(rung, alert, max(at, self.now))
            if after:
                to_come.append((after, at))
        owner_of = self.clock.organisation_of
        steps = [NextStep(one.code, at, owner_of(one.owner), at <= self.now) for one, at in to_come]
        return min(steps, key=lambda step: step.at, default=None)

    def _is_unanswered(self, alert: Alert) -> bool:
        return alert.acknowledged_at is None and next_alert_id(alert.id) not in self.kept

    def _chain(self, rung: Rung) -> Iterator[Alert]:
        """Yield the alert of a rung, then each that passed it on."""
        id = self.id_of(rung)
        while id in self.kept:
            yield self.kept[id]
            id = next_alert_id(id)


def steps_of(reader: Reader, clock: Clock, now: datetime, holidays_for: HolidaysFor) -> Steps:
    """Return how the ladder of a clock stands."""
    climb = clock.climb(holidays_for(clock.nation), policy_here().numbers("ladder"))
    rungs = clock.rungs(climb, now)
    passed = tuple(rung for rung in rungs if rung.falls_at <= now)
    coming = tuple(rung for rung in rungs if rung.falls_at > now)
    return Steps(clock, climb, now, passed, coming, _kept(reader, clock, passed, now))


def next_step_of(reader: Reader, review_id: str, now: datetime, holidays_for: HolidaysFor) -> NextStep | None:
    """Return what the worker tells next of a review, None once it is closed or a death is in question."""
    clock = of_review(reader, review_id)
    if clock is None or kept_deaths.holds_back(reader, clock.child_id):
        return None
    return steps_of(reader, clock, now, holidays_for).next_step()


def _kept(reader: Reader, clock: Clock, passed: tuple[Rung, ...], now: datetime) -> dict[str, Alert]:
    """Return what was raised before of these rungs, and what passed it on, by id."""
    ids = [alert_id(clock.id, rung, clock.events, now) for rung in passed]
    last = ids
    for _ in range(LONGEST_CHAIN):
        last = [next_alert_id(id) for id in last]
        ids = [*ids, *last]
    return kept_reviews.alerts_among(reader, ids)
