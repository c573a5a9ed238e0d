"""Hospital visits, reviews, calls and appointments."""

import pytest

from fhir.intake.bundle import parse_bundle
from fhir.intake.gp_record import read_record
from plans.diagnosis import Asthma
from plans.discharge_notice import VisitKind
from plans.gp_record import Fact
from tests.fhir.gp_records import (
    CHILD,
    about_the_child,
    address,
    bundle,
    concept,
    condition,
    encounter,
    entry,
    raw,
    visit_number,
)

ATTACK = concept("708038006")
ICD10 = "http://hl7.org/fhir/sid/icd-10"


def reading(*resources, **named):
    entries = [entry(resource) for resource in resources] + [entry(one, name) for name, one in named.items()]
    return read_record(parse_bundle(raw(bundle(*entries))))


def read(*resources, **named):
    return reading(*resources, **named).record


def stay(*reasons, **changes):
    return encounter("IMP", "2026-11-17T23:05:00+00:00", "2026-11-20T18:30:00+00:00", *reasons, **changes)


@pytest.mark.parametrize(
    ("kind", "expected"), [("IMP", VisitKind.STAY), ("SS", VisitKind.STAY), ("EMER", VisitKind.EMERGENCY)]
)
def test_stays_and_emergency_visits_are_hospital_visits(kind, expected):
    found = read(encounter(kind, "2026-11-17T23:05:00+00:00", "2026-11-20T18:30:00+00:00", ATTACK)).visits[0]

    assert found.kind is expected
    assert found.discharged_at.isoformat() == "2026-11-20T18:30:00+00:00"


def test_times_are_kept_in_utc():
    found = read(encounter("IMP", "2026-09-21T02:40:00+01:00", "2026-09-24T14:10:00+01:00", ATTACK)).visits[0]

    assert found.discharged_at.isoformat() == "2026-09-24T13:10:00+00:00"


@pytest.mark.parametrize(
    ("reason", "asthma", "is_attack"),
    [
        (concept("708090002"), Asthma.YES, True),
        (concept("J46X", system=ICD10), Asthma.YES, True),
        (concept(text="Viral wheeze"), Asthma.UNCLEAR, True),
        (concept("S52.5", "Fracture", ICD10), Asthma.NO, False),
    ],
)
def test_an_attack_is_asthma_or_wheeze(reason, asthma, is_attack):
    found = read(stay(reason)).visits[0]

    assert (found.asthma, found.is_attack) == (asthma, is_attack)


def test_a_diagnosis_comes_from_its_own_entry_by_rank():
    ranked = [
        {"condition": {"reference": address("second")}, "rank": 2},
        {"condition": {"reference": address("first")}, "rank": 1},
    ]

    record = read(
        stay(diagnosis=ranked),
        first=condition(concept("S52.5", "Fracture", ICD10)),
        second=condition(concept("J45.9", "Asthma", ICD10)),
    )

    assert record.visits[0].asthma is Asthma.UNCLEAR


def test_without_a_diagnosis_somebody_is_asked():
    found = reading(stay())

    assert found.record.visits[0].asthma is Asthma.UNCLEAR
    assert "no diagnosis" in found.doubtful[0]


def test_the_type_of_visit_may_tell_what_no_diagnosis_does():
    assert read(stay(type=[concept("183478001")])).visits[0].asthma is Asthma.YES


@pytest.mark.parametrize("status", ["cancelled", "entered-in-error", "planned"])
def test_a_visit_that_did_not_happen_is_none(status):
    assert read(stay(ATTACK, status=status)).visits == ()


def test_an_emergency_visit_that_became_a_stay_is_one_discharge():
    arrived = encounter("EMER", "2026-11-17T20:00:00+00:00", "2026-11-17T23:05:00+00:00", ATTACK)

    assert [one.kind for one in read(arrived, stay(ATTACK)).visits] == [VisitKind.STAY]


def test_one_visit_number_is_one_discharge():
    arrived = encounter("EMER", "2026-11-17T20:00:00Z", "2026-11-17T21:00:00Z", ATTACK, **visit_number("V-1"))

    assert [one.kind for one in read(arrived, stay(ATTACK, **visit_number("V-1"))).visits] == [VisitKind.STAY]


def test_an_emergency_visit_before_another_stay_is_a_discharge_of_its_own():
    earlier = encounter("EMER", "2026-11-17T10:00:00Z", "2026-11-17T12:00:00Z", ATTACK)

    assert len(read(earlier, stay(ATTACK)).visits) == 2


@pytest.mark.parametrize(
    ("place", "expected"),
    [("Paediatric intensive care unit", True), ("PICU", True), ("Paediatric high dependency unit", False)],
)
def test_intensive_care_is_told_by_the_place(place, expected):
    ward = {"resourceType": "Location", "name": place}
    there = stay(ATTACK, location=[{"location": {"reference": address("ward")}}])

    stated = read(there, ward=ward).statements

    assert (Fact.INTENSIVE_CARE in {one.fact for one in stated}) is expected


def test_intensive_care_for_something_else_is_not_for_asthma():
    assert read(stay(concept(text="Sepsis"), type=[{"text": "Intensive care"}])).statements == ()


@pytest.mark.parametrize("code", ["394701000", "394700004"])
def test_a_review_is_a_finished_encounter_of_its_type(code):
    review = encounter("AMB", "2026-10-06T10:10:00+01:00", type=[concept(code)])

    assert [moment.isoformat() for moment in read(review).reviews] == ["2026-10-06T09:10:00+00:00"]


@pytest.mark.parametrize(
    "changes",
    [{"status": "cancelled"}, {"status": "planned"}, {"type": [{"text": "Eczema review, asthma noted"}]}],
)
def test_anything_less_is_no_review(changes):
    visit = encounter("AMB", "2026-10-06T10:10:00+01:00", **({"type": [concept("394701000")]} | changes))

    assert read(visit).reviews == ()


def test_a_call_that_nobody_answered_is_kept():
    call = encounter("VR", "2026-09-25T11:20:00+01:00", status="cancelled")

    assert len(read(call).calls) == 1


@pytest.mark.parametrize(
    ("status", "counted"), [("noshow", 1), ("cancelled", 0), ("fulfilled", 0), ("booked", 0)]
)
def test_was_not_brought_is_only_a_noshow(status, counted):
    appointment = {
        "resourceType": "Appointment",
        "status": status,
        "start": "2026-10-06T14:00:00+01:00",
        "participant": [{"actor": {"reference": CHILD}, "status": "accepted"}],
    }

    assert len(read(appointment).not_brought) == counted


def test_an_appointment_of_somebody_else_is_left_out():
    appointment = about_the_child("Appointment", status="noshow", participant=[{"status": "accepted"}])
    del appointment["subject"]

    assert reading(appointment).ignored == {"Appointment: about somebody else": 1}
