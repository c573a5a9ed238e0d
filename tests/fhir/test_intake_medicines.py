"""The repeat list and what was supplied, each thing once."""

from datetime import date

import pytest

from fhir.intake.bundle import parse_bundle
from fhir.intake.gp_record import read_record
from plans.gp_record import TimeOfDay
from tests.fhir.gp_records import (
    BLUE,
    BROWN,
    SNOMED,
    about_the_child,
    address,
    bundle,
    concept,
    condition,
    entry,
    handed_over,
    issue,
    raw,
    repeat,
)


def read(*resources, **named):
    entries = [entry(resource) for resource in resources] + [entry(one, name) for name, one in named.items()]
    return read_record(parse_bundle(raw(bundle(*entries)))).record


def instruction(**dosage):
    return read(repeat(BROWN, dosage)).lines[0].instructions[0]


def puffs(value, unit="puff"):
    return [{"doseQuantity": {"value": value, "unit": unit}}]


class TestSupplies:
    @pytest.mark.parametrize(
        ("status", "counted"),
        [
            ("completed", 1),
            ("active", 1),
            ("cancelled", 0),
            ("stopped", 0),
            ("entered-in-error", 0),
            ("draft", 0),
        ],
    )
    def test_are_orders_that_were_issued(self, status, counted):
        assert len(read(issue("2026-10-01", status=status)).supplies) == counted

    @pytest.mark.parametrize("intent", ["plan", "proposal"])
    def test_are_never_other_requests(self, intent):
        assert read(issue("2026-10-01", intent=intent)).supplies == ()

    def test_are_what_was_handed_over_ahead_of_a_prescription(self):
        supply = read(handed_over("2026-09-12T15:20:00+01:00")).supplies[0]

        assert (supply.day.first, supply.quantity, supply.unit) == (date(2026, 9, 12), 1, "inhaler")

    def test_are_not_what_was_handed_over_for_an_issue(self):
        record = read(
            issued=issue("2026-10-01"),
            handed=handed_over("2026-10-02", authorizingPrescription=[{"reference": address("issued")}]),
        )

        assert len(record.supplies) == 1

    @pytest.mark.parametrize("behind", [issue("2026-10-01", status="cancelled"), repeat(BLUE)])
    def test_are_what_was_handed_over_for_something_that_is_not_counted(self, behind):
        record = read(
            behind=behind,
            handed=handed_over("2026-10-02", authorizingPrescription=[{"reference": address("behind")}]),
        )

        assert len(record.supplies) == 1

    def test_are_one_where_issue_and_handing_over_share_an_identifier(self):
        number = [{"system": "https://gp.example.org/Id/issue", "value": "17"}]

        record = read(issue("2026-10-01", number="17"), handed_over("2026-10-02", identifier=number))

        assert len(record.supplies) == 1

    def test_are_not_what_a_pharmacist_did_not_finish(self):
        assert read(handed_over("2026-10-02", status="in-progress")).supplies == ()

    def test_are_of_the_uk_day(self):
        assert read(handed_over("2026-06-30T23:30:00Z")).supplies[0].day.first == date(2026, 7, 1)

    def test_without_a_day_are_doubtful(self):
        reading = read_record(parse_bundle(raw(bundle(entry(issue("2026-10-01", authoredOn=None) | {})))))

        assert "does not give" in reading.doubtful[0]


class TestLines:
    def test_are_plans_running_or_stopped(self):
        record = read(
            repeat(BROWN, dispenseRequest={"validityPeriod": {"start": "2025-02-01", "end": "2026-03-17"}}),
            repeat(BLUE, status="stopped"),
        )

        assert [(one.medicine.codes, one.is_active, one.ended) for one in record.lines] == [
            ((BROWN[0],), True, date(2026, 3, 17)),
            ((BLUE[0],), False, None),
        ]
        assert record.lines[0].written.first == date(2025, 1, 1)
        assert record.lines[0].started.first == date(2025, 2, 1)

    @pytest.mark.parametrize("changes", [{"status": "entered-in-error"}, {"doNotPerform": True}])
    def test_are_not_what_was_never_meant(self, changes):
        assert read(repeat(BROWN, **changes)).lines == ()

    def test_are_running_orders_where_there_is_no_list(self):
        lines = read(issue("2018-10-01", status="active"), issue("2026-10-01")).lines

        assert [one.written.first for one in lines] == [date(2018, 10, 1)]

    def test_are_never_orders_beside_a_list(self):
        assert len(read(repeat(BROWN), issue("2026-10-01", status="active")).lines) == 1

    def test_are_never_short_courses(self):
        acute = {"courseOfTherapyType": concept("acute")}

        assert read(issue("2026-10-01", status="active", **acute)).lines == ()

    def test_are_for_asthma_where_the_record_says_so(self):
        for_asthma = repeat(BROWN, reasonReference=[{"reference": address("asthma")}])

        record = read(for_asthma=for_asthma, other=repeat(BLUE), asthma=condition(concept("195967001")))

        assert [one.is_for_asthma for one in record.lines] == [True, False]


