"""Diagnoses, allergies, measurements and what is known of the child's life: only what we understand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from fhir.codes import LOINC, SNOMED
from fhir.intake.bundle import Entry
from fhir.intake.control import TOOL_OF_CODE, is_score_in_words, number_of, tool_of
from fhir.intake.elements import code_values, codes, day_of, diagnosis, words
from fhir.intake.ledger import Ledger
from fhir.intake.statements import statements_in
from plans.diagnosis import NEAR_FATAL_ASTHMA, Asthma, was_asthma
from plans.gp_record import (
    ControlScore,
    Diagnosed,
    Fact,
    Measure,
    PeakFlowReading,
    RecordAllergy,
    Score,
    Statement,
)
from plans.partial_date import PartialDate

BOTH = frozenset({SNOMED, LOINC})
# SNOMED CT and LOINC, tag V (clinical reference 6.3).
BEST = frozenset({"251936000", "83368-1"})
PEAK_FLOW = frozenset({"18491006", "313276007", "313232000", "33452-4", "19935-6"})
HEIGHT = frozenset({"8302-2"})  # LOINC, as GP records carry it
ATTACKS_COUNTED = frozenset({"366874008"})  # tag V (6.1): number of asthma exacerbations in past year
# Tag V (6.1): has a plan, plan agreed, plan reviewed. The last is our own CarePlan, tag V2 (6.2).
PLAN_ON_FILE = frozenset({"527171000000103", "811921000000103", "810901000000102"})
OUR_PLAN = "736056000"
MART_STARTED = frozenset({"919601000000107"})  # tag V2 (6.2)
RESTRICTED = frozenset({Fact.VAPES, Fact.LOOKED_AFTER})  # clinical reference 8.6
STAYS = frozenset({Fact.LOOKED_AFTER})  # what once happened stays true
VOID = frozenset({"entered-in-error", "cancelled", "refuted"})
GONE = frozenset({"inactive", "resolved", "remission"})
OF_ONE_VISIT = "encounter-diagnosis"  # what a hospital wrote that day settles no diagnosis
SURER = (Diagnosed.NO, Diagnosed.SUSPECTED, Diagnosed.CONFIRMED).index
DOUBTED = frozenset({"provisional", "differential", "unconfirmed"})


@dataclass
class Findings:
    """What was read from the record, filled one resource at a time."""

    asthma: Diagnosed = Diagnosed.NO
    allergies: list[RecordAllergy] = field(default_factory=list)
    peak_flows: list[PeakFlowReading] = field(default_factory=list)
    heights: list[Measure] = field(default_factory=list)
    control_scores: list[ControlScore] = field(default_factory=list)
    attacks_counted: list[Score] = field(default_factory=list)
    absences: list[Score] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    plans_on_file: list[PartialDate] = field(default_factory=list)
    mart_started: list[PartialDate] = field(default_factory=list)


def read_findings(ledger: Ledger) -> Findings:
    """Return all findings about the child; what has a code or words that we do not know is left out."""
    found = Findings()
    for kind, read in READERS.items():
        for entry in ledger.about_the_child(kind):
            if read(entry, found, ledger):
                ledger.use(entry)
            if any(one.fact in RESTRICTED for one in statements_in(entry.resource, ledger)):
                ledger.restrict(entry)
    return found


def _condition(entry: Entry, found: Findings, ledger: Ledger) -> bool:
    condition = entry.resource
    stated = statements_in(condition, ledger)
    is_asthma = was_asthma([diagnosis(condition.get("code", {}))])
    names_asthma = "asthma" in words(condition.get("code")).casefold() or is_asthma is Asthma.YES
    status = code_values(condition.get("clinicalStatus")) | code_values(condition.get("verificationStatus"))
    if not status & VOID:
        found.statements += [one for one in stated if one.fact in STAYS or not status & GONE]
        if NEAR_FATAL_ASTHMA in codes(condition.get("code")):
            found.statements.append(Statement(Fact.INTENSIVE_CARE, True, None))
        if names_asthma and not status & GONE and is_asthma is not Asthma.NO:
            of_one_visit = any(OF_ONE_VISIT in code_values(one) for one in condition.get("category", ()))
            is_sure = is_asthma is Asthma.YES and not status & DOUBTED and not of_one_visit
            found.asthma = max(
                found.asthma, Diagnosed.CONFIRMED if is_sure else Diagnosed.SUSPECTED, key=SURER
            )
    return bool(stated) or names_asthma


def _allergy(entry: Entry, found: Findings, ledger: Ledger) -> bool:  # noqa: ARG001
    allergy = entry.resource
    status = code_values(allergy.get("clinicalStatus")) | code_values(allergy.get("verificationStatus"))
    name = words(allergy.get("code"))
    if not status & (VOID | GONE) and name and not name.casefold().startswith("no known"):
        signs = [words(sign) for one in allergy.get("reaction", ()) for sign in one.get("manifestation", ())]
        found.allergies.append(
            RecordAllergy(
                name=name,
                is_food="food" in allergy.get("category", ()),
                is_high=allergy.get("criticality") == "high",
                had_anaphylaxis=any("anaphyla" in sign.casefold() for sign in (name, *signs)),
                day=day_of(allergy.get("recordedDate") or allergy.get("onsetDateTime")),
            )
        )
    return bool(name)


def _care_plan(entry: Entry, found: Findings, ledger: Ledger) -> bool:
    plan = entry.resource
    is_ours = any(OUR_PLAN in codes(one) for one in plan.get("category", ()))
    day = ledger.day(plan.get("period", {}).get("start") or plan.get("created")) if is_ours else None
    if day and plan.get("status") in {"active", "completed"}:
        found.plans_on_file.append(day)
    return is_ours


def _observation(entry: Entry, found: Findings, ledger: Ledger) -> bool:
    observation = entry.resource
    said = frozenset(codes(observation.get("code"), BOTH))
    reader = next((read for known, read in MEASURED if said & known), None)
    if reader is None and is_score_in_words(observation):
        reader = _control_score
    is_void = observation.get("status") in VOID
    if reader:
        if not is_void:
            reader(observation, found, ledger)
        return True
    missed = missed_school(observation)
    stated = statements_in(observation, ledger)
    if not is_void:
        found.statements += stated
        if missed is not None:
            found.absences.append(Score(missed, day_of_observation(observation, ledger)))
    return bool(stated) or missed is not None


def missed_school(observation: dict) -> float | None:
    """Return the percent of school missed that an Observation gives, None if it gives none."""
    text, quantity = words(observation.get("code")).casefold(), observation.get("valueQuantity", {})
    if (
        "school" not in text
        or "%" not in {quantity.get("unit"), quantity.get("code")}
        or "value" not in quantity
    ):
        return None
    if "attendance" in text:
        return 100 - float(quantity["value"])
    return float(quantity["value"]) if "absence" in text else None


def day_of_observation(observation: dict, ledger: Ledger) -> PartialDate | None:
    """Return the day on which it was measured or noted."""
    period = observation.get("effectivePeriod", {})
    return ledger.day(
        observation.get("effectiveDateTime") or period.get("start") or observation.get("issued")
    )


def _peak_flow(observation: dict, found: Findings, ledger: Ledger) -> None:
    quantity = observation.get("valueQuantity", {})
    if "value" not in quantity:
        ledger.doubt("A peak flow in the record has no number. Look at the practice's own record.")
        return
    method = words(observation.get("method"))
    found.peak_flows.append(
        PeakFlowReading(
            value=float(quantity["value"]),
            unit=quantity.get("unit") or quantity.get("code", ""),
            day=day_of_observation(observation, ledger),
            scale=_scale(method),
            is_best=bool(BEST.intersection(codes(observation.get("code"), BOTH))),
            method=method,
        )
    )


def _scale(method: str) -> str:
    """Return the scale that the method names; "Mini-Wright" is a maker's name, not a scale."""
    text = method.casefold()
    eu = "eu scale" in text or "en 13826" in text or "en13826" in text
    wright = "wright scale" in text or "wright-mcgregor" in text
    return "EU" if eu and not wright else "Wright" if wright and not eu else ""


