"""One live plan and the circle of a child: two parents, school, pharmacy and practice, each at a browser."""

import pytest

from tests.journeys import at_home, at_school, at_the_practice, pharmacy
from tests.journeys.journey import Journey

DOOR = "/sign-in"  # looked at in the other story


@pytest.fixture
def journey(puffin, onlooker, sign_in, open_browser, tmp_path):
    return Journey(puffin, onlooker, sign_in, open_browser, tmp_path)


def test_a_circle_reads_one_plan_and_each_sees_their_own_part(journey):
    at_the_practice.given_a_child_of_the_demo(journey)
    at_the_practice.when_the_gp_finds_the_pharmacy_by_its_name(journey)
    at_the_practice.when_the_gp_shares_with_pharmacy_and_parents(journey)
    at_the_practice.then_each_parent_has_a_link_of_their_own(journey)
    at_the_practice.then_it_is_recorded_on_which_basis(journey)

    at_school.when_the_school_nurse_filters_her_register(journey)
    at_school.when_she_opens_the_emergency_card_in_one_tap(journey)
    at_school.when_she_reads_the_plan_and_says_so(journey)
    at_school.when_she_asks_the_practice_a_question(journey)
    at_school.when_she_finds_no_inhaler_at_school(journey)
    at_school.when_she_writes_down_a_reliever(journey)
    at_the_practice.then_the_gp_finds_the_tasks_of_the_school_nurse(journey)
    at_the_practice.when_the_gp_answers_the_question(journey)
    at_the_practice.then_the_gp_sees_what_happened_at_school(journey)
    at_school.then_she_reads_the_answer(journey)
    at_school.then_the_school_office_has_the_card_alone(journey)

    at_home.when_the_mother_opens_her_link_in_urdu(journey)
    at_home.when_she_says_that_she_has_read_it(journey)
    at_home.when_she_answers_what_the_plan_says(journey)
    at_home.when_she_tells_that_there_is_no_inhaler(journey)
    at_home.when_she_writes_the_childs_words(journey)
    at_the_practice.then_the_gp_sees_in_the_inbox_that_there_is_no_inhaler(journey)
    at_the_practice.then_the_gp_reads_the_answers_of_the_mother(journey)

    at_home.when_the_father_opens_his_own_link_in_english(journey)
    at_home.then_he_sees_nothing_of_the_mother(journey)
    at_home.when_he_writes_the_childs_words(journey)
    at_the_practice.when_the_gp_stops_the_access_of_the_mother(journey)
    at_home.then_her_page_is_gone_with_her_next_click(journey)
    at_home.then_the_fathers_goes_on(journey)

    pharmacy.when_the_pharmacist_opens_the_child(journey)
    pharmacy.then_there_are_medicines_and_supply_and_nothing_else(journey)
    pharmacy.when_the_pharmacist_says_so(journey)
    pharmacy.then_no_other_page_of_the_child_is_there(journey)

    at_the_practice.then_the_gp_reads_what_each_parent_wrote(journey)
    at_the_practice.then_the_gp_sees_one_line_of_who_has_read_it(journey)
    pharmacy.then_the_privacy_lead_finds_who_has_looked(journey)

    assert journey.onlooker.met == journey.onlooker.looked_at | {DOOR}
    assert journey.onlooker.complaints == []
