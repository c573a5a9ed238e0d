"""Steps of a journey: a GP shares one plan with a circle, answers what comes back, and stops an access."""

import re
from contextlib import closing
from datetime import UTC, datetime

from playwright.sync_api import Locator, Page, expect

from fhir.patient import from_patient
from plans.working_days import uk_day
from tests.journeys.circle import (
    ANSWER,
    FATHER,
    FATHERS_WORDS,
    MOTHER,
    MOTHERS_WORDS,
    NURSES,
    OFFICE,
    PHARMACY,
    PUFFS,
    QUESTION,
    ZARA,
)
from tests.journeys.days import choose_day
from tests.journeys.journey import Journey


def given_a_child_of_the_demo(journey: Journey) -> None:
    with closing(journey.puffin.store()) as store:
        everybody = [from_patient(one) for one in store.search("Patient")]
    (journey.child_id,) = (one.id for one in everybody if one.nhs_number == ZARA.nhs_number)


def when_the_gp_finds_the_pharmacy_by_its_name(journey: Journey) -> None:
    gp = journey.at("gp")
    journey.look_at(gp)
    gp.get_by_role("link", name=ZARA.name, exact=True).click()
    gp.get_by_role("link", name="Share the plan, or stop sharing").click()
    expect(gp.get_by_role("heading", name="Share the plan")).to_be_visible()
    journey.look_at(gp)
    gp.get_by_label(MOTHER, exact=True).check()
    gp.get_by_role("textbox", name="Find a hospital").fill("larkhill pharm")
    gp.get_by_role("button", name="Find", exact=True).click()
    gp.get_by_label(PHARMACY, exact=True).check()
    expect(gp.get_by_label(MOTHER, exact=True)).to_be_checked()
    journey.look_at(gp)


def when_the_gp_shares_with_pharmacy_and_parents(journey: Journey) -> None:
    gp = journey.at("gp")
    gp.get_by_label(FATHER, exact=True).check()
    gp.get_by_role("button", name="Continue", exact=True).click()
    expect(gp.get_by_role("group", name=PHARMACY).get_by_label("Direct care", exact=True)).to_be_checked()
    gp.get_by_role("group", name=FATHER).get_by_label("Direct care", exact=True).check()
    gp.get_by_role("group", name=MOTHER).get_by_label("Consent", exact=True).check()
    gp.get_by_role("group", name="Who agreed?").get_by_label(MOTHER, exact=True).check()
    gp.get_by_label("By phone", exact=True).check()
    choose_day(gp, "consent-on", uk_day(datetime.now(UTC)))
    journey.look_at(gp)
    gp.get_by_role("button", name="Share", exact=True).click()


def then_each_parent_has_a_link_of_their_own(journey: Journey) -> None:
    gp = journey.at("gp")
    expect(gp.get_by_role("heading", name="The plan is shared")).to_be_visible()
    journey.look_at(gp)
    for name in (MOTHER, FATHER):
        journey.links[name] = (
            gp.get_by_label(f"Give it to {name} only").locator(".puffin-address").inner_text()
        )
    assert journey.links[MOTHER] != journey.links[FATHER]


def then_it_is_recorded_on_which_basis(journey: Journey) -> None:
    gp = journey.at("gp")
    gp.get_by_role("link", name="See who has the plan").click()
    for name, basis in ((PHARMACY, "direct care"), (FATHER, "direct care"), (MOTHER, "consent")):
        expect(_share(gp, name)).to_contain_text(basis)
    expect(_share(gp, MOTHER)).to_contain_text(f"{MOTHER} agreed on")


def then_the_gp_finds_the_tasks_of_the_school_nurse(journey: Journey) -> None:
    gp = journey.at("gp")
    _open_inbox(gp)
    for title in ("Question about the plan", "Inhaler at school", "Reliever or attack at school"):
        expect(_task(gp, title)).to_contain_text("Do it by")
    journey.look_at(gp)
    _task(gp, "Inhaler at school").get_by_role("link").click()
    expect(gp.get_by_text("School has no inhaler for this child.")).to_be_visible()
    gp.get_by_role("link", name="Back to the inbox").click()


