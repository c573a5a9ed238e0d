"""The sweep looks at what is due and at nothing else; its index can be lost, and nobody with it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fhir import kept_questions, kept_reviews
from fhir.store.tables import marks, next_looks
from plans.places import Role
from plans.review_events import EventKind
from portal.actions import sweep as sweeping
from portal.actions.discharge import waiting
from portal.actions.discharge.answers import answer
from portal.actions.reviews import Entry, record, version_of
from portal.actions.sweep import LOOKS, sweep
from portal.calendar import holidays_for
from tests.portal.conftest import on_both_engines
from tests.portal.discharge_making import FRIDAY_1830, SATURDAY, a_discharge, tell
from tests.portal.making import make_child

ROOT = Path(__file__).resolve().parents[2]
SATURDAY_NIGHT = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
DECEMBER = datetime(2026, 12, 2, 9, tzinfo=UTC)
MAY_KNOW_THE_INDEX = {
    "fhir/kept_reviews.py",
    "portal/actions/discharge/waiting.py",
    "portal/actions/sweep.py",
}

engine = on_both_engines()


@pytest.fixture
def clinician(make_person):
    return make_person(Role.CLINICIAN)


@pytest.fixture
def nurse(make_person):
    return make_person(Role.HOSPITAL)


@pytest.fixture
def discharge(store, clinician, nurse):
    """A discharge on Friday evening, told on Saturday morning; its review is due on Tuesday."""
    return a_discharge(store, clinician)[1]


@pytest.fixture
def sweep_at(store):
    return lambda now: [one.rung for one in sweep(store, now=now, holidays_for=holidays_for)]


def rows(store):
    return {one.kind: one.at for one in next_looks.due(store, datetime(9999, 1, 1, tzinfo=UTC), 100)}


def lose_the_index(store, **row):
    with store.write(by="system", at=SATURDAY) as write:
        for kind, id in row.items():
            next_looks.take_away(write, kind, id)


def test_a_new_review_is_looked_at_at_once_and_then_when_its_next_rung_falls(store, discharge, sweep_at):
    assert rows(store) == {"review": "0001-01-01T00:00:00.000000Z"}

    assert sweep_at(SATURDAY) == []

    assert rows(store) == {"review": "2026-11-21T18:30:00.000000Z"}


def test_between_two_looks_no_review_is_read(store, discharge, sweep_at, monkeypatch):
    sweep_at(SATURDAY)
    monkeypatch.setattr(sweeping, "LOOKS", {})

    assert sweep_at(SATURDAY + timedelta(hours=1)) == []


def test_whatever_is_recorded_about_a_review_lets_it_be_looked_at_anew(store, discharge, clinician, sweep_at):
    for kind in (EventKind.CONTACT_ATTEMPTED, EventKind.ACCEPTED, EventKind.REVIEW_RECORDED):
        sweep_at(SATURDAY)
        version = version_of(store, discharge.review_id)
        record(store, discharge.review_id, Entry(kind, SATURDAY), version=version, by=clinician, at=SATURDAY)
        assert rows(store) == {"review": "0001-01-01T00:00:00.000000Z"}

    sweep_at(SATURDAY)

    assert rows(store) == {}


def test_a_doubt_about_the_date_that_is_answered_lets_the_review_be_looked_at_anew(
    store, clinician, nurse, sweep_at
):
    _child, outcome = a_discharge(store, clinician, discharged_at=DECEMBER)
    review = kept_reviews.review(store, outcome.review_id)
    assert sweep_at(SATURDAY) == ["date-in-doubt"]
    (doubt,) = (
        one
        for one in kept_questions.open_questions_of(store, nurse.organisation_id)
        if one.code == "date-in-doubt"
    )

    answer(store, doubt.id, "yes", by=nurse, at=SATURDAY)

    assert rows(store) == {"review": "0001-01-01T00:00:00.000000Z"}
    assert review.encounter_id == doubt.encounter_id


def test_a_discharge_that_waits_is_looked_at_until_it_is_matched(store, clinician, nurse, sweep_at):
    told = tell(store, make_child(store, clinician), nhs_number="9990000026")

    assert sweep_at(SATURDAY_NIGHT) == ["not-accepted"]
    assert set(rows(store)) == {waiting.LOOK}
    assert waiting.ids_of_waiting(store) == [told.waiting_id]


def test_a_store_without_the_index_has_it_after_one_sweep(store, discharge, sweep_at):
    lose_the_index(store, review=discharge.review_id)

    assert sweep_at(SATURDAY_NIGHT) == ["not-accepted"]

    assert set(rows(store)) == {"review"}


@pytest.mark.parametrize("too_late", [None, DECEMBER])
def test_a_row_that_was_lost_or_is_wrong_loses_nobody_for_longer_than_a_day(
    store, discharge, sweep_at, too_late
):
    sweep_at(FRIDAY_1830)
    lose_the_index(store, review=discharge.review_id)
    if too_late:
        with store.write(by="system", at=SATURDAY) as write:
            next_looks.put(write, kept_reviews.LOOK, discharge.review_id, too_late)

    assert sweep_at(FRIDAY_1830 + timedelta(hours=24)) == ["not-accepted"]


def test_everything_is_looked_at_anew_once_a_day_in_the_uk(store, discharge, sweep_at):
    for day in ("2026-11-21", "2026-11-22"):
        sweep_at(datetime.fromisoformat(day).replace(hour=9, tzinfo=UTC))
        assert marks.get(store, sweeping.SEEN_WHOLE) == day


def test_a_clock_that_was_set_back_keeps_nobody_waiting(store, discharge, clinician, sweep_at):
    sweep_at(DECEMBER)
    version = version_of(store, discharge.review_id)
    entry = Entry(EventKind.CONTACT_ATTEMPTED, SATURDAY)

    record(store, discharge.review_id, entry, version=version, by=clinician, at=DECEMBER)

    assert next_looks.due(store, SATURDAY, 10)


def test_a_row_that_another_worker_has_looked_at_is_left_to_them(store, discharge):
    (found,) = next_looks.due(store, SATURDAY, 10)
    with store.write(by="system", at=SATURDAY) as write:
        assert next_looks.take(write, found)
        next_looks.put(write, found.kind, found.id, DECEMBER)

    with store.write(by="system", at=SATURDAY) as write:
        assert not next_looks.take(write, found)


def test_a_row_that_fails_again_and_again_keeps_no_other_waiting(
    store, discharge, clinician, sweep_at, monkeypatch
):
    other = make_child(store, clinician, given="Bea", nhs_number="9990000034")
    tell(store, other)
    look = LOOKS[kept_reviews.LOOK].look

    def failing(write, id, now, holidays):
        if id == discharge.review_id:
            raise OSError("a fault")
        return look(write, id, now, holidays)

    monkeypatch.setattr(sweeping, "AT_ONCE", 1)
    broken = sweeping.Kind(LOOKS[kept_reviews.LOOK].everything, failing)
    monkeypatch.setattr(sweeping, "LOOKS", {kept_reviews.LOOK: broken})

    for _ in range(2):
        with pytest.raises(OSError, match="a fault"):
            sweep_at(SATURDAY_NIGHT)

    assert [one.rung for one in kept_reviews.open_alerts(store, other.id)] == ["not-accepted"]
    assert {one.id for one in next_looks.due(store, SATURDAY_NIGHT, 10)} == {discharge.review_id}


def test_a_kind_whose_things_cannot_be_listed_keeps_no_other_waiting(store, discharge, sweep_at, monkeypatch):
    def broken(_reader):
        raise OSError("a fault")

    lose_the_index(store, review=discharge.review_id)
    kinds = {"broken": sweeping.Kind(broken, None), kept_reviews.LOOK: LOOKS[kept_reviews.LOOK]}
    monkeypatch.setattr(sweeping, "LOOKS", kinds)

    with pytest.raises(OSError, match="a fault"):
        sweep_at(SATURDAY_NIGHT)

    assert [one.rung for one in kept_reviews.open_alerts(store, discharge.child_id)] == ["not-accepted"]
    assert marks.get(store, sweeping.SEEN_WHOLE) is None


def test_no_page_reads_the_index():
    reading = {
        str(file.relative_to(ROOT))
        for room in ("portal", "fhir")
        for file in (ROOT / room).rglob("*.py")
        if "next_looks" in file.read_text(encoding="utf-8") and file.name != "next_looks.py"
    }

    assert not {name for name in reading if name.startswith("portal/views")}
    assert reading >= MAY_KNOW_THE_INDEX
