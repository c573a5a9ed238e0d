"""Facts from more than one source: thresholds in one file, nothing counted twice, and what was looked at."""

import ast
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from plans import fact_measures, signals
from plans.discharge_notice import VisitKind
from plans.fact_measures import Facts
from plans.fact_seen import FactSeen, checked
from plans.known_here import NOTHING, KnownHere, together
from plans.local_policy import PolicyRefused, read_policy
from plans.partial_date import partial_date
from plans.products import Tag
from plans.record_facts import facts_of
from plans.risk import count
from plans.school_form import NotWhole
from plans.school_term import Absence, term_of
from plans.signals import SIGNALS, find_facts
from plans.supply_by_month import supply_by_month
from plans.thresholds import OF_RULE, Comparison, movable, standard
from tests.plans.records import (
    BLUE,
    BROWN,
    PREDNISOLONE,
    TODAY,
    conventional,
    make_record,
    supplies,
    utc,
    visit,
)

NO_THRESHOLD = {0}


@pytest.mark.parametrize("module", [signals, fact_measures])
def test_no_threshold_stands_as_a_number_in_the_code(module):
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    found = [one.value for one in ast.walk(tree) if isinstance(one, ast.Constant)]

    assert {one for one in found if type(one) in (int, float)} <= NO_THRESHOLD


def test_every_rule_and_every_number_has_a_dated_source_and_no_row_is_of_nothing():
    rows = standard().rows
    aside = {"under-5-age", "under-5-admissions", "under-5-emergency-visits", "nebuliser-age"}

    assert set(rows) == {rule.name for rule in SIGNALS} | aside
    for row in rows.values():
        assert row.source, row.name
        assert row.read_on <= TODAY, row.name
        assert (row.test is None) == (not row.unit), row.name


def test_a_local_policy_makes_a_fact_of_less_and_never_of_more(holidays_of):
    record = make_record(supplies=supplies(BLUE, "2026-10-01", "2026-11-01"))
    said = {"source": "Elm care board", "dated": date(2026, 10, 1)}
    local = read_policy({"signals": said | {"reliever-3-or-more": 2}}).sections["signals"]

    moved = standard().moved(local.numbers, "Elm care board")
    found = facts_of(record, holidays_of("england-and-wales"), TODAY, NOTHING, moved).found

    assert "Blue inhalers in 12 months: 2 (2 or more is over-reliance)." in {
        one.signal.sentence for one in found
    }
    (fact,) = [one.signal for one in found if one.signal.name == "reliever-3-or-more"]
    assert fact.source == "Elm care board; standard: 3, Greener Practice; National Bundle of Care"
    assert fact.tag is Tag.UNCONFIRMED  # nobody has read that number in what was published
    sooner_is_higher = {Comparison.BELOW, Comparison.AT_MOST}
    for name, row in movable().items():
        later = row.value - 1 if row.test in sooner_is_higher else row.value + 1
        with pytest.raises(PolicyRefused):
            read_policy({"signals": said | {name: later}})
    with pytest.raises(PolicyRefused):
        read_policy({"signals": said | {"nebuliser-age": 19}})


def test_each_number_that_a_local_policy_has_names_it_in_the_source_of_its_fact_and_no_other_does():
    rules = {rule.name for rule in SIGNALS}
    for name, row in movable().items():
        of_rule = OF_RULE.get(name, name)
        moved = standard().moved({name: row.bound}, "Elm care board")

        assert of_rule in rules
        assert moved[of_rule].source.startswith(f"Elm care board; standard: {row.value}, {row.source}")
        assert moved[of_rule].tag is Tag.UNCONFIRMED
        assert {one for one in rules if moved[one] != standard()[one]} == {of_rule}
        assert standard().moved({name: row.value}, "Elm care board").rows == standard().rows


def test_a_stay_of_two_sources_is_one_and_another_on_the_same_day_is_doubtful():
    known = visit("2026-09-24 13:00")
    same_number = replace(visit("2026-09-24 15:00"), visit="V-1")
    same_moment = replace(visit("2026-09-24 13:00"), visit="")
    same_day = replace(visit("2026-09-24 18:00"), visit="V-9")
    another = replace(visit("2026-10-24 18:00", VisitKind.EMERGENCY), visit="V-8")

    both = together(
        make_record(visits=(known,)), KnownHere(visits=(same_number, same_moment, same_day, another))
    )

    assert both.record.visits == (known, another)
    assert both.here.visits == (another,)
    assert both.doubts == (
        "Two sources tell of a discharge on 24 September 2026. It is counted once: check it.",
    )


def test_an_appointment_that_two_sources_tell_of_is_counted_once():
    record = make_record(not_brought=(partial_date("2026-10-06"), partial_date("2026-09")))
    told = (date(2026, 10, 6), date(2026, 9, 10), date(2026, 11, 2))

    both = together(record, KnownHere(not_brought=told))

    assert count(both.record, TODAY).not_brought_12m == 3
    assert both.doubts == (
        "An appointment missed on 10 September 2026 may be one of the GP record. It is counted once.",
    )


