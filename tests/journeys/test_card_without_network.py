"""A family saves the emergency card on a phone, and opens it without the internet; only they can read it."""

from contextlib import closing
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from fhir import kept_people
from fhir.patient import from_patient
from plans.sharing import Basis, Reader
from portal.actions.accounts import account_of, people_of
from portal.actions.circle.sharing import Wanted, share
from portal.actions.family.one_time_code import hand_over_code

PHONE = {"width": 360, "height": 740}
PASSWORD, ANOTHER_PASSWORD = "blue otter kettle", "blue otter kettles"
NAME, STEP = "Zara Malik", "up to 10 puffs"
ANOTHER_CHILD = "Kacper Lewandowski"
# All that a browser keeps for this address, as text: databases, caches and both plain storages.
ALL_THAT_IS_KEPT = """async () => {
  const said = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie]
  for (const name of await caches.keys()) {
    const kept = await caches.open(name)
    for (const request of await kept.keys()) {
      said.push(request.url)
      const answer = await kept.match(request)
      if (/text|json|javascript|svg/.test(answer.headers.get("Content-Type"))) said.push(await answer.text())
    }
  }
  for (const { name } of await indexedDB.databases()) {
    const opened = await new Promise((resolve) => {
      const request = indexedDB.open(name)
      request.onsuccess = () => resolve(request.result)
    })
    for (const store of opened.objectStoreNames) {
      const rows = await new Promise((resolve) => {
        const request = opened.transaction(store).objectStore(store).getAll()
        request.onsuccess = () => resolve(request.result)
      })
      for (const row of rows)
        for (const [key, value] of Object.entries(row))
          said.push(key, typeof value === "number" ? String(value) : new TextDecoder("latin1").decode(value))
    }
    opened.close()
  }
  return said.join("\\n")
}"""
CACHED_PAGES = """async () => {
  const found = []
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname)
  return found.filter((path) => !path.startsWith("/static/"))
}"""


@pytest.fixture
def phone(puffin, open_browser):
    """The phone of a mother in the demo, with her link open."""
    page = open_browser()
    page.set_viewport_size(PHONE)
    open_link(page, puffin, NAME)
    return page


def open_link(page, puffin, name):
    """Come in by a new link of somebody who is responsible for this child; return the page of the plan."""
    now = datetime.now(UTC)
    with closing(puffin.store()) as store:
        gp = people_of(store, account_of(store, "gp").id)[0]
        patient = next(one for one in store.search("Patient") if from_patient(one).name == name)
        child = kept_people.child(store, patient["id"])
        mother = next(one for one in kept_people.family(store, child.id) if one.with_parental_responsibility)
        (link,) = share(store, child.id, [Wanted(Reader.FAMILY, mother.id, Basis.DIRECT_CARE)], by=gp, at=now)
        code = hand_over_code(store, child.id, mother.id, by=gp, at=now)
    page.goto(f"{puffin.url}/f/{link.token}")
    for part, number in (("day", child.born.day), ("month", child.born.month), ("year", child.born.year)):
        page.locator(f"#born-{part}").fill(str(number))
    page.keyboard.press("Enter")
    page.locator("button[value=yes]").click()
    page.locator("input[name=code]").fill(code)
    page.keyboard.press("Enter")
    page.wait_for_url("**/plan*")
    page.get_by_role("link", name="Save the emergency card on this phone").wait_for()
    return page.url


def save(page, password=PASSWORD, again=PASSWORD):
    page.get_by_label("Choose a password for the card").fill(password)
    page.get_by_label("Type the password again").fill(again)
    page.get_by_role("button", name="Save on this phone").click()


def open_with(page, password):
    page.get_by_label("Type the password of the card").fill(password)
    page.get_by_role("button", name="Show the card").click()


