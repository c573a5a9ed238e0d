"""Steps of a journey: a school nurse looks after a child, and the school office has the card alone."""

from playwright.sync_api import expect

from tests.journeys.circle import (
    ANSWER,
    ATTACK_STEP,
    DAILY_DOSE,
    MOTHERS_PHONE,
    PUFFS,
    QUESTION,
    WORDS_ON_THE_PLAN,
    ZARA,
)
from tests.journeys.journey import Journey


def when_the_school_nurse_filters_her_register(journey: Journey) -> None:
    nurse = journey.at("nurse")
    journey.look_at(nurse)
    nurse.get_by_label("Inhaler expired").check()
    nurse.get_by_role("button", name="Show", exact=True).click()
    expect(nurse.get_by_role("status")).to_contain_text("1 child")
    expect(nurse.get_by_role("article", name=ZARA.name)).to_be_visible()


def when_she_opens_the_emergency_card_in_one_tap(journey: Journey) -> None:
    nurse = journey.at("nurse")
    nurse.get_by_role("link", name=f"Emergency card of {ZARA.name}").click()
    expect(nurse.get_by_text(ATTACK_STEP).first).to_be_visible()
    journey.look_at(nurse)


def when_she_reads_the_plan_and_says_so(journey: Journey) -> None:
    nurse = journey.at("nurse")
    nurse.get_by_role("link", name="See what else is shared with you").click()
    for words in (DAILY_DOSE, WORDS_ON_THE_PLAN, MOTHERS_PHONE):
        expect(nurse.get_by_role("article")).to_contain_text(words)
    journey.look_at(nurse)
    nurse.get_by_role("button", name="I have read this version").click()
    expect(nurse.get_by_text("Your team has said that it has read this version.")).to_be_visible()


def when_she_asks_the_practice_a_question(journey: Journey) -> None:
    nurse = journey.at("nurse")
    nurse.get_by_role("link", name="Ask the GP practice about this plan").click()
    expect(nurse.get_by_role("heading", name="Ask about the plan of")).to_be_visible()
    journey.look_at(nurse)
    nurse.get_by_label("What do you want to know?").fill(QUESTION)
    nurse.get_by_role("button", name="Send the question").click()
    expect(nurse.get_by_text("The GP practice has not answered yet.")).to_be_visible()


def when_she_finds_no_inhaler_at_school(journey: Journey) -> None:
    nurse = journey.at("nurse")
    nurse.get_by_role("link", name="Children", exact=True).click()
    nurse.get_by_role("link", name=ZARA.name, exact=True).click()
    expect(nurse.get_by_role("heading", name="What happened at school")).to_be_visible()
    journey.look_at(nurse)
    nurse.get_by_role("link", name="Check the inhaler").click()
    expect(nurse.get_by_role("heading", name="Check the inhaler at school")).to_be_visible()
    journey.look_at(nurse)
    nurse.get_by_role("group", name="Is the child's own inhaler at school?").get_by_label("No").check()
    nurse.get_by_role("group", name="Is the child's own spacer at school?").get_by_label("Yes").check()
    nurse.get_by_role("button", name="Keep this check").click()
    expect(nurse.get_by_text("No inhaler at school", exact=True)).to_be_visible()


def when_she_writes_down_a_reliever(journey: Journey) -> None:
    nurse = journey.at("nurse")
    nurse.get_by_role("link", name="Reliever given").click()
    expect(nurse.get_by_role("heading", name="Reliever given at school")).to_be_visible()
    journey.look_at(nurse)
    nurse.get_by_label("How many puffs").fill(str(PUFFS))
    nurse.get_by_label("The school's emergency inhaler").check()
    nurse.get_by_label("Symptoms", exact=True).check()
    nurse.get_by_label("Who gave it").fill("The school office")
    nurse.get_by_role("button", name="Write it down").click()
    expect(nurse.get_by_text("It is written down, and Oldbrook Lane Surgery is told.")).to_be_visible()
    expect(nurse.locator(".puffin-log").filter(has_text=f"{PUFFS} puffs")).to_have_count(1)


def then_she_reads_the_answer(journey: Journey) -> None:
    nurse = journey.at("nurse")
    nurse.get_by_role("link", name=f"Plan of {ZARA.name}").click()
    expect(nurse.get_by_text(QUESTION)).to_be_visible()
    expect(nurse.get_by_text(ANSWER)).to_be_visible()
    journey.look_at(nurse)


def then_the_school_office_has_the_card_alone(journey: Journey) -> None:
    office = journey.at("school")
    journey.look_at(office)
    office.get_by_role("link", name=f"Emergency card of {ZARA.name}").click()
    expect(office.get_by_text(ATTACK_STEP).first).to_be_visible()
    journey.look_at(office)
    office.get_by_role("link", name="Say that you have read it").click()
    office.get_by_role("button", name="I have read this version").click()
    expect(office.get_by_text("The GP practice can see that you have read this version.")).to_be_visible()
    journey.look_at(office)
    for word in (DAILY_DOSE, QUESTION, ANSWER, WORDS_ON_THE_PLAN):
        assert word not in office.content()
