"""Every case record and message, read and compared with what its authors concluded."""

import json
from datetime import date, datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import pytest
from fhir.resources.R4B import get_fhir_model_class

from fhir.intake.adt import read_adt
from fhir.intake.bundle import bundle_of, open_bundle
from fhir.intake.discharge import read_discharge
from fhir.intake.gp_record import read_record, resources_to_keep
from plans.diagnosis import Asthma
from plans.draft import read_draft
from plans.follow_up import due_on, hours_48
from plans.places import Nation
from plans.prefill import prefill
from plans.record_checks import best_peak_flow, check_record
from plans.record_facts import facts_of
from plans.record_regimen import RecordRegimen, regimen_of
from plans.risk import count
from portal.calendar import holidays_for

CASES = Path(__file__).resolve().parents[3].parent / "shared" / "cases"
EXPECTED = json.loads((CASES / "expected.json").read_text(encoding="utf-8"))
TODAY = date.fromisoformat(EXPECTED["today"])
FILES = EXPECTED["files"]
RECORDS = [name for name, expected in FILES.items() if "counts" in expected]
THIRD_PARTY = [name for name in FILES if name.startswith("synthea/")]
MESSAGES = [name for name in FILES if name.endswith(".hl7")]
DISCHARGES = [name for name in FILES if name.startswith("discharge-")]
NATIONS = {"England": Nation.ENGLAND_AND_WALES, "Scotland": Nation.SCOTLAND}


def read(name):
    return read_record(open_bundle(CASES / name)).record


def facts(name):
    """Return what the rules find, with the bank holidays of the practice's nation."""
    record = read(name)
    return facts_of(record, holidays_for(record.practice.nation), TODAY)


@pytest.mark.parametrize("name", RECORDS)
class TestRecord:
    def test_names_the_child(self, name):
        record, expected = read(name), FILES[name]

        assert f"{record.child.name}, {record.child.age_on(TODAY)}" == expected["who"]
        assert record.child.born.isoformat() == expected["born"]
        assert record.child.nhs_number == expected["nhs_number"]
        assert record.practice.code == expected["practice"]
        assert record.practice.nation is NATIONS[expected["nation"]]

    def test_gives_the_counts(self, name):
        counts, ranges = facts(name).counts.as_dict(), FILES[name]["counts"]

        assert counts.keys() == ranges.keys()
        assert all(low <= counts[key] <= high for key, (low, high) in ranges.items())

    def test_gives_the_signals_and_no_other(self, name):
        assert {one.name for one in facts(name).signals} == {
            said.partition(" ")[0] for said in FILES[name]["signals"]
        }

    def test_gives_the_checks_and_no_other(self, name):
        assert sorted(one.name for one in facts(name).doubts) == FILES[name]["checks"]

    def test_gives_the_regimen(self, name):
        assert facts(name).regimen == FILES[name]["regimen"]

    def test_gives_the_best_peak_flow(self, name):
        best = best_peak_flow(read(name))

        said = best and f"{best.value:g} {best.unit}, {best.day.first}, {best.method}"
        assert said == FILES[name]["best_pef"]

    def test_gives_the_medicines_that_run(self, name):
        lines = read(name).current_lines(TODAY)

        assert sorted(line.medicine.text for line in lines) == FILES[name]["current_medicines"]

    def test_gives_each_discharge_with_its_review(self, name):
        found = facts(name).discharges

        assert [(one.ended, one.kind, one.due.isoformat(), one.review) for one in found] == [
            (datetime.fromisoformat(one["ended"]), one["kind"], one["due"], one["review"])
            for one in FILES[name]["discharges"]
        ]

    def test_leaves_nothing_out_unsaid(self, name):
        reading = read_record(open_bundle(CASES / name))

        assert sum(reading.used.values()) + sum(reading.ignored.values()) == FILES[name]["resources"]


@pytest.mark.parametrize("name", RECORDS + THIRD_PARTY)
def test_what_is_kept_fits_its_model_and_reads_as_the_file_did(name):
    kept = resources_to_keep(open_bundle(CASES / name))
    ids = {one.key: str(uuid5(NAMESPACE_URL, one.key)) for one in kept}
    placed = [one.placed(ids[one.key], ids) for one in kept]

    for resource in placed:
        get_fhir_model_class(resource["resourceType"]).model_validate(resource)
    again = read_record(bundle_of({"resource": resource} for resource in placed)).record
    assert count(again, TODAY) == count(read(name), TODAY)
    assert check_record(again, TODAY) == check_record(read(name), TODAY)


