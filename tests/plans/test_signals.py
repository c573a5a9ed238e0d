"""Every signal at the edge of its rule: found just inside it, not found just outside."""

import re
from datetime import date

import pytest

from plans.discharge_notice import VisitKind
from plans.fact_measures import Facts
from plans.gp_record import ControlScore, Diagnosed, Fact, RecordAllergy, Score, Statement
from plans.known_here import NOTHING, KnownHere, NotRead, Together, together
from plans.partial_date import partial_date
from plans.people import FamilyMember
from plans.record_reviews import discharges
from plans.risk import count
from plans.school_log import EntryKind, SchoolEntry
from plans.signals import SIGNALS, Visibility, find_facts
from plans.understanding import ControlTool
from tests.plans.records import (
    AS_NEEDED,
    BLUE,
    BROWN,
    NEBULISER,
    PREDNISOLONE,
    SYMBICORT,
    TODAY,
    conventional,
    line,
    make_record,
    supplies,
    utc,
    visit,
)

# A plan on file, so that its absence is said only where a test is about it.
PLAN = {"plans_on_file": (partial_date("2026-03-01"),)}


@pytest.fixture
def names(holidays_of):
    """Give the names of the signals in a record."""

    def find(said):
        both = said if isinstance(said, Together) else together(said, NOTHING)
        return {one.signal.name for one in find_facts(facts_in(both, holidays_of))}

    return find


def facts_in(both, holidays_of, **changes):
    """Return what the rules look at."""
    record = both.record
    found = discharges(record, holidays_of("england-and-wales"), TODAY)
    return Facts(record, count(record, TODAY), found, TODAY, both.here, **changes)


def entry(kind, day="2026-11-02", school_id="oak"):
    return SchoolEntry(f"{kind}-{day}", "c", kind, utc(f"{day} 10:00"), "r", school_id=school_id)


def here(**changes):
    """Return a record that is well, with what is known here."""
    return together(WELL, KnownHere(**changes))


def issued(text, number, *, unit="inhaler"):
    """Return so many supplies in the last 6 months."""
    return supplies(
        text, *[f"2026-{month:02}-{day:02}" for month in (6, 7, 8) for day in range(1, 9)][:number], unit=unit
    )


def stated(fact, *, is_so=True, day="2026-06-01"):
    return Statement(fact, is_so, partial_date(day))


def member(**changes):
    return FamilyMember(id="m", child_id="c", name="Alex Example", relationship="mother", **changes)


