"""Steps of a journey: a plan is written from a GP record, refused, put right, signed and amended."""

import json
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Locator, Page, expect

from plans.working_days import uk_day
from tests.journeys.journey import Journey
from tests.journeys.keyboard import tick, type_into
from tests.journeys.record import BEST_PEAK_FLOW, IDRIS, MOTHER_NAME, UNRECOGNISED, gp_record

TOO_SOON = "A reliever needed again within 4 hours is an attack: type 4 hours or more."
NOT_TAUGHT = "Say who told the plan back and how each question went, or why not yet."
ASKED_AGAIN = {
    "worse-puffs": "4",
    "worse-hours": "4",
    "peak-flow-worse-below": "190",
    "peak-flow-attack-below": "120",
    "taught-to": MOTHER_NAME,
}
SEEN_AND_SAID_BACK = ("technique", "teach-back-every-day", "teach-back-attack", "teach-back-emergency")
NOT_CONFIRMED = "The dose of the preventer was copied"


def given_a_gp_record_is_imported(journey: Journey) -> None:
    file = journey.folder / "record.json"
    file.write_text(json.dumps(gp_record(uk_day(datetime.now(UTC)))), encoding="utf-8")
    report = json.loads(journey.puffin.run("import", "--json", str(file)))
    journey.child_id = report["child"]


def given_everybody_comes_through_the_same_door(journey: Journey) -> None:
    page = journey.open_browser()
    page.goto(journey.puffin.url)
    expect(page.get_by_role("heading", name="Sign in to Puffin")).to_be_visible()
    journey.look_at(page)


def when_the_gp_opens_the_child(journey: Journey) -> None:
    gp = journey.at("gp")
    journey.look_at(gp)
    gp.get_by_role("link", name=IDRIS.name, exact=True).click()
    expect(gp.get_by_role("heading", name=IDRIS.name)).to_be_visible()
    journey.look_at(gp)


def when_the_gp_starts_a_plan(journey: Journey) -> None:
    gp = journey.at("gp")
    gp.get_by_role("button", name="Write a plan").click()
    expect(gp.get_by_role("heading", name="Asthma plan, version 1")).to_be_visible()
    journey.look_at(gp)


def then_the_draft_is_filled_from_the_record(journey: Journey) -> None:
    gp = journey.at("gp")
    filled = {
        "allergy-1-name": "Peanut",
        "preventer-product": "clenil-modulite-100",
        "preventer-morning": "2",
        "reliever-product": "ventolin-evohaler-100",
        "peak-flow-best": str(BEST_PEAK_FLOW),
        "language": "ur",
    }
    for field, value in filled.items():
        expect(gp.locator(f"#{field}")).to_have_value(value)
    expect(gp.get_by_label("Allergy 1 is severe")).to_be_checked()
    expect(gp.locator("#preventer-confirmed")).not_to_be_checked()


def then_a_medicine_that_nobody_knows_must_be_chosen(journey: Journey) -> None:
    gp = journey.at("gp")
    expect(gp.locator("#unknown-1")).to_contain_text(UNRECOGNISED)
    expect(_open_points(gp)).to_contain_text("medicine 1 is in no list")


def when_the_gp_fills_it_in_by_keyboard(journey: Journey) -> None:
    """All but one dose that waits, one number that is not safe, and one thing that needs a reason."""
    gp = journey.at("gp")
    gp.evaluate("window.isStillTheSame = true")
    type_into(gp, "unknown-1-choice", "It is not")
    tick(gp, "reliever-confirmed")
    type_into(gp, "worse-puffs", "4")
    type_into(gp, "worse-hours", "2")
    tick(gp, "allergy-plan-confirmed")
    tick(gp, "trigger-colds")
    tick(gp, "use-peak-flow")
    type_into(gp, "peak-flow-worse-below", "190")
    type_into(gp, "peak-flow-attack-below", "120")
    type_into(gp, "school-inhaler-place", "In the green box in the school office")
    type_into(gp, "child-words", "My chest feels like a squashed balloon.")
    tick(gp, "technique")


def when_the_gp_chooses_the_days(journey: Journey) -> None:
    """Not typed: in which order a date is typed differs from browser to browser."""
    gp, today = journey.at("gp"), uk_day(datetime.now(UTC))
    gp.locator("#pens-expire-on").fill((today + timedelta(days=200)).isoformat())
    gp.locator("#review-by").fill((today + timedelta(days=330)).isoformat())


