"""The register of a school nurse: statuses, filters, search, pages, and one reading for all children."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from fhir import kept_school_checks, kept_school_log, kept_shares
from fhir.consent import to_consent
from fhir.kept_school_register import keep_emergency_consent
from fhir.organization import to_organization
from fhir.patient import to_patient
from fhir.store import Reader as StoreReader
from plans.month_year import MonthYear
from plans.people import Child
from plans.places import Organisation, OrganisationKind, Role
from plans.school_consent import EmergencyConsent
from plans.school_inhaler import SchoolInhaler, Spacer
from plans.school_log import EntryKind, SchoolEntry
from plans.school_register import GROUPS, OF_CONSENT, OF_INHALER, TAGS, Status, answers
from plans.sharing import Basis, Reader, Share
from portal.actions.circle.sharing import stop
from portal.actions.plans import withdraw_plan
from portal.actions.receipts.asked import acknowledge
from tests.portal.conftest import MONDAY_9AM
from tests.portal.page_law import TOKEN
from tests.portal.school_making import make_pupil, name_the_team

HIDDEN = "Very private note"


@pytest.fixture
def nurse(client_for, store):
    """The browser of a school nurse; the school of the office is her team's."""
    office = client_for(Role.SCHOOL_STAFF).person
    browser = client_for(Role.SCHOOL_NURSE)
    name_the_team(store, office.organisation_id, browser.person.organisation_id)
    return browser


@pytest.fixture
def office(client_for, nurse):
    return client_for(Role.SCHOOL_STAFF)


@pytest.fixture
def add(store, make_person, client_for, nurse, office):
    """Add a child of the school with a plan that is shared; name only what your test is about."""
    gp = client_for(Role.CLINICIAN).person

    def add(given, **changes):
        return make_pupil(store, gp, office.person, nurse.person, given=given, nhs_number="", **changes)

    return add


def names_on(page):
    """Return the names of the cards of a page."""
    return [line.split("</a>")[0].split(">")[-1] for line in page.split("<h2") if 'id="child-' in line]


def test_a_card_says_in_words_how_each_child_stands(add, nurse, store, office):
    child, _plan = add("Amina")
    found = SchoolInhaler(
        child.id,
        child.school_id,
        True,
        Spacer.MISSING,
        office.person.post_id,
        MONDAY_9AM,
        "In the office",
        MonthYear(2026, 10),
    )
    attack = SchoolEntry(
        "00000000-0000-4000-8000-000000000001",
        child.id,
        EntryKind.ATTACK,
        MONDAY_9AM,
        office.person.post_id,
        words=HIDDEN,
    )
    with store.write(by="system", at=MONDAY_9AM) as write:
        kept_school_checks.keep_inhaler(write, found)
        kept_school_log.keep(write, attack)
        keep_emergency_consent(
            write, EmergencyConsent(child.id, child.school_id, False, "Sana Test", date(2026, 9, 1))
        )
        write.audit("U", f"Patient/{child.id}", f"Patient/{child.id}", "keep what school said")

    page = nurse.get("/register").text

    for status in ("to-read", "inhaler-expired", "spacer-missing", "consent-no", "attack"):
        assert TAGS[Status(status)].words in page.split("<article")[1], status
    assert HIDDEN not in page


def test_filters_are_or_within_a_group_and_and_between_groups(add, nurse, store):
    add("Amina")
    ben, plan = add("Ben", with_school=False, plan={"school_emergency_consent": "yes"})
    acknowledge(store, plan, nurse.person.organisation_id, by=nurse.person.ref, at=MONDAY_9AM)

    def shown(query):
        return names_on(nurse.get(f"/register?{query}").text)

    assert shown("") == ["Amina Test", "Ben Test"]
    assert shown("status=read") == ["Ben Test"]
    assert shown("status=read&status=to-read") == ["Amina Test", "Ben Test"]
    assert shown("status=to-read&status=consent-yes") == []
    assert shown("status=not-with-school&status=consent-yes") == ["Ben Test"]
    assert shown("status=inhaler-not-checked") == ["Amina Test", "Ben Test"]


def test_a_name_is_searched_for_within_the_filters_and_never_in_an_address(add, nurse):
    add("Amina")
    add("Ben")

    page = nurse.post("/register", data={"search": "amin", "status": "to-read"})

    assert names_on(page.text) == ["Amina Test"]
    assert "amin" not in page.request.url
    assert names_on(nurse.post("/register", data={"search": "amin", "status": "read"}).text) == []


