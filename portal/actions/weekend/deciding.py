"""The weekend route: why it is offered, what a named person decides, and who is asked on Monday."""

from collections.abc import Iterable
from datetime import date, datetime

from fhir import kept_deaths, kept_people, kept_questions, kept_reviews, kept_weekend
from fhir.store import Reader, Store, Write
from fhir.store.tables import posts
from plans.concern import Concern, When
from plans.discharge_questions import NOT_KNOWN, SAFE_TO_GO_HOME
from plans.people import Child
from plans.places import Nation
from plans.team_task import TaskKind
from plans.weekend import (
    WAYS,
    DecidedBefore,
    Decision,
    Prompt,
    Word,
    check_by,
    checked,
    prompt,
)
from plans.working_days import Holidays, uk_day
from portal.actions.clocks import HolidaysFor
from portal.actions.facts.about import facts_shown
from portal.actions.inbox.tasks import NewTask, raise_task
from portal.person import Person

IS_NOT_SAID_TO_BE_SAFE = frozenset({"no", NOT_KNOWN})


def decide(
    store: Store, decision: Decision, *, off_from: date, by: Person, at: datetime, holidays_for: HolidaysFor
) -> None:
    """Keep what a named person decided, and ask a team if the child was seen.

    That is asked on the first working day of the child's practice after `off_from`, the first day off. The
    same form sent again changes nothing. Whether `by` may decide is for the caller to know. Raises
    NothingDecided, BothDecided, WordsTooLong, DecidedBefore and ChildHasDied.
    """
    with store.write(by=by.ref, at=at) as write:
        keep_decision(write, decision, off_from=off_from, by=by, holidays_for=holidays_for)


def keep_decision(
    write: Write, decision: Decision, *, off_from: date, by: Person, holidays_for: HolidaysFor
) -> None:
    """Keep a decision within a write; it does and raises what `decide` does."""
    made = checked(decision)
    if kept_weekend.is_taken(write, made.id):
        _must_be_the_same(kept_weekend.kept(write, made.id), made)
        return
    kept_deaths.must_not_be_confirmed(write, made.child_id)
    kept_weekend.keep(write, made)
    patient = f"Patient/{made.child_id}"
    write.audit("C", f"Task/{made.id}", patient, "decide who looks after the child before a weekend")
    if made.needs_check:
        child = kept_people.child(write, made.child_id)
        new = NewTask(
            TaskKind.WEEKEND_CHECK,
            _who_asks(write, child, by),
            made.child_id,
            f"Task/{made.id}",
            said_of(made),
            once=made.id,
            due_at=check_by(off_from, holidays_of(write, child, holidays_for)),
        )
        raise_task(write, new)


def said_of(decision: Decision) -> str:
    """Return what was decided, a line for each way."""
    return "\n".join(f"{WAYS[way].title}: {words}" for way, words in decision.ways.items())


def holidays_of(reader: Reader, child: Child, holidays_for: HolidaysFor) -> Holidays:
    """Return the bank holidays that count for a child: those of the practice's nation."""
    if not child.practice_id:
        return holidays_for(Nation.ENGLAND_AND_WALES)
    return holidays_for(kept_people.organisation(reader, child.practice_id).nation)


def prompt_for(
    reader: Reader, child: Child, concerns: Iterable[Concern], now: datetime, holidays_for: HolidaysFor
) -> Prompt | None:
    """Return why the weekend route is offered for a child, None where nothing prompts.

    The facts of the child are counted as they are now. `concerns` are those that the reader of the page may
    know of.
    """
    words = [*_words_of(concerns), *_words_of_discharges(reader, child)]
    known = facts_shown(reader, child, today=uk_day(now), holidays_for=holidays_for).findings
    if known is None:
        words.append(Word.NOT_COUNTED)
    found = known.found if known else ()
    return prompt(found, dict.fromkeys(words), now, holidays_of(reader, child, holidays_for))


def _must_be_the_same(kept: Decision | None, made: Decision) -> None:
    if kept is None:
        raise DecidedBefore
    said = [(one.child_id, one.about, one.by, one.ways) for one in (kept, made)]
    if said[0] != said[1]:
        raise DecidedBefore


def _words_of(concerns: Iterable[Concern]) -> list[Word]:
    some = [one for one in concerns if one.is_open]
    words = [Word.TONIGHT for one in some if one.when is When.TONIGHT]
    return [*words, *(Word.NOT_SAFE for one in some if one.is_urgent and one.when is not When.TONIGHT)]


def _words_of_discharges(reader: Reader, child: Child) -> list[Word]:
    """Return that a hospital has not said that the child is safe at home, for a review that is open."""
    reviews = kept_reviews.open_reviews_of_child(reader, child.id)
    asked = (kept_questions.questions_about(reader, one.encounter_id) for one in reviews)
    unsafe = any(
        one.code == SAFE_TO_GO_HOME and one.answer in IS_NOT_SAID_TO_BE_SAFE
        for questions in asked
        for one in questions
    )
    return [Word.NOT_SAFE_TO_GO_HOME] if unsafe else []


def _who_asks(reader: Reader, child: Child, by: Person) -> str:
    """Return the team that is asked: the practice where people work here, else that of who decided."""
    return child.practice_id if child.practice_id in posts.places(reader) else by.organisation_id
