"""Steps of a journey: a plan is printed, shared in one act, and read at school and at home."""

import re
from contextlib import closing
from datetime import UTC, datetime
from io import BytesIO

from playwright.sync_api import Locator, expect
from pypdf import PdfReader

from fhir import kept_people
from plans.working_days import uk_day
from portal.actions.accounts import account_of, people_of
from portal.actions.demo import PASSWORD
from portal.actions.family.one_time_code import hand_over_code
from tests.journeys.journey import Journey
from tests.journeys.record import IDRIS, MOTHER_NAME

SCHOOL = "Larkhill Green Primary School"
HOSPITAL = "Northfell Children's Hospital"
CHILD_WORDS = "squashed balloon"
DAILY_DOSE = "Clenil"
MANY = 500  # more than a journey leaves
READERS = {SCHOOL: True, HOSPITAL: False, MOTHER_NAME: True}
PHONE = {"width": 390, "height": 844}


def then_it_prints_in_urdu_on_two_pages(journey: Journey) -> None:
    gp = journey.at("gp")
    link = gp.get_by_role("link", name=re.compile("^PDF ?: Urdu, family$"))
    printed = fetch(link)
    paper = PdfReader(BytesIO(printed))
    assert len(paper.pages) == 2
    assert paper.trailer["/Root"]["/Lang"] == "ur"
    journey.onlooker.picture_of_paper(printed, "plan-ur")


def when_the_gp_shares_it_with_school_hospital_and_family(journey: Journey) -> None:
    gp = journey.at("gp")
    gp.get_by_role("link", name="Share it, and see who has read it").click()
    for name in (SCHOOL, HOSPITAL, MOTHER_NAME):
        gp.get_by_label(name, exact=True).check()
    gp.get_by_role("button", name="Continue", exact=True).click()
    expect(gp.get_by_role("heading", name="Why each may see the plan")).to_be_visible()
    journey.look_at(gp)
    gp.get_by_role("group", name=SCHOOL).get_by_label("Consent", exact=True).check()
    gp.get_by_role("group", name=MOTHER_NAME).get_by_label("Direct care", exact=True).check()
    gp.get_by_role("group", name="Who agreed?").get_by_label(MOTHER_NAME, exact=True).check()
    gp.get_by_label("In person", exact=True).check()
    today = uk_day(datetime.now(UTC))
    for part, number in (("day", today.day), ("month", today.month), ("year", today.year)):
        gp.locator(f"#consent-on-{part}").fill(str(number))
    gp.get_by_role("button", name="Share", exact=True).click()
    expect(gp.get_by_role("heading", name="The plan is shared")).to_be_visible()
    journey.look_at(gp)
    journey.family_link = gp.locator(".puffin-address").inner_text()


def then_the_school_sees_the_emergency_card_and_no_more(journey: Journey) -> None:
    school = journey.at("school")
    journey.look_at(school)
    school.get_by_role("link", name=f"Emergency card of {IDRIS.name}").click()
    expect(school.get_by_text("In the green box in the school office")).to_be_visible()
    journey.look_at(school)
    journey.onlooker.picture(school, "school")
    for word in (CHILD_WORDS, DAILY_DOSE):
        assert word not in school.content()


def when_the_school_says_that_it_has_read_it(journey: Journey) -> None:
    school = journey.at("school")
    school.get_by_role("link", name="Say that you have read it").click()
    school.get_by_role("button", name="I have read this version").click()
    expect(school.get_by_text("The GP practice can see that you have read this version.")).to_be_visible()
    journey.look_at(school)


def then_another_school_finds_nothing(journey: Journey) -> None:
    account = ["--name", "Bethan Rees", "--job", "School secretary", "--role", "school-staff"]
    school = ["--organisation", "Elmwater School", "--code", "EE999902"]
    journey.puffin.run("user", "add", "elmwater", *account, *school, "--password-stdin", typed=PASSWORD)
    other = journey.at("elmwater")
    expect(other.get_by_text("No plan is shared with you here yet.")).to_be_visible()
    answer = other.goto(f"{journey.puffin.url}/shared/{journey.child_id}")
    assert answer is not None
    assert answer.status == 404
    journey.look_at(other)


def when_the_mother_opens_her_link_in_urdu(journey: Journey) -> None:
    mother = journey.pages["mother"] = journey.open_browser()
    mother.set_viewport_size(PHONE)
    mother.goto(journey.family_link)
    mother.get_by_role("link", name="اردو").click()
    expect(mother.locator("html[lang=ur][dir=rtl]")).to_be_visible()
    journey.look_at(mother)
    for part, number in (("day", IDRIS.born.day), ("month", IDRIS.born.month), ("year", IDRIS.born.year)):
        mother.locator(f"#born-{part}").fill(str(number))
    mother.keyboard.press("Enter")
    expect(mother.get_by_text(IDRIS.name)).to_be_visible()
    journey.look_at(mother)
    mother.locator("button[value=yes]").click()
    expect(mother.locator("#code")).to_be_visible()
    journey.look_at(mother)
    mother.locator("#code").fill(_code_from_the_surgery(journey))
    mother.keyboard.press("Enter")


def _code_from_the_surgery(journey: Journey) -> str:
    """Return the code that the surgery hands over, as nobody said that her phone is safe to write to."""
    with closing(journey.puffin.store()) as store:
        gp = people_of(store, account_of(store, "gp").id)[0]
        family = kept_people.family(store, journey.child_id)
        mother = next(one for one in family if one.name == MOTHER_NAME)
        return hand_over_code(store, journey.child_id, mother.id, by=gp, at=datetime.now(UTC))


def then_she_reads_the_plan_and_saves_it(journey: Journey) -> None:
    mother = journey.pages["mother"]
    expect(mother.locator("article[lang=ur]")).to_be_visible()
    journey.look_at(mother)
    link = mother.locator("a[href*='plan.pdf']:not([href*=bilingual])")
    assert len(PdfReader(BytesIO(fetch(link))).pages) == 2
    mother.locator("form[action*='/read'] button").click()
    expect(mother.locator("form[action*='/read']")).to_have_count(0)
    journey.look_at(mother)


def then_each_reading_is_recorded(journey: Journey) -> None:
    with closing(journey.puffin.store()) as store:
        events = store.search("AuditEvent", entity=f"Patient/{journey.child_id}", action="R", _count=MANY)
    done = {(_who(event), detail) for event in events for detail in _details(event)}
    for one in (
        ("Practitioner", "read the plan"),
        ("Practitioner", "print the family copy, ur"),
        ("RelatedPerson", "open a family link"),
        ("RelatedPerson", "read the family copy by a family link"),
        ("RelatedPerson", "print the family copy by a family link"),
    ):
        assert one in done


def then_the_practice_sees_who_has_read_it(journey: Journey) -> None:
    gp = journey.at("gp")
    gp.get_by_role("link", name="See who has the plan").click()
    for name, has_read in READERS.items():
        reader = gp.locator(".puffin-share").filter(has_text=f"{name} (")
        expect(reader).to_contain_text("Read version 2 on" if has_read else "Has not said yet")
    journey.look_at(gp)


def fetch(link: Locator) -> bytes:
    """Return what a link gives to this browser, which shows no PDF itself without a window."""
    answer = link.page.request.get(link.evaluate("link => link.href"))
    assert answer.ok
    return answer.body()


def _who(event: dict) -> str:
    return event["agent"][0]["who"].get("reference", "").partition("/")[0]


def _details(event: dict) -> list[str]:
    return [one["display"] for one in event["subtype"] if "display" in one]
