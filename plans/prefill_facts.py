"""What a draft takes from a record beside its medicines: facts, and never a clinician's judgement."""

from collections.abc import Sequence
from datetime import date

from plans.further_treatment import Diagnosis
from plans.gp_record import Diagnosed, Fact, GpRecord, RecordAllergy
from plans.partial_date import latest
from plans.record_checks import best_peak_flow, check_record
from plans.record_control import is_for_a_plan, last_score
from plans.record_family import language_for, language_spoken
from plans.record_trial import TRIED_UNDER, trial_of

Fields = dict[str, str]
MOST_ALLERGIES = 8  # fields of the form
SMOKE = "trigger-tobacco-smoke"
# What makes a best peak flow unfit to set limits with (hazard 6 of the safety list).
UNFIT_BEST = frozenset(
    {"best-pef-out-of-date", "best-pef-exceeded", "best-pef-scale", "best-pef-unit", "implausible-value"}
)
DIAGNOSIS = {Diagnosed.SUSPECTED: Diagnosis.SUSPECTED, Diagnosed.CONFIRMED: Diagnosis.CONFIRMED}


def fitted(texts: list[str], most: int) -> list[str]:
    """Return at most so many texts: whatever has no field of its own joins the last, so that none is lost."""
    return texts if len(texts) <= most else [*texts[: most - 1], "; ".join(texts[most - 1 :])]


def is_severe(allergy: RecordAllergy) -> bool:
    """Return whether it may be mistaken for asthma: food, or any other of high risk (hazard 1)."""
    return allergy.is_food or allergy.is_high or allergy.had_anaphylaxis


def allergies(found: Sequence[RecordAllergy]) -> Fields:
    """Return the allergies, the severe ones first."""
    severe = [one.name for one in found if is_severe(one)]
    names = fitted([*severe, *(one.name for one in found if not is_severe(one))], MOST_ALLERGIES)
    fields: Fields = {}
    for n, name in enumerate(names, start=1):
        fields |= {f"allergy-{n}-name": name, f"allergy-{n}-severe": "yes" if n <= len(severe) else ""}
    return fields


def peak_flow(record: GpRecord, today: date) -> Fields:
    """Return the best peak flow if it can set limits; whether a plan uses it is not for the software."""
    best = best_peak_flow(record)
    unfit = {doubt.name for doubt in check_record(record, today)} & UNFIT_BEST
    if best is None or best.day is None or not best.day.is_exact or unfit or best.value % 1:
        return {}
    return {
        "peak-flow-best": str(int(best.value)),
        "peak-flow-measured-on": best.day.first.isoformat(),
        "peak-flow-scale": best.scale,
    }


def control(record: GpRecord, today: date) -> Fields:
    """Return the last control score of 12 months with its tool and day; attacks are not counted for anybody.

    A course of steroids, a visit and a stay may be one attack or three: that is for a clinician to say.
    """
    score = last_score(record, today)
    if score is None or score.tool is None or score.day is None or not is_for_a_plan(score, today):
        return {}
    return {
        "control-tool": score.tool.value,
        "control-score": f"{score.value:g}",
        "control-on": score.day.first.isoformat(),
    }


def languages(record: GpRecord) -> Fields:
    """Return what the family reads and speaks, and that it needs an interpreter where the record says so.

    That the child needs none says nothing of the parents.
    """
    return {
        "language": language_for(record),
        "language-spoken": language_spoken(record),
        "interpreter": "yes" if record.needs_interpreter else "",
    }


def smoke(record: GpRecord) -> Fields:
    """Return tobacco smoke as a trigger where the record last says that there is some at home.

    Smoking and vaping of the young person's own are never among the triggers (clinical reference 8.6).
    """
    said = [one for one in record.statements if one.fact is Fact.SMOKE_AT_HOME]
    last = latest(said) if said else None
    return {SMOKE: "yes"} if last and last.is_so and last.may_print else {}


def trial(record: GpRecord, today: date) -> Fields:
    """Return under 5 how sure the diagnosis is, and the last day of a trial where the record has one."""
    if record.child.age_on(today) >= TRIED_UNDER or record.asthma not in DIAGNOSIS:
        return {}
    tried = trial_of(record, today)
    ends = tried.ends if tried and record.asthma is Diagnosed.SUSPECTED else None
    return {
        "diagnosis": DIAGNOSIS[record.asthma].value,
        "trial-until": ends.isoformat() if ends else "",
    }
