"""One child's plan, from the GP record to the review after hospital, through everybody's browser."""

import pytest

from tests.journeys import after_hospital, sharing, writing
from tests.journeys.journey import Journey


@pytest.fixture
def journey(puffin, onlooker, sign_in, open_browser, tmp_path):
    return Journey(puffin, onlooker, sign_in, open_browser, tmp_path)


def test_a_plan_is_written_signed_shared_and_reviewed_after_hospital(journey):
    writing.given_a_gp_record_is_imported(journey)
    writing.given_everybody_comes_through_the_same_door(journey)
    writing.when_the_gp_opens_the_child(journey)
    writing.when_the_gp_starts_a_plan(journey)
    writing.then_the_draft_is_filled_from_the_record(journey)
    writing.then_a_medicine_that_nobody_knows_must_be_chosen(journey)

    writing.when_the_gp_fills_it_in_by_keyboard(journey)
    writing.when_the_gp_chooses_the_days(journey)
    writing.then_what_is_wrong_is_seen_while_typing(journey)
    writing.then_the_plan_is_refused_with_each_problem_at_its_field(journey)
    writing.when_the_gp_puts_it_right(journey)
    writing.when_the_gp_reads_it_in_urdu(journey)
    writing.when_the_gp_signs_it(journey)
    writing.then_the_signed_plan_can_be_read(journey)

    writing.when_the_gp_amends_it(journey)
    writing.then_version_1_is_marked_as_replaced(journey)
    sharing.then_it_prints_in_urdu_on_two_pages(journey)

    sharing.when_the_gp_shares_it_with_school_hospital_and_family(journey)
    sharing.then_the_school_sees_the_emergency_card_and_no_more(journey)
    sharing.when_the_school_says_that_it_has_read_it(journey)
    sharing.then_another_school_finds_nothing(journey)
    sharing.when_the_mother_opens_her_link_in_urdu(journey)
    sharing.then_she_reads_the_plan_and_saves_it(journey)
    sharing.then_each_reading_is_recorded(journey)
    sharing.then_the_practice_sees_who_has_read_it(journey)

    after_hospital.when_the_ward_records_a_discharge(journey)
    after_hospital.then_the_practice_sees_when_the_review_is_due(journey)
    after_hospital.then_each_rung_is_raised_once(journey)
    after_hospital.then_the_practice_sees_the_alerts(journey)
    after_hospital.when_the_child_is_not_brought(journey)
    after_hospital.then_the_review_is_still_open(journey)
    after_hospital.when_the_review_is_recorded(journey)
    after_hospital.then_it_is_closed_with_its_alerts(journey)

    assert journey.onlooker.met == journey.onlooker.looked_at
    assert journey.onlooker.complaints == []
