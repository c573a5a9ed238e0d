"""Every page that links lead each person of the demo to is as pages must be, and looking changes nothing."""

import re
from collections import deque
from urllib.parse import urldefrag

import pytest

from plans.places import Role
from portal.actions import demo
from portal.actions.accounts import account_of, all_accounts, people_of
from tests.portal.test_routes import counted

LINK = re.compile(r'href="(/[^"]*)"')
PRINTED = re.compile(r"[./]pdf\b|/sheet\b")
MOST_PAGES = 60


@pytest.fixture(scope="session")
def new_store_file(demo_store_file):
    """Every test of this file begins with the demo."""
    return demo_store_file


@pytest.fixture
def sign_in_as(store, portal):
    """Return the browser of the first person of the demo with this role."""

    def sign_in(role):
        username = next(one.username for one in all_accounts(store) if one.role == role)
        browser = portal.test_client()
        browser.person = people_of(store, account_of(store, username).id)[0]
        browser.post("/sign-in", data={"username": username, "password": demo.PASSWORD})
        return browser

    return sign_in


def reachable(browser):
    """Yield each page that links lead to, with its answer; what is printed and our own files are left out."""
    waiting, seen = deque(["/"]), {"/"}
    while waiting and len(seen) <= MOST_PAGES:
        address = waiting.popleft()
        answer = browser.get(address)
        yield address, answer
        found = [answer.location] if answer.location else LINK.findall(answer.text)
        for link in (urldefrag(one.replace("&amp;", "&")).url for one in found):
            if link not in seen and not link.startswith("/static/") and not PRINTED.search(link):
                seen.add(link)
                waiting.append(link)


@pytest.mark.parametrize("role", Role)
def test_every_link_leads_to_a_page(sign_in_as, role):
    answers = {address: answer.status_code for address, answer in reachable(sign_in_as(role))}

    assert {address: status for address, status in answers.items() if status not in {200, 303}} == {}
    assert len(answers) >= 2


@pytest.mark.parametrize("role", Role)
def test_looking_at_every_page_changes_nothing(sign_in_as, store, role):
    browser = sign_in_as(role)
    browser.get("/nothing-here")
    before = counted(store)

    for address, _answer in reachable(browser):
        assert counted(store) == before, address
