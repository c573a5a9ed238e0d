"""What is measured in a record, and in what is known here, before a fact is made of it."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from plans.discharge_notice import VisitKind
from plans.gp_record import Diagnosed, Fact, GpRecord, HospitalVisit, Supply
from plans.known_here import NOTHING, KnownHere
from plans.medicine_kinds import Kind
from plans.partial_date import PartialDate, latest, months_before, on
from plans.record_medicines import is_as_needed_only, known, preventer_lines, running_since
from plans.record_reviews import RecordedDischarge, ReviewState
from plans.risk import HALF_YEAR, YEAR, Counts, Window, attacks, cover, inhalers, window
from plans.school_log import EntryKind, Inhaler, SchoolEntry
from plans.thresholds import Thresholds, standard
from plans.understanding import ControlTool
from plans.working_days import uk_day

OTHER_SCALES = frozenset({ControlTool.ACQ, ControlTool.RCP_3})
LATEST_STATED = frozenset({Fact.SMOKE_AT_HOME, Fact.SMOKES, Fact.DAMP_OR_MOULD, Fact.VAPES})

# Where a fact was found, in words.
GP_RECORD = "GP record"
HANDED_OVER = "handed over by a pharmacy or a hospital, in the GP record"
TOLD_BY_HOSPITAL = "what the hospital told us"
REVIEW_HERE = "review after hospital"
PLANS_HERE = "plans signed here"
RECEIPTS = "receipts of the plan"
SCHOOL_LOG = "log of school"
SCHOOL_FIGURES = "figures of school"


@dataclass(frozen=True)
class Facts:
    """What the rules look at: the record with what is `here` in it, and that alone."""

    record: GpRecord
    counts: Counts
    discharges: tuple[RecordedDischarge, ...]
    today: date
    here: KnownHere = NOTHING
    thresholds: Thresholds = field(default_factory=standard)

    @property
    def age(self) -> int:
        return self.record.child.age_on(self.today)

    @property
    def half(self) -> Window:
        return window(self.today, HALF_YEAR)

    @property
    def year(self) -> Window:
        return window(self.today, YEAR)

    def meets(self, name: str, amount: float) -> bool:
        """Return whether a number is past the threshold of that name."""
        return self.thresholds[name].is_met(amount)

    def is_so(self, fact: Fact) -> bool:
        """Return what the record last said of a habit or a home; what once happened stays true."""
        said = [one for one in self.record.statements if one.fact is fact]
        if fact in LATEST_STATED:
            return latest(said).is_so if said else False
        return any(one.is_so for one in said)


@dataclass(frozen=True)
class Measured:
    """What a rule has measured: a number, the last day of what it rests on, and where that stands.

    `words` fill the sentence; `beside` is said after it. `school_id` is the one school that it is about.
    """

    amount: float
    day: date | None = None
    where: tuple[str, ...] = (GP_RECORD,)
    words: Mapping[str, object] = field(default_factory=dict)
    beside: str = ""
    school_id: str = ""


Measure = Callable[[Facts], Iterable[Measured]]


def _last(days: Iterable[PartialDate | None], today: date) -> date | None:
    """Return the last of these days that has come; of one known in part, its last day or today."""
    return max((min(day.last, today) for day in days if day), default=None)


def supplied(kind: Kind, name: str, of: Callable[[Facts], Window]) -> Measure:
    """Return what measures the supplies of a kind by the count of that name."""

    def measure(facts: Facts) -> Iterator[Measured]:
        found = [one for one in _of_kind(facts, kind) if of(facts).may_hold(one.day)]
        yield Measured(
            amount=getattr(facts.counts, name),
            day=_last((one.day for one in found), facts.today),
            where=_supplied_by(found),
            beside=" ".join(_beside(facts, found)) if kind is Kind.RELIEVER else "",
        )

    return measure


def _of_kind(facts: Facts, kind: Kind) -> list[Supply]:
    return [one for one in facts.record.supplies if known(one.medicine).kind is kind]


def _supplied_by(found: Iterable[Supply]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(HANDED_OVER if one.is_handed_over else GP_RECORD for one in found))


def _beside(facts: Facts, found: Iterable[Supply]) -> Iterator[str]:
    """Yield what is to be known beside a count of relievers: inhalers for other places inflate it."""
    spares = sum(inhalers(one) for one in found if one.is_spare)
    if spares:
        yield f"The record calls {spares} of them spare, or for school."
    if facts.here.inhaler_at_school:
        yield f"One is kept at school, as seen on {on(facts.here.inhaler_at_school).in_words}."


def steroids_told(facts: Facts) -> Iterator[Measured]:
    """Yield how many courses a hospital told of; those of the days of the record's own are said beside."""
    told = [day for day in facts.here.steroids if facts.year.after < day <= facts.today]
    issued = [one.day for one in _of_kind(facts, Kind.STEROID_COURSE) if facts.year.may_hold(one.day)]
    known_too = [day for day in told if any(one and one.first <= day <= one.last for one in issued)]
    beside = (
        f"Also in the GP record, on {', '.join(on(day).in_words for day in known_too)}." if known_too else ""
    )
    last = max(told, default=None)
    yield Measured(len(told), last, (TOLD_BY_HOSPITAL,), {"number": len(told)}, beside)