def test_a_count_of_relievers_says_which_are_spare_and_that_one_is_at_school(holidays_of):
    issued = supplies(BLUE, "2026-08-01", "2026-09-01", "2026-10-01")
    issued = (replace(issued[0], is_spare=True), replace(issued[1], is_handed_over=True), issued[2])
    both = together(make_record(supplies=issued), KnownHere(inhaler_at_school=date(2026, 11, 2)))

    found = facts_of(both.record, holidays_of("england-and-wales"), TODAY, both.here).found
    (one,) = (each for each in found if each.signal.name == "reliever-3-or-more")

    assert one.beside == (
        "The record calls 1 of them spare, or for school. One is kept at school, as seen on 2 November 2026."
    )
    assert one.where == ("GP record", "handed over by a pharmacy or a hospital, in the GP record")
    assert (one.extent, one.day) == (3, date(2026, 10, 1))


def test_preventers_say_for_how_much_they_last_and_the_less_the_further_past(holidays_of):
    few, fewer = (
        facts_of(
            make_record(lines=conventional(), supplies=supplies(BROWN, *days)),
            holidays_of("england-and-wales"),
            TODAY,
        ).found
        for days in (("2026-06-01", "2026-08-01", "2026-09-01"), ("2026-06-01",))
    )
    low, lower = (
        next(each for each in found if each.signal.name == "preventer-below-75-percent")
        for found in (few, fewer)
    )

    assert low.beside == "They last in 6 months for 82% and in 12 months for 41% of the days."
    assert lower.extent > low.extent


def test_absence_of_two_schools_is_two_facts_each_of_its_own_school():
    def figures(school_id, missed, day):
        return Absence("c", term_of(day), missed, 100, "r", utc(f"{day} 09:00"), school_id)

    absences = (
        figures("oak", 20, date(2026, 10, 1)),
        figures("elm", 12, date(2026, 5, 1)),
        figures("elm", 60, date(2025, 5, 1)),  # too long ago
    )
    both = together(make_record(), KnownHere(absences=absences))
    facts = Facts(both.record, count(both.record, TODAY), (), TODAY, both.here)

    found = [one for one in find_facts(facts) if one.signal.name == "absence-10-percent"]

    assert {(one.school_id, one.extent) for one in found} == {("oak", 20), ("elm", 12)}
    assert found[0].beside.endswith("sessions in the summer term 2026.")


def test_a_course_that_the_hospital_told_of_stands_beside_those_of_the_record():
    record = make_record(supplies=supplies(PREDNISOLONE, "2026-11-20"))
    both = together(record, KnownHere(steroids=(date(2026, 11, 20), date(2026, 9, 24))))
    facts = Facts(both.record, count(both.record, TODAY), (), TODAY, both.here)

    (told,) = (one for one in find_facts(facts) if one.signal.name == "steroids-told-by-hospital")

    assert (told.extent, told.day) == (2, date(2026, 11, 20))
    assert told.beside == "Also in the GP record, on 20 November 2026."
    assert count(both.record, TODAY).steroid_courses_12m == 1


def test_a_year_of_inhalers_stands_by_month_and_what_has_no_month_beside_it():
    record = make_record(
        supplies=(
            *supplies(BLUE, "2026-11-01", "2026-11-20", "2026-02", "2026", "2025-11-30"),
            *supplies(BROWN, "2025-12-01", "2026-03-01", quantity=2),
        )
    )

    found = supply_by_month(record, TODAY)

    assert [one.first for one in (found.months[0], found.months[-1])] == [
        date(2025, 12, 1),
        date(2026, 11, 1),
    ]
    assert [one.relievers for one in found.months] == [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2]
    assert [one.preventers for one in found.months] == [2, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0]
    assert (found.relievers_undated, found.preventers_undated, found.most) == (1, 0, 2)


def seen_of(found, **changes):
    usual = FactSeen(
        "s", "c", found.signal.name, "I phone", TODAY + timedelta(days=8), "p", "o", utc("2026-11-21 09:00"),
        found.extent, found.day,
    )  # fmt: skip
    return replace(usual, **changes)


def test_a_fact_that_was_looked_at_comes_back_on_its_day_and_sooner_if_it_grows(holidays_of):
    def relievers(*days):
        record = make_record(supplies=supplies(BLUE, *days))
        return facts_of(record, holidays_of("england-and-wales"), TODAY).found[0]

    found = relievers("2026-06-01", "2026-07-01", "2026-08-01")
    more = relievers("2026-06-01", "2026-06-02", "2026-07-01", "2026-08-01")
    later = relievers("2026-07-01", "2026-08-01", "2026-11-01")
    seen = seen_of(found)

    assert seen.still_holds(found, TODAY + timedelta(days=7))
    assert not seen.still_holds(found, TODAY + timedelta(days=8))
    assert not seen.still_holds(more, TODAY)
    assert not seen.still_holds(later, TODAY)


def test_who_looked_says_what_they_will_do_and_a_day_within_a_year(holidays_of):
    found = facts_of(make_record(), holidays_of("england-and-wales"), TODAY).found[0]

    for wrong in (
        {"words": " "},
        {"words": "a" * 2001},
        {"look_again": TODAY},
        {"look_again": date(2028, 1, 1)},
    ):
        with pytest.raises(NotWhole):
            checked(seen_of(found, **wrong), TODAY)
    assert checked(seen_of(found, words=" I phone "), TODAY).words == "I phone"
