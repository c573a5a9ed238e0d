"""Each morning a team is told how much is open: once, in numbers, on the days that it works."""

from datetime import UTC, datetime, timedelta

import pytest

from fhir import kept_reviews, kept_teams
from fhir.store.tables import outbox, posts, teams
from plans.digest import Count, Digest
from plans.places import Nation, Organisation, OrganisationKind, Role
from plans.team_task import TaskKind
from portal.actions.concerns import answering
from portal.actions.digests import digest_of, queue_digests
from portal.actions.inbox.tasks import NewTask, raise_task
from portal.actions.sweep import sweep
from portal.calendar import holidays_for
from portal.notify.letter import letter
from tests.portal.concern_making import make_concern
from tests.portal.conftest import MONDAY_9AM, on_both_engines
from tests.portal.discharge_making import a_discharge
from tests.portal.making import make_child

EIGHT = MONDAY_9AM.replace(hour=8)
SATURDAY = datetime(2026, 11, 21, 8, tzinfo=UTC)
SUNDAY_NIGHT = datetime(2026, 11, 22, 19, tzinfo=UTC)

engine = on_both_engines()


@pytest.fixture
def open_tasks(store):
    """Raise tasks for a team, all about one child."""

    def tasks(person, *ages):
        child = make_child(store, person)
        for age in ages:
            with store.write(by="system", at=EIGHT - timedelta(hours=age)) as write:
                raise_task(write, NewTask(TaskKind.NO_INHALER, person.organisation_id, child.id))

    return tasks


def queued(store, at):
    """Queue the digests of that moment and return them."""
    return queue_digests(store, now=at, holidays_for=holidays_for)


def test_says_how_much_is_open_late_and_due_today_and_nothing_of_anybody(store, make_person, open_tasks):
    gp = make_person(Role.CLINICIAN)
    open_tasks(gp, 5, 1, 0)

    (digest,) = queued(store, EIGHT)

    assert digest.recipient == gp.organisation_id
    assert digest.body["about"] == (
        "Open this morning: 3 tasks (1 late, 2 due today). Begin with what is late."
    )
    assert letter(digest, "https://puffin.example")["link"] == "https://puffin.example/inbox"
    assert "Amina" not in str(digest)
    assert digest.child_id is None


def test_counts_alerts_and_reviews_of_whoever_owns_them(store, make_person):
    gp = make_person(Role.CLINICIAN)
    hospital = make_person(Role.HOSPITAL)
    a_discharge(store, gp)
    sweep(store, now=SUNDAY_NIGHT, holidays_for=holidays_for)

    practice, ward = (
        digest_of(store, kept_teams.team(store, one.organisation_id), EIGHT, holidays_for)
        for one in (gp, hospital)
    )

    assert (practice.reviews, ward.reviews) == (Count(1), Count(0))
    assert ward.alerts == len(kept_reviews.open_alerts(store)) == 2
    assert practice.alerts == 0


def test_counts_the_concerns_that_a_team_owns_until_they_are_answered_and_no_other_teams(store, make_person):
    gp, ward, cover = (make_person(one) for one in (Role.CLINICIAN, Role.HOSPITAL, Role.COMMUNITY_NURSE))
    child = make_child(store, gp)
    at = EIGHT - timedelta(hours=2)
    late, due, seen, done = (
        make_concern(store, child, ward, at=at - timedelta(days=days), how_safe=5, asked_by=by)
        for days, by in (
            (3, at),
            (0, EIGHT + timedelta(hours=5)),
            (0, EIGHT + timedelta(days=1)),
            (0, EIGHT + timedelta(days=1)),
        )
    )
    answering.acknowledge(store, seen.id, "s", by=gp, at=at)
    answering.answer(store, done.id, "a", "Phoned.", by=gp, at=at)

    of = {
        one.organisation_id: digest_of(
            store, kept_teams.team(store, one.organisation_id), EIGHT, holidays_for
        )
        for one in (gp, ward, cover)
    }

    assert of[gp.organisation_id].concerns == Count(open=3, late=1, today=1)
    assert of[ward.organisation_id].concerns == of[cover.organisation_id].concerns == Count(0)
    said = queued(store, EIGHT)[0].body["about"]
    assert said.startswith("Open this morning: 3 concerns about children (1 late, 1 due today)")


def test_is_queued_once_a_day_whoever_asks_and_only_in_the_morning_of_the_uk(store, make_person, open_tasks):
    open_tasks(make_person(Role.CLINICIAN), 1)
    times = [EIGHT - timedelta(minutes=1), EIGHT, EIGHT + timedelta(minutes=1), EIGHT.replace(hour=13)]

    assert [len(queued(store, at)) for at in times] == [0, 1, 0, 0]
    assert len(queued(store, EIGHT + timedelta(days=1))) == 1
    summer = datetime(2027, 6, 1, 7, tzinfo=UTC)
    assert [len(queued(store, at)) for at in (summer - timedelta(minutes=1), summer)] == [0, 1]


def test_a_worker_that_was_killed_at_it_queues_the_rest(store, make_person, open_tasks, monkeypatch):
    open_tasks(make_person(Role.CLINICIAN), 1)
    open_tasks(make_person(Role.HOSPITAL), 1)
    kept, enqueue = [], outbox.enqueue

    def dying(write, new):
        if kept:
            raise KeyboardInterrupt
        kept.append(new.recipient)
        return enqueue(write, new)

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "enqueue", dying)
        with pytest.raises(KeyboardInterrupt):
            queued(store, EIGHT)
    (other,) = queued(store, EIGHT)

    assert {other.recipient, *kept} == posts.places(store)


def test_comes_on_days_that_the_team_works_and_to_a_ward_on_each(store, make_person, open_tasks):
    gp, ward = make_person(Role.CLINICIAN), make_person(Role.HOSPITAL)
    open_tasks(gp, 80)
    open_tasks(ward, 80)

    assert [one.recipient for one in queued(store, SATURDAY)] == [ward.organisation_id]
    assert len(queued(store, EIGHT)) == 2


def test_who_covers_a_closed_team_is_told_of_its_tasks(store, make_person, open_tasks):
    far = Organisation("", OrganisationKind.PRACTICE, "Fir Surgery", "S99009", nation=Nation.SCOTLAND)
    away = make_person(Role.CLINICIAN, username="dr.fir", organisation=far)
    cover = make_person(Role.CLINICIAN)
    with store.write(by="system", at=EIGHT) as write:
        teams.cover(write, away.organisation_id, cover.organisation_id)
        write.audit("U", f"Organization/{away.organisation_id}", detail="cover")
    open_tasks(away, 1)
    st_andrew = datetime(2026, 11, 30, 8, tzinfo=UTC)  # a holiday in Scotland alone

    assert [one.recipient for one in queued(store, EIGHT)] == [away.organisation_id]
    assert [one.recipient for one in queued(store, st_andrew)] == [cover.organisation_id]


def test_nothing_open_is_no_message(store, make_person):
    make_person(Role.CLINICIAN)

    assert queued(store, EIGHT) == []
    assert not Digest(Count(0), 0, Count(0), Count(0))
