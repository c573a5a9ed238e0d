"""Who a record is about, and what becomes of everything in the file."""

from datetime import date

import pytest

from fhir.codes import NHS_NUMBER as NHS_NUMBER_SYSTEM
from fhir.intake.bundle import parse_bundle
from fhir.intake.elements import is_former
from fhir.intake.errors import ChildNotNamed, NotOneChild
from fhir.intake.gp_record import read_record
from plans.places import Nation
from tests.fhir.gp_records import (
    CHILD,
    NHS_NUMBER,
    PRACTICE,
    about_the_child,
    address,
    allergy,
    bundle,
    concept,
    condition,
    entry,
    issue,
    observation,
    organization,
    raw,
    the_child,
)

SECOND_CHILD = {"fullUrl": address("second"), "resource": {"resourceType": "Patient"}}


def read(*entries, **patient):
    return read_record(parse_bundle(raw(bundle(*entries, **patient))))


def test_the_child_is_named_as_in_the_record():
    child = read().record.child

    assert (child.given, child.family, child.born) == ("Robin Kit", "Example", date(2016, 3, 14))
    assert child.nhs_number == "9991230041"


def test_practice_and_school_are_those_that_the_patient_points_to():
    record = read().record

    assert (record.practice.name, record.practice.code) == ("Example Surgery", "Y99909")
    assert record.practice.phone == "0121 496 0199"
    assert record.school.name == "Example School"
    assert record.child.practice_id == PRACTICE


@pytest.mark.parametrize(
    ("country", "code", "expected"),
    [
        ("England", "Y99909", Nation.ENGLAND_AND_WALES),
        ("Wales", "W99909", Nation.ENGLAND_AND_WALES),
        ("Scotland", "S99909", Nation.SCOTLAND),
        ("Northern Ireland", "Z99909", Nation.NORTHERN_IRELAND),
        ("GB", "S99909", Nation.SCOTLAND),
    ],
)
def test_the_nation_is_the_country_of_the_practice_or_told_by_its_code(country, code, expected):
    child = the_child()[0]
    practice = {"fullUrl": PRACTICE, "resource": organization(code, "Example Surgery", country)}
    school = the_child()[2]
    content = {"resourceType": "Bundle", "type": "collection", "entry": [child, practice, school]}

    reading = read_record(parse_bundle(raw(content)))

    assert reading.record.practice.nation is expected
    assert reading.doubtful == ()


def test_a_practice_in_no_nation_is_doubtful():
    child, _, school = the_child()
    practice = {"fullUrl": PRACTICE, "resource": organization("Y99909", "Example Surgery", "GB")}
    content = {"resourceType": "Bundle", "type": "collection", "entry": [child, practice, school]}

    assert "nation" in read_record(parse_bundle(raw(content))).doubtful[0]


def test_a_child_without_a_practice_is_doubtful():
    reading = read(generalPractitioner=None)

    assert reading.record.practice is None
    assert "practice" in reading.doubtful[0]


def test_a_named_doctor_is_kept_beside_the_practice():
    doctor = {"resourceType": "Practitioner", "name": [{"family": "Example", "given": ["Ada"]}]}
    both = [{"reference": PRACTICE}, {"reference": address("doctor")}]

    record = read(entry(doctor, "doctor"), generalPractitioner=both).record

    assert (record.practice.name, record.gp) == ("Example Surgery", "Ada Example")


@pytest.mark.parametrize(
    ("patient", "refusal"),
    [
        ({"birthDate": None}, ChildNotNamed),
        ({"birthDate": "2016"}, ChildNotNamed),
        ({"name": None}, ChildNotNamed),
    ],
)
def test_a_child_who_cannot_be_told_from_others_is_refused(patient, refusal):
    with pytest.raises(refusal):
        read(**patient)


def test_a_name_in_one_piece_is_taken_whole():
    assert read(name=[{"text": "Robin Example"}]).record.child.name == "Robin Example"


def test_an_old_name_is_never_taken():
    names = [
        {"use": "old", "family": "Former", "given": ["Robin"]},
        {"family": "Example", "given": ["Robin"]},
    ]

    assert read(name=names).record.child.family == "Example"


@pytest.mark.parametrize(
    ("said", "is_of_before"),
    [
        ({}, False),
        ({"use": "official"}, False),
        ({"use": "old"}, True),
        ({"use": "maiden"}, True),
        ({"period": {"start": "2016-03-14"}}, False),
        ({"period": {"end": "2026-11-23"}}, True),
        ({"period": {"end": "2026"}}, True),
        ({"period": {"end": "2026-11-24"}}, False),
        ({"period": {"end": "2030"}}, False),
    ],
)
def test_a_name_or_number_is_of_before_once_it_is_marked_so_or_its_end_has_come(said, is_of_before):
    assert is_former(said, date(2026, 11, 23)) is is_of_before


