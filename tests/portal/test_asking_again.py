"""Young people are asked again what a parent may see: a task for the practice, once at each of the ages."""

from datetime import date, timedelta

import pytest

from fhir import kept_shares, kept_team_tasks
from fhir.patient import with_practice
from fhir.store.tables import marks
from plans.consent import How, Word
from plans.places import OrganisationKind, Role
from plans.sharing import Basis, Reader
from plans.team_task import TaskKind
from portal.actions.circle.asking_again import LAST_SWEEP, ask_young_people
from portal.actions.circle.ending import agree, withdraw
from portal.actions.circle.sharing import Wanted, share
from portal.actions.moves.handing_over import hand_over
from tests.portal.conftest import MONDAY_9AM
from tests.portal.making import make_child, make_family_member, make_organisation, make_plan


@pytest.fixture
def gp(make_person):
    return make_person(Role.CLINICIAN)


@pytest.fixture
def make_shared(store, gp):
    """Make a child born on a day whose plan their mother reads by a link."""

    def make(born, **changes):
        child = make_child(store, gp, born=born, nhs_number="", **changes)
        make_plan(store, child, gp)
        mother = make_family_member(store, child)
        at_15 = MONDAY_9AM.replace(year=born.year + 15, month=born.month, day=1)
        wanted = [Wanted(Reader.FAMILY, mother.id, Basis.DIRECT_CARE)]
        share(store, child.id, wanted, by=gp, at=min(at_15, MONDAY_9AM))
        return child

    return make


def asked(store, at=MONDAY_9AM):
    return [task.child_id for task in ask_young_people(store, now=at)]


def own_word(child):
    return Word(f"Patient/{child.id}", child.name, How.IN_PERSON, MONDAY_9AM.date())


@pytest.mark.parametrize(
    ("born", "is_asked"),
    [
        (date(2015, 11, 24), False),  # 11 tomorrow
        (date(2015, 11, 23), True),
        (date(2012, 11, 24), True),  # 14 tomorrow
        (date(2012, 11, 23), False),
        (date(2010, 11, 24), False),  # 16 tomorrow
        (date(2010, 11, 23), True),
        (date(2009, 1, 1), True),
    ],
)
def test_the_practice_is_asked_from_the_birthday_on(store, gp, make_shared, born, is_asked):
    child = make_shared(born)

    assert asked(store) == ([child.id] if is_asked else [])

    tasks = kept_team_tasks.open_tasks_of(store, gp.organisation_id)
    assert [one.kind for one in tasks] == ([TaskKind.ASK_CONSENT_AGAIN] if is_asked else [])


def test_somebody_born_on_29_february_is_asked_from_1_march(store, make_shared):
    child = make_shared(date(2016, 2, 29))
    eve = MONDAY_9AM.replace(year=2027, month=2, day=28)

    assert asked(store, eve) == []
    assert asked(store, eve.replace(month=3, day=1)) == [child.id]


def test_each_age_asks_once_whatever_became_of_the_task(store, gp, make_shared):
    child = make_shared(date(2015, 11, 23))
    assert asked(store) == [child.id]

    for days in (0, 1, 30, 400, 1000):
        assert asked(store, MONDAY_9AM + timedelta(days=days)) == []

    sixteen = MONDAY_9AM.replace(year=2031)
    assert asked(store, sixteen) == [child.id]
    assert len(kept_team_tasks.tasks_about(store, child.id)) == 2


def test_a_practice_that_took_the_task_over_with_the_child_gets_no_second_one(store, gp, make_shared):
    child = make_shared(date(2015, 11, 23))
    assert asked(store) == [child.id]
    next_practice = make_organisation(store, OrganisationKind.PRACTICE, "Far Surgery").id
    with store.write(by="system", at=MONDAY_9AM) as write:
        patient = write.read("Patient", child.id)
        write.update(with_practice(patient, next_practice), if_match=patient["meta"]["versionId"])
        write.audit("U", f"Patient/{child.id}")
        hand_over(write, child.id, gp.organisation_id, next_practice, is_accepted=True)

    assert asked(store, MONDAY_9AM + timedelta(days=1)) == []
    assert [one.owner_id for one in kept_team_tasks.tasks_about(store, child.id)] == [next_practice]


def test_a_sweep_that_was_killed_raises_none_twice(store, make_shared):
    make_shared(date(2015, 1, 1))
    asked(store)
    with store.write(by="system", at=MONDAY_9AM) as write:
        marks.put(write, LAST_SWEEP, "")

    assert asked(store) == []


def test_the_first_look_of_a_day_is_the_only_one(store, make_shared):
    assert asked(store) == []
    make_shared(date(2015, 1, 1))

    assert asked(store, MONDAY_9AM + timedelta(hours=3)) == []
    assert len(asked(store, MONDAY_9AM + timedelta(days=1))) == 1


def test_without_a_parents_link_there_is_nothing_to_ask(store, gp):
    make_child(store, gp, born=date(2015, 1, 1))

    assert asked(store) == []


def test_who_has_said_what_they_want_is_not_asked(store, gp, make_shared):
    child = make_shared(date(2010, 1, 1))
    (one,) = kept_shares.shares_of(store, child.id)
    agree(store, child.id, one.id, own_word(child), None, by=gp, at=MONDAY_9AM)

    assert asked(store) == []


@pytest.mark.parametrize("says", ["yes", "no"])
def test_what_they_say_settles_the_task(store, gp, make_shared, says):
    child = make_shared(date(2010, 1, 1))
    asked(store)
    (one,) = kept_shares.shares_of(store, child.id)
    if says == "yes":
        agree(store, child.id, one.id, own_word(child), None, by=gp, at=MONDAY_9AM)
    else:
        withdraw(store, child.id, one.id, own_word(child), by=gp, at=MONDAY_9AM)

    (task,) = kept_team_tasks.tasks_about(store, child.id)
    assert task.is_settled
    assert task.answer == "The young person has said what they want."


def test_the_task_says_nothing_of_the_child_and_cuts_nothing_off(store, make_shared):
    child = make_shared(date(2010, 1, 1))
    before = kept_shares.live_shares_of(store, child.id, MONDAY_9AM)
    (task,) = ask_young_people(store, now=MONDAY_9AM)

    assert child.given not in task.words
    assert kept_shares.live_shares_of(store, child.id, MONDAY_9AM) == before
