"""Steps of a journey: two parents, each with a link and a language of their own; one of them loses it."""

import re
from io import BytesIO

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.journeys.circle import FATHER, FATHERS_WORDS, MOTHER, MOTHERS_PHONE, MOTHERS_WORDS, ZARA
from tests.journeys.days import choose_day
from tests.journeys.journey import Journey
from tests.journeys.sharing import PHONE, fetch

OF_THE_MOTHER = (MOTHER, MOTHERS_PHONE, MOTHERS_WORDS)
CODE = re.compile(r"\d{3}\s\d{3}")
WRONG = {"every-day": "reliever", "attack": "reliever", "emergency": "danger"}
PUT_RIGHT = {"every-day": "preventer"}


def when_the_mother_opens_her_link_in_urdu(journey: Journey) -> None:
    mother = journey.pages[MOTHER] = _phone(journey)
    mother.goto(journey.links[MOTHER])
    mother.get_by_role("link", name="اردو").click()
    expect(mother.locator("html[lang=ur][dir=rtl]")).to_be_visible()
    for step in COMING_IN:
        journey.look_at(mother)
        step(mother)
    expect(mother.locator("article[lang=ur]")).to_be_visible()
    journey.look_at(mother)


def when_she_says_that_she_has_read_it(journey: Journey) -> None:
    mother = journey.pages[MOTHER]
    mother.locator("form[action*='/read'] button").click()
    expect(mother.locator("form[action*='/questions']")).to_be_visible()


def when_she_answers_what_the_plan_says(journey: Journey) -> None:
    """The first time one answer is not as the plan says: the plan's own words stand beside each then."""
    mother = journey.pages[MOTHER]
    journey.look_at(mother)
    _answer(mother, WRONG)
    expect(mother.locator("fieldset .nhsuk-inset-text")).to_have_count(len(WRONG))
    journey.look_at(mother)
    _answer(mother, PUT_RIGHT)
    expect(mother.get_by_role("status")).to_be_visible()
    _back_to_the_plan(mother)


def when_she_tells_that_there_is_no_inhaler(journey: Journey) -> None:
    mother = journey.pages[MOTHER]
    mother.locator("a[href*='/no-inhaler']").click()
    expect(mother.get_by_role("listitem").filter(has_text="999")).to_be_visible()
    journey.look_at(mother)
    mother.locator("form[action*='/no-inhaler'] button").click()
    expect(mother.get_by_role("status")).to_be_visible()
    journey.look_at(mother)
    _back_to_the_plan(mother)


def when_she_writes_the_childs_words(journey: Journey) -> None:
    mother = journey.pages[MOTHER]
    _write(mother, MOTHERS_WORDS)
    journey.look_at(mother)
    _back_to_the_plan(mother)


def when_the_father_opens_his_own_link_in_english(journey: Journey) -> None:
    father = journey.pages[FATHER] = _phone(journey)
    father.goto(journey.links[FATHER])
    father.get_by_role("link", name="English").click()
    for step in COMING_IN:
        step(father)
    expect(father.locator("article[lang=en]")).to_be_visible()


def then_he_sees_nothing_of_the_mother(journey: Journey) -> None:
    father = journey.pages[FATHER]
    _nothing_of_the_mother(father)
    plan = father.get_by_role("link", name="Save or print this plan")
    pages = PdfReader(BytesIO(fetch(plan))).pages
    assert not any(word in page.extract_text() for page in pages for word in OF_THE_MOTHER)
    for name in ("We have not been called for a review", "What is asthma like for the child?"):
        father.get_by_role("link", name=name).click()
        expect(father.get_by_role("heading", name=name)).to_be_visible()
        _nothing_of_the_mother(father)
        journey.look_at(father)
        _back_to_the_plan(father)
    father.goto(re.sub(r"/plan\b.*", "/questions?lang=en", father.url))
    expect(father.get_by_role("heading", name="What does the plan say?")).to_be_visible()
    expect(father.locator("input:checked")).to_have_count(0)
    _nothing_of_the_mother(father)
    _back_to_the_plan(father)


def when_he_writes_the_childs_words(journey: Journey) -> None:
    father = journey.pages[FATHER]
    _write(father, FATHERS_WORDS)
    _nothing_of_the_mother(father)
    _back_to_the_plan(father)


def then_her_page_is_gone_with_her_next_click(journey: Journey) -> None:
    """It looks the same as a link that never existed."""
    mother, stranger = journey.pages[MOTHER], _phone(journey)
    mother.locator("a[href*='/card']:not([href*='.pdf'])").first.click()
    expect(mother.locator("h1")).to_have_count(1)
    expect(mother.locator("article")).to_have_count(0)
    gone = mother.content()
    stranger.goto(re.sub(r"(?<=/f/)[\w-]+", lambda token: token[0][::-1], mother.url))
    assert stranger.content() == gone
    for page in (mother, stranger):
        assert ZARA.given not in page.content()
    journey.look_at(mother)


def then_the_fathers_goes_on(journey: Journey) -> None:
    father = journey.pages[FATHER]
    father.reload()
    expect(father.locator("article[lang=en]")).to_contain_text(ZARA.name)
    journey.look_at(father)


def _phone(journey: Journey) -> Page:
    page = journey.open_browser()
    page.set_viewport_size(PHONE)
    return page


def _give_the_day_of_birth(page: Page) -> None:
    choose_day(page, "born", ZARA.born)
    page.keyboard.press("Enter")
    expect(page.get_by_text(ZARA.name)).to_be_visible()


def _confirm_the_name(page: Page) -> None:
    page.locator("button[value=yes]").click()
    expect(page.locator("#code")).to_be_visible()


def _ask_for_a_code(page: Page) -> None:
    page.locator("form[action*='/code/send'] button").click()
    expect(page.get_by_role("status")).to_contain_text(CODE)


def _type_the_code(page: Page) -> None:
    found = CODE.search(page.get_by_role("status").inner_text())
    assert found
    page.locator("#code").fill(found[0])
    page.keyboard.press("Enter")
    expect(page.locator("article")).to_be_visible()


COMING_IN = (_give_the_day_of_birth, _confirm_the_name, _ask_for_a_code, _type_the_code)


def _answer(page: Page, answers: dict[str, str]) -> None:
    for question, choice in answers.items():
        page.locator(f"#{question}-{choice}").check()
    page.locator("form[action*='/questions'] button").click()


def _write(page: Page, words: str) -> None:
    page.locator("a[href*='/words']").click()
    expect(page.locator("textarea")).to_have_value("")
    page.locator("textarea").fill(words)
    page.locator("form[action*='/words'] button").click()
    expect(page.get_by_role("status")).to_be_visible()
    expect(page.locator("textarea")).to_have_value(words)


def _back_to_the_plan(page: Page) -> None:
    page.locator("main a[href*='/plan']").last.click()
    expect(page.locator("article")).to_be_visible()


def _nothing_of_the_mother(page: Page) -> None:
    seen = page.content()
    for word in OF_THE_MOTHER:
        assert word not in seen, f"{page.url} shows {word}"
