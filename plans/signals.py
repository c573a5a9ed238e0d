"""Facts in a record that a professional should look at: a table of published rules, no combined score."""

from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plans.gp_record import Diagnosed, Fact, GpRecord
from plans.partial_date import latest, months_before
from plans.products import Tag
from plans.record_medicines import is_as_needed_only, known, preventer_lines, running_since
from plans.record_reviews import LATE_STATES, RecordedDischarge, ReviewState
from plans.risk import HALF_YEAR, YEAR, Counts, cover, window
from plans.understanding import ControlTool

COVER_PERCENT = 75  # of the days
FEW_PREVENTERS = 3  # inhalers in 12 months
CONTROL_SCORE = 19  # points, ACT and C-ACT
OTHER_SCALES = frozenset({ControlTool.ACQ, ControlTool.RCP_3})
CHILD_UNDER, UNDER_5 = 18, 5  # years
LATEST_STATED = frozenset({Fact.SMOKE_AT_HOME, Fact.SMOKES, Fact.DAMP_OR_MOULD, Fact.VAPES})


class Visibility(StrEnum):
    """Who may see a signal. All of them are for professionals; none is for families, schools or paper."""

    PROFESSIONALS = "professionals"
    PRIVATE = "private"  # the young person's own: never to parents, school or paper
    RESTRICTED = "restricted"  # never to a family login, a school or paper


@dataclass(frozen=True)
class Facts:
    """What the rules look at."""

    record: GpRecord
    counts: Counts
    discharges: tuple[RecordedDischarge, ...]
    today: date

    @property
    def age(self) -> int:
        return self.record.child.age_on(self.today)

    def is_so(self, fact: Fact) -> bool:
        """Return what the record last said of a habit or a home; what once happened stays true."""
        said = [one for one in self.record.statements if one.fact is fact]
        if fact in LATEST_STATED:
            return latest(said).is_so if said else False
        return any(one.is_so for one in said)

    def missed(self, percent: int) -> bool:
        """Return whether the last record of school shows so much missed, in percent."""
        return bool(self.record.absences) and latest(self.record.absences).value >= percent


@dataclass(frozen=True)
class Rule:
    """One row: `sentence` takes the counts by name; `tag` is how sure the source is."""

    name: str
    sentence: str
    source: str
    tag: Tag
    applies: Callable[[Facts], bool]
    visibility: Visibility = Visibility.PROFESSIONALS


@dataclass(frozen=True)
class Signal:
    """A fact that was found, in words for professionals."""

    name: str
    sentence: str
    source: str
    tag: Tag
    visibility: Visibility


def find_signals(
    record: GpRecord, counts: Counts, discharges: tuple[RecordedDischarge, ...], today: date
) -> tuple[Signal, ...]:
    """Return every signal that the record gives, in the order of the table.

    None found does not mean low risk: it means that nothing was found in this record up to `today`.
    """
    facts = Facts(record, counts, discharges, today)
    return tuple(
        Signal(rule.name, rule.sentence.format(**vars(counts)), rule.source, rule.tag, rule.visibility)
        for rule in SIGNALS
        if rule.applies(facts)
    )


def _no_plan(facts: Facts) -> bool:
    return not facts.record.plans_on_file


def _plan_is_old(facts: Facts) -> bool:
    plans = facts.record.plans_on_file
    return bool(plans) and max(day.last for day in plans) < months_before(facts.today, YEAR)


def _cover_is_low(facts: Facts) -> bool:
    shares = (cover(facts.record, window(facts.today, months)) for months in (HALF_YEAR, YEAR))
    return any(share is not None and share < COVER_PERCENT for share in shares)


def _few_preventers(facts: Facts) -> bool:
    record, year = facts.record, window(facts.today, YEAR)
    preventers = [line for line in record.lines if known(line.medicine).is_preventer]
    return facts.counts.preventer_12m < FEW_PREVENTERS and any(
        (since := running_since(line, preventers)) is not None and since <= year.after
        for line in preventer_lines(record, facts.today)
        if not is_as_needed_only(line)
    )


