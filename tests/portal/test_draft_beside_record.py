"""A draft is checked beside the record that was imported for its child."""

import pytest

from plans.places import Organisation, OrganisationKind, Role
from portal.actions.drafts import check_draft, start_draft
from portal.actions.importing.record import import_file
from portal.calendar import holidays_for
from tests.fhir import gp_records
from tests.portal.conftest import MONDAY_9AM
from tests.portal.making import TODAY

PREDNISOLONE = ("325427002", "Prednisolone 5mg tablets")
NEBULES = ("", "Salbutamol 2.5mg/2.5ml nebuliser liquid unit dose vials")


@pytest.fixture
def doctor(make_person):
    home = Organisation("", OrganisationKind.PRACTICE, "Example Surgery", "Y99909", "0121 496 0199")
    return make_person(Role.CLINICIAN, organisation=home)


@pytest.fixture
def beside(store, doctor, tmp_path):
    """Give the situation of a new draft beside a record that holds these resources."""

    def situation_of(*resources):
        file = tmp_path / "record.json"
        file.write_bytes(gp_records.raw(gp_records.bundle(*map(gp_records.entry, resources))))
        how = {"by": "system", "at": MONDAY_9AM, "today": TODAY, "holidays_for": holidays_for}
        child_id = import_file(store, file, **how).child_id
        draft = start_draft(store, child_id, by=doctor, at=MONDAY_9AM)
        return check_draft(store, draft.id, by=doctor, today=TODAY).situation

    return situation_of


def test_steroid_courses_of_12_months_are_counted(beside):
    courses = [gp_records.issue(day, PREDNISOLONE) for day in ("2025-10-01", "2026-02-01", "2026-09-01")]

    assert beside(*courses).steroid_courses == 2


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(gp_records.issue("2026-09-01", NEBULES), id="issued"),
        pytest.param(gp_records.repeat(NEBULES), id="on repeat"),
    ],
)
def test_liquid_for_a_nebuliser_is_seen(beside, line):
    assert beside(line).has_nebuliser_liquid


def test_a_record_without_either_asks_for_nothing(beside):
    situation = beside(gp_records.issue("2026-09-01"))

    assert (situation.steroid_courses, situation.has_nebuliser_liquid) == (0, False)