def no_plan(facts: Facts) -> Iterator[Measured]:
    if not facts.record.plans_on_file:
        yield Measured(0, where=(GP_RECORD, PLANS_HERE))


def age_of_plan(facts: Facts) -> Iterator[Measured]:
    plans = facts.record.plans_on_file
    if plans:
        last = max(day.last for day in plans)
        where = PLANS_HERE if last in facts.here.signed else GP_RECORD
        yield Measured(_months_begun(last, facts.today), last, (where,))


def _months_begun(since: date, today: date) -> int:
    """Return how many months have begun since a day: one more from the day after a month was full."""
    months = max(0, (today.year - since.year) * YEAR + today.month - since.month)
    return months + (months_before(today, months) > since)


def cover_by_preventers(facts: Facts) -> Iterator[Measured]:
    """Yield the lower of the covers of 6 and of 12 months, in percent."""
    shares = [
        share for within in (facts.half, facts.year) if (share := cover(facts.record, within)) is not None
    ]
    if shares:
        collected = [one for one in facts.record.supplies if known(one.medicine).is_preventer]
        day = _last((one.day for one in collected if facts.year.may_hold(one.day)), facts.today)
        where = _supplied_by(collected) or (GP_RECORD,)
        yield Measured(float(min(shares)), day, where, beside=_covers(facts.counts))


def _covers(counts: Counts) -> str:
    covers = {"6": counts.preventer_cover_6m_percent, "12": counts.preventer_cover_12m_percent}
    said = [f"in {months} months for {share}%" for months, share in covers.items() if share is not None]
    return f"They last {' and '.join(said)} of the days." if said else ""


def preventers_of_a_year(facts: Facts) -> Iterator[Measured]:
    record = facts.record
    preventers = [line for line in record.lines if known(line.medicine).is_preventer]
    is_on_the_list = any(
        (since := running_since(line, preventers)) is not None and since <= facts.year.after
        for line in preventer_lines(record, facts.today)
        if not is_as_needed_only(line)
    )
    if is_on_the_list:
        collected = [one for one in record.supplies if known(one.medicine).is_preventer]
        held = [one for one in collected if facts.year.surely_holds(one.day)]
        yield Measured(
            facts.counts.preventer_12m, _last((one.day for one in held), facts.today), _supplied_by(held)
        )


def visits(kind: VisitKind, name: str) -> Measure:
    """Return what measures the hospital visits of a kind by the count of that name."""

    def measure(facts: Facts) -> Iterator[Measured]:
        found = attacks(facts.record, kind, facts.year)
        yield Measured(getattr(facts.counts, name), _last_visit(found), _visits_where(facts, found))

    return measure


def _last_visit(found: Iterable[HospitalVisit]) -> date | None:
    moments = (visit.discharged_at or visit.admitted_at for visit in found)
    return max((uk_day(moment) for moment in moments if moment), default=None)


def _visits_where(facts: Facts, found: Iterable[HospitalVisit]) -> tuple[str, ...]:
    of = (TOLD_BY_HOSPITAL if visit in facts.here.visits else GP_RECORD for visit in found)
    return tuple(dict.fromkeys(of))


def visits_under_5(facts: Facts) -> Iterator[Measured]:
    counts = facts.counts
    is_referred = facts.meets("under-5-admissions", counts.admissions_12m) or facts.meets(
        "under-5-emergency-visits", counts.ed_12m
    )
    if facts.meets("under-5-age", facts.age) and is_referred:
        found = [
            one
            for kind in (VisitKind.STAY, VisitKind.EMERGENCY)
            for one in attacks(facts.record, kind, facts.year)
        ]
        yield Measured(len(found), _last_visit(found), _visits_where(facts, found))


def stated(fact: Fact) -> Measure:
    """Return what measures something that the record states or denies."""

    def measure(facts: Facts) -> Iterator[Measured]:
        if facts.is_so(fact):
            said = [one for one in facts.record.statements if one.fact is fact and one.is_so]
            yield Measured(0, _last((one.day for one in said), facts.today))

    return measure