WELL = make_record(**PLAN)
EDGES = {
    "reliever-3-or-more": (
        make_record(supplies=issued(BLUE, 3), **PLAN),
        make_record(supplies=issued(BLUE, 2), **PLAN),
    ),
    "reliever-6-or-more": (make_record(supplies=issued(BLUE, 6)), make_record(supplies=issued(BLUE, 5))),
    "reliever-over-1-a-month": (make_record(supplies=issued(BLUE, 7)), make_record(supplies=issued(BLUE, 6))),
    "reliever-over-12": (make_record(supplies=issued(BLUE, 13)), make_record(supplies=issued(BLUE, 12))),
    "preventer-below-75-percent": (
        # 68% and 82% of 365 days; both last longer than 184 days
        make_record(lines=conventional(), supplies=issued(BROWN, 5)),
        make_record(lines=conventional(), supplies=issued(BROWN, 6)),
    ),
    "preventer-under-3": (
        make_record(lines=conventional(), supplies=issued(BROWN, 2)),
        make_record(lines=conventional(), supplies=issued(BROWN, 3)),
    ),
    "steroids-2-or-more": (
        make_record(supplies=issued(PREDNISOLONE, 2)),
        make_record(supplies=issued(PREDNISOLONE, 1)),
    ),
    "steroids-over-2": (
        make_record(supplies=issued(PREDNISOLONE, 3)),
        make_record(supplies=issued(PREDNISOLONE, 2)),
    ),
    "admission": (
        make_record(visits=(visit("2026-09-24 13:00"),)),
        make_record(visits=(visit("2026-09-24 13:00", VisitKind.EMERGENCY),)),
    ),
    "ed-2-or-more": (
        make_record(
            visits=(
                visit("2026-09-24 13:00", VisitKind.EMERGENCY),
                visit("2026-10-01 13:00", VisitKind.EMERGENCY),
            )
        ),
        make_record(visits=(visit("2026-09-24 13:00", VisitKind.EMERGENCY), visit("2026-10-01 13:00"))),
    ),
    "under-5-refer": (
        make_record(age=4, visits=(visit("2026-09-24 13:00"),)),
        make_record(age=5, visits=(visit("2026-09-24 13:00"),)),
    ),
    "intensive-care-ever": (
        make_record(statements=(stated(Fact.INTENSIVE_CARE, day="2018-01-01"),)),
        make_record(statements=(stated(Fact.INTENSIVE_CARE, is_so=False),)),
    ),
    "review-after-attack-late": (
        make_record(visits=(visit("2026-11-18 10:00"),)),  # due on the 20th
        make_record(visits=(visit("2026-11-19 10:00"),)),  # due on Monday the 23rd
    ),
    "review-after-attack-running": (
        make_record(visits=(visit("2026-11-19 10:00"),)),
        make_record(visits=(visit("2026-11-19 10:00"),), reviews=(utc("2026-11-20 09:00"),)),
    ),
    "not-brought-2-or-more": (
        make_record(not_brought=(partial_date("2026-10-06"), partial_date("2026-11-05"))),
        make_record(not_brought=(partial_date("2025-10-06"), partial_date("2026-11-05"))),
    ),
    "nebuliser-under-18": (
        make_record(age=17, supplies=issued(NEBULISER, 1)),
        make_record(age=18, supplies=issued(NEBULISER, 1)),
    ),
    "no-plan": (make_record(), WELL),
    "plan-over-12-months": (
        make_record(plans_on_file=(partial_date("2025-11-20"),)),
        make_record(plans_on_file=(partial_date("2024-01-01"), partial_date("2025-11-21"))),
    ),
    "control-score-19-or-less": (
        make_record(
            control_scores=(
                ControlScore(25, partial_date("2026-01-01")),
                ControlScore(19, partial_date("2026-07-01")),
            )
        ),
        make_record(
            control_scores=(
                ControlScore(19, partial_date("2026-01-01")),
                ControlScore(20, partial_date("2026-07-01")),
            )
        ),
    ),
    "absence-10-percent": (
        make_record(absences=(Score(10, partial_date("2026-10-23")),)),
        make_record(absences=(Score(9.9, partial_date("2026-10-23")),)),
    ),
    "absence-50-percent": (
        make_record(absences=(Score(50, partial_date("2026-10-23")),)),
        make_record(absences=(Score(60, partial_date("2025-10-23")), Score(49, partial_date("2026-10-23")))),
    ),
    "steroids-told-by-hospital": (
        here(steroids=(date(2026, 11, 20),)),
        here(steroids=(date(2025, 11, 21),)),
    ),
    "plan-not-read": (here(not_read=(NotRead("Oak School", TODAY),)), here()),
    "reliever-at-school": (
        here(at_school=(entry(EntryKind.RELIEVER),)),
        here(at_school=(entry(EntryKind.RELIEVER, "2025-11-20"), entry(EntryKind.ATTACK))),
    ),
    "attack-at-school": (
        here(at_school=(entry(EntryKind.ATTACK),)),
        here(at_school=(entry(EntryKind.RELIEVER),)),
    ),
    "missed-pe": (here(at_school=(entry(EntryKind.MISSED_PE),)), here()),
    "severe-allergy-on-plan": (
        here(severe_allergies=("Cow's milk",)),
        together(
            make_record(allergies=(RecordAllergy("cow's milk", is_food=True),)),
            KnownHere(severe_allergies=("Cow's milk",)),
        ),
    ),
    "food-allergy-with-asthma": (
        make_record(asthma=Diagnosed.SUSPECTED, allergies=(RecordAllergy("Hen's egg", is_food=True),)),
        make_record(asthma=Diagnosed.NO, allergies=(RecordAllergy("Hen's egg", is_food=True),)),
    ),
    "smoke-at-home": (
        make_record(statements=(stated(Fact.SMOKE_AT_HOME),)),
        make_record(
            statements=(stated(Fact.SMOKE_AT_HOME, day="2025-01-01"), stated(Fact.SMOKE_AT_HOME, is_so=False))
        ),
    ),
    "smoker": (
        make_record(statements=(stated(Fact.SMOKES),)),
        make_record(statements=(stated(Fact.SMOKE_AT_HOME),)),
    ),
    "damp-or-mould": (
        make_record(statements=(stated(Fact.DAMP_OR_MOULD),)),
        make_record(statements=(stated(Fact.DAMP_OR_MOULD, is_so=False),)),
    ),
    "vaping": (
        make_record(statements=(stated(Fact.VAPES),)),
        make_record(statements=(stated(Fact.VAPES, is_so=False),)),
    ),
    "access-barred": (make_record(family=(member(barred=True),)), make_record(family=(member(),))),
    "looked-after": (
        make_record(statements=(stated(Fact.LOOKED_AFTER, day="2019-01-01"),)),
        make_record(statements=(stated(Fact.LOOKED_AFTER, is_so=False),)),
    ),
}


