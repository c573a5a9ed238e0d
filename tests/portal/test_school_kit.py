"""A school's emergency inhaler kits: contents, monthly checks, who may have the inhaler, and who is told."""

from datetime import date, timedelta

import pytest

from fhir.kept_school_checks import kits
from fhir.kept_team_tasks import open_tasks_of, tasks_of
from plans.month_year import MonthYear
from plans.places import Organisation, OrganisationKind, Role
from plans.school_consent import ConsentState, is_permitted
from plans.school_kit import ITEMS, KitCheck, KitItem, lacking, next_check
from plans.team_task import TaskKind
from portal.actions.inbox.tasks import answer_task
from portal.actions.school import kit
from portal.actions.school.kit import sweep_kits
from tests.portal.conftest import MONDAY_9AM
from tests.portal.school_making import make_pupil, name_the_team

WHOLE = {
    "site": "The hall",
    "kept": "yes",
    "inhalers": "1",
    "batch": "AB1234",
    "expires-month": "12",
    "expires-year": "2026",
    "spacers": "2",
} | dict.fromkeys(KitItem, "yes")


@pytest.fixture
def office(client_for):
    return client_for(Role.SCHOOL_STAFF)


@pytest.fixture
def nurse(client_for, store, office):
    browser = client_for(Role.SCHOOL_NURSE)
    name_the_team(store, office.person.organisation_id, browser.person.organisation_id)
    return browser


@pytest.fixture
def here(office):
    return f"/kits/{office.person.organisation_id}"


def tasks(store, office):
    """Return what the school was told of its kits."""
    found = tasks_of(store, office.person.organisation_id)
    return [one for one in found if one.kind is TaskKind.KIT_AT_SCHOOL]


def test_a_kit_with_all_in_it_is_complete_and_nobody_is_told(office, store, here):
    assert office.post(here, data=WHOLE).status_code == 303

    page = office.get(here).text
    assert "Complete" in page
    assert "Next check by 23 December 2026" in page
    assert tasks(store, office) == []


def test_what_is_missing_becomes_a_task_of_the_school_until_the_next_check(office, store, here):
    office.post(here, data=WHOLE | {"spacers": "1", "leaflet": ""})

    [task] = tasks(store, office)
    assert task.words == (
        "Kit at The hall: There are fewer than 2 spacers in the kit. Not ticked: the maker's leaflet."
    )
    office.post(here, data=WHOLE)
    assert open_tasks_of(store, office.person.organisation_id) == []


def test_a_late_check_is_told_once_and_so_is_an_inhaler_that_has_expired(office, store, here):
    office.post(here, data=WHOLE)

    for days in (1, 30):
        sweep_kits(store, now=MONDAY_9AM + timedelta(days=days))
    assert tasks(store, office) == []
    for days in (31, 31, 32):
        sweep_kits(store, now=MONDAY_9AM + timedelta(days=days))
    assert [one.words for one in tasks(store, office)] == ["Kit at The hall: The monthly check is late."]
    for days in (40, 41):
        sweep_kits(store, now=MONDAY_9AM + timedelta(days=days))
    assert [one.words for one in tasks(store, office)] == [
        "Kit at The hall: The monthly check is late. The inhaler in the kit has expired."
    ]


def test_an_answer_without_a_check_does_not_end_it_it_comes_back_until_a_check_finds_all_there(
    office, store, here
):
    office.post(here, data=WHOLE | {"spacers": "1"})
    [task] = tasks(store, office)
    answer_task(store, task.id, "Ordered", by=office.person, at=MONDAY_9AM + timedelta(hours=1))

    for days, told in ((1, 1), (6, 1), (8, 2), (9, 2)):
        sweep_kits(store, now=MONDAY_9AM + timedelta(days=days))
        assert len(tasks(store, office)) == told, days

    office.post(here, data=WHOLE)
    assert open_tasks_of(store, office.person.organisation_id) == []


def test_a_kit_that_cannot_be_looked_at_keeps_no_other_waiting(office, store, here, monkeypatch):
    for site in ("The hall", "Field"):
        office.post(here, data=WHOLE | {"site": site})
    tell = kit.tell

    def broken(write, told, new, checked_at):
        if "The hall" in new.words:
            raise ValueError
        tell(write, told, new, checked_at)

    monkeypatch.setattr(kit, "tell", broken)
    with pytest.raises(ValueError, match="^$"):
        sweep_kits(store, now=MONDAY_9AM + timedelta(days=31))

    assert [one.words for one in tasks(store, office)] == ["Kit at Field: The monthly check is late."]