def when_the_gp_answers_the_question(journey: Journey) -> None:
    gp = journey.at("gp")
    _task(gp, "Question about the plan").get_by_role("link").click()
    expect(gp.get_by_text(QUESTION)).to_be_visible()
    journey.look_at(gp)
    gp.get_by_label("What I did").fill(ANSWER)
    gp.get_by_role("button", name="It is done").click()
    expect(gp.get_by_text("What you did is kept.")).to_be_visible()
    expect(_task(gp, "Question about the plan")).to_have_count(0)


def then_the_gp_sees_what_happened_at_school(journey: Journey) -> None:
    gp = journey.at("gp")
    _open_child(gp)
    at_school = gp.get_by_label("At school", exact=True)
    expect(at_school).to_contain_text("No inhaler at school")
    expect(at_school).to_contain_text(f"{PUFFS} puffs")
    journey.look_at(gp)


def then_the_gp_sees_in_the_inbox_that_there_is_no_inhaler(journey: Journey) -> None:
    gp = journey.at("gp")
    _open_inbox(gp)
    task = _task(gp, "Family has no inhaler").filter(has_text=f"by {MOTHER}, mother")
    expect(task).to_contain_text("Do it by")
    task.get_by_role("link").click()
    expect(gp.get_by_text(f"{MOTHER} says that the child has no inhaler.")).to_be_visible()
    journey.look_at(gp)


def then_the_gp_reads_the_answers_of_the_mother(journey: Journey) -> None:
    gp = journey.at("gp")
    _open_child(gp)
    gp.get_by_role("link", name=MOTHER, exact=True).click()
    answers = gp.get_by_label("What they say that the plan says")
    expect(answers).to_contain_text("They tried 2 times: at first 2 of 3 answers were as the plan says.")
    expect(answers.get_by_text("as the plan says", exact=True)).to_have_count(3)
    journey.look_at(gp)


def when_the_gp_stops_the_access_of_the_mother(journey: Journey) -> None:
    gp = journey.at("gp")
    _open_child(gp)
    gp.get_by_role("button", name=f"Stop now with {MOTHER}").click()
    expect(_share(gp, MOTHER)).to_have_count(0)
    expect(_share(gp, FATHER)).to_have_count(1)


def then_the_gp_reads_what_each_parent_wrote(journey: Journey) -> None:
    gp = journey.at("gp")
    _open_child(gp)
    from_home = gp.get_by_label("In the child's words, from home")
    for words, name in ((MOTHERS_WORDS, MOTHER), (FATHERS_WORDS, FATHER)):
        expect(from_home).to_contain_text(words)
        expect(from_home).to_contain_text(name)


def then_the_gp_sees_one_line_of_who_has_read_it(journey: Journey) -> None:
    gp = journey.at("gp")
    _open_child(gp)
    line = gp.get_by_text("Version 1: read by")
    expect(line).to_contain_text("Not yet: ")
    for name, has_read in {PHARMACY: True, NURSES: True, OFFICE: True, FATHER: False}.items():
        (expect(line).not_to_contain_text if has_read else expect(line).to_contain_text)(name)
    journey.look_at(gp)
    gp.get_by_role("link", name="See who has read version 1").click()
    row = gp.get_by_role("row").filter(has_text=NURSES)
    expect(row).to_contain_text(QUESTION)
    expect(row).to_contain_text(ANSWER)
    journey.look_at(gp)


def _open_child(gp: Page) -> None:
    gp.get_by_role("link", name="Children", exact=True).click()
    gp.get_by_role("link", name=ZARA.name, exact=True).click()


def _open_inbox(gp: Page) -> None:
    gp.get_by_role("link", name="Inbox").click()


def _task(page: Page, title: str) -> Locator:
    return page.locator("section.nhsuk-card").filter(has_text=f"{title}: {ZARA.name}")


def _share(page: Page, name: str) -> Locator:
    return page.locator(".puffin-share").filter(has_text=re.compile(rf"^\s*{name}[ ,]"))
