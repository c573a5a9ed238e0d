"""A GP record as values of plans; what is not understood is listed, never guessed."""

from collections.abc import Mapping
from dataclasses import dataclass

from fhir.intake.bundle import Bundle
from fhir.intake.child import read_child, read_places, the_child
from fhir.intake.elements import words
from fhir.intake.family import languages_spoken, needs_interpreter, read_family
from fhir.intake.findings import read_findings
from fhir.intake.kept import Kept, kept_from, use_what_is_pointed_at
from fhir.intake.ledger import Ledger
from fhir.intake.medicines import read_lines, read_supplies
from fhir.intake.statements import statements_in
from fhir.intake.visits import read_visits
from fhir.languages import language_read
from plans.gp_record import GpRecord, Statement

# Raise it with every change in what is read from a record, kept of it or said of it: each is then read again.
INTAKE = 5

# What somebody is asked to look at, where the file keeps it from the family.
CALLED: Mapping[str, str] = {
    "AllergyIntolerance": "an allergy",
    "Condition": "a problem",
    "MedicationRequest": "a medicine",
    "Observation": "a finding",
    "RelatedPerson": "somebody at home",
}


@dataclass(frozen=True)
class Reading:
    """A record, and what became of the file: how many resources of each type were `used`, how many of what
    were `ignored`, and sentences on what is `doubtful`."""

    record: GpRecord
    used: Mapping[str, int]
    ignored: Mapping[str, int]
    doubtful: tuple[str, ...]


def read_record(bundle: Bundle) -> Reading:
    """Return what the bundle says about its one child.

    Raises NotOneChild, ChildNotNamed and NhsNumberInvalid.
    """
    return _reading(*_read(bundle))


def resources_to_keep(bundle: Bundle) -> tuple[Kept, ...]:
    """Return every resource that was used, ready to be placed in a store; raises as read_record does."""
    return read_and_keep(bundle)[1]


def read_and_keep(bundle: Bundle) -> tuple[Reading, tuple[Kept, ...]]:
    """Return what the bundle says, and every resource that was used; raises as read_record does."""
    record, ledger = _read(bundle)
    return _reading(record, ledger), kept_from(ledger)


def _reading(record: GpRecord, ledger: Ledger) -> Reading:
    return Reading(record, ledger.used_counts(), ledger.ignored_counts(), tuple(ledger.doubtful))


def _read(bundle: Bundle) -> tuple[GpRecord, Ledger]:
    child = the_child(bundle)
    ledger = Ledger(bundle, child)
    places = read_places(ledger)
    found, visits = read_findings(ledger), read_visits(ledger)
    lines, supplies = read_lines(ledger), read_supplies(ledger)
    family = read_family(ledger)
    flags, flagged = _flags(ledger)
    has_died = _has_died(ledger)
    use_what_is_pointed_at(ledger)
    _keep_hidden(ledger)
    record = GpRecord(
        child=read_child(child, places),
        gender=child.resource.get("gender", ""),
        has_died=has_died,
        gp=places.gp,
        practice=places.practice,
        school=places.school,
        reads=language_read(child.resource.get("communication", [])),
        spoken=languages_spoken(ledger),
        needs_interpreter=needs_interpreter(child.resource),
        family=family,
        asthma=found.asthma,
        allergies=tuple(found.allergies),
        lines=lines,
        supplies=supplies,
        peak_flows=tuple(found.peak_flows),
        heights=tuple(found.heights),
        control_scores=tuple(found.control_scores),
        attacks_counted=tuple(found.attacks_counted),
        absences=tuple(found.absences),
        statements=(*found.statements, *visits.statements, *flagged),
        plans_on_file=tuple(found.plans_on_file),
        mart_started=tuple(found.mart_started),
        visits=tuple(visits.visits),
        reviews=tuple(visits.reviews),
        calls=tuple(visits.calls),
        not_brought=tuple(visits.not_brought),
        flags=flags,
        twice=ledger.twice,
        has_imprecise_dates=ledger.has_imprecise_dates,
    )
    return record, ledger


def _flags(ledger: Ledger) -> tuple[tuple[str, ...], list[Statement]]:
    flags: list[str] = []
    stated: list[Statement] = []
    for entry in ledger.about_the_child("Flag"):
        ledger.use(entry)
        ledger.restrict(entry)
        if entry.resource.get("status") == "active":
            flags.append(words(entry.resource.get("code")))
            stated += statements_in(entry.resource, ledger)
            ledger.doubt("The record carries a safety flag. Read it before any contact with the family.")
    return tuple(flags), stated


def _keep_hidden(ledger: Ledger) -> None:
    """Restrict what the file marks as not for the patient or the family, and ask for a look at each kind."""
    for entry in ledger.used.values():
        if ledger.is_hidden(entry.resource):
            ledger.restrict(entry)
            what = CALLED.get(entry.kind, "an entry")
            ledger.doubt(
                f"The record marks {what} as not for the patient or the family. "
                "Look at it before anything of it goes into a plan."
            )


def _has_died(ledger: Ledger) -> bool:
    patient = ledger.child.resource
    has_died = "deceasedDateTime" in patient or patient.get("deceasedBoolean", False)
    if has_died:
        ledger.doubt("The record says that the child has died. Confirm this before anything is sent.")
    return has_died