class TestMedicine:
    def test_is_found_in_an_entry_of_its_own(self):
        medicine = {"resourceType": "Medication", "code": concept(*BROWN)}
        line = repeat(medicationReference={"reference": address("medicine")}, medicationCodeableConcept=None)
        without = {name: value for name, value in line.items() if value is not None}

        assert read(medicine=medicine, line=without).lines[0].medicine.codes == (BROWN[0],)

    def test_is_found_inside_the_request(self):
        line = about_the_child(
            "MedicationRequest",
            contained=[{"resourceType": "Medication", "id": "m", "code": concept(*BROWN)}],
            status="active",
            intent="plan",
            medicationReference={"reference": "#m"},
        )

        assert read(line).lines[0].medicine.codes == (BROWN[0],)

    def test_keeps_the_codes_of_uk_lists_only(self):
        both = {
            "coding": [{"system": SNOMED, "code": BROWN[0]}, {"system": "https://example.org", "code": "17"}]
        }

        medicine = read(repeat(medicationCodeableConcept=both)).lines[0].medicine

        assert (medicine.codes, medicine.is_foreign) == ((BROWN[0],), False)

    def test_of_another_countrys_list_is_foreign(self):
        rxnorm = concept("745679", BLUE[1], "http://www.nlm.nih.gov/research/umls/rxnorm")

        medicine = read(repeat(medicationCodeableConcept=rxnorm)).lines[0].medicine

        assert (medicine.codes, medicine.is_foreign) == ((), True)


class TestInstruction:
    @pytest.mark.parametrize(
        ("dose", "amount"),
        [
            (puffs(2), 2),
            (puffs(2.0, "puffs"), 2),
            (puffs(1, "tablet"), 1),
            (puffs(0.5), None),
            (puffs(0), None),
            (puffs(100, "microgram"), None),
            ([{"doseQuantity": {"value": 2}}], None),
            (puffs(2) + puffs(4), None),
            (
                [{"doseRange": {"low": {"value": 2, "unit": "puff"}, "high": {"value": 4, "unit": "puff"}}}],
                None,
            ),
            ([], None),
        ],
    )
    def test_gives_whole_puffs_or_none(self, dose, amount):
        dosage = {"doseAndRate": dose} if dose else {}

        assert instruction(text="as said", **dosage).amount == amount

    @pytest.mark.parametrize(
        ("repeated", "times"),
        [
            ({"frequency": 2, "period": 1, "periodUnit": "d"}, 2),
            ({"frequency": 1, "period": 12, "periodUnit": "h"}, 2),
            ({"period": 1, "periodUnit": "d"}, 1),
            ({"frequency": 1, "period": 2, "periodUnit": "d"}, None),
            ({"frequency": 1, "frequencyMax": 2, "period": 1, "periodUnit": "d"}, None),
            ({"frequency": 1, "period": 1, "periodUnit": "wk"}, None),
            ({"when": ["MORN", "EVE"]}, 2),
            ({}, None),
        ],
    )
    def test_gives_whole_times_a_day_or_none(self, repeated, times):
        timing = {"timing": {"repeat": repeated}} if repeated else {}

        assert instruction(text="as said", **timing).times_a_day == times

    def test_takes_the_usual_codes_of_timing(self):
        assert instruction(timing={"code": concept("BID")}).times_a_day == 2

    def test_gives_the_times_of_day(self):
        found = instruction(timing={"repeat": {"when": ["MORN", "HS", "C"]}})

        assert found.times == (TimeOfDay.MORNING, TimeOfDay.EVENING, TimeOfDay.OTHER)

    @pytest.mark.parametrize(
        ("dosage", "expected"),
        [
            ({"asNeededBoolean": True}, True),
            ({"asNeededCodeableConcept": {"text": "wheeze"}}, True),
            ({"asNeededBoolean": False}, False),
            ({"text": "2 puffs"}, False),
        ],
    )
    def test_is_as_needed_where_the_record_says_so(self, dosage, expected):
        assert instruction(**dosage).as_needed is expected

    @pytest.mark.parametrize(
        ("most", "period", "expected"),
        [
            ({"value": 8, "unit": "inhalation"}, {"value": 1, "unit": "day", "code": "d"}, 8),
            ({"value": 8, "unit": "puff"}, {"value": 24, "code": "h"}, 8),
            ({"value": 8, "unit": "puff"}, {"value": 1, "code": "wk"}, None),
            ({"value": 4, "unit": "puff"}, {"value": 12, "code": "h"}, None),
            ({"value": 4, "unit": "mg"}, {"value": 1, "code": "d"}, None),
            ({}, {}, None),
        ],
    )
    def test_gives_the_most_of_a_day_or_none(self, most, period, expected):
        ratio = {"maxDosePerPeriod": {"numerator": most, "denominator": period}} if most else {}

        assert instruction(text="as said", **ratio).most_a_day == expected