def then_what_is_wrong_is_seen_while_typing(journey: Journey) -> None:
    gp = journey.at("gp")
    points = _open_points(gp)
    expect(points).to_contain_text(TOO_SOON)
    expect(points).to_contain_text(NOT_TAUGHT)
    expect(points).not_to_contain_text("medicine 1 is in no list")
    expect(points).not_to_contain_text("Type the day by which this plan is reviewed")
    assert gp.evaluate("window.isStillTheSame")
    journey.onlooker.picture(gp, "builder", top="#unknown-1")


def then_the_plan_is_refused_with_each_problem_at_its_field(journey: Journey) -> None:
    gp = journey.at("gp")
    with gp.expect_response("**/finish") as answer:
        _press_sign(gp)
    assert answer.value.status == 422
    summary = gp.locator(".nhsuk-error-summary")
    expect(summary).to_be_focused()
    journey.look_at(gp)
    for problem in (TOO_SOON, NOT_TAUGHT, NOT_CONFIRMED):
        expect(summary).to_contain_text(problem)
    summary.get_by_role("link", name=TOO_SOON).click()
    expect(gp.locator("#worse-hours")).to_be_focused()
    expect(gp.locator("#worse-hours-error")).to_contain_text(TOO_SOON)


def when_the_gp_puts_it_right(journey: Journey) -> None:
    gp = journey.at("gp")
    gp.locator("#preventer-confirmed").check()
    type_into(gp, "worse-hours", "4")
    for box in gp.locator("#wordings input").all():
        tick(gp, box.get_attribute("id") or "")
    expect(gp.locator("#worse-hours-error")).to_have_count(0)
    type_into(gp, "reason-not-taught", "The asthma nurse teaches it on Monday.")
    gp.keyboard.press("Tab")


def when_the_gp_reads_it_in_urdu(journey: Journey) -> None:
    gp = journey.at("gp")
    _go_on_to_sign(gp)
    journey.look_at(gp)
    gp.get_by_role("link", name="Read the plan in Urdu").click()
    expect(gp.locator("article[lang=ur]")).to_be_visible()
    journey.look_at(gp)


def when_the_gp_signs_it(journey: Journey) -> None:
    gp = journey.at("gp")
    gp.get_by_role("button", name=f"Sign this plan for {IDRIS.name}").click()
    expect(gp.get_by_role("heading", name="Version 1 is signed")).to_be_visible()
    journey.look_at(gp)


def then_the_signed_plan_can_be_read(journey: Journey) -> None:
    gp = journey.at("gp")
    gp.get_by_role("link", name="Open the plan to print it").click()
    expect(gp.get_by_role("heading", name="Print or save")).to_be_visible()
    journey.look_at(gp)


def when_the_gp_amends_it(journey: Journey) -> None:
    """What a day can change is asked for again: each dose, the numbers, the words, and who was taught."""
    gp = journey.at("gp")
    gp.get_by_role("button", name="Write a new version").click()
    expect(gp.get_by_role("heading", name="Asthma plan, version 2")).to_be_visible()
    journey.look_at(gp)
    for field, text in ASKED_AGAIN.items():
        gp.locator(f"#{field}").fill(text)
    for field in SEEN_AND_SAID_BACK:
        gp.locator(f"#{field}").check()
    gp.get_by_label("Exercise", exact=True).check()
    gp.get_by_label("This plan replaces version 1").check()
    gp.get_by_label("This child has a separate allergy plan, and it is right").check()
    for box in gp.locator("#medicines input[type=checkbox], #wordings input").all():
        box.check()
    when_the_gp_chooses_the_days(journey)
    _go_on_to_sign(gp)
    gp.get_by_role("button", name=f"Sign this plan for {IDRIS.name}").click()
    expect(gp.get_by_role("heading", name="Version 2 is signed")).to_be_visible()
    gp.get_by_role("link", name="Open the plan to print it").click()


def then_version_1_is_marked_as_replaced(journey: Journey) -> None:
    gp = journey.at("gp")
    gp.get_by_role("link", name="Version 1", exact=True).click()
    expect(gp.get_by_text("Version 1 was replaced on")).to_be_visible()
    journey.look_at(gp)
    gp.get_by_role("link", name="Read the live plan, version 2").click()
    expect(gp.get_by_text("Live", exact=True)).to_be_visible()


def _open_points(page: Page) -> Locator:
    return page.locator("#open-points")


def _press_sign(page: Page) -> None:
    page.get_by_role("button", name="Sign", exact=True).click()


def _go_on_to_sign(page: Page) -> None:
    expect(_open_points(page)).to_contain_text("Nothing is open. This plan can be signed.")
    _press_sign(page)
    expect(page.get_by_text("Read the plan as the family will read it")).to_be_visible()