def _score_is_low(facts: Facts) -> bool:
    scores = [one for one in facts.record.control_scores if one.tool not in OTHER_SCALES]
    return bool(scores) and latest(scores).value <= CONTROL_SCORE


def _food_allergy(facts: Facts) -> bool:
    record = facts.record
    return record.asthma is not Diagnosed.NO and any(allergy.is_food for allergy in record.allergies)


def _any_review(facts: Facts, states: Container[ReviewState]) -> bool:
    return any(discharge.review in states for discharge in facts.discharges)


# Every name is one of the case records'. Thresholds: clinical reference 7 (reviews 8.2, who may see 8.6).
SIGNALS: tuple[Rule, ...] = (
    Rule(
        "reliever-3-or-more",
        "Blue inhalers in 12 months: {reliever_12m} (3 or more is over-reliance).",
        "Greener Practice; National Bundle of Care", Tag.READ,
        lambda facts: facts.counts.reliever_12m >= 3,
    ),
    Rule(
        "reliever-6-or-more",
        "Blue inhalers in 12 months: {reliever_12m} (6 or more asks for a priority review).",
        "Scottish prescribing strategy; England IIF RESP-01", Tag.READ,
        lambda facts: facts.counts.reliever_12m >= 6,
    ),
    Rule(
        "reliever-over-1-a-month",
        "Blue inhalers in 6 months: {reliever_6m}. More than 1 a month asks for an urgent assessment.",
        "SIGN 158", Tag.READ,
        lambda facts: facts.counts.reliever_6m > 6,
    ),
    Rule(
        "reliever-over-12",
        "Blue inhalers in 12 months: {reliever_12m}. More than 12 asks for an urgent review.",
        "National Review of Asthma Deaths", Tag.READ,
        lambda facts: facts.counts.reliever_12m > 12,
    ),
    Rule(
        "preventer-below-75-percent",
        "The preventer inhalers collected last for less than 75% of the days at the dose on the record.",
        "Working rule on collected and expected inhalers", Tag.UNCONFIRMED,
        _cover_is_low,
    ),
    Rule(
        "preventer-under-3",
        "Preventer inhalers in 12 months, on the list all that time: {preventer_12m}. Fewer than 3.",
        "England IIF RESP-02", Tag.READ,
        _few_preventers,
    ),
    Rule(
        "steroids-2-or-more",
        "Courses of oral steroids in 12 months: {steroid_courses_12m} (2 or more).",
        "GP education texts", Tag.SECOND_HAND,
        lambda facts: facts.counts.steroid_courses_12m >= 2,
    ),
    Rule(
        "steroids-over-2",
        "Courses of oral steroids in 12 months: {steroid_courses_12m}. More than 2 asks for a referral.",
        "National Review of Asthma Deaths", Tag.READ,
        lambda facts: facts.counts.steroid_courses_12m > 2,
    ),
    Rule(
        "admission",
        "Admissions for asthma in 12 months: {admissions_12m}. Each asks for specialist follow-up.",
        "National Review of Asthma Deaths", Tag.READ,
        lambda facts: facts.counts.admissions_12m >= 1,
    ),
    Rule(
        "ed-2-or-more",
        "Emergency visits in 12 months, not admitted: {ed_12m} (2 or more ask for specialist follow-up).",
        "National Review of Asthma Deaths", Tag.READ,
        lambda facts: facts.counts.ed_12m >= 2,
    ),
    Rule(
        "under-5-refer",
        "Under 5, with an admission or 2 emergency visits in 12 months: refer.",
        "GP education texts", Tag.SECOND_HAND,
        lambda facts: facts.age < UNDER_5 and (facts.counts.admissions_12m >= 1 or facts.counts.ed_12m >= 2),
    ),
    Rule(
        "intensive-care-ever",
        "Has been in intensive care with asthma, or nearly died of it.",
        "SIGN 158", Tag.UNCONFIRMED,
        lambda facts: facts.is_so(Fact.INTENSIVE_CARE),
    ),
    Rule(
        "review-after-attack-late",
        "No review within two working days of a discharge in the last 12 months.",
        "NICE QS25, statement 4", Tag.READ,
        lambda facts: _any_review(facts, LATE_STATES),
    ),
    Rule(
        "review-after-attack-running",
        "Discharged after an attack; the review is not due yet and not on record.",
        "NICE QS25, statement 4", Tag.READ,
        lambda facts: _any_review(facts, {ReviewState.RUNNING}),
    ),
    Rule(
        "not-brought-2-or-more",
        "Appointments in 12 months to which the child was not brought: {not_brought_12m} (2 or more).",
        "Local policies", Tag.UNCONFIRMED,
        lambda facts: facts.counts.not_brought_12m >= 2,
    ),
    Rule(
        "nebuliser-under-18",
        "Issues of nebuliser liquid in 12 months: {nebuliser_liquid_12m}. Under 18, specialists start it.",
        "MHRA Drug Safety Update, August 2022", Tag.READ,
        lambda facts: facts.age < CHILD_UNDER and facts.counts.nebuliser_liquid_12m >= 1,
    ),
    Rule(
        "no-plan",
        "No asthma action plan on record.",
        "National Review of Asthma Deaths", Tag.READ,
        _no_plan,
    ),
    Rule(
        "plan-over-12-months",
        "The last asthma action plan on record is older than 12 months.",
        "National Review of Asthma Deaths", Tag.READ,
        _plan_is_old,
    ),
    Rule(
        "control-score-19-or-less",
        "The last asthma control score on record is 19 or less: not controlled.",
        "Asthma Control Test and Childhood Asthma Control Test", Tag.READ,
        _score_is_low,
    ),
    Rule(
        "absence-10-percent",
        "Missed 10% or more of school.",
        "Department for Education", Tag.UNCONFIRMED,
        lambda facts: facts.missed(10),
    ),
    Rule(
        "absence-50-percent",
        "Missed 50% or more of school.",
        "Department for Education", Tag.UNCONFIRMED,
        lambda facts: facts.missed(50),
    ),
    Rule(
        "food-allergy-with-asthma",
        "Food allergy and asthma together: needs an allergy plan and adrenaline pens.",
        "National Child Mortality Database, December 2024", Tag.UNCONFIRMED,
        _food_allergy,
    ),
    Rule(
        "smoke-at-home",
        "Exposed to tobacco smoke at home: offer help.",
        "NICE NG245 1.6.1", Tag.READ,
        lambda facts: facts.is_so(Fact.SMOKE_AT_HOME),
    ),
    Rule(
        "smoker",
        "Smokes: offer help.",
        "NICE NG245 1.6.1", Tag.READ,
        lambda facts: facts.is_so(Fact.SMOKES),
    ),
    Rule(
        "damp-or-mould",
        "Damp or mould noted at home: offer help.",
        "NICE NG245 1.9.2", Tag.READ,
        lambda facts: facts.is_so(Fact.DAMP_OR_MOULD),
    ),
    Rule(
        "vaping",
        "Vapes: private, never to be told to parents or school.",
        "NICE NG245 1.6.1; clinical reference 8.6", Tag.READ,
        lambda facts: facts.is_so(Fact.VAPES), Visibility.PRIVATE,
    ),
    Rule(
        "access-barred",
        "A parent is barred from seeing anything: ask the safeguarding lead before any contact.",
        "Clinical reference 8.6", Tag.UNCONFIRMED,
        lambda facts: facts.record.has_barred_parent, Visibility.RESTRICTED,
    ),
    Rule(
        "looked-after",
        "Looked after by the local authority: check who has parental responsibility.",
        "Clinical reference 6.3 and 8.6", Tag.UNCONFIRMED,
        lambda facts: facts.is_so(Fact.LOOKED_AFTER), Visibility.RESTRICTED,
    ),
)  # fmt: skip