@pytest.mark.parametrize("name", [rule.name for rule in SIGNALS])
def test_a_signal_is_found_just_inside_its_rule_and_not_outside(name, names):
    inside, outside = EDGES[name]

    assert name in names(inside)
    assert name not in names(outside)


def test_a_well_child_gives_no_signal(names):
    assert names(WELL) == set()


def test_no_two_signals_share_a_name():
    assert len({rule.name for rule in SIGNALS}) == len(SIGNALS)


def test_what_is_private_or_restricted_is_marked_so():
    marked = {
        rule.name: rule.visibility for rule in SIGNALS if rule.visibility is not Visibility.PROFESSIONALS
    }

    assert marked == {
        "vaping": Visibility.PRIVATE,
        "access-barred": Visibility.RESTRICTED,
        "looked-after": Visibility.RESTRICTED,
    }


def test_every_fact_is_said_in_a_sentence_and_says_where_it_stands(holidays_of):
    """A sentence that lacks a count, or a fact without a source, would fail here."""
    for inside, _outside in EDGES.values():
        both = inside if isinstance(inside, Together) else together(inside, NOTHING)
        for found in find_facts(facts_in(both, holidays_of)):
            assert (found.signal.sentence[-1], bool(found.signal.source), bool(found.where)) == (
                ".",
                True,
                True,
            )


def test_two_emergency_visits_under_5_are_enough_to_refer(names):
    visits = (visit("2026-09-24 13:00", VisitKind.EMERGENCY), visit("2026-10-01 13:00", VisitKind.EMERGENCY))

    assert "under-5-refer" in names(make_record(age=4, visits=visits))
    assert "under-5-refer" not in names(make_record(age=4, visits=visits[:1]))


def test_few_preventers_say_nothing_before_a_year_or_without_a_daily_dose(names):
    started = make_record(lines=(line(BROWN, *conventional()[0].instructions, started="2026-01-01"),))
    air = make_record(lines=(line(SYMBICORT, AS_NEEDED),))

    assert "preventer-under-3" not in names(started)
    assert "preventer-under-3" not in names(air)


def test_low_cover_in_either_window_is_enough(names):
    late = supplies(BROWN, *[f"2026-01-{day:02}" for day in range(1, 10)])

    assert "preventer-below-75-percent" in names(make_record(lines=conventional(), supplies=late))


def test_no_count_runs_into_the_number_that_it_is_compared_with():
    """A count of 3, a full stop and 2 look like 3.2."""
    assert [rule.name for rule in SIGNALS if re.search(r"\}\. *\d", rule.sentence)] == []


@pytest.mark.parametrize("tool", [ControlTool.ACQ, ControlTool.RCP_3])
def test_a_score_of_another_scale_is_not_held_to_19(tool, names):
    record = make_record(control_scores=(ControlScore(2, partial_date("2026-07-01"), tool),))

    assert "control-score-19-or-less" not in names(record)
