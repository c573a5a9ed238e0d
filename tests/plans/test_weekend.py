"""The weekend route: what prompts it, by a table of rules that were read, and what a person may decide."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from plans.places import Nation
from plans.products import Tag
from plans.signals import SIGNALS, FoundFact, Signal, Visibility
from plans.weekend import (
    PROMPTS,
    WAYS,
    WORDS,
    BothDecided,
    Decision,
    Gap,
    NothingDecided,
    Way,
    Word,
    WordsTooLong,
    check_by,
    checked,
    is_before_a_gap,
    next_gap,
    next_holiday,
    prompt,
)
from plans.working_days import Holidays

CHRISTMAS = {date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)}
HOLIDAYS = Holidays(Nation.ENGLAND_AND_WALES, frozenset(CHRISTMAS), date(2026, 1, 1), date(2027, 12, 31))
FRIDAY_3PM = datetime(2026, 11, 27, 15, tzinfo=UTC)
DECISION = Decision(
    "d",
    "child",
    "Task/t",
    "Practitioner/p",
    "elm",
    FRIDAY_3PM,
    date(2026, 11, 30),
    {Way.ON_CALL: " Dr Hill "},
)


def fact_of(name):
    rule = next(one for one in SIGNALS if one.name == name)
    signal = Signal(name, f"It is {name}.", rule.source, rule.tag, Visibility.PROFESSIONALS)
    return FoundFact(signal, 1, None, ("GP record",))


def test_the_tables_are_complete_and_every_rule_that_prompts_was_read():
    rules = {rule.name: rule for rule in SIGNALS}

    assert {rules[name].tag for name in PROMPTS} == {Tag.READ}
    assert {rules[name].visibility for name in PROMPTS} == {Visibility.PROFESSIONALS}
    assert set(WORDS) == set(Word)
    assert set(WAYS) == set(Way)


@pytest.mark.parametrize(
    ("now", "is_so"),
    [
        ("2026-11-26T15:00+00:00", False),  # Thursday
        ("2026-11-26T00:00+00:00", False),
        ("2026-11-27T08:00+00:00", True),  # Friday
        ("2026-11-28T12:00+00:00", True),
        ("2026-11-29T09:00+00:00", False),  # Sunday: people work in less than a day
        ("2026-12-24T12:00+00:00", True),  # Thursday before Christmas
        ("2026-12-28T09:00+00:00", False),
        ("2026-10-25T00:30+01:00", True),  # that Sunday has 25 hours
        ("2029-01-03T09:00+00:00", True),  # nobody knows the holidays then
    ],
)
def test_a_gap_is_more_than_24_hours_until_people_work_again(now, is_so):
    assert is_before_a_gap(datetime.fromisoformat(now), HOLIDAYS) is is_so


def test_a_fact_or_a_persons_word_prompts_before_a_gap_and_nothing_else_does():
    fact, other = fact_of("admission"), fact_of("reliever-3-or-more")

    assert prompt([other], [], FRIDAY_3PM, HOLIDAYS) is None
    assert prompt([fact], [], datetime(2026, 11, 26, 15, tzinfo=UTC), HOLIDAYS) is None
    found = prompt([other, fact], [Word.TONIGHT], FRIDAY_3PM, HOLIDAYS)
    says = "It is admission. Source: National Review of Asthma Deaths."
    assert found.reasons == (WORDS[Word.TONIGHT], says)
    assert found.back_on == date(2026, 11, 30)


def test_a_decision_names_who_looks_after_the_child_or_why_nobody_has_to():
    assert checked(DECISION).ways == {Way.ON_CALL: "Dr Hill"}
    assert DECISION.needs_check
    assert not replace(DECISION, ways={Way.NOT_NEEDED: "Seen today"}).needs_check
    for ways, refusal in (
        ({Way.ON_CALL: " "}, NothingDecided),
        ({Way.ON_CALL: "Dr Hill", Way.NOT_NEEDED: "Seen"}, BothDecided),
        ({Way.ON_CALL: "x" * 501}, WordsTooLong),
    ):
        with pytest.raises(refusal):
            checked(replace(DECISION, ways=ways))


def test_whether_the_child_was_seen_is_asked_by_noon_of_the_next_working_day():
    assert check_by(date(2026, 11, 28), HOLIDAYS) == datetime(2026, 11, 30, 12, tzinfo=UTC)


def test_the_next_gap_and_the_next_holiday_are_named_by_their_days():
    assert next_gap(FRIDAY_3PM, HOLIDAYS) == Gap(date(2026, 11, 28), date(2026, 11, 30))
    on_sunday = datetime(2026, 11, 29, tzinfo=UTC)
    assert next_gap(on_sunday, HOLIDAYS) == next_gap(FRIDAY_3PM, HOLIDAYS)  # closed since Saturday
    assert next_holiday(FRIDAY_3PM, HOLIDAYS) is None
    assert next_holiday(datetime(2026, 12, 18, 9, tzinfo=UTC), HOLIDAYS) == Gap(
        date(2026, 12, 25), date(2026, 12, 29)
    )
