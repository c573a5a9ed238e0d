"""The figures of a place: what its page shows, what a file hides, and whom they are of."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from fhir import kept_reviews
from plans.figures import Outcome, Quarter, Where
from plans.places import Organisation, OrganisationKind, Role
from portal.actions.figures import HIDDEN, figures_here, figures_of_region
from tests.portal.conftest import MONDAY_9AM, on_both_engines
from tests.portal.discharge_making import tell
from tests.portal.making import make_child, make_plan
from tests.portal.school_making import make_pupil, name_the_team
from tests.portal.test_children_in_pages import keep_many

engine = on_both_engines()
AUTUMN = Quarter(2026, 4)
ROW = re.compile(r'scope="row">([^<]+)</th>((?:<td[^>]*>[^<]*</td>)+)')


@pytest.fixture
def gp(make_person, client_for):
    return client_for(Role.CLINICIAN, make_person())


def rows(page):
    return {name: re.findall(r">([^<]*)</td>", cells) for name, cells in ROW.findall(page)}


def lines(answer):
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_the_page_counts_and_its_file_hides_small_numbers(store, make_person, client_for, clock):
    person = make_person()
    child = make_child(store, person)
    make_plan(store, child, person)
    tell(store, child)
    early = rows(client_for(Role.CLINICIAN, person).get("/figures").text)
    clock.now = MONDAY_9AM + timedelta(days=9)
    gp = client_for(Role.CLINICIAN, person)

    shown = rows(gp.get("/figures").text)
    filed = lines(gp.get("/figures/figures.csv"))

    assert early["Discharges we were told of"] == ["0", "1", "1"]  # of December, which has not begun, nothing
    assert ("December 2026" in early, "December 2026" in shown) == (False, True)
    assert shown["Discharges we were told of"] == ["0", "1", "0", "1"]
    assert shown["Not reviewed, past the due date"] == ["0", "1", "0", "1"]
    assert shown["Hours to the review, median"] == ["none"] * 4
    assert shown["November 2026"] == ["1", "0"]
    assert "With a current plan, signed and not past its review date: 1" in gp.get("/figures").text
    november = {one["period"]: one for one in filed}["2026-11"]
    assert (november["discharges"], november["never"], november["median-hours"]) == (HIDDEN,) * 3
    assert filed[-1]["plans-current"] == HIDDEN
    assert gp.get("/figures?quarter=2027-Q1").status_code == 404
    assert gp.get("/figures?quarter=x").status_code == 404


def test_a_place_counts_its_own_discharges_alone(store, gp, make_person):
    tell(store, make_child(store, gp.person))
    (review,) = kept_reviews.open_reviews(store)
    elsewhere = Organisation("", OrganisationKind.PRACTICE, "Yew Surgery", "Y99908", "0121 496 0108")
    other = make_person(organisation=elsewhere, username="other")
    ward = replace(make_person(Role.HOSPITAL), organisation_id=review.requester_id)

    def told(person):
        return figures_here(store, person, AUTUMN, Where.OWN_PAGE, MONDAY_9AM).chosen.discharges

    assert (told(gp.person), told(ward), told(other)) == (1, 1, 0)


def test_nurses_count_the_pupils_of_their_schools_whom_they_see(store, gp, make_person):
    office, nurse = make_person(Role.SCHOOL_STAFF), make_person(Role.SCHOOL_NURSE)
    name_the_team(store, office.organisation_id, nurse.organisation_id)
    pupil, _plan = make_pupil(store, gp.person, office, nurse)
    tell(store, pupil)
    tell(store, make_child(store, gp.person, nhs_number="9990000026"))

    found = figures_here(store, nurse, AUTUMN, Where.OWN_PAGE, MONDAY_9AM)

    assert (found.chosen.discharges, found.plans.children) == (1, 1)


def test_a_region_is_every_place_with_small_numbers_hidden(store, gp):
    tell(store, make_child(store, gp.person))

    found = figures_of_region(store, AUTUMN, by="system", at=MONDAY_9AM)

    assert list(found.practices) == [gp.person.organisation_name]
    assert found.chosen.discharges is None
    assert found.chosen.outcome(Outcome.NOT_DUE) is None
    assert "hidden" in json.dumps(list(found.as_json()))
    assert list(replace(found, place="=Ash").lines())[0][0] == "'=Ash"


def test_the_page_asks_the_store_as_often_for_hundreds_of_children_as_for_one(store, gp, monkeypatch):
    def asked():
        counted, db = [], type(store.db)
        with monkeypatch.context() as patch:
            for name in ("execute", "query"):
                was = getattr(db, name)
                patch.setattr(db, name, lambda *a, was=was, **k: counted.append(a) or was(*a, **k))
            assert gp.get("/figures").status_code == 200
        return len(counted)

    keep_many(store, gp, 1)
    gp.get("/figures")
    few = asked()
    keep_many(store, gp, 250, first=1)

    assert asked() == few
