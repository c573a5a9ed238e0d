"""Nothing that is not known stops the clock of a review, and a count of inhalers rings no bell."""

import pytest

from fhir import kept_reviews
from plans.places import Organisation, OrganisationKind, Role
from portal.actions.discharge.waiting import all_waiting
from portal.actions.importing.record import import_file
from portal.actions.sweep import sweep
from portal.calendar import holidays_for
from tests.fhir import gp_records
from tests.portal.conftest import MONDAY_9AM
from tests.portal.making import TODAY, make_child

NEW = "/hospital/discharges/new"
LEFT = {"left-day": "20", "left-month": "11", "left-year": "2026", "left-time": "18:30"}
BORN = {"born-day": "1", "born-month": "5", "born-year": "2018"}
DUE = "24 November 2026"


@pytest.fixture
def ward(client_for):
    return client_for(Role.HOSPITAL)


@pytest.fixture
def gp(make_person, client_for):
    """The GP of the practice that the made GP records name."""
    home = Organisation("", OrganisationKind.PRACTICE, "Example Surgery", "Y99909", "0121 496 0199")
    return client_for(Role.CLINICIAN, make_person(organisation=home))


def test_the_child_and_the_time_alone_start_the_clock(store, gp, ward):
    make_child(store, gp.person)

    answer = ward.post(NEW, data=LEFT | BORN | {"nhs-number": "9990000018"})

    assert DUE in ward.get(answer.location).text
    assert len(kept_reviews.open_reviews(store)) == 1


@pytest.mark.parametrize("child", [{"nhs-number": "9990000018"}, {"family": "Test"}])
def test_a_child_who_is_only_half_known_has_a_clock_too(store, gp, ward, child):
    make_child(store, gp.person)

    answer = ward.post(NEW, data=LEFT | child)

    assert DUE in ward.get(answer.location).text
    assert len(all_waiting(store)) == 1


def test_three_blue_inhalers_in_a_year_are_a_fact_on_a_page_and_no_alert(store, gp, tmp_path):
    issues = [gp_records.entry(gp_records.issue(f"2026-{month:02}-03")) for month in (9, 10, 11)]
    file = tmp_path / "record.json"
    file.write_bytes(gp_records.raw(gp_records.bundle(*issues)))
    how = {"by": "system", "at": MONDAY_9AM, "today": TODAY, "holidays_for": holidays_for}
    child_id = import_file(store, file, **how).child_id

    raised = sweep(store, now=MONDAY_9AM, holidays_for=holidays_for)

    assert "Blue inhalers in 12 months: 3" in gp.get(f"/children/{child_id}").text
    assert (raised, kept_reviews.open_alerts(store)) == ([], [])
