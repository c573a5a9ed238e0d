"""Supply as a pharmacist reads it: the counts of plans/risk.py, with their days, and no reading of them."""

from dataclasses import replace

import pytest

from plans.gp_record import NamedMedicine, Supply
from plans.risk import count
from plans.supply import supply_of
from tests.plans.records import (
    BLUE,
    BROWN,
    NEBULISER,
    PREDNISOLONE,
    SYMBICORT,
    TODAY,
    conventional,
    make_record,
    supplies,
)

SUPPLIES = (
    *supplies(BLUE, "2026-11-02", "2026-08-01", "2026-03-10", "2025-11-22", "2025-01-01"),
    *supplies(BLUE, "2026", "2026-05"),
    *supplies(BROWN, "2026-10-01", "2026-02-01", "2025"),
    *supplies(SYMBICORT, "2026-06-01"),
    *supplies(PREDNISOLONE, "2026-06-01"),
    *supplies(NEBULISER, "2026-06-01"),
)
RECORD = make_record(lines=conventional(), supplies=SUPPLIES)


def test_the_counts_are_those_of_the_facts():
    counts, supply = count(RECORD, TODAY), supply_of(RECORD, TODAY)

    assert (supply.relievers.half, supply.relievers.year) == (counts.reliever_6m, counts.reliever_12m)
    assert (supply.preventers.half, supply.preventers.year) == (counts.preventer_6m, counts.preventer_12m)
    assert supply.cover_half == counts.preventer_cover_6m_percent
    assert supply.cover_year == counts.preventer_cover_12m_percent


def test_each_supply_stands_there_with_its_day_the_newest_first():
    days = [one.day.in_words for one in supply_of(RECORD, TODAY).relievers.issues]

    assert days == [
        "2026",
        "2 November 2026",
        "1 August 2026",
        "May 2026",
        "10 March 2026",
        "22 November 2025",
    ]


@pytest.mark.parametrize("other", ["Prednisolone", "nebuliser"])
def test_it_is_of_inhalers_alone(other):
    assert other not in repr(supply_of(RECORD, TODAY))


def test_a_supply_without_a_day_is_in_no_count_and_is_said():
    undated = Supply(NamedMedicine(BLUE), None)
    supply = supply_of(replace(RECORD, supplies=(*SUPPLIES, undated)), TODAY)

    assert supply.undated == 1
    assert supply.relievers == supply_of(RECORD, TODAY).relievers