def reviews(states: Container[ReviewState]) -> Measure:
    """Return what measures the discharges whose review stands so."""

    def measure(facts: Facts) -> Iterator[Measured]:
        found = [one for one in facts.discharges if one.review in states]
        if found:
            told = {(one.visit, one.discharged_at) for one in facts.here.visits}
            where = (TOLD_BY_HOSPITAL if (one.visit, one.ended) in told else GP_RECORD for one in found)
            day = max(uk_day(one.ended) for one in found)
            yield Measured(len(found), day, tuple(dict.fromkeys(where)))

    return measure


def not_brought(facts: Facts) -> Iterator[Measured]:
    found = [day for day in facts.record.not_brought if facts.year.may_hold(day)]
    here = set(facts.here.not_brought)
    where = (REVIEW_HERE if day.is_exact and day.first in here else GP_RECORD for day in found)
    yield Measured(facts.counts.not_brought_12m, _last(found, facts.today), tuple(dict.fromkeys(where)))


def nebuliser_liquid(facts: Facts) -> Iterator[Measured]:
    if facts.meets("nebuliser-age", facts.age):
        yield from supplied(Kind.NEBULISER_LIQUID, "nebuliser_liquid_12m", lambda one: one.year)(facts)


def plan_not_read(facts: Facts) -> Iterator[Measured]:
    late = facts.here.not_read
    names = ", ".join(one.reader_name for one in late)
    day = max((one.asked_on for one in late), default=None)
    yield Measured(len(late), day, (RECEIPTS,), {"names": names})


def control_score(facts: Facts) -> Iterator[Measured]:
    scores = [one for one in facts.record.control_scores if one.tool not in OTHER_SCALES]
    if scores:
        last = latest(scores)
        yield Measured(last.value, _last((last.day,), facts.today), beside=f"It was {last.value:g}.")


def school_missed(facts: Facts) -> Iterator[Measured]:
    """Yield what the record last says was missed of school, and the last figures of each school."""
    if facts.record.absences:
        last = latest(facts.record.absences)
        said = f"The record says {last.value:g}%."
        yield Measured(last.value, _last((last.day,), facts.today), beside=said)
    newest: dict[str, Measured] = {}
    for one in sorted(facts.here.absences, key=lambda each: each.term.begins):
        if one.possible and one.term.ends > facts.year.after:
            said = f"{one.missed} of {one.possible} sessions in the {one.term.name}"
            newest[one.school_id] = Measured(
                one.percent,
                uk_day(one.kept_at),
                (SCHOOL_FIGURES,),
                beside=f"Counted by school: {said}.",
                school_id=one.school_id,
            )
    yield from newest.values()


def at_school(kind: EntryKind) -> Measure:
    """Return what measures the entries of a kind in the log of each school."""

    def measure(facts: Facts) -> Iterator[Measured]:
        found: dict[str, list[SchoolEntry]] = {}
        for entry in facts.here.at_school:
            if entry.kind is kind and facts.year.after < uk_day(entry.at) <= facts.today:
                found.setdefault(entry.school_id, []).append(entry)
        for school_id, entries in found.items():
            number, last = len(entries), max(uk_day(entry.at) for entry in entries)
            of_kit = sum(entry.inhaler is Inhaler.EMERGENCY for entry in entries)
            beside = f"The school's emergency inhaler, times: {of_kit}." if of_kit else ""
            yield Measured(number, last, (SCHOOL_LOG,), {"number": number}, beside, school_id)

    return measure


def food_allergy(facts: Facts) -> Iterator[Measured]:
    record = facts.record
    if record.asthma is not Diagnosed.NO and any(allergy.is_food for allergy in record.allergies):
        days = (allergy.day for allergy in record.allergies if allergy.is_food)
        yield Measured(0, _last(days, facts.today))


def severe_allergy(facts: Facts) -> Iterator[Measured]:
    in_record = {allergy.name.casefold() for allergy in facts.record.allergies if allergy.is_food}
    named = [name for name in facts.here.severe_allergies if name.casefold() not in in_record]
    if named:
        day = max(facts.here.signed, default=None)
        yield Measured(0, day, (PLANS_HERE,), {"names": ", ".join(named)})


def barred_parent(facts: Facts) -> Iterator[Measured]:
    if facts.record.has_barred_parent:
        yield Measured(0)


def half_year(facts: Facts) -> Window:
    return facts.half


def whole_year(facts: Facts) -> Window:
    return facts.year
