"""A discharge that came as a FHIR bundle gives the notice that an ADT message gives."""

from datetime import UTC, date, datetime

import pytest

from fhir.codes import NHS_NUMBER
from fhir.intake.bundle import parse_bundle
from fhir.intake.discharge import read_discharge
from fhir.intake.errors import NotOneChild, NotOneDischarge
from plans.diagnosis import Asthma
from plans.discharge_notice import Destination, VisitKind
from plans.places import Nation
from tests.fhir.gp_records import (
    HOSPITAL,
    address,
    bundle,
    concept,
    condition,
    encounter,
    entry,
    organization,
    raw,
    visit_number,
)

ATTACK = concept("708038006")
HOSPITAL_ENTRY = {"fullUrl": HOSPITAL, "resource": organization("RZZ09", "Example Hospital")}
PERIOD = ("2026-11-17T23:05:00+00:00", "2026-11-20T18:30:00+00:00")


def read(*encounters, **patient):
    return read_discharge(parse_bundle(raw(bundle(HOSPITAL_ENTRY, *map(entry, encounters), **patient))))


def stay(*reasons, kind="IMP", **changes):
    here = {"serviceProvider": {"reference": HOSPITAL}} | visit_number("V-0001")
    return encounter(kind, *PERIOD, *reasons, **(here | changes))


def test_a_discharge_tells_who_where_and_when():
    notice = read(stay(ATTACK))

    assert (notice.nhs_number, notice.given, notice.family) == ("9991230041", "Robin Kit", "Example")
    assert notice.born == date(2016, 3, 14)
    assert (notice.practice_code, notice.nation) == ("Y99909", Nation.ENGLAND_AND_WALES)
    assert (notice.visit, notice.hospital_code) == ("V-0001", "RZZ09")
    assert (notice.hospital_name, notice.kind) == ("Example Hospital", VisitKind.STAY)
    assert notice.admitted_at == datetime(2026, 11, 17, 23, 5, tzinfo=UTC)
    assert notice.discharged_at == datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
    assert notice.asthma is Asthma.YES
    assert not notice.is_cancelled


def test_a_discharge_is_not_told_by_a_name_or_a_number_that_has_ended():
    names = [{"family": "Former", "given": ["Pax"], "period": {"end": "2020"}}, {"text": "Robin Example"}]
    number = {"system": NHS_NUMBER, "value": "9990000018"}
    numbers = [{"system": NHS_NUMBER, "value": "9991230041", "use": "old"}, number]

    notice = read(stay(ATTACK), name=names, identifier=numbers)

    assert (notice.nhs_number, notice.given, notice.family) == ("9990000018", "", "Robin Example")


@pytest.mark.parametrize(
    ("reasons", "expected"),
    [
        ([concept("J46", system="http://hl7.org/fhir/sid/icd-10")], Asthma.YES),
        ([concept(text="Viral wheeze")], Asthma.UNCLEAR),
        ([concept(text="Broken wrist")], Asthma.NO),
        ([], Asthma.UNCLEAR),
    ],
)
def test_asthma_is_a_yes_a_no_or_a_question(reasons, expected):
    assert read(stay(*reasons)).asthma is expected


def test_a_diagnosis_in_its_own_entry_comes_before_the_reason_for_coming():
    broken = entry(condition(concept(text="Broken wrist")), "broken")
    visit = stay(ATTACK, diagnosis=[{"condition": {"reference": address("broken")}, "rank": 1}])

    notice = read_discharge(parse_bundle(raw(bundle(HOSPITAL_ENTRY, broken, entry(visit)))))

    assert notice.asthma is Asthma.UNCLEAR


def test_without_its_end_there_is_no_time_of_discharge():
    assert read(stay(ATTACK, period={"start": PERIOD[0]})).discharged_at is None


@pytest.mark.parametrize("end", ["9999-12-31T23:59:59-10:00", "0001-01-01T00:00:00Z", "2026"])
def test_an_end_that_no_clock_can_show_is_no_time_of_discharge(end):
    assert read(stay(ATTACK, period={"end": end})).discharged_at is None


def test_a_leap_second_is_the_second_before_it():
    notice = read(stay(ATTACK, period={"end": "2026-11-20T23:59:60Z"}))

    assert notice.discharged_at == datetime(2026, 11, 20, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize("status", ["cancelled", "entered-in-error"])
def test_a_visit_that_did_not_happen_is_cancelled(status):
    assert read(stay(ATTACK, status=status)).is_cancelled


def test_without_practice_and_name_it_is_read_all_the_same():
    notice = read(stay(ATTACK), generalPractitioner=None, name=None, birthDate=None)

    assert (notice.practice_code, notice.nation, notice.family, notice.born) == ("", None, "", None)


def test_an_emergency_visit_is_a_discharge_too():
    assert read(stay(ATTACK, kind="EMER")).kind is VisitKind.EMERGENCY


USUAL_HOME = {"system": "https://fhir.hl7.org.uk/CodeSystem/UKCore-DischargeDestinationEngland", "code": "19"}


@pytest.mark.parametrize(
    ("disposition", "went_to"),
    [
        ({"coding": [USUAL_HOME], "text": "Home"}, Destination("19", USUAL_HOME["system"], "Home")),
        ({"coding": [USUAL_HOME]}, Destination("19", USUAL_HOME["system"])),
        ({"coding": [{"display": "Home"}]}, Destination(text="Home")),
        ({"text": "Home"}, Destination(text="Home")),
        (None, None),
    ],
)
def test_where_a_child_went_is_told_as_the_hospital_says_it(disposition, went_to):
    said = {"hospitalization": {"dischargeDisposition": disposition}} if disposition else {}

    assert read(stay(ATTACK, **said)).went_to == went_to


def test_a_visit_elsewhere_is_taken_where_there_is_no_other():
    assert read(stay(ATTACK, kind="FLD")).kind is VisitKind.PARAMEDICS
    assert read(stay(ATTACK, kind="FLD"), stay(ATTACK)).kind is VisitKind.STAY


def test_none_or_several_are_refused():
    with pytest.raises(NotOneDischarge, match="0 hospital visits"):
        read()
    with pytest.raises(NotOneDischarge, match="2 hospital visits"):
        read(stay(ATTACK), stay(ATTACK, kind="EMER"))


def test_nobody_is_refused():
    with pytest.raises(NotOneChild):
        read_discharge(parse_bundle(raw({"resourceType": "Bundle", "type": "collection"})))
