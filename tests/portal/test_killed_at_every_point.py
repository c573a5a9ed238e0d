"""The worker is killed at every point of its loop in turn, and nobody is forgotten and nothing is lost."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import uuid4

import pytest

from fhir import kept_concerns, kept_reviews, kept_team_tasks
from fhir.store import Store
from fhir.store.seals.audit_key import KeyPlace
from fhir.store.sqlite import SqliteEngine
from fhir.store.tables import next_looks, outbox
from plans.death import Death
from plans.discharge_notice import Destination
from plans.discharge_questions import QUESTIONS
from plans.places import Role
from portal.actions.alerts import CARRIER
from portal.actions.deaths.saying import say
from portal.actions.sweep import sweep
from portal.calendar import holidays_for
from portal.notify.carrier import Dealt
from portal.notify.emptying import CLAIMED_FOR, empty_outbox
from portal.worker import Work
from tests.portal.concern_making import make_concern
from tests.portal.conftest import ENGINES, StillClock, on_both_engines
from tests.portal.discharge_making import tell
from tests.portal.making import make_child

FRIDAY = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
SATURDAY_NIGHT = datetime(2026, 11, 21, 20, tzinfo=UTC)  # one rung has passed
MONDAY_AFTERNOON = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
HOME = Destination("19", "", "Home")
NOTHING_OPEN = {one.code: "yes" for one in QUESTIONS}  # no question about it is chased meanwhile
KEY = KeyPlace(given="elm and oak and ash and birch and yew")

engine = on_both_engines()


class Killed(BaseException):
    """What no part of the program may catch: the process is gone."""


class Points:
    """Counts the points of a run, and kills it at one of them: 0 for none."""

    def __init__(self, kill_at=0):
        self.kill_at, self.passed = kill_at, 0

    def __call__(self):
        self.passed += 1
        if self.passed == self.kill_at:
            raise Killed


class WatchedDatabase:
    """A connection that passes a point before each statement."""

    def __init__(self, db, point):
        self._db, self._point = db, point

    def __getattr__(self, name):
        return getattr(self._db, name)

    def execute(self, sql, values=()):
        if sql != "ROLLBACK":  # which the engine does by itself where a process is gone
            self._point()
        return self._db.execute(sql, values)

    def query(self, sql, values=()):
        self._point()
        return self._db.query(sql, values)

    def insert(self, table, row):
        self._point()
        self._db.insert(table, row)


class WatchedEngine:
    """An engine that passes a point where each transaction begins, before and after it ends.

    The embedded one passes a point with each statement too; that the shared one leaves nothing of half a
    transaction is tested elsewhere, and takes long.
    """

    def __init__(self, engine, point):
        self._engine, self._point = engine, point

    def __getattr__(self, name):
        return getattr(self._engine, name)

    def mine(self):
        db = self._engine.mine()
        return WatchedDatabase(db, self._point) if isinstance(self._engine, SqliteEngine) else db

    @contextmanager
    def transaction(self, db, *, in_line):
        self._point()
        with self._engine.transaction(db, in_line=in_line):
            yield
            self._point()
        self._point()


class CommitsWatched(WatchedEngine):
    """An engine that passes a point after each transaction alone.

    Killed before that, a process leaves what it had left after the transaction before.
    """

    def mine(self):
        return self._engine.mine()

    @contextmanager
    def transaction(self, db, *, in_line):
        with self._engine.transaction(db, in_line=in_line):
            yield
        self._point()


class Hand:
    """A carrier that keeps what it carried, with a point before and after each message."""

    def __init__(self, point):
        self.carried, self.point = [], point

    def carry(self, message):
        self.point()
        self.carried.append(message.key)
        self.point()


@pytest.fixture
def run(store):
    """Sweep and empty the outbox, killed at one point; return what was carried, and whether it ended."""

    def loop(point, now, watched_by=WatchedEngine):
        watched, hand = Store(watched_by(store.engine, point)), Hand(point)
        carriers = {CARRIER: Dealt(("webhook",)), "webhook": hand}
        try:
            sweep(watched, now=now, holidays_for=holidays_for)
            empty_outbox(watched, carriers, StillClock(now))
        except Killed:
            return hand.carried, False
        return hand.carried, True

    return loop


@pytest.fixture
def late(store, make_person):
    """Make one more child of whose review one rung has passed; return the child."""
    make_person(Role.HOSPITAL)
    clinician, numbers = make_person(Role.CLINICIAN), nhs_numbers()

    def make():
        child = make_child(store, clinician, nhs_number=next(numbers))
        tell(store, child, discharged_at=FRIDAY, at=FRIDAY, answers=NOTHING_OPEN, went_to=HOME)
        return child

    return make


def nhs_numbers():
    """Yield numbers of the range that nobody has."""
    for number in count(1):
        digits = f"999{number:06}"
        check = -sum((10 - place) * int(digit) for place, digit in enumerate(digits)) % 11
        if check < 10:
            yield f"{digits}{check}"


def test_killed_at_any_point_each_alert_is_there_once_and_each_message_is_sent(store, run, late):
    now, sent_twice = SATURDAY_NIGHT, set()
    for kill_at in count(1):
        child = late()
        carried, came_to_its_end = run(Points(kill_at), now)
        now += CLAIMED_FOR + timedelta(seconds=1)  # then a dead worker lets go of what it had in its hands
        again, _ = run(Points(), now)

        (alert,) = kept_reviews.open_alerts(store, child.id)
        assert alert.rung == "not-accepted", kill_at
        key = f"{alert.id}/webhook"
        assert {key} == set(carried) | set(again), kill_at
        assert (carried + again).count(key) <= 2, kill_at
        sent_twice |= {kill_at} if len(carried) + len(again) > 1 else set()
        if came_to_its_end:
            break

    assert kill_at > 12
    assert outbox.unsent(store) == []
    # Only where the carrier had it and nobody had kept so yet: with the same key, by which it is known.
    assert 0 < len(sent_twice) < 8
    assert sorted(sent_twice) == list(range(min(sent_twice), max(sent_twice) + 1))


def test_killed_after_any_commit_of_the_daily_look_at_everything_a_lost_row_is_found(store, run, late):
    child = late()
    review = kept_reviews.open_reviews_of_child(store, child.id)[0]
    for kill_at in count(1):
        now = SATURDAY_NIGHT + timedelta(days=kill_at)
        with store.write(by="system", at=now) as write:
            next_looks.take_away(write, kept_reviews.LOOK, review.id)
        _, came_to_its_end = run(Points(kill_at), now, CommitsWatched)
        told = [one.rung for one in kept_reviews.open_alerts(store, child.id)]
        run(Points(), now)

        after = {one.id: one.rung for one in kept_reviews.open_alerts(store, child.id)}
        assert set(after.values()) >= set(told) | {"not-accepted", "hours-48"}, kill_at
        assert len(next_looks.due(store, now + timedelta(days=7), 10)) == 1, kill_at
        if came_to_its_end:
            break

    assert kill_at > 4


class Family:
    """One of each that the worker must not forget, each about a child of its own.

    A late review, a concern that is late too, a discharge that waited for its child to be brought in, and a
    death that was said a day ago.
    """

    def __init__(self, store, gp, numbers, now):
        self.store = store
        late, concerned, waited, dead = (f"{next(numbers)}" for _ in range(4))
        self.late = make_child(store, gp, nhs_number=late)
        left = now - timedelta(hours=26)  # so that one rung has passed
        tell(store, self.late, discharged_at=left, at=left)
        asked = {"at": now - timedelta(hours=6), "asked_by": now - timedelta(minutes=30)}
        self.concern = make_concern(store, make_child(store, gp, nhs_number=concerned), gp, **asked)
        tell(store, replace(self.late, nhs_number=waited), discharged_at=left, at=left, visit=waited)
        self.waited = make_child(store, gp, nhs_number=waited)
        self.dead = make_child(store, gp, nhs_number=dead)
        said_at = now - timedelta(hours=25)
        death = Death(str(uuid4()), self.dead.id, FRIDAY.date(), "The ward", str(gp.ref), said_at)
        say(store, death, by=gp, at=said_at)

    def alerts(self):
        of_reviews = [kept_reviews.open_alerts(self.store, one.id) for one in (self.late, self.waited)]
        return [*of_reviews, kept_concerns.alerts(self.store, self.concern)]

    def stands(self):
        """Return what anybody was told, how many reviews run and who was asked to confirm the death."""
        tasks = kept_team_tasks.tasks_about(self.store, self.dead.id)
        return (
            [sorted((one.rung, one.owner_id) for one in some) for some in self.alerts()],
            [len(kept_reviews.reviews_of_child(self.store, one.id)) for one in (self.late, self.waited)],
            sorted((one.owner_id, one.is_open) for one in tasks),
        )


def test_killed_after_any_commit_of_a_whole_round_all_stands_as_after_a_round_that_nobody_killed(
    store, engine, make_person
):
    """The round is killed after each commit, and before and after each call of the carrier.

    On the shared engine, where that takes minutes, at every fifth of these points: the process that is killed
    is the same.
    """
    make_person(Role.HOSPITAL)
    gp, numbers, now = make_person(Role.CLINICIAN), nhs_numbers(), MONDAY_AFTERNOON

    def came_to_its_end(point, hand):
        carriers = {CARRIER: Dealt(("webhook",)), "webhook": hand}
        watched = Store(CommitsWatched(store.engine, point))
        try:
            assert Work(watched, carriers, StillClock(now), holidays_for, KEY).round()
        except Killed:
            return False
        return True

    unharmed = Family(store, gp, numbers, now)
    assert came_to_its_end(Points(), Hand(Points()))
    expected = unharmed.stands()
    for kill_at in count(1, 1 if engine == ENGINES[0] else 5):
        family, point = Family(store, gp, numbers, now), Points(kill_at)
        hand = Hand(point)
        is_over = came_to_its_end(point, hand)
        now += CLAIMED_FOR + timedelta(seconds=1)
        hand.point = Points()
        assert came_to_its_end(Points(), hand)

        assert family.stands() == expected, kill_at
        sent = [hand.carried.count(f"{one.id}/webhook") for some in family.alerts() for one in some]
        assert set(sent) <= {1, 2}, kill_at
        assert sum(sent) <= len(sent) + 1, kill_at
        if is_over:
            break

    assert kill_at > 50
    assert all(len(some) for some in expected[0])
    assert outbox.unsent(store) == []