def test_a_site_is_one_kit_however_its_name_is_written_and_another_site_another(office, store, here):
    for site in ("The hall", "  the  HALL ", "Field"):
        office.post(here, data=WHOLE | {"site": site})

    assert len(kits(store, [office.person.organisation_id])) == 2


def test_a_kit_that_is_no_longer_kept_is_asked_for_no_more(office, store, here):
    office.post(here, data=WHOLE)
    office.post(here, data={"site": "The hall", "kept": "no"})

    sweep_kits(store, now=MONDAY_9AM + timedelta(days=90))

    assert kits(store, [office.person.organisation_id]) == []
    assert tasks(store, office) == []


def test_a_nurse_checks_the_kits_of_her_schools_and_the_school_is_told(nurse, office, store, here):
    assert nurse.get(here).status_code == 200
    nurse.post(here, data=WHOLE | {"inhalers": "0"})

    assert "There is no salbutamol inhaler in the kit." in tasks(store, office)[0].words


def test_the_kits_of_another_school_are_not_there(client_for, make_person, here):
    far = Organisation("", OrganisationKind.SCHOOL, "Far School", "X99090")
    browser = client_for(Role.SCHOOL_STAFF, make_person(Role.SCHOOL_STAFF, organisation=far, username="far"))

    assert browser.get(here).status_code == 404
    assert browser.post(here, data=WHOLE).status_code == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"site": ""}, "site"),
        ({"kept": ""}, "kept"),
        ({"inhalers": ""}, "inhalers"),
        ({"spacers": "100"}, "inhalers"),
        ({"batch": ""}, "batch"),
        ({"expires-month": "0"}, "expires-month"),
        ({"expires-month": "", "expires-year": ""}, "expires-month"),
    ],
)
def test_a_check_that_is_not_whole_is_refused_at_its_box(office, store, here, changes, field):
    answer = office.post(here, data=WHOLE | changes)

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert kits(store, [office.person.organisation_id]) == []


def test_the_list_has_those_with_consent_and_a_reliever_and_sets_apart_whose_answers_differ(
    client_for, office, nurse, store, here
):
    gp = client_for(Role.CLINICIAN).person

    def add(given, **plan):
        return make_pupil(store, gp, office.person, nurse.person, given=given, nhs_number="", plan=plan)[0]

    add("Amina", school_emergency_consent="yes")
    add("Nobody", school_emergency_consent="no")
    differs = add("Differs", school_emergency_consent="yes")
    no = {"answer": "no", "answered-by": "Sana"} | {
        "answered-day": "1",
        "answered-month": "9",
        "answered-year": "2026",
    }
    office.post(f"/school/{differs.id}/consent", data=no)

    permitted, differ = office.get(here).text.split("Answers differ: ask a parent today")

    assert "Amina Test" in permitted
    assert "Differs Test" in differ
    assert "Nobody Test" not in permitted + differ


@pytest.mark.parametrize("consent", ConsentState)
@pytest.mark.parametrize("has_asthma", [True, False])
@pytest.mark.parametrize("has_reliever", [True, False])
def test_only_written_consent_with_asthma_or_a_reliever_permits(consent, has_asthma, has_reliever):
    permitted = is_permitted(consent, has_asthma=has_asthma, has_reliever=has_reliever)

    assert permitted == (consent is ConsentState.YES and (has_asthma or has_reliever))


def test_every_item_of_a_kit_has_words():
    assert set(ITEMS) == set(KitItem)


@pytest.mark.parametrize(
    ("checked", "again"),
    [
        (date(2026, 11, 23), date(2026, 12, 23)),
        (date(2026, 12, 31), date(2027, 1, 31)),
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
    ],
)
def test_a_kit_is_checked_again_a_month_later(checked, again):
    assert next_check(checked) == again


def test_a_kit_is_good_until_the_last_day_of_the_month_on_it():
    kit = KitCheck(
        "school", "Hall", "post", MONDAY_9AM, 1, "AB", MonthYear(2026, 11), 2, has=frozenset(KitItem)
    )

    assert list(lacking(kit, date(2026, 11, 30))) == []
    assert list(lacking(kit, date(2026, 12, 1))) == ["The inhaler in the kit has expired."]
