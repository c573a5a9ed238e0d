"""Facts that a professional should look at: a table of published rules, no combined score.

From which number on a fact is one, and where that was published, stands in thresholds.csv.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plans import fact_measures as measures
from plans.discharge_notice import VisitKind
from plans.fact_measures import Facts, Measured, half_year, whole_year
from plans.gp_record import Fact
from plans.medicine_kinds import Kind
from plans.products import TAG_WORDS, Tag
from plans.record_reviews import LATE_STATES, ReviewState
from plans.school_log import EntryKind
from plans.thresholds import Threshold, Thresholds, standard

SOMEBODY_ELSE = (
    "So many may also be used by somebody else in the home or elsewhere, lost, or given away. "
    "Ask who uses them."
)


class Visibility(StrEnum):
    """Who may see a signal. All of them are for professionals; none is for families, schools or paper."""

    PROFESSIONALS = "professionals"
    PRIVATE = "private"  # the young person's own: never to parents, school or paper
    RESTRICTED = "restricted"  # never to a family login, a school or paper


@dataclass(frozen=True)
class Rule:
    """One row: `sentence` takes the counts by name, and {value} for its number in thresholds.csv.

    `reading` is what else the fact may mean: for the practice and the hospital alone.
    """

    name: str
    sentence: str
    measure: Callable[[Facts], Iterable[Measured]]
    visibility: Visibility = Visibility.PROFESSIONALS
    reading: str = ""

    @property
    def published(self) -> Threshold:
        return standard()[self.name]

    @property
    def source(self) -> str:
        return self.published.source

    @property
    def tag(self) -> Tag:
        """Return how sure the source is."""
        return self.published.tag

    @property
    def as_published(self) -> str:
        """Return the sentence with the published numbers, and a place for each count."""
        said = self.sentence
        for name, value in _numbers(standard(), self.name).items():
            said = said.replace(f"{{{name}}}", str(value))
        return said


@dataclass(frozen=True)
class Signal:
    """A fact that was found, in words for professionals."""

    name: str
    sentence: str
    source: str
    tag: Tag
    visibility: Visibility

    @property
    def source_said(self) -> str:
        """Return the source as pages name it, with what is not sure about it."""
        return self.source if self.tag is Tag.READ else f"{self.source} ({TAG_WORDS[self.tag]})"


@dataclass(frozen=True)
class FoundFact:
    """A signal with the last day of what it rests on, and where that stands.

    The greater the `extent`, the further its number is past the threshold; it sorts children by this one fact
    and is compared with no other. `reading` is for the practice and the hospital alone.
    """

    signal: Signal
    extent: float
    day: date | None
    where: tuple[str, ...]
    beside: str = ""
    reading: str = ""
    school_id: str = ""


def find_facts(facts: Facts) -> tuple[FoundFact, ...]:
    """Return every fact that was found, in the order of the table; of a school's own, one for each school.

    None found does not mean low risk: it means that nothing was found up to the day of `facts`.
    """
    return tuple(
        _found(rule, facts.thresholds[rule.name], measured, facts)
        for rule in SIGNALS
        for measured in rule.measure(facts)
        if facts.meets(rule.name, measured.amount)
    )


def stand_on_one_count(one: FoundFact, other: FoundFact) -> bool:
    """Return whether two facts say the same number, each with a threshold of its own."""
    measures = {rule.name: rule.measure for rule in SIGNALS}
    return measures[one.signal.name] is measures[other.signal.name] and one.school_id == other.school_id


def _found(rule: Rule, threshold: Threshold, measured: Measured, facts: Facts) -> FoundFact:
    words = vars(facts.counts) | _numbers(facts.thresholds, rule.name) | dict(measured.words)
    sentence = rule.sentence.format(**words)
    return FoundFact(
        signal=Signal(rule.name, sentence, threshold.source, threshold.tag, rule.visibility),
        extent=threshold.extent(measured.amount),
        day=measured.day,
        where=measured.where,
        beside=measured.beside,
        reading=rule.reading,
        school_id=measured.school_id,
    )


def _numbers(thresholds: Thresholds, name: str) -> dict[str, int]:
    """Return the number of every threshold as a sentence names it: {under_5_age}, and {value} for its own."""
    rows = thresholds.rows.values()
    return {row.name.replace("-", "_"): row.value for row in rows} | {"value": thresholds[name].value}


_RELIEVERS_OF_A_YEAR = measures.supplied(Kind.RELIEVER, "reliever_12m", whole_year)
_STEROIDS = measures.supplied(Kind.STEROID_COURSE, "steroid_courses_12m", whole_year)

# Thresholds, sources and tags: thresholds.csv (clinical reference 7; reviews 8.2, who may see 8.6).
SIGNALS: tuple[Rule, ...] = (
    Rule(
        "reliever-3-or-more",
        "Blue inhalers in 12 months: {reliever_12m} ({value} or more is over-reliance).",
        _RELIEVERS_OF_A_YEAR,
    ),
    Rule(
        "reliever-6-or-more",
        "Blue inhalers in 12 months: {reliever_12m} ({value} or more asks for a priority review).",
        _RELIEVERS_OF_A_YEAR, reading=SOMEBODY_ELSE,
    ),
    Rule(
        "reliever-over-1-a-month",
        "Blue inhalers in 6 months: {reliever_6m} (more than {value} is urgent to assess).",
        measures.supplied(Kind.RELIEVER, "reliever_6m", half_year), reading=SOMEBODY_ELSE,
    ),
    Rule(
        "reliever-over-12",
        "Blue inhalers in 12 months: {reliever_12m} (more than {value} asks for an urgent review).",
        _RELIEVERS_OF_A_YEAR, reading=SOMEBODY_ELSE,
    ),
    Rule(
        "preventer-below-75-percent",
        "The preventer inhalers collected last for less than {value}% of the days at the dose on the record.",
        measures.cover_by_preventers,
    ),
    Rule(
        "preventer-under-3",
        "Preventer inhalers in 12 months, on the list all that time: {preventer_12m} (fewer than {value}).",
        measures.preventers_of_a_year,
    ),
    Rule(
        "steroids-2-or-more",
        "Courses of oral steroids in 12 months: {steroid_courses_12m} ({value} or more).",
        _STEROIDS,
    ),
    Rule(
        "steroids-over-2",
        "Courses of oral steroids in 12 months: {steroid_courses_12m} (more than {value}: refer).",
        _STEROIDS,
    ),
    Rule(
        "steroids-told-by-hospital",
        "Courses of steroids that the hospital told of in 12 months: {number}. Compare with the GP record.",
        measures.steroids_told,
    ),
    Rule(
        "admission",
        "Admissions for asthma in 12 months: {admissions_12m}. Each asks for specialist follow-up.",
        measures.visits(VisitKind.STAY, "admissions_12m"),
    ),
    Rule(
        "ed-2-or-more",
        "Emergency visits in 12 months, not admitted: {ed_12m} ({value} or more: specialist follow-up).",
        measures.visits(VisitKind.EMERGENCY, "ed_12m"),
    ),
    Rule(
        "under-5-refer",
        "Under {under_5_age}, with an admission or {under_5_emergency_visits} emergency visits in 12 months: "
        "refer.",
        measures.visits_under_5,
    ),
    Rule(
        "intensive-care-ever",
        "Has been in intensive care with asthma, or nearly died of it.",
        measures.stated(Fact.INTENSIVE_CARE),
    ),
    Rule(
        "review-after-attack-late",
        "No review within two working days of a discharge in the last 12 months.",
        measures.reviews(LATE_STATES),
    ),
    Rule(
        "review-after-attack-running",
        "Discharged after an attack; the review is not due yet and not on record.",
        measures.reviews({ReviewState.RUNNING}),
    ),
    Rule(
        "not-brought-2-or-more",
        "Appointments in 12 months to which the child was not brought: {not_brought_12m} ({value} or more).",
        measures.not_brought,
    ),
    Rule(
        "nebuliser-under-18",
        "Issues of nebuliser liquid in 12 months: {nebuliser_liquid_12m}. Under {nebuliser_age}, specialists "
        "start it.",
        measures.nebuliser_liquid,
    ),
    Rule("no-plan", "No asthma action plan on record.", measures.no_plan),
    Rule(
        "plan-over-12-months",
        "The last asthma action plan on record is older than {value} months.",
        measures.age_of_plan,
    ),
    Rule(
        "plan-not-read",
        "Not read in time, this version of the plan: {names}.",
        measures.plan_not_read,
    ),
    Rule(
        "control-score-19-or-less",
        "The last asthma control score on record is {value} or less: not controlled.",
        measures.control_score,
    ),
    Rule("absence-10-percent", "Missed {value}% or more of school.", measures.school_missed),
    Rule("absence-50-percent", "Missed {value}% or more of school.", measures.school_missed),
    Rule(
        "reliever-at-school",
        "Reliever given at school in 12 months, times: {number}.",
        measures.at_school(EntryKind.RELIEVER),
    ),
    Rule(
        "attack-at-school",
        "Asthma attacks at school in 12 months: {number}.",
        measures.at_school(EntryKind.ATTACK),
    ),
    Rule(
        "missed-pe",
        "Missed PE because of asthma in 12 months, times: {number}.",
        measures.at_school(EntryKind.MISSED_PE),
    ),
    Rule(
        "food-allergy-with-asthma",
        "Food allergy and asthma together: needs an allergy plan and adrenaline pens.",
        measures.food_allergy,
    ),
    Rule(
        "severe-allergy-on-plan",
        "Severe allergy on the plan: {names}. Needs an allergy plan and adrenaline pens where it is to food.",
        measures.severe_allergy,
    ),
    Rule(
        "smoke-at-home",
        "Exposed to tobacco smoke at home: offer help.",
        measures.stated(Fact.SMOKE_AT_HOME),
    ),
    Rule("smoker", "Smokes: offer help.", measures.stated(Fact.SMOKES)),
    Rule("damp-or-mould", "Damp or mould noted at home: offer help.", measures.stated(Fact.DAMP_OR_MOULD)),
    Rule(
        "vaping",
        "Vapes: private, never to be told to parents or school.",
        measures.stated(Fact.VAPES), Visibility.PRIVATE,
    ),
    Rule(
        "access-barred",
        "A parent is barred from seeing anything: ask the safeguarding lead before any contact.",
        measures.barred_parent, Visibility.RESTRICTED,
    ),
    Rule(
        "looked-after",
        "Looked after by the local authority: check who has parental responsibility.",
        measures.stated(Fact.LOOKED_AFTER), Visibility.RESTRICTED,
    ),
)  # fmt: skip
