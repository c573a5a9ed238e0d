"""What a pharmacist sees: the medicines and their supply, and nothing of attacks, school or worries."""

from functools import partial

import pytest

from plans.places import Role
from portal.actions.importing.record import import_file
from portal.calendar import holidays_for
from tests.fhir import gp_records as records
from tests.portal.conftest import MONDAY_9AM
from tests.portal.shared_making import make_shared_child

ISSUED = ["2026-11-02", "2026-10-05", "2026-09-01", "2026-08-03", "2026-07-01", "2026-06-05", "2026-05-28"]
DOSE = {
    "text": "2 puffs twice a day",
    "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}},
    "doseAndRate": [{"doseQuantity": {"value": 2, "unit": "puff"}}],
}


@pytest.fixture
def gp(make_person):
    return make_person(Role.CLINICIAN)


@pytest.fixture
def shared_child(store, gp):
    """Make a child whose signed plan is shared with this person's organisation; name what you need."""
    return partial(make_shared_child, store, gp)


@pytest.fixture
def pharmacist(client_for):
    return client_for(Role.PHARMACIST)


@pytest.fixture
def with_record(store, tmp_path):
    """Bring in a record for a child: many relievers, one preventer, and what a pharmacist is never told."""

    def bring_in(child):
        entries = [records.entry(records.issue(day)) for day in ISSUED]
        entries += [records.entry(records.handed_over("2026-11-10"))]
        entries += [records.entry(records.issue("2026-09-01", records.BROWN))]
        entries += [
            records.entry(records.repeat(records.BROWN, DOSE)),
            records.entry(records.repeat(records.BLUE)),
        ]
        entries += [records.entry(records.encounter("IMP", "2026-10-01T09:00:00Z", "2026-10-03T09:00:00Z"))]
        patient = {"identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": child.nhs_number}]}
        patient |= {
            "name": [{"family": child.family, "given": [child.given]}],
            "birthDate": child.born.isoformat(),
        }
        file = tmp_path / "record.json"
        file.write_bytes(records.raw(records.bundle(*entries, **patient)))
        today = MONDAY_9AM.date()
        import_file(store, file, by="system", at=MONDAY_9AM, today=today, holidays_for=holidays_for)

    return bring_in


def test_the_medicines_and_the_supply_are_there_with_days_and_where_they_come_from(
    pharmacist,
    shared_child,
    with_record,
):
    child = shared_child(pharmacist.person)
    with_record(child)

    page = pharmacist.get(f"/shared/{child.id}").text

    assert "Clenil Modulite" in page
    assert "Inhalers supplied" in page
    assert "In 6 months: 8. In 12 months: 8." in page
    issued = "Ventolin 100micrograms/dose Evohaler (GlaxoSmithKline UK Ltd), 1 inhaler"
    assert f"10 November 2026: {issued}" in page
    assert "In 6 months: 1. In 12 months: 1." in page
    assert "of the days at the dose on the record" in page
    assert "From the GP record" in page


@pytest.mark.parametrize(
    "hidden",
    ["Missed", "school", "School", "over-reliance", "urgent", "priority", "misuse", "safeguarding", "admi",
     "Admi", "I like to swim.", "999 000 0018", "9990000018", "Asthma attack", "danger sign", "review after"],
)  # fmt: skip
def test_nothing_of_attacks_school_or_worries_is_on_the_page(pharmacist, shared_child, with_record, hidden):
    child = shared_child(pharmacist.person, fields={"child_words": "I like to swim."})
    with_record(child)

    article = pharmacist.get(f"/shared/{child.id}").text.partition("<main")[2].partition("</main>")[0]

    assert hidden not in article


def test_without_a_record_it_is_said_that_nothing_can_be_counted(pharmacist, shared_child):
    child = shared_child(pharmacist.person)

    page = pharmacist.get(f"/shared/{child.id}").text

    assert "no supply can be counted. That does not mean that there was none." in page


def test_reading_the_supply_is_recorded(pharmacist, shared_child, with_record, store):
    child = shared_child(pharmacist.person)
    with_record(child)

    pharmacist.get(f"/shared/{child.id}")

    assert "see the supply of inhalers" in str(store.search("AuditEvent", action="R"))


@pytest.mark.parametrize("role", [Role.SCHOOL_STAFF, Role.SOCIAL_WORKER])
def test_nobody_else_is_shown_the_supply_on_their_page(client_for, shared_child, with_record, role):
    browser = client_for(role)
    child = shared_child(browser.person)
    with_record(child)

    assert "Inhalers supplied" not in browser.get(f"/shared/{child.id}").text