def test_a_share_that_has_ended_leaves_no_trace_of_the_child_not_even_a_number(add, nurse, store, client_for):
    empty = TOKEN.sub("", nurse.get("/register").text)
    child, _plan = add("Amina", with_school=False)
    [kept] = kept_shares.live_shares_of(store, child.id, MONDAY_9AM)
    stop(store, child.id, kept.id, by=client_for(Role.CLINICIAN).person, at=MONDAY_9AM)

    assert TOKEN.sub("", nurse.get("/register").text) == empty
    assert nurse.get(f"/school/{child.id}").status_code == 404


def test_a_plan_that_was_withdrawn_says_so(add, nurse, store, client_for):
    _child, plan = add("Amina")
    withdraw_plan(store, plan.id, reason="Wrong dose", by=client_for(Role.CLINICIAN).person, at=MONDAY_9AM)

    assert names_on(nurse.get("/register?status=withdrawn").text) == ["Amina Test"]


def test_an_address_with_a_status_or_a_school_that_is_none_is_not_there(nurse):
    for query in ("status=nonsense", "school=elsewhere", "page=2", "page=x", "page=0"):
        assert nurse.get(f"/register?{query}").status_code == 404, query


def test_a_schools_own_staff_see_their_children_and_never_the_plan(add, office, store, client_for):
    child, _plan = add("Amina", plan={"school_emergency_consent": "yes"})
    add("Ben", with_school=False)

    page = office.get("/register").text
    assert names_on(page) == ["Amina Test"]
    assert "Emergency card" in page
    text = page + office.get(f"/school/{child.id}").text
    assert not [word for word in ("Clenil", "preventer", "9990000018", "every day") if word in text]


def test_each_status_belongs_to_one_group_and_has_words_and_a_colour():
    listed = [status for group in GROUPS for status in group.statuses]

    assert sorted(listed) == sorted(Status)
    assert set(TAGS) == set(Status)
    assert len({tag.words for tag in TAGS.values()}) == len(Status)
    assert set(OF_INHALER.values()) | set(OF_CONSENT.values()) <= set(Status)


def test_nothing_ticked_shows_everybody():
    assert answers(frozenset({Status.READ}), frozenset())


SCHOOLS = 4


def big_register(store, nurse, children):
    """Keep children of four schools whose plans are shared, without signing each: signing takes longer."""
    team = nurse.person.organisation_id
    with store.write(by="system", at=MONDAY_9AM) as write:
        ids = [str(UUID(int=number, version=4)) for number in range(1, SCHOOLS + 1)]
        for number, id in enumerate(ids):
            place = Organisation(id, OrganisationKind.SCHOOL, f"School {number}", nursing_team_id=team)
            write.create(to_organization(place))
        for number in range(children):
            id = str(UUID(int=1000 + number, version=4))
            child = Child(
                id, f"Given{number}", f"Family{number % 97}", date(2016, 1, 1) + timedelta(days=number)
            )
            write.create(to_patient(replace(child, school_id=ids[number % SCHOOLS])))
            one = Share(
                str(UUID(int=10_000 + number, version=4)),
                id,
                Reader.SCHOOL_NURSE,
                team,
                "Nurses",
                Basis.DIRECT_CARE,
                nurse.person.practitioner_id,
                MONDAY_9AM,
            )
            write.create(to_consent(one, str(UUID(int=20_000 + number, version=4))))
        write.audit("C", f"Organization/{team}", detail="make a large register")


@pytest.fixture
def asked(monkeypatch):
    """What is asked of the store, one after the other."""
    asked = []
    for name in ("search", "count", "read_text"):
        was = getattr(StoreReader, name)

        def ask(self, kind, *said, was=was, **params):
            asked.append(kind)
            return was(self, kind, *said, **params)

        monkeypatch.setattr(StoreReader, name, ask)
    return asked


def test_a_large_register_asks_the_store_as_often_as_a_small_one(nurse, store, asked):
    nurse.get("/register")
    asked.clear()
    nurse.get("/register")
    few = len(asked)
    big_register(store, nurse, 300)
    asked.clear()

    page = nurse.get("/register").text

    assert len(asked) <= few + 3 * SCHOOLS
    assert len(names_on(page)) == 50
    assert "Page 1 of 6" in page
    assert len(names_on(nurse.get("/register?page=6").text)) == 50
