"""A plan can be written, checked and signed in a browser that runs no scripts."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from plans.working_days import uk_day

TYPED = {
    "reliever-when-needed": "2",
    "preventer-morning": "1",
    "preventer-evening": "1",
    "worse-puffs": "4",
    "worse-hours": "4",
    "taught-to": "Tom and his father",
}
CHOSEN = {
    "preventer-product": "clenil-modulite-50",
    "preventer-spacer": "mouthpiece",
    "reliever-product": "salamol-100",
    "reliever-spacer": "mouthpiece",
    "language": "en",
}
SEEN_AND_SAID_BACK = ("technique", "teach-back-every-day", "teach-back-attack", "teach-back-emergency")
IN_A_YEAR = timedelta(days=360)


@pytest.fixture
def gp(sign_in):
    """The GP at a new plan for a child of whom no record is known."""
    page = sign_in("gp", java_script_enabled=False)
    page.get_by_role("link", name="Tom Bright", exact=True).click()
    page.get_by_role("button", name="Write a plan").click()
    return page


def test_without_scripts_a_plan_is_saved_checked_and_signed(gp):
    gp.get_by_label("Preventer and reliever", exact=True).check()
    gp.get_by_role("button", name="Use this regimen").click()
    for field, text in TYPED.items():
        gp.locator(f"#{field}").fill(text)
    for field, choice in CHOSEN.items():
        gp.locator(f"#{field}").select_option(choice)
    for field in SEEN_AND_SAID_BACK:
        gp.locator(f"#{field}").check()
    gp.locator("#use-peak-flow-2").check()
    gp.get_by_label("Colds and chest infections").check()
    gp.get_by_role("button", name="Save and check").click()

    expect(gp.locator(".nhsuk-error-summary")).to_contain_text("Type the day by which this plan is reviewed.")
    expect(gp.locator("#worse-puffs")).to_have_value("4")

    gp.locator("#review-by").fill((uk_day(datetime.now(UTC)) + IN_A_YEAR).isoformat())
    for box in gp.locator("#wordings input").all():
        box.check()
    gp.get_by_role("button", name="Sign", exact=True).click()
    gp.get_by_role("button", name="Sign this plan for Tom Bright").click()

    expect(gp.get_by_role("heading", name="Version 1 is signed")).to_be_visible()
