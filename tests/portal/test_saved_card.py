"""Saving the emergency card on a phone: the card alone leaves, by a link that works, and is not kept here."""

import json
import re
from html import unescape

import pytest

from fhir import kept_people
from fhir.store.tables import marks
from plans.places import Role
from plans.sharing import Basis, Reader
from portal.actions.circle.sharing import Wanted, share, stop
from portal.views.family.saved_card import ASSETS
from tests.house_rules.module import ROOT
from tests.portal.conftest import MONDAY_9AM
from tests.portal.making import agreed, make_child, make_family_member, make_plan, open_by_link

JS = ROOT / "static" / "js"
HIDDEN = ("Clenil", "999 000 0018", "9990000018", "I like to swim.", "The mother and the child", "Sana")


@pytest.fixture
def gp(make_person):
    return make_person(Role.CLINICIAN)


@pytest.fixture
def plan(store, gp):
    return make_plan(store, make_child(store, gp), gp, child_words="I like to swim.")


@pytest.fixture
def shared(store, plan, gp):
    mother = make_family_member(store, kept_people.child(store, plan.child_id))
    wanted = Wanted(Reader.FAMILY, mother.id, Basis.CONSENT, consent=agreed(store, plan.child_id))
    (made,) = share(store, plan.child_id, [wanted], by=gp, at=MONDAY_9AM)
    return made


@pytest.fixture
def link(shared):
    return f"/f/{shared.token}"


@pytest.fixture
def opened(stranger, store, link, gp):
    open_by_link(stranger, store, link, gp)
    return stranger


def test_the_plan_leads_to_saving_its_card(opened, link):
    assert (
        f'{link}/save-card?lang=en">Save the emergency card on this phone' in opened.get(f"{link}/plan").text
    )


def test_before_it_is_saved_it_is_said_what_that_means(opened, link):
    page = unescape(opened.get(f"{link}/save-card").text)

    for words in (
        "It is the card of today. Has the plan changed? Save it again.",
        "Do this only on your own phone.",
        "Keep a card on paper too.",
        "The password keeps the card from people who find or steal your phone.",
        "A computer can guess a short password.",
        "This phone cannot save the card. Use the card on paper.",
    ):
        assert words in page
    assert re.search(r'<form id="choose-password" method="dialog" novalidate hidden>', page)


def test_what_goes_to_the_phone_is_the_emergency_card_with_its_day_and_no_more(opened, link):
    card = opened.get(f"{link}/save-card/card").text

    assert "Saved on 23 November 2026. It may be out of date." in card
    assert "Any danger sign: call" in card
    assert "1 puff every 30 to 60 seconds" in card
    for hidden in (*HIDDEN, "<html", "<script", "csrf"):
        assert hidden not in card


def test_a_carer_saves_the_card_too_and_is_led_back_to_it_alone(portal, store, plan, gp):
    carer = make_family_member(
        store, kept_people.child(store, plan.child_id), name="Nadia Khan", with_parental_responsibility=False
    )
    wanted = Wanted(Reader.CARER, carer.id, Basis.CONSENT, consent=agreed(store, plan.child_id))
    (made,) = share(store, plan.child_id, [wanted], by=gp, at=MONDAY_9AM)
    link, browser = f"/f/{made.token}", portal.test_client()
    open_by_link(browser, store, link, gp)

    card = browser.get(f"{link}/emergency").text
    page = browser.get(f"{link}/save-card").text
    saved = browser.get(f"{link}/save-card/card").text

    assert f'{link}/save-card?lang=en">Save the emergency card on this phone' in card
    assert f'{link}/emergency?lang=en">Back to the emergency card' in page
    assert "/plan" not in page
    assert "Saved on 23 November 2026. It may be out of date." in saved
    assert "Amina Test" in saved
    for hidden in HIDDEN:
        assert hidden not in saved


