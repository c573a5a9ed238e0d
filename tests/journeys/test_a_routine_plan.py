"""A routine plan from a record that is known: how many screens and inputs it takes, by keyboard alone."""

import json
from contextlib import closing
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from fhir.kept_plans import live_plan
from plans.understanding import Answer, Technique
from plans.working_days import uk_day
from plans.years import year_after
from tests.journeys import routine
from tests.journeys.counted import Counted

MOST_SCREENS, MOST_INPUTS = 5, 25
WELL = [routine.well(), *routine.well_case()]
ON_MART = [routine.on_mart(), *routine.mart_case()]
TO_CONFIRM = "Read and confirm these words"
QUESTIONS = ("every-day", "attack", "emergency")
ANSWERED = "#builder :is(input, select, textarea):not([type=hidden])"
ANSWERS = "all => all.map(e => [e.id, e.matches('[type=radio], [type=checkbox]') ? e.checked : e.value])"


@pytest.fixture
def count(puffin, sign_in, tmp_path):
    """Bring in a record, sign in and open the child; return the child's id, and the count from now on."""

    def begun(child):
        report = json.loads(puffin.run("import", "--json", str(child.write(tmp_path))))
        page = sign_in(child.gp)
        open_child(page, child)
        counted = Counted(page)
        counted.begin(f"/children/... of {child.name}")
        return report["child"], counted

    return begun


@pytest.mark.parametrize("child", WELL, ids=lambda one: one.name)
def test_a_routine_plan_takes_5_screens_and_25_inputs_at_most(child, count, puffin, record_property):
    child_id, counted = count(child)
    counted.press("Write a plan")
    medicines_are_filled_in(counted)
    the_rest_is_filled_in(counted, child)
    words_are_confirmed(counted)
    it_is_signed(counted, child)

    is_short_enough(counted, record_property, f"A routine plan ({child.name})")
    is_complete(puffin, child_id, child)


@pytest.mark.parametrize("child", ON_MART, ids=lambda one: one.name)
def test_a_routine_plan_on_mart_takes_no_more(child, count, puffin, record_property):
    child_id, counted = count(child)
    counted.press("Write a plan")
    counted.confirm_dose("combination-confirmed")
    the_rest_is_filled_in(counted, child)
    words_are_confirmed(counted)
    it_is_signed(counted, child)

    is_short_enough(counted, record_property, f"A routine plan on MART ({child.name})")
    is_complete(puffin, child_id, child)


def test_a_plan_is_saved_and_gone_on_with_at_another_machine(count, sign_in):
    child = routine.well(routine.RESUMED)
    _, counted = count(child)
    counted.press("Write a plan")
    medicines_are_filled_in(counted)
    the_rest_is_filled_in(counted, child)
    counted.press("Save and check")
    expect(counted.page.locator(".nhsuk-error-summary")).to_be_visible()
    left = counted.page.locator(ANSWERED).evaluate_all(ANSWERS)
    counted.page.context.close()

    elsewhere = sign_in(child.gp)
    open_child(elsewhere, child)
    elsewhere.get_by_role("link", name="Go on with the draft").press("Enter")
    expect(elsewhere.get_by_role("heading", name="Asthma plan, version 1")).to_be_visible()
    assert elsewhere.locator(ANSWERED).evaluate_all(ANSWERS) == left
    goes_on = Counted(elsewhere)
    elsewhere.locator("#attacks-in-year").focus()
    words_are_confirmed(goes_on)
    it_is_signed(goes_on, child)


def open_child(page, child):
    page.get_by_role("link", name=child.name, exact=True).press("Enter")
    expect(page.get_by_role("heading", name=child.name)).to_be_visible()


def medicines_are_filled_in(counted):
    """What a record that can be copied leaves open: which spacer, and how much when it gets worse."""
    counted.type("preventer-spacer", "Spacer with a mouth")
    counted.confirm_dose("preventer-confirmed")
    counted.type("reliever-spacer", "Spacer with a mouth")
    counted.confirm_dose("reliever-confirmed")
    counted.type("worse-puffs", "2")
    counted.type("worse-hours", "4")


def the_rest_is_filled_in(counted, child):
    counted.tick("trigger-colds")
    counted.tick("trigger-exercise")
    peak_flow_is_settled(counted, child)
    counted.type("school-inhaler-place", "In the school office")
    counted.tick("school-spacer")
    counted.tick("school-emergency-consent")
    counted.press(f"Use {child.mother}")
    if child.needs_interpreter:
        counted.tick("interpreter")
    counted.press("12 months from today")
    counted.type("taught-to", child.mother)
    counted.tick("technique")
    for question in QUESTIONS:
        counted.tick(f"teach-back-{question}")
    counted.type("attacks-in-year", "0")


def peak_flow_is_settled(counted, child):
    if child.uses_peak_flow:
        counted.tick("use-peak-flow")
        counted.type("peak-flow-worse-below", "190")
        counted.type("peak-flow-attack-below", "120")
    else:
        counted.answer_second("use-peak-flow")


def words_are_confirmed(counted):
    """Last, as they follow from all the rest: nothing else is open then."""
    points = counted.page.locator("#open-points")
    expect(points.locator("textarea")).to_have_count(0)
    expect(points.locator("li").filter(has_not_text=TO_CONFIRM)).to_have_count(0)
    for box in counted.page.locator("#wordings input").all():
        counted.tick(box.get_attribute("id"))


def it_is_signed(counted, child):
    page = counted.page
    expect(page.locator("#open-points")).to_contain_text("Nothing is open. This plan can be signed.")
    counted.press("Sign")
    expect(page.get_by_text("Read the plan as the family will read it")).to_be_visible()
    counted.press(f"Sign this plan for {child.name}")
    expect(page.get_by_role("heading", name="Version 1 is signed")).to_be_visible()


def is_short_enough(counted, record_property, what):
    figures = f"{what}\n{counted.figures}"
    record_property("figures", figures)
    assert len(counted.screens) <= MOST_SCREENS, figures
    assert len(counted.inputs) <= MOST_INPUTS, figures


def is_complete(puffin, child_id, child):
    """Nothing was explained away, and nothing that a routine plan says is missing."""
    with closing(puffin.store()) as store:
        plan = live_plan(store, child_id)
    seen = plan.understanding
    assert (plan.fired, plan.reasons) == ((), ())
    assert all(medicine.confirmed for medicine in plan.medicines.values())
    assert seen.technique is Technique.GOOD
    assert {seen.every_day, seen.attack, seen.emergency} == {Answer.OWN_WORDS}
    assert (seen.taught_to, seen.attacks_in_year) == (child.mother, 0)
    assert plan.review_by == year_after(uk_day(datetime.now(UTC)))
    assert plan.language == child.reads
    assert plan.interpreter is (True if child.needs_interpreter else None)
    assert (plan.peak_flow is not None) is child.uses_peak_flow
    assert plan.school.contact_name == child.mother
    assert plan.wordings_confirmed
