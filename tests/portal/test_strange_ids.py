"""An address opens what it is for and nothing else, whatever is put into it; others find nothing there."""

import re
from collections import defaultdict

import pytest

from fhir.store.tables import drafts
from plans.places import WORKS_IN, Organisation, Role
from portal.access import who_may_use
from portal.actions import demo
from portal.actions.accounts import all_accounts
from tests.portal.test_routes import counted

ODD = [
    "%00",
    "a%00b",
    "..%2f..%2fetc",
    "%2e%2e",
    "Patient%2F1",
    "%ff%fe",
    "%E2%80%AE",
    "a" * 8000,
    "*",
    "a|b",
    "%25",
]
TOKEN = re.compile(r'("X-CSRFToken": "|csrf_token" value=")[^"]+')
VARIABLE = re.compile(r"<[^>]+>")
OTHER = {
    role: Organisation("", WORKS_IN[role][0], f"Far {role}", f"X9901{number}")
    for number, role in enumerate(Role)
}


@pytest.fixture(scope="session")
def new_store_file(demo_store_file):
    """Every test of this file begins with the demo."""
    return demo_store_file


@pytest.fixture
def insider(store, portal):
    """Return the browser of the first person of the demo with this role."""

    def sign_in(role):
        username = next(one.username for one in all_accounts(store) if one.role == role)
        browser = portal.test_client()
        browser.post("/sign-in", data={"username": username, "password": demo.PASSWORD})
        return browser

    return sign_in


@pytest.fixture
def outsider(client_for, make_person):
    """Return the browser of somebody of this role at a place that nothing is shared with."""
    return lambda role: client_for(role, make_person(role, organisation=OTHER[role], username="outsider"))


def ids_of_each_kind(store):
    """Return one id of each kind of thing that the store holds; a Task of each code is a kind of its own."""
    found = {"a draft": drafts.all_open(store)[0].id}
    for row in store.db.query("SELECT DISTINCT type FROM resources"):
        for resource in store.search(row["type"], _count=100):
            code = resource.get("code") if row["type"] == "Task" else None
            found.setdefault(f"{row['type']} {code}", resource["id"])
    return found


def addresses_with_an_id(portal, method, role):
    for rule in portal.url_map.iter_rules():
        who = who_may_use(portal.view_functions[rule.endpoint])
        if method in rule.methods and rule.arguments and isinstance(who, frozenset) and role in who:
            yield rule.rule


def who_asks_first(portal, address):
    return next(role for role in Role if address in addresses_with_an_id(portal, "GET", role))


@pytest.mark.parametrize("role", Role)
def test_an_id_of_something_else_is_no_fault_and_opens_nothing(portal, insider, store, role):
    browser, ids = insider(role), ids_of_each_kind(store)

    for address in addresses_with_an_id(portal, "GET", role):
        answers = {kind: browser.get(VARIABLE.sub(id, address)).status_code for kind, id in ids.items()}
        odd_ones = ODD if who_asks_first(portal, address) is role else ()  # no id at all, whoever asks
        answers |= {odd: browser.get(VARIABLE.sub(odd, address)).status_code for odd in odd_ones}
        assert set(answers.values()) <= {200, 303, 404}, (address, answers)
        assert sum(status != 404 for status in answers.values()) <= 2, (address, answers)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("role", Role)
def test_for_somebody_of_another_place_nothing_of_it_exists(portal, outsider, store, role, method):
    ids = ids_of_each_kind(store)  # before the outsider comes, whose own place is no other's
    browser = outsider(role)
    browser.get("/nothing-here")
    before = counted(store)
    by_script = {"HX-Request": "true"} if method == "POST" else {}  # answered without the layout, so sooner
    child = next(id for kind, id in ids.items() if kind.startswith("Patient"))
    asked = [(id, by_script) for id in [*ids.values(), "never-made"]] + [(child, {}), ("never-made", {})]

    for address in addresses_with_an_id(portal, method, role):
        bodies = defaultdict(set)
        for id, headers in asked:
            answer = browser.open(
                VARIABLE.sub(id, address),
                method=method,
                data={"version": "1", "reason": "x"},
                headers=headers,
            )
            assert answer.status_code == 404, (address, id)
            bodies[str(headers)].add(TOKEN.sub("", answer.text))
        assert {len(found) for found in bodies.values()} == {1}, address
    assert counted(store) == before
