"""What the record says, and from which day, to be read beside a field of a draft: filled in or not."""

from collections.abc import Callable, Mapping
from datetime import date

from plans.gp_record import Diagnosed, Fact, GpRecord, RecordAllergy
from plans.medicine_kinds import Kind
from plans.partial_date import PartialDate, latest, on
from plans.prefill_facts import SMOKE, UNFIT_BEST, is_severe
from plans.record_checks import best_peak_flow, check_record
from plans.record_control import TOOL_WORDS, is_for_a_plan, last_count_of_attacks, last_score
from plans.record_family import language_spoken, languages_read
from plans.record_medicines import known
from plans.record_trial import TRIED_UNDER, trial_of
from plans.risk import count

Said = Callable[[GpRecord, date], str]


def said_beside(record: GpRecord, today: date) -> dict[str, str]:
    """Return sentences by the name of the field that they stand beside, none of them empty.

    They say what the record holds on `today`, so that a value that was filled in from it, copied from a plan
    or typed can be compared. Whatever is private or restricted is not among them.
    """
    return {field: words for field, told in BESIDE.items() if (words := told(record, today))}


def _score(record: GpRecord, today: date) -> str:
    score = last_score(record, today)
    if score is None:
        return ""
    taken_with = TOOL_WORDS[score.tool] if score.tool else "a score of control that names no test"
    asks = "" if is_for_a_plan(score, today) else " It was not filled in: take a new one."
    return f"{_from(score.day)}: {taken_with}, {score.value:g}.{asks}"


def _attacks(record: GpRecord, today: date) -> str:
    counts, counted = count(record, today), last_count_of_attacks(record, today)
    said = (
        f"GP record, 12 months to {on(today).in_words}: "
        f"courses of oral steroids {counts.steroid_courses_12m}, stays in hospital {counts.admissions_12m}, "
        f"emergency visits {counts.ed_12m}. "
        "One attack may be in more than one of these: ask, and count the attacks."
    )
    if counted:
        said += f" Counted in the record on {_day(counted.day)}: {counted.value:g} in the year before."
    return said


def _peak_flow(record: GpRecord, today: date) -> str:
    best = best_peak_flow(record)
    if best is None:
        return ""
    doubts = [one.sentence for one in check_record(record, today) if one.name in UNFIT_BEST]
    scale = f", {best.scale} scale" if best.scale else ", scale not said"
    age = f" ({_months_since(best.day.first, today)})" if best.day and best.day.is_exact else ""
    return " ".join([f"{_from(best.day)}{age}: best {best.value:g} {best.unit}{scale}.", *doubts])


def _months_since(day: date, today: date) -> str:
    months = (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)
    return "less than a month old" if months < 1 else "1 month old" if months == 1 else f"{months} months old"


def _smoke(record: GpRecord, today: date) -> str:  # noqa: ARG001
    said = [one for one in record.statements if one.fact is Fact.SMOKE_AT_HOME]
    if not said or not latest(said).may_print:
        return ""
    last = latest(said)
    words = "exposed to tobacco smoke at home" if last.is_so else "no known exposure to tobacco smoke"
    return f"{_from(last.day)}: {words}."


def _reads(record: GpRecord, today: date) -> str:  # noqa: ARG001
    return {
        0: "",
        1: "GP record: what the family reads.",
    }.get(len(languages_read(record)), "GP record: the parents read different languages. Choose one.")


def _speaks(record: GpRecord, today: date) -> str:  # noqa: ARG001
    spoken = language_spoken(record)
    return f"GP record: {spoken}." if spoken else ""


def _interpreter(record: GpRecord, today: date) -> str:  # noqa: ARG001
    if record.needs_interpreter is None:
        return ""
    if record.needs_interpreter:
        return "GP record: an interpreter is needed."
    return "GP record: the child needs no interpreter. It does not say whether the parents do."


def _nebuliser(record: GpRecord, today: date) -> str:
    issued = [one for one in record.supplies if known(one.medicine).kind is Kind.NEBULISER_LIQUID and one.day]
    on_repeat = any(known(one.medicine).kind is Kind.NEBULISER_LIQUID for one in record.current_lines(today))
    if not issued:
        return "GP record: nebuliser liquid is on repeat." if on_repeat else ""
    in_12_months = count(record, today).nebuliser_liquid_12m
    last = _day(latest(issued).day)
    return f"GP record: nebuliser liquid issued {in_12_months} times in 12 months, last on {last}."


def _pens(record: GpRecord, today: date) -> str:
    pens = [one for one in record.supplies if known(one.medicine).kind is Kind.ADRENALINE_PEN and one.day]
    if pens:
        last = latest(pens)
        return (
            f"GP record: {last.medicine.text}, last issued {_day(last.day)}. The record has no expiry date."
        )
    listed = [one for one in record.current_lines(today) if known(one.medicine).kind is Kind.ADRENALINE_PEN]
    return f"GP record: {listed[0].medicine.text} on repeat, no issue on record." if listed else ""


def _allergies(record: GpRecord, today: date) -> str:  # noqa: ARG001
    said = [
        ", ".join(filter(None, [one.name, one.day.in_words if one.day else "", _how_severe(one)]))
        for one in record.allergies
    ]
    return f"GP record: {'; '.join(said)}." if said else ""


def _how_severe(allergy: RecordAllergy) -> str:
    """Return why it is marked as severe, "" where it is not."""
    if not is_severe(allergy):
        return ""
    return "severe: food" if allergy.is_food else "severe: high risk, or anaphylaxis before"


def _diagnosis(record: GpRecord, today: date) -> str:
    if record.child.age_on(today) >= TRIED_UNDER:
        return ""
    return {
        Diagnosed.CONFIRMED: "GP record: asthma, confirmed.",
        Diagnosed.SUSPECTED: "GP record: asthma, not confirmed.",
        Diagnosed.NO: "GP record: no asthma among the problems.",
    }[record.asthma]


def _trial(record: GpRecord, today: date) -> str:
    tried = trial_of(record, today)
    if tried is None:
        return ""
    parts = [f"GP record: {tried.medicine} is called a trial"]
    parts += [f"started {on(tried.started).in_words}"] if tried.started else []
    parts += [f"valid until {on(tried.ends).in_words}"] if tried.ends else []
    said = ", ".join(parts) + "."
    if tried.window:
        first, last = (on(day).in_words for day in tried.window)
        said += f" 8 to 12 weeks from the start: {first} to {last}."
    return said


def _phone(record: GpRecord, today: date) -> str:  # noqa: ARG001
    return f"GP record: {record.practice.name}." if record.practice and record.practice.phone else ""


def _from(day: PartialDate | None) -> str:
    return f"GP record, {day.in_words}" if day else "GP record, no day said"


def _day(day: PartialDate | None) -> str:
    return day.in_words if day else "no day said"


BESIDE: Mapping[str, Said] = {
    "diagnosis": _diagnosis,
    "trial-until": _trial,
    "allergy-1-name": _allergies,
    "pens-expire-on": _pens,
    "peak-flow-best": _peak_flow,
    SMOKE: _smoke,
    "nebuliser-at-home": _nebuliser,
    "control-score": _score,
    "attacks-in-year": _attacks,
    "surgery-phone": _phone,
    "language": _reads,
    "language-spoken": _speaks,
    "interpreter": _interpreter,
}
