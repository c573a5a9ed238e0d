"""Steps of a journey: a child leaves hospital, the review is late, everybody is told, and it is done."""

import json
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from plans.ladder import LADDER
from plans.working_days import uk_time
from tests.journeys.journey import Journey
from tests.journeys.record import IDRIS
from tests.journeys.sharing import fetch

LONG_AFTER = timedelta(days=14)  # every rung has passed, whatever holidays lie between
NATION = ("--nation", "england-and-wales")


def when_the_ward_records_a_discharge(journey: Journey) -> None:
    ward = journey.at("ward")
    journey.look_at(ward)
    ward.get_by_role("link", name="Record a discharge").click()
    journey.look_at(ward)
    journey.left_hospital_at = datetime.now(UTC) - timedelta(hours=1)
    left = uk_time(journey.left_hospital_at)
    ward.get_by_label("NHS number").fill(IDRIS.nhs_number)
    _choose_day(ward, "born", IDRIS.born)
    _choose_day(ward, "left", left.date())
    ward.get_by_label("Time").fill(f"{left:%H:%M}")
    ward.get_by_label("On a ward").check()
    ward.get_by_label("Yes, asthma").check()
    ward.get_by_role("button", name="Record the discharge").click()
    expect(ward.get_by_role("heading", name="Review after hospital")).to_be_visible()
    journey.look_at(ward)


def then_the_practice_sees_when_the_review_is_due(journey: Journey) -> None:
    gp, left = journey.at("gp"), journey.left_hospital_at.replace(second=0, microsecond=0)
    due, hours_48 = journey.puffin.run("due", left.isoformat(), *NATION).split()
    gp.get_by_role("link", name="Reviews due").click()
    row = gp.get_by_role("row").filter(has_text=IDRIS.name)
    expect(row).to_contain_text(_in_words(date.fromisoformat(due)))
    expect(row).to_contain_text(f"{datetime.fromisoformat(hours_48):%A}")
    expect(row).to_contain_text("Running")
    journey.look_at(gp)
    journey.onlooker.picture(gp, "reviews")
    row.get_by_role("link", name=IDRIS.name).click()
    expect(gp.get_by_role("heading", name="Record what happened")).to_be_visible()
    journey.look_at(gp)
    sheet = PdfReader(BytesIO(fetch(gp.get_by_role("link", name="English (PDF)", exact=True))))
    assert _in_words(date.fromisoformat(due)) in " ".join(page.extract_text() for page in sheet.pages)


def then_each_rung_is_raised_once(journey: Journey) -> None:
    later = (journey.left_hospital_at + LONG_AFTER).isoformat()
    raised = [json.loads(line) for line in journey.puffin.run("alerts", "--now", later).splitlines()]
    of_this_child = [alert["rung"] for alert in raised if alert["child"] == journey.child_id]
    assert sorted(of_this_child) == sorted(step.code for step in LADDER)
    assert journey.puffin.run("alerts", "--now", later) == ""


def then_the_practice_sees_the_alerts(journey: Journey) -> None:
    gp = journey.at("gp")
    gp.get_by_role("link", name="Alerts").click()
    card = gp.locator(".nhsuk-card").filter(has_text=IDRIS.name)
    expect(card).to_contain_text("alerts")
    journey.look_at(gp)
    card.get_by_role("link", name="Open").click()
    expect(gp.get_by_role("heading", name="All alerts about this child")).to_be_visible()
    journey.look_at(gp)
    gp.get_by_role("link", name="Open the review").click()


def when_the_child_is_not_brought(journey: Journey) -> None:
    gp = journey.at("gp")
    _record(gp, "Record that the child was not brought", "Phoned the mother and booked again.")
    expect(gp.get_by_text("Recorded. The clock is still running.")).to_be_visible()
    expect(gp.get_by_text("Not brought once")).to_be_visible()
    journey.look_at(gp)


def then_the_review_is_still_open(journey: Journey) -> None:
    gp = journey.at("gp")
    gp.get_by_role("link", name="Reviews due").click()
    expect(gp.get_by_role("table", name="Open")).to_contain_text(IDRIS.name)
    gp.get_by_role("link", name=IDRIS.name, exact=True).click()


def when_the_review_is_recorded(journey: Journey) -> None:
    gp = journey.at("gp")
    gp.locator("summary").filter(has_text="Record the review").click()
    for box in gp.locator("input[name=reviewed]").all():
        box.check()
    gp.get_by_role("button", name="Record the review").click()
    expect(gp.get_by_text("The review is recorded, and its clock has stopped.")).to_be_visible()
    journey.look_at(gp)


def then_it_is_closed_with_its_alerts(journey: Journey) -> None:
    gp = journey.at("gp")
    gp.get_by_role("link", name="Reviews due").click()
    expect(gp.get_by_role("table", name="Closed")).to_contain_text(IDRIS.name)
    gp.get_by_role("link", name="Alerts").click()
    card = gp.locator(".nhsuk-card").filter(has_text=IDRIS.name)
    expect(card.locator(".nhsuk-tag--red")).to_have_count(0)


def _record(page: Page, what: str, details: str) -> None:
    page.locator("summary").filter(has_text=what).click()
    form = page.locator("details[open]").filter(has_text=what)
    form.locator("textarea").fill(details)
    form.get_by_role("button", name=what).click()


def _choose_day(page: Page, name: str, day: date) -> None:
    for part in ("day", "month", "year"):
        page.locator(f"#{name}-{part}").fill(str(getattr(day, part)))


def _in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
