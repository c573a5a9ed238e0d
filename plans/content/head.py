"""The head of a copy, and the notices above everything: whose plan it is, and whether it still stands."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from plans.content.readers import People
from plans.further_treatment import Diagnosis
from plans.people import Child, Professional, spaced_nhs_number
from plans.places import Organisation
from plans.plan import Plan, Slot, Status
from plans.sections import Band, Fact, Kind, Line, Section
from plans.sentences import Day, Exact, Name, Number, Sentence, say
from plans.sources import Source
from plans.working_days import uk_day

NOT_SURE_YET = say("We think it is asthma, but are not sure yet.", source=Source.ENTERED)
TRYING_THE_PREVENTER = say("We are trying the preventer.", source=Source.ENTERED)
TRYING_THE_INHALER = say("We are trying the inhaler.", source=Source.ENTERED)


def head(plan: Plan, people: People, title: Sentence, *, with_nhs_number: bool) -> Section:
    """Return name, date of birth, version, dates and author: what tells one child's plan from another's."""
    made = (*_dates(plan), *_author(plan.author or people.author, people.practice))
    return _head(title, (*identity(people.child, with_nhs_number=with_nhs_number), _version(plan), *made))


def short_head(plan: Plan, people: People, title: Sentence) -> Section:
    """Return name, date of birth and version alone, for the child's own copy."""
    return _head(title, (*identity(people.child, with_nhs_number=False), _version(plan)))


def card_head(plan: Plan, people: People, title: Sentence) -> Section:
    """Return name, date of birth, school, class and version, for whoever is beside the child."""
    named = identity(people.child, with_nhs_number=False)
    return _head(title, (*named, *_at_school(people), _version(plan)))


def _at_school(people: People) -> Iterator[Fact]:
    if people.school:
        yield Fact(say("School", source=Source.LAYOUT), Name(people.school.name), "school")
    if people.school_class:
        yield Fact(say("Class", source=Source.LAYOUT), Name(people.school_class), "class")


def identity(child: Child, *, with_nhs_number: bool) -> tuple[Fact, ...]:
    """Return the facts that name a child on every copy."""
    number = Fact(
        say("NHS number", source=Source.LAYOUT), Exact(spaced_nhs_number(child.nhs_number)), "nhs-number"
    )
    return (
        Fact(say("Name", source=Source.LAYOUT), Name(child.name), "name"),
        Fact(say("Date of birth", source=Source.LAYOUT), Day(child.born), "born"),
        *((number,) if with_nhs_number and child.nhs_number else ()),
    )


def notices(plan: Plan, today: date) -> Iterator[Section]:
    """Yield what must be read first: a draft, a plan replaced or withdrawn, a review date that has passed."""
    if plan.status in ENDED and plan.ended_at:
        yield _notice(plan.status.value, *ENDED[plan.status](Day(uk_day(plan.ended_at))))
    if plan.status is Status.DRAFT:
        yield _notice("draft", say("This is a draft. Nobody has signed it yet.", source=Source.LAYOUT))
    if plan.status is Status.SIGNED and plan.review_by and plan.review_by < today:
        yield _notice(
            "review-passed",
            say("This plan was to be reviewed by {day}.", source=Source.LAYOUT, day=Day(plan.review_by)),
            say("Phone the surgery to book a review.", source=Source.HAZARD_9),
            say("In an attack, still follow the attack steps.", source=Source.HAZARD_9),
        )


def trial_notices(plan: Plan, today: date) -> Iterator[Section]:
    """Yield that the diagnosis is not sure yet, and what is on trial until when; ended paper says neither."""
    if plan.status in ENDED:
        return
    unsure = plan.trial.diagnosis is Diagnosis.SUSPECTED
    words = (*((NOT_SURE_YET,) if unsure else ()), *_trial(plan, today))
    if words:
        yield _notice("trial", *words)


def _trial(plan: Plan, today: date) -> tuple[Sentence, ...]:
    decide_by = plan.trial.decide_by
    if decide_by is None:
        return ()
    day = Day(decide_by)
    if plan.trial.is_over(today):
        return (
            say("The trial was to end on {day}.", source=Source.ENTERED, day=day),
            say("Phone the surgery.", source=Source.NG245_1_9),
        )
    return (
        TRYING_THE_PREVENTER if Slot.PREVENTER in plan.medicines else TRYING_THE_INHALER,
        say("By {day} we decide whether to go on with it.", source=Source.NG245_1_9, day=day),
        say("Keep taking it until then.", source=Source.NG245_1_9),
    )


def _head(title: Sentence, facts: tuple[Fact, ...]) -> Section:
    return Section("head", Band.HEAD, title, facts)


def _version(plan: Plan) -> Fact:
    return Fact(say("Version", source=Source.LAYOUT), Number(plan.version), "version")


def _replaced(day: Day) -> tuple[Sentence, ...]:
    return (
        say("This plan was replaced on {day}.", source=Source.LAYOUT, day=day),
        say("Use the newest plan.", source=Source.HAZARD_9),
    )


def _withdrawn(day: Day) -> tuple[Sentence, ...]:
    return (
        say("This plan was withdrawn on {day}. Do not follow it.", source=Source.HAZARD_9, day=day),
        say("In an attack, call 999. Phone the surgery for a new plan.", source=Source.HAZARD_9),
    )


ENDED: Mapping[Status, Callable[[Day], tuple[Sentence, ...]]] = {
    Status.REPLACED: _replaced,
    Status.WITHDRAWN: _withdrawn,
}


def _notice(code: str, *words: Sentence) -> Section:
    return Section(
        f"notice-{code}", Band.NOTICE, say("Please note", source=Source.LAYOUT), (Line(Kind.ALARM, words),)
    )


def _dates(plan: Plan) -> Iterator[Fact]:
    if plan.signed_at:
        yield Fact(say("Date of this plan", source=Source.LAYOUT), Day(uk_day(plan.signed_at)), "signed")
    if plan.review_by:
        yield Fact(say("Review by", source=Source.LAYOUT), Day(plan.review_by), "review-by")


def _author(author: Professional | None, practice: Organisation | None) -> Iterator[Fact]:
    parts = (author.name, author.job) if author else ()
    if parts or practice:
        words = ", ".join(part for part in (*parts, practice.name if practice else "") if part)
        yield Fact(
            say("Written by", source=Source.LAYOUT) if author else say("GP surgery", source=Source.LAYOUT),
            Name(words),
            "author",
        )