def _height(observation: dict, found: Findings, ledger: Ledger) -> None:
    quantity = observation.get("valueQuantity", {})
    if "cm" in {quantity.get("unit"), quantity.get("code")} and "value" in quantity:
        found.heights.append(Measure(float(quantity["value"]), day_of_observation(observation, ledger)))
    else:
        ledger.doubt("A height in the record is not in cm. It was left out.")


def _control_score(observation: dict, found: Findings, ledger: Ledger) -> None:
    value = number_of(observation)
    if value is None:
        ledger.doubt("An asthma control score in the record has no number. It was left out.")
        return
    tool = tool_of(observation.get("code"))
    if tool is None:
        ledger.doubt("An asthma control score in the record does not say which test it is. Look at it there.")
    found.control_scores.append(ControlScore(value, day_of_observation(observation, ledger), tool))


def _attacks_counted(observation: dict, found: Findings, ledger: Ledger) -> None:
    value = number_of(observation)
    if value is not None:
        found.attacks_counted.append(Score(value, day_of_observation(observation, ledger)))


def _plan_on_file(observation: dict, found: Findings, ledger: Ledger) -> None:
    found.plans_on_file += filter(None, [day_of_observation(observation, ledger)])


def _mart_started(observation: dict, found: Findings, ledger: Ledger) -> None:
    found.mart_started += filter(None, [day_of_observation(observation, ledger)])


MEASURED: tuple[tuple[frozenset[str], Callable[[dict, Findings, Ledger], None]], ...] = (
    (BEST | PEAK_FLOW, _peak_flow),
    (HEIGHT, _height),
    (frozenset(TOOL_OF_CODE), _control_score),
    (ATTACKS_COUNTED, _attacks_counted),
    (PLAN_ON_FILE, _plan_on_file),
    (MART_STARTED, _mart_started),
)
READERS: Mapping[str, Callable[[Entry, Findings, Ledger], bool]] = {
    "Condition": _condition,
    "AllergyIntolerance": _allergy,
    "CarePlan": _care_plan,
    "Observation": _observation,
}