def test_the_card_is_saved_opened_without_the_internet_and_deleted(phone, puffin, onlooker):
    phone.get_by_role("link", name="Save the emergency card on this phone").click()
    expect(phone.get_by_text("This phone cannot save the card.")).to_be_hidden()
    onlooker.look_at(phone)

    for short in ("kettle", "۱۲۳۴۵۶۷۸۹"):
        save(phone, short, short)
        expect(phone.get_by_text("The password needs at least 8 letters or numbers")).to_be_visible()
    phone.get_by_label("Show what I type").check()
    expect(phone.get_by_label("Choose a password for the card")).to_have_attribute("type", "text")
    save(phone, PASSWORD, ANOTHER_PASSWORD)
    expect(phone.get_by_text("The 2 passwords are not the same.")).to_be_visible()
    save(phone)
    expect(phone.get_by_role("heading", name="The card is saved on this phone.")).to_be_visible()
    onlooker.look_at(phone)

    kept = phone.evaluate(ALL_THAT_IS_KEPT)
    assert "sealed" in kept
    for readable in (
        NAME,
        "Zara",
        "Malik",
        STEP,
        PASSWORD,
        "otter",
        "/f/",
        "danger sign",
        "Ventolin",
        "Salamol",
    ):
        assert readable not in kept
    assert phone.evaluate(CACHED_PAGES) == ["/card"]

    phone.get_by_role("link", name="Open the saved card").click()
    phone.wait_for_url("**/card")
    expect(phone.get_by_label("Type the password of the card")).to_be_visible()

    phone.context.set_offline(True)
    phone.goto(f"{puffin.url}/card")
    expect(phone.get_by_role("link", name="Attack now? Call 999.")).to_be_visible()
    assert NAME not in phone.content()
    open_with(phone, ANOTHER_PASSWORD)
    expect(phone.get_by_text("This is not the password of the card. Try again.")).to_be_visible()
    assert NAME not in phone.content()

    open_with(phone, "Blue otter  kettle ")  # as a phone may write it
    expect(phone.get_by_text("It may be out of date.")).to_be_visible()
    expect(phone.locator("article")).to_contain_text(NAME)
    expect(phone.locator("article")).to_contain_text("Any danger sign: call 999 now.")
    phone.context.set_offline(False)
    onlooker.look_at(phone)
    onlooker.picture(phone, "saved-card", "article")
    phone.context.set_offline(True)

    phone.reload()
    expect(phone.get_by_label("Type the password of the card")).to_be_visible()
    assert NAME not in phone.content()

    delete_all = phone.get_by_role("button", name="Delete all saved cards from this phone")
    delete_all.click()
    phone.get_by_role("button", name="No, keep them").click()
    delete_all.click()
    expect(phone.get_by_text("You then need your link to save one again.")).to_be_visible()
    phone.context.set_offline(False)
    onlooker.look_at(phone)
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Yes, delete them all").click()
    expect(phone.get_by_text("All saved cards are deleted from this phone.")).to_be_visible()
    expect(phone.get_by_text("No card is saved on this phone.")).to_be_visible()
    assert phone.evaluate("async () => (await caches.keys()).length") == 0
    assert phone.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
    phone.context.set_offline(False)
    phone.goto(f"{puffin.url}/card")
    expect(phone.get_by_text("No card is saved on this phone.")).to_be_visible()
    assert "sealed" not in phone.evaluate(ALL_THAT_IS_KEPT)


def test_two_children_have_a_card_each_and_a_failed_refresh_keeps_the_good_one(phone, puffin, onlooker):
    saved = phone.get_by_role("heading", name="The card is saved on this phone.")
    phone.get_by_role("link", name="Save the emergency card on this phone").click()
    save(phone)
    expect(saved).to_be_visible()
    open_link(phone, puffin, ANOTHER_CHILD)
    phone.get_by_role("link", name="Save the emergency card on this phone").click()
    save(phone)
    expect(saved).to_be_visible()
    phone.route("**/save-card/card*", lambda route: route.abort())
    save(phone)
    expect(phone.get_by_text("The card was not saved.")).to_be_visible()
    save(phone)
    expect(phone.get_by_role("button", name="Save on this phone")).to_be_enabled()

    phone.context.set_offline(True)
    phone.goto(f"{puffin.url}/card")
    delete = phone.get_by_role("button", name="Delete the card from this phone")
    open_with(phone, PASSWORD)
    expect(phone.get_by_role("button", name=NAME)).to_be_visible()
    phone.context.set_offline(False)
    onlooker.look_at(phone)
    phone.context.set_offline(True)
    phone.reload()
    expect(phone.get_by_label("Type the password of the card")).to_be_visible()
    expect(delete).to_be_hidden()
    for name, other in ((NAME, ANOTHER_CHILD), (ANOTHER_CHILD, NAME)):
        open_with(phone, PASSWORD)
        expect(phone.get_by_role("button", name=other)).to_be_visible()
        phone.get_by_role("button", name=name).click()
        expect(phone.locator("article")).to_contain_text(name)
        expect(phone.locator("article")).to_have_count(1)
        assert other not in phone.content()
        phone.get_by_role("button", name="Close the card").click()
        expect(phone.get_by_label("Type the password of the card")).to_be_visible()

    open_with(phone, PASSWORD)
    phone.get_by_role("button", name=NAME).click()
    delete.click()
    open_with(phone, PASSWORD)
    expect(phone.locator("article")).to_contain_text(ANOTHER_CHILD)


def test_no_other_page_is_answered_without_the_internet(phone, puffin):
    plan = phone.url
    phone.get_by_role("link", name="Save the emergency card on this phone").click()
    save(phone)
    expect(phone.get_by_role("heading", name="The card is saved on this phone.")).to_be_visible()

    phone.context.set_offline(True)

    for address in (plan, puffin.url):
        with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
            phone.goto(address)


def test_the_card_is_saved_and_opened_in_urdu(phone, puffin, onlooker):
    phone.get_by_role("link", name="اردو").click()
    phone.locator("a[href*='save-card']").click()
    for id in ("password", "password-again"):
        phone.locator(f"#{id}").fill("نیلا دریا ۴۷۲")
    phone.locator("#choose-password button").click()
    expect(phone.locator("#saved h2")).to_be_visible()

    phone.context.set_offline(True)
    phone.locator("#open-card").click()
    expect(phone.locator("html[lang=ur][dir=rtl]")).to_be_visible()
    expect(phone.locator(".puffin-999")).to_contain_text("999")
    phone.locator("#password").fill("نیلا دریا 472")
    phone.locator("#enter-password button").click()
    expect(phone.locator("article[lang=ur]")).to_contain_text(NAME)
    expect(phone.locator("#card")).to_contain_text("یہ پرانا ہو سکتا ہے")
    onlooker.picture(phone, "saved-card-ur")