def test_the_card_to_save_is_in_the_language_that_was_chosen(opened, link, store):
    with store.write(by="system", at=MONDAY_9AM) as write:
        marks.put(write, marks.DEMO, "yes")
        write.audit("C", detail="mark as a demo")

    card = opened.get(f"{link}/save-card/card?lang=ur").text

    assert 'lang="ur" dir="rtl"' in card
    assert "محفوظ کیا گیا۔ یہ پرانا ہو سکتا ہے۔" in card
    assert "Saved on" not in card


def test_each_child_has_a_place_of_their_own_on_a_phone_that_tells_nothing(
    opened, link, portal, store, plan, gp
):
    another = make_plan(store, make_child(store, gp, given="Bilal", nhs_number="9990000026"), gp)
    father = make_family_member(store, kept_people.child(store, another.child_id), name="Omar Test")
    wanted = Wanted(Reader.FAMILY, father.id, Basis.CONSENT, consent=agreed(store, another.child_id))
    (made,) = share(store, another.child_id, [wanted], by=gp, at=MONDAY_9AM)
    browser = portal.test_client()
    open_by_link(browser, store, f"/f/{made.token}", gp)

    slots = [
        re.search(r'data-slot="([0-9a-f]{64})"', client.get(f"{address}/save-card").text)[1]
        for client, address in ((opened, link), (opened, link), (browser, f"/f/{made.token}"))
    ]

    assert slots[0] == slots[1] != slots[2]
    assert plan.child_id not in opened.get(f"{link}/save-card").text.split("data-assets")[0]


@pytest.mark.parametrize("address", ["save-card", "save-card/card"])
def test_nobody_saves_the_card_before_the_link_is_opened(stranger, link, address):
    answer = stranger.get(f"{link}/{address}")

    assert answer.status_code == 303
    assert "Amina" not in answer.text


@pytest.mark.parametrize("address", ["save-card", "save-card/card"])
def test_when_the_share_ends_there_is_no_card_to_save(opened, store, plan, shared, link, gp, address):
    (kept,) = store.search("Consent", patient=f"Patient/{plan.child_id}")
    stop(store, plan.child_id, kept["id"], by=gp, at=MONDAY_9AM)

    assert opened.get(f"{link}/{address}").status_code == 404


def test_saving_is_recorded(opened, store, link):
    opened.get(f"{link}/save-card/card")

    assert "save the emergency card on a phone by a family link" in str(store.search("AuditEvent"))


def test_the_page_of_the_card_knows_nobody_and_says_999_first(opened, link):
    opened.get(f"{link}/save-card/card")
    page = opened.get("/card").text

    assert "Amina" not in page
    assert page.index("Attack now? Call 999.") < page.index("Type the password of the card")
    assert "/f/" not in page


def test_the_script_that_answers_without_the_internet_is_given_from_the_root(stranger):
    worker = stranger.get("/card-worker.js")

    assert worker.mimetype == "text/javascript"
    assert worker.headers["Cache-Control"] == "no-store"
    assert worker.data == (JS / "saved_card_worker.js").read_bytes()


def test_all_that_the_page_is_made_of_is_kept_with_it_and_no_page_is(opened, link, stranger):
    asked = re.search(r'data-assets="([^"]+)"', opened.get(f"{link}/save-card").text)[1]
    kept = set(json.loads(unescape(asked)))
    page = stranger.get("/card").text
    loaded = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))

    assert loaded <= kept
    assert all(one.startswith("/static/") for one in kept)
    for address in kept:
        assert stranger.get(address).status_code == 200


@pytest.mark.parametrize("name", [name for name in ASSETS if name.endswith(".js")])
def test_every_module_that_a_kept_script_asks_for_is_kept_too(name):
    asked = re.findall(r'from "\./([^"]+)"', (ROOT / "static" / name).read_text(encoding="utf-8"))

    assert {f"js/{one}" for one in asked} <= set(ASSETS)
