"""Receipts: when a reader is late, who is told then, and what a reader can still say about a version."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from plans.places import Nation
from plans.receipts import (
    UNREAD_AFTER,
    Act,
    PlanHasChanged,
    Receipt,
    Told,
    acknowledged,
    asked_back,
    deadlines,
    ended,
    is_late,
    opened,
    that_counts,
    to_tell,
)
from plans.sharing import BY_LINK, Reader
from plans.working_days import Holidays

FRIDAY = datetime(2026, 11, 27, 15, 30, tzinfo=UTC)
END_OF_MONDAY = datetime(2026, 12, 1, tzinfo=UTC)
END_OF_TUESDAY = datetime(2026, 12, 2, tzinfo=UTC)
END_OF_WEDNESDAY = datetime(2026, 12, 3, tzinfo=UTC)
END_OF_THURSDAY = datetime(2026, 12, 4, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)
ENGLAND = Holidays(Nation.ENGLAND_AND_WALES, frozenset(), date(2026, 1, 1), date(2027, 12, 31))
SCOTLAND = Holidays(Nation.SCOTLAND, frozenset({date(2026, 11, 30)}), date(2026, 1, 1), date(2027, 12, 31))
NURSE, COLLEAGUE = Act("Practitioner/nurse", FRIDAY), Act("Practitioner/colleague", FRIDAY)
ASKED = Receipt("1", "child", "CarePlan/plan/_history/1", "Organization/school", "Oak School", FRIDAY)


def test_every_kind_of_reader_has_a_time_or_is_never_chased():
    assert set(UNREAD_AFTER) == set(Reader)


def test_who_reads_at_home_is_never_chased_by_a_machine():
    assert {reader for reader, days in UNREAD_AFTER.items() if days is None} == BY_LINK
    assert deadlines(FRIDAY, Reader.FAMILY, ENGLAND) is None
    assert not is_late(ASKED, Reader.FAMILY, FRIDAY + timedelta(days=400), ENGLAND)
    assert to_tell(ASKED, Reader.FAMILY, FRIDAY + timedelta(days=400), ENGLAND) == ()


def test_a_school_has_two_working_days_and_its_sharer_is_told_two_later():
    limits = deadlines(FRIDAY, Reader.SCHOOL, ENGLAND)

    assert (limits.lead, limits.sharer) == (END_OF_TUESDAY, END_OF_THURSDAY)


def test_a_hospital_has_one_working_day_and_its_sharer_is_told_one_later():
    limits = deadlines(FRIDAY, Reader.HOSPITAL, ENGLAND)

    assert (limits.lead, limits.sharer) == (END_OF_MONDAY, END_OF_TUESDAY)


def test_the_bank_holidays_of_the_readers_nation_count():
    assert deadlines(FRIDAY, Reader.HOSPITAL, SCOTLAND).lead == END_OF_TUESDAY


def test_where_holidays_are_not_known_plain_days_count_so_that_nobody_waits_for_ever():
    limits = deadlines(datetime(2027, 12, 31, 9, tzinfo=UTC), Reader.SCHOOL, ENGLAND)

    assert (limits.lead, limits.sharer) == (
        datetime(2028, 1, 3, tzinfo=UTC),
        datetime(2028, 1, 5, tzinfo=UTC),
    )


def test_a_reader_is_late_from_the_end_of_the_day_and_not_before():
    assert not is_late(ASKED, Reader.SCHOOL, END_OF_TUESDAY - MOMENT, ENGLAND)
    assert is_late(ASKED, Reader.SCHOOL, END_OF_TUESDAY, ENGLAND)
    assert not is_late(acknowledged(ASKED, NURSE), Reader.SCHOOL, END_OF_TUESDAY, ENGLAND)


@pytest.mark.parametrize(
    ("told", "now", "wanted"),
    [
        (Told.NOBODY, END_OF_TUESDAY - MOMENT, ()),
        (Told.NOBODY, END_OF_TUESDAY, (Told.LEAD,)),
        (Told.LEAD, END_OF_WEDNESDAY, ()),
        (Told.LEAD, END_OF_THURSDAY, (Told.SHARER,)),
        (Told.NOBODY, END_OF_THURSDAY, (Told.LEAD, Told.SHARER)),
        (Told.SHARER, END_OF_THURSDAY + timedelta(days=99), ()),
    ],
)
def test_the_lead_is_told_then_the_sharer_each_once_and_a_late_look_tells_both(told, now, wanted):
    assert to_tell(replace(ASKED, told=told), Reader.SCHOOL, now, ENGLAND) == wanted


def test_opening_is_not_reading_so_who_has_only_opened_it_is_still_chased():
    receipt = opened(ASKED, NURSE)

    assert to_tell(receipt, Reader.SCHOOL, END_OF_TUESDAY, ENGLAND) == (Told.LEAD,)


def test_nobody_is_told_of_what_was_read_or_closed():
    for receipt in (acknowledged(ASKED, NURSE), ended(ASKED, "Replaced.", FRIDAY)):
        assert to_tell(receipt, Reader.SCHOOL, END_OF_THURSDAY, ENGLAND) == ()


def test_the_first_of_a_team_to_open_or_to_read_it_counts():
    assert opened(opened(ASKED, NURSE), COLLEAGUE).opened == NURSE
    assert acknowledged(acknowledged(ASKED, NURSE), COLLEAGUE).acknowledged == NURSE


def test_a_clock_that_was_set_back_dates_nothing_before_it_was_asked():
    early = Act("Practitioner/nurse", FRIDAY - timedelta(hours=1))

    assert opened(ASKED, early).opened == NURSE
    assert acknowledged(ASKED, early).acknowledged == NURSE
    assert ended(ASKED, "Replaced.", early.at).ended_at == FRIDAY


def test_a_version_that_nobody_is_asked_about_any_more_cannot_be_acknowledged():
    closed = ended(ASKED, "Replaced.", FRIDAY)

    with pytest.raises(PlanHasChanged):
        acknowledged(closed, NURSE)
    assert opened(closed, NURSE) == closed


def test_what_was_read_stays_read_when_the_version_ends():
    read = acknowledged(ASKED, NURSE)

    assert ended(read, "Replaced.", FRIDAY) == read


def test_a_question_may_come_before_or_after_reading_and_does_not_stand_for_it():
    assert asked_back(ASKED, "q").is_open
    assert asked_back(acknowledged(ASKED, NURSE), "q").questions == ("q",)


def test_of_several_receipts_of_one_reader_the_one_that_is_open_counts_then_the_one_that_was_read():
    stopped, again = ended(ASKED, "Not shared.", FRIDAY), replace(ASKED, id="2")
    read = acknowledged(replace(ASKED, id="3"), NURSE)

    assert that_counts([stopped, again], "school") == again
    assert that_counts([read, again, stopped], "school") == again
    assert that_counts([stopped, read], "school") == read
    assert that_counts([stopped], "school") == stopped
    assert that_counts([again], "another") is None


def test_a_receipt_names_its_plan_with_or_without_the_version():
    assert ASKED.plan_id == replace(ASKED, version="CarePlan/plan").plan_id == "plan"
    assert ASKED.reader_id == "school"
