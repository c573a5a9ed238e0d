"""Steps of a journey: a pharmacist reads medicines and supply, and the privacy lead who has looked."""

from playwright.sync_api import Page, expect

from tests.journeys.circle import (
    ANSWER,
    ATTACK_STEP,
    DAILY_DOSE,
    FATHERS_WORDS,
    MOTHER,
    MOTHERS_WORDS,
    PHARMACIST,
    PHARMACY,
    PUFFS,
    WORDS_ON_THE_PLAN,
    ZARA,
)
from tests.journeys.journey import Journey

NOT_FOR_A_PHARMACIST = (
    *(WORDS_ON_THE_PLAN, MOTHERS_WORDS, FATHERS_WORDS),  # the child's words
    *(ATTACK_STEP, "Never leave the child alone", "danger sign"),  # attack steps
    *("green box", "No inhaler at school", f"{PUFFS} puffs", ANSWER),  # of school
)


def when_the_pharmacist_opens_the_child(journey: Journey) -> None:
    pharmacist = journey.at("pharmacist")
    journey.look_at(pharmacist)
    pharmacist.get_by_role("link", name=ZARA.name, exact=True).click()


def then_there_are_medicines_and_supply_and_nothing_else(journey: Journey) -> None:
    pharmacist = journey.at("pharmacist")
    for words in (DAILY_DOSE, "Ventolin"):
        expect(pharmacist.get_by_role("article")).to_contain_text(words)
    expect(pharmacist.get_by_role("heading", name="Inhalers supplied")).to_be_visible()
    seen = pharmacist.content()
    assert [word for word in NOT_FOR_A_PHARMACIST if word in seen] == []
    journey.look_at(pharmacist)


def when_the_pharmacist_says_so(journey: Journey) -> None:
    pharmacist = journey.at("pharmacist")
    pharmacist.get_by_role("button", name="I have read this version").click()
    expect(pharmacist.get_by_text("Your team has said that it has read this version.")).to_be_visible()


def then_no_other_page_of_the_child_is_there(journey: Journey) -> None:
    pharmacist = journey.at("pharmacist")
    for path in (f"/shared/{journey.child_id}/card", f"/school/{journey.child_id}"):
        answer = pharmacist.request.get(f"{journey.puffin.url}{path}")
        assert answer.status == 404


def then_the_privacy_lead_finds_who_has_looked(journey: Journey) -> None:
    privacy = journey.at("privacy")
    journey.look_at(privacy)
    privacy.get_by_label("Child", exact=True).fill(ZARA.name)
    privacy.get_by_label("What", exact=True).select_option(label="Looked at something")
    with privacy.expect_navigation():
        privacy.get_by_role("button", name="Show", exact=True).click()
    _find(privacy, PHARMACIST, PHARMACY, "Read the plan")
    journey.look_at(privacy)
    _find(privacy, f"{MOTHER} (mother)", "Family, by their own link", "Answer what the plan says")


def _find(page: Page, *words: str) -> None:
    """Go through the entries, the newest first, until one has all these words."""
    entry = page.get_by_role("row")
    for one in words:
        entry = entry.filter(has_text=one)
    while entry.count() == 0:
        with page.expect_navigation():
            page.get_by_role("button", name="Older entries").click()
    expect(entry.first).to_contain_text(ZARA.name)