@pytest.mark.parametrize("name", THIRD_PARTY)
class TestThirdPartyRecord:
    def test_is_read_without_failing(self, name):
        reading = read_record(open_bundle(CASES / name))

        assert reading.record.child.age_on(date(2026, 11, 21)) == FILES[name]["age"]
        assert sum(reading.used.values()) + sum(reading.ignored.values()) == FILES[name]["resources"]

    def test_is_never_guessed_at(self, name):
        record = read(name)

        doubts = {one.name: one.about for one in check_record(record, TODAY)}
        assert sorted(doubts["unknown-medicine"]) == FILES[name]["active_inhalers"]
        assert "nhs-number-missing" in doubts
        assert regimen_of(record, TODAY) is RecordRegimen.NOT_SAID
        counts = count(record, TODAY)
        assert counts.reliever_12m + counts.preventer_12m == FILES[name]["issues_12m"]

    def test_fills_no_medicine(self, name):
        fields = prefill(read(name), TODAY)

        assert "regimen" not in fields
        assert not [field for field in fields if field.endswith("-product")]


@pytest.mark.parametrize("name", DISCHARGES)
def test_a_discharge_is_read_as_its_authors_concluded(name):
    notice, expected = read_discharge(open_bundle(CASES / name)), FILES[name]

    assert _facts(notice) == expected
    assert notice.asthma is Asthma.YES


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_is_read_as_its_authors_concluded(name):
    message, expected = read_adt((CASES / name).read_bytes()), FILES[name]

    said = {
        "event": message.event,
        "control_id": message.control_id,
        "charset": message.charset,
        "practice": message.notice.practice_code,
    } | _facts(message.notice, with_clock="due" in expected)
    assert said == {key: value for key, value in expected.items() if key != "acknowledge"}


def test_one_stay_has_one_number_whichever_way_it_came():
    record = read("a-urdu-7-high-risk.json")
    by_fhir = read_discharge(open_bundle(CASES / "discharge-1-friday.json"))
    by_message = read_adt((CASES / "adt-1-a03-friday-1830.hl7").read_bytes()).notice

    assert by_fhir.visit == by_message.visit == record.visits[-1].visit
    assert by_fhir.hospital_code == by_message.hospital_code


def test_letters_of_every_kind_come_through():
    assert read_adt((CASES / "adt-2-a03-christmas-eve.hl7").read_bytes()).notice.family == "Wiśniewska"
    assert read("h-romanian-6-montelukast.json").family[1].name == "Ștefan Ionescu"


def test_a_barred_parent_is_known_and_gives_no_language():
    record = read("f-somali-9-reliever-only.json")

    assert [(one.relationship, one.barred) for one in record.family] == [
        ("father", False), ("mother", True), ("aunt", False),
    ]  # fmt: skip
    assert prefill(record, TODAY)["language"] == "so"


def test_a_young_persons_secret_bars_no_parent():
    assert not read("g-arabic-16-own-consent.json").has_barred_parent


@pytest.mark.parametrize(
    ("name", "language"),
    list(zip(RECORDS, ["ur", "pl", "en", "bn", "pa", "so", "ar", "ro"], strict=True)),
)
def test_a_draft_is_in_the_language_that_the_family_reads(name, language):
    assert prefill(read(name), TODAY)["language"] == language


def _facts(notice, *, with_clock=True):
    facts = {
        "nhs_number": notice.nhs_number,
        "visit": notice.visit,
        "asthma": notice.asthma is Asthma.YES,
        "nation": next(said for said, nation in NATIONS.items() if nation is notice.nation),
    }
    if not with_clock:
        return facts
    clock = {
        "discharged": notice.discharged_at.isoformat(),
        "due": due_on(notice.discharged_at, holidays_for(notice.nation)).isoformat(),
        "plus_48h": hours_48(notice.discharged_at).isoformat(),
    }
    return facts | clock


@pytest.mark.parametrize("name", RECORDS + THIRD_PARTY)
def test_a_draft_can_be_read_as_it_was_filled(name):
    assert read_draft(prefill(read(name), TODAY), draft_id="d", child_id="c").problems == ()
