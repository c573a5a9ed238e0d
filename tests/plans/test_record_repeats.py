"""Today's repeats beside the medicines of a plan: a change since it was written is seen."""

from datetime import date

import pytest

from plans.gp_record import Instruction
from plans.plan import Medicine, Slot
from plans.record_repeats import Repeats, repeats_beside
from tests.plans.records import (
    AS_NEEDED,
    BLUE,
    BROWN,
    FLUTIFORM,
    MONTELUKAST,
    ONCE_A_DAY,
    SYMBICORT,
    TODAY,
    TWICE_A_DAY,
    line,
    make_record,
    mart,
)

PREVENTER = Medicine("clenil-modulite-100", morning=2, evening=2)
MART = Medicine("symbicort-turbohaler-200-6", morning=1, evening=1, when_needed=1)


def beside(*lines, **medicines):
    slots = {Slot(name.replace("_", "-")): medicine for name, medicine in medicines.items()}
    return repeats_beside(make_record(lines=lines), slots, TODAY)


def test_a_line_stands_beside_its_job_with_its_date_and_dose():
    found = beside(line(BROWN, TWICE_A_DAY, started="2026-11-03"), line(BLUE, AS_NEEDED))

    assert found.beside[Slot.PREVENTER] == (f"Record of 3 November 2026: {BROWN}: {TWICE_A_DAY.text}",)
    assert found.beside[Slot.RELIEVER] == found.beside[Slot.BACKUP]
    assert found.others == ()


def test_a_line_without_a_dose_or_a_day_says_so():
    assert beside(line(BROWN, started="")).beside[Slot.PREVENTER] == (f"{BROWN}: no dose is written",)


def test_what_is_for_no_place_of_a_plan_is_among_the_others():
    assert beside(line("Emollient cream")).others == (
        "Record of 1 January 2024: Emollient cream: no dose is written",
    )


def test_the_same_product_and_numbers_do_not_differ():
    assert beside(line(BROWN, TWICE_A_DAY), preventer=PREVENTER).differs == frozenset()


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param((line(BROWN, Instruction("1 puff", amount=1, times_a_day=2)),), id="other puffs"),
        pytest.param((line(FLUTIFORM, TWICE_A_DAY),), id="another product"),
        pytest.param((line(BROWN, AS_NEEDED),), id="only when needed"),
        pytest.param((line(BLUE, AS_NEEDED),), id="nothing of this kind"),
        pytest.param((line(BROWN, TWICE_A_DAY, is_active=False),), id="stopped"),
    ],
)
def test_a_change_since_the_plan_is_seen(lines):
    assert beside(*lines, preventer=PREVENTER).differs == {Slot.PREVENTER}


def test_mart_that_is_only_for_symptoms_now_differs():
    assert beside(mart(), combination=MART).differs == frozenset()
    assert beside(line(SYMBICORT, AS_NEEDED), combination=MART).differs == {Slot.COMBINATION}


def test_a_dose_without_clear_numbers_settles_nothing():
    assert beside(line(BROWN, ONCE_A_DAY), preventer=PREVENTER).differs == frozenset()


def test_a_medicine_that_was_stopped_says_so_beside_the_plan():
    stopped = line(MONTELUKAST, is_active=False, ended=date(2026, 3, 2))
    add_on = Medicine("montelukast-chewable-tablets-5mg", evening=1)

    assert beside(stopped, add_on=add_on).beside[Slot.ADD_ON] == (f"Stopped 2 March 2026: {MONTELUKAST}",)
    assert beside(stopped).beside[Slot.ADD_ON] == ()


def test_without_a_record_nothing_is_known():
    assert repeats_beside(None, {Slot.PREVENTER: PREVENTER}, TODAY) == Repeats()
