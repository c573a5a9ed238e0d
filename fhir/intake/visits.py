"""Stays in hospital, emergency visits, reviews, unanswered calls, and appointments not brought to."""

from dataclasses import dataclass, field
from datetime import datetime

from fhir.intake.bundle import Entry
from fhir.intake.elements import codes, diagnosis, moment_of, words
from fhir.intake.ledger import Ledger
from fhir.intake.statements import is_intensive_care
from plans.diagnosis import Asthma, Diagnosis, was_asthma, was_wheeze
from plans.discharge_notice import VisitKind
from plans.gp_record import Fact, HospitalVisit, Statement
from plans.partial_date import PartialDate

KINDS = {
    "IMP": VisitKind.STAY, "ACUTE": VisitKind.STAY, "NONAC": VisitKind.STAY, "SS": VisitKind.STAY,
    "OBSENC": VisitKind.STAY, "EMER": VisitKind.EMERGENCY,
}  # fmt: skip
HAPPENED = frozenset({"finished", "in-progress", "onleave", "unknown"})
CALL = "VR"
REVIEW = frozenset({"394701000", "394700004"})  # SNOMED CT, tag V (clinical reference 6.1)


@dataclass
class Visits:
    """What was read, filled one resource at a time."""

    visits: list[HospitalVisit] = field(default_factory=list)
    reviews: list[datetime] = field(default_factory=list)
    calls: list[datetime] = field(default_factory=list)
    not_brought: list[PartialDate] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)


def read_visits(ledger: Ledger) -> Visits:
    """Return the child's visits and appointments; other encounters are left out."""
    found = Visits()
    for entry in ledger.about_the_child("Encounter"):
        if _read(entry, found, ledger):
            ledger.use(entry)
    for entry in ledger.about_the_child("Appointment"):
        ledger.use(entry)
        day = ledger.day(entry.resource.get("start"))
        if entry.resource.get("status") == "noshow" and day:
            found.not_brought.append(day)
    found.visits = [visit for visit in found.visits if not _led_to_a_stay(visit, found.visits)]
    return found


def diagnoses_of(encounter: dict, ledger: Ledger) -> tuple[Diagnosis, ...]:
    """Return the diagnoses of a visit, the main one first; the reasons for coming where there are none.

    Diagnoses come by rank. Where neither is given, the type of visit may tell.
    """
    ranked = sorted(encounter.get("diagnosis", ()), key=lambda one: one.get("rank", 99))
    references = [*(one.get("condition") for one in ranked), *encounter.get("reasonReference", ())]
    conditions = [entry for entry in map(ledger.bundle.at, references) if entry and entry.kind == "Condition"]
    for entry in conditions:
        ledger.use(entry)
    concepts = [entry.resource.get("code", {}) for entry in conditions] + list(
        encounter.get("reasonCode", ())
    )
    found = tuple(one for one in map(diagnosis, concepts) if one.code or one.text)
    return found or tuple(one for one in map(diagnosis, encounter.get("type", ())) if _tells(one))


def kind_of_visit(encounter: dict) -> VisitKind:
    """Return whether it was a stay, an emergency visit or something else."""
    return KINDS.get(encounter.get("class", {}).get("code", ""), VisitKind.OTHER)


def visit_number(encounter: dict) -> str:
    """Return the hospital's number of the visit, "" if there is none."""
    return next((one["value"] for one in encounter.get("identifier", ()) if one.get("value")), "")


def _read(entry: Entry, found: Visits, ledger: Ledger) -> bool:
    encounter = entry.resource
    status = encounter.get("status")
    types = {code for one in encounter.get("type", ()) for code in codes(one)}
    began = moment_of(encounter.get("period", {}).get("start"))
    if status == "finished" and types & REVIEW:
        found.reviews += filter(None, [began or moment_of(encounter.get("period", {}).get("end"))])
        return True
    if kind_of_visit(encounter) is not VisitKind.OTHER:
        if status in HAPPENED:
            _hospital(encounter, began, found, ledger)
        return True
    is_call = status == "cancelled" and encounter.get("class", {}).get("code") == CALL
    found.calls += filter(None, [began]) if is_call else []
    return is_call


def _hospital(encounter: dict, began: datetime | None, found: Visits, ledger: Ledger) -> None:
    diagnoses = diagnoses_of(encounter, ledger)
    asthma = was_asthma(diagnoses)
    ended = moment_of(encounter.get("period", {}).get("end"))
    ledger.day(encounter.get("period", {}).get("end"))
    if not diagnoses:
        ledger.doubt("A hospital visit in the record has no diagnosis. Ask whether it was for asthma.")
    if asthma is Asthma.YES and any(is_intensive_care(place) for place in _places(encounter, ledger)):
        found.statements.append(Statement(Fact.INTENSIVE_CARE, True, None))
    found.visits.append(
        HospitalVisit(
            visit=visit_number(encounter),
            kind=kind_of_visit(encounter),
            admitted_at=began,
            discharged_at=ended,
            asthma=asthma,
            is_attack=asthma is Asthma.YES or was_wheeze(diagnoses),
        )
    )


def _places(encounter: dict, ledger: Ledger) -> list[str]:
    references = [one.get("location", {}) for one in encounter.get("location", ())]
    entries = [entry for entry in map(ledger.bundle.at, references) if entry]
    shown = [one.get("display", "") for one in references]
    return [
        *shown,
        *(one.resource.get("name", "") for one in entries),
        *map(words, encounter.get("type", ())),
    ]


def _led_to_a_stay(visit: HospitalVisit, visits: list[HospitalVisit]) -> bool:
    """Whether an emergency visit went over into a stay: one discharge, not two."""
    if visit.kind is not VisitKind.EMERGENCY:
        return False
    stays = [one for one in visits if one.kind is VisitKind.STAY]
    same = any(visit.visit and one.visit == visit.visit for one in stays)
    return same or any(_runs_into(visit, one) for one in stays)


def _runs_into(visit: HospitalVisit, stay: HospitalVisit) -> bool:
    moments = (visit.admitted_at, stay.admitted_at, visit.discharged_at)
    if not all(moments):
        return False
    came, admitted, left = moments
    return came <= admitted <= left  # type: ignore[operator]


def _tells(one: Diagnosis) -> bool:
    return was_asthma([one]) is Asthma.YES or was_wheeze([one])
