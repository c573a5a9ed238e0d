"""What is counted from a record, at the edges of each rule."""

import pytest

from plans.discharge_notice import VisitKind
from plans.gp_record import Instruction
from plans.partial_date import partial_date
from plans.risk import count, inhalers
from tests.plans.records import (
    AS_NEEDED,
    BLUE,
    BROWN,
    FLUTIFORM,
    NEBULISER,
    OTHER_BLUE,
    PREDNISOLONE,
    SYMBICORT,
    TODAY,
    TWICE_A_DAY,
    conventional,
    line,
    make_record,
    mart,
    supplies,
    visit,
)


def counted(**changes):
    return count(make_record(**changes), TODAY)


@pytest.mark.parametrize(
    ("day", "in_6_months", "in_12_months"),
    [
        pytest.param("2026-11-21", 1, 1, id="today is inside"),
        pytest.param("2026-11-22", 0, 0, id="tomorrow is not"),
        pytest.param("2026-05-22", 1, 1, id="first day of 6 months"),
        pytest.param("2026-05-21", 0, 1, id="6 months ago is outside"),
        pytest.param("2025-11-22", 0, 1, id="first day of 12 months"),
        pytest.param("2025-11-21", 0, 0, id="12 months ago is outside"),
    ],
)
def test_a_window_begins_the_day_after_and_holds_today(day, in_6_months, in_12_months):
    counts = counted(supplies=supplies(BLUE, day))

    assert (counts.reliever_6m, counts.reliever_12m) == (in_6_months, in_12_months)


@pytest.mark.parametrize(
    ("quantity", "unit", "expected"),
    [
        (1, "inhaler", 1),
        (2, "inhaler", 2),
        (2, "inhalers", 2),
        (200, "dose", 1),
        (400, "doses", 2),
        (200, "", 1),
        (2, "", 2),
        (100, "dose", 1),
        (None, "", 1),
        (0, "inhaler", 1),
        (28, "g", 1),
    ],
)
def test_what_is_counted_is_inhalers(quantity, unit, expected):
    assert inhalers(supplies(BLUE, "2026-11-01", quantity=quantity, unit=unit)[0]) == expected


def test_doses_are_those_of_the_device():
    assert inhalers(supplies(SYMBICORT, "2026-11-01", quantity=120, unit="dose")[0]) == 1
    assert inhalers(supplies(SYMBICORT, "2026-11-01", quantity=240, unit="dose")[0]) == 2


def test_a_reliever_of_any_brand_is_a_reliever_and_a_combination_is_a_preventer():
    counts = counted(
        supplies=supplies(BLUE, "2026-11-01")
        + supplies(OTHER_BLUE, "2026-11-01")
        + supplies(SYMBICORT, "2026-11-01")
    )

    assert (counts.reliever_6m, counts.preventer_6m) == (2, 1)


def test_nebuliser_liquid_is_counted_by_issue_and_is_no_inhaler():
    counts = counted(supplies=supplies(NEBULISER, "2026-03-01", "2026-10-01", quantity=20, unit="vial"))

    assert (counts.nebuliser_liquid_12m, counts.reliever_12m) == (2, 0)


def test_two_boxes_of_one_day_are_one_course_of_steroids():
    counts = counted(supplies=supplies(PREDNISOLONE, "2026-06-11", "2026-06-11", "2026-09-24", unit="tablet"))

    assert counts.steroid_courses_12m == 2


def test_a_date_that_may_lie_inside_counts_for_use_and_not_for_cover():
    # May 2026 began before the 6 months did.
    counts = counted(supplies=supplies(BLUE, "2026-05") + supplies(BROWN, "2026-05"))

    assert (counts.reliever_6m, counts.preventer_6m) == (1, 0)


def test_a_supply_without_a_day_is_not_counted():
    assert counted(supplies=supplies(BLUE, "some day")).reliever_12m == 0


def test_visits_for_an_attack_are_counted_by_kind():
    counts = counted(
        visits=(
            visit("2026-09-24 13:00"),
            visit("2026-10-03 22:50", VisitKind.EMERGENCY),
            visit("2026-10-13 22:50", VisitKind.EMERGENCY, is_attack=False),
            visit("2025-11-21 12:00"),
        )
    )

    assert (counts.admissions_12m, counts.ed_12m) == (1, 1)


def test_not_brought_is_counted():
    assert counted(not_brought=(partial_date("2026-11-05"), partial_date("2025-11-05"))).not_brought_12m == 1


class TestPreventerCover:
    def test_is_inhalers_by_doses_by_daily_puffs_by_days(self):
        counts = counted(
            lines=conventional(), supplies=supplies(BROWN, "2026-06-01", "2026-08-01", "2026-01-10")
        )

        # 2 x 200 / 4 / 184 days, and 3 x 200 / 4 / 365 days
        assert (counts.preventer_cover_6m_percent, counts.preventer_cover_12m_percent) == (54, 41)

    def test_begins_when_the_preventer_was_started_if_that_is_later(self):
        started = line(BROWN, TWICE_A_DAY, started="2026-09-29")

        counts = counted(lines=(started,), supplies=supplies(BROWN, "2026-09-29", "2026-11-10"))

        # 2 x 200 / 4 / 53 days, the supply of the first day among them
        assert (counts.preventer_cover_6m_percent, counts.preventer_cover_12m_percent) == (189, 189)

    def test_leaves_out_an_earlier_preventer(self):
        changed = line(SYMBICORT, *mart().instructions, started="2026-03-17")

        counts = counted(
            lines=(changed,), supplies=supplies(BROWN, "2026-02-10") + supplies(SYMBICORT, "2026-03-17")
        )

        assert counts.preventer_cover_12m_percent == 24  # 1 x 120 / 2 / 249 days

    def test_a_repeat_authorised_again_is_not_just_started(self):
        before = line(BROWN, TWICE_A_DAY, started="2024-01-01", is_active=False, ended=TODAY.replace(day=1))
        now = line(BROWN, TWICE_A_DAY, started="2026-11-01")

        counts = counted(lines=(before, now), supplies=supplies(BROWN, "2026-06-01"))

        assert counts.preventer_cover_6m_percent == 27  # 1 x 200 / 4 / 184 days

    @pytest.mark.parametrize(
        "lines",
        [
            pytest.param((line(BLUE, AS_NEEDED),), id="no preventer"),
            pytest.param((line(SYMBICORT, AS_NEEDED),), id="AIR: no daily dose"),
            pytest.param((line(BROWN, Instruction("as directed")),), id="no dose in numbers"),
            pytest.param((line(BROWN, TWICE_A_DAY), line(FLUTIFORM, TWICE_A_DAY)), id="two preventers"),
            pytest.param((line(BROWN, TWICE_A_DAY, is_active=False),), id="stopped"),
            pytest.param((line(BROWN, TWICE_A_DAY, started="2026-11-21"),), id="started today"),
        ],
    )
    def test_is_not_given_where_it_cannot_be(self, lines):
        counts = counted(lines=lines, supplies=supplies(BROWN, "2026-10-01"))

        assert counts.preventer_cover_6m_percent is None
        assert "preventer_cover_6m_percent" not in counts.as_dict()

    def test_two_lines_of_one_inhaler_are_one_preventer(self):
        regular, needed = mart().instructions

        counts = counted(
            lines=(line(SYMBICORT, regular), line(SYMBICORT, needed)),
            supplies=supplies(SYMBICORT, "2026-10-01"),
        )

        assert counts.preventer_cover_6m_percent == 33  # 1 x 120 / 2 / 184 days