def test_no_number_is_taken_that_has_ended():
    number = {"system": NHS_NUMBER_SYSTEM, "value": NHS_NUMBER}

    assert read(identifier=[number | {"use": "old"}]).record.child.nhs_number == ""
    assert read(identifier=[number | {"use": "old"}, number]).record.child.nhs_number == NHS_NUMBER


def test_a_child_without_an_nhs_number_is_read():
    assert read(identifier=None).record.child.nhs_number == ""


def test_a_record_of_two_children_or_of_none_is_refused():
    with pytest.raises(NotOneChild, match="2 patients"):
        read(SECOND_CHILD)
    with pytest.raises(NotOneChild, match="0 patients"):
        read_record(parse_bundle(raw({"resourceType": "Bundle", "type": "collection"})))


def test_everything_in_the_file_is_used_or_listed():
    reading = read(
        entry(condition(concept("195967001"))),
        entry(condition(concept(text="Atopic eczema"))),
        entry(observation(concept(text="Sleep"), valueString="Night terrors")),
        entry({"resourceType": "Claim"}),
    )

    assert reading.used == {"Condition": 1, "Organization": 2, "Patient": 1}
    assert reading.ignored == {"Claim": 1, "Condition: Atopic eczema": 1, "Observation: Sleep": 1}


def test_what_is_about_somebody_else_is_left_out_and_listed():
    elsewhere = condition(concept("195967001")) | {
        "subject": {"reference": "https://example.org/fhir/Patient/2"}
    }

    reading = read(entry(elsewhere))

    assert reading.record.asthma == "no"
    assert reading.ignored == {"Condition: about somebody else": 1}


class TestTheSameThingTwice:
    def test_is_counted_once_by_its_identifier(self):
        first, again = issue("2026-10-01", number="17"), issue("2026-10-02", number="17")

        record = read(entry(first), entry(again)).record

        assert len(record.supplies) == 1
        assert record.twice == ("MedicationRequest",)

    def test_is_counted_once_where_every_word_is_the_same(self):
        record = read(entry(issue("2026-10-01"), "a"), entry(issue("2026-10-01"), "b")).record

        assert len(record.supplies) == 1
        assert record.twice == ("MedicationRequest",)

    def test_is_seen_where_an_entry_stands_in_the_file_twice(self):
        record = read(entry(issue("2026-10-01"), "a"), entry(issue("2026-10-01"), "a")).record

        assert record.twice == ("MedicationRequest",)

    def test_is_not_two_issues_of_one_day(self):
        record = read(entry(issue("2026-10-01", number="17")), entry(issue("2026-10-01", number="18"))).record

        assert len(record.supplies) == 2
        assert record.twice == ()


class TestFlags:
    def test_are_kept_apart_and_asked_to_be_read(self):
        flag = about_the_child("Flag", status="active", code={"text": "Ask the safeguarding lead"})

        reading = read(entry(flag))

        assert reading.record.flags == ("Ask the safeguarding lead",)
        assert "safety flag" in reading.doubtful[0]
        assert "safeguarding" not in " ".join(reading.doubtful)

    def test_that_have_ended_are_not_among_them(self):
        assert read(entry(about_the_child("Flag", status="inactive", code={"text": "x"}))).record.flags == ()


@pytest.mark.parametrize("death", [{"deceasedBoolean": True}, {"deceasedDateTime": "2026-10-01"}])
def test_a_death_on_record_is_said_before_anything_is_sent(death):
    reading = read(**death)

    assert reading.record.has_died
    assert "died" in reading.doubtful[0]


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        pytest.param(issue("2026-10"), True, id="a supply"),
        pytest.param(observation(concept("527171000000103"), "2025"), True, id="a plan"),
        pytest.param(issue("2026-10-01"), False, id="a day"),
        pytest.param(
            condition(concept("195967001"), onsetDateTime="2019"), False, id="a date that no rule needs"
        ),
        pytest.param(allergy("Egg", recordedDate="2019"), False, id="another"),
    ],
)
def test_a_date_that_counts_is_noted_if_it_is_not_a_day(resource, expected):
    assert read(entry(resource)).record.has_imprecise_dates is expected


def test_the_child_is_found_by_the_address_in_the_file():
    assert read().record.child.id == CHILD
