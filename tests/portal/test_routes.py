"""Every address: who may use it, what others see there, and that looking changes nothing."""

import re
from uuid import UUID

import pytest
from flask import g

from fhir.receipt_task import CODE as RECEIPT
from fhir.store.copying.whole import side_of
from plans.places import Role
from portal.access import ANYONE, allow, who_may_use
from portal.navigation import PLACES
from portal.views import blueprints

SOMETHING = UUID("00000000-0000-4000-8000-000000000000")
# Whoever opens another journey to everybody adds it here, so that it is never done in passing.
FOR_ANYONE = {"static", "sign_in", "health", "family", "copies", "phone"}
# Looking is recorded, and so are who has a session and who opened which version; nothing else may change.
MAY_GROW = {"AuditEvent"}
WRITTEN = (
    "SELECT type, sum(version) AS written FROM resources WHERE key NOT IN"
    " (SELECT resource FROM token_index WHERE type = 'Task' AND parameter = 'code' AND code = ?)"
    " GROUP BY type"
)
NOT_COUNTED = re.compile(r"sessions|inbox_openings|audit_unsealed|versions|.*_index|sqlite_.*")


@pytest.fixture
def portal(own_portal):
    """Tests of this file add pages."""
    return own_portal


def addresses(portal, method):
    """Return each address that takes `method`, with something for each of its variables, and its view."""
    for rule in portal.url_map.iter_rules():
        if method in rule.methods and rule.endpoint != "static":
            yield re.sub(r"<[^>]+>", str(SOMETHING), rule.rule), portal.view_functions[rule.endpoint]


def counted(store):
    """Return how many rows of each kind the store has."""
    names = [table.name for table in side_of(store.engine).tables()]
    tables = [name for name in names if not NOT_COUNTED.fullmatch(name) and name != "resources"]
    count = "SELECT count(*) FROM {}"
    rows = {name: store.db.execute(count.format(name)).fetchone()[0] for name in tables}
    kinds = store.db.query(WRITTEN, (RECEIPT,))
    return rows | {row["type"]: row["written"] for row in kinds if row["type"] not in MAY_GROW}


def test_every_view_says_who_may_use_it(portal):
    silent = [name for name, view in portal.view_functions.items() if who_may_use(view) is None]

    assert silent == []


def test_a_view_that_says_nothing_is_there_for_nobody(portal, client_for):
    portal.add_url_rule("/silent", "silent", lambda: "here")

    for role in Role:
        assert client_for(role).get("/silent").status_code == 404
    assert portal.test_client().get("/silent").status_code == 404


def test_a_view_is_for_anyone_only_where_people_cannot_sign_in(portal):
    open_to_all = {name for name, view in portal.view_functions.items() if who_may_use(view) == ANYONE}

    assert {name.partition(".")[0] for name in open_to_all} <= FOR_ANYONE


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("role", Role)
def test_what_a_role_may_not_use_is_not_there(portal, client_for, role, method):
    browser = client_for(role)

    for address, view in list(addresses(portal, method)):
        who = who_may_use(view)
        if who != ANYONE and role not in who:
            assert browser.open(address, method=method).status_code == 404, address


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_who_is_not_signed_in_is_asked_to(portal, stranger, method):
    for address, view in list(addresses(portal, method)):
        if who_may_use(view) != ANYONE:
            answer = stranger.open(address, method=method)
            assert answer.status_code == 303, address
            assert answer.location.partition("?")[0] == "/sign-in"


def test_an_ended_session_comes_back_to_the_page_that_was_asked_for(portal, stranger):
    portal.add_url_rule("/children/<id>", "a_child", allow(Role.CLINICIAN)(lambda **_: "here"))

    assert stranger.get("/children/1").location == "/sign-in?next=/children/1"


def test_with_htmx_an_ended_session_leads_to_signing_in(portal, stranger):
    portal.add_url_rule("/part", "part", allow(Role.CLINICIAN)(lambda: "here"))

    answer = stranger.get("/part", headers={"HX-Request": "true"})

    assert answer.headers["HX-Redirect"] == "/sign-in"
    assert answer.text == ""


@pytest.mark.parametrize("role", Role)
def test_looking_changes_nothing(portal, client_for, store, role):
    browser = client_for(role)
    browser.get("/nothing-here")

    for address, _view in list(addresses(portal, "GET")):
        before = counted(store)
        browser.get(address)
        assert counted(store) == before, address


@pytest.mark.parametrize("role", Role)
def test_a_view_knows_who_asks_and_when(portal, client_for, clock, role):
    known = {}
    remember = allow(*Role)(lambda: known.update(person=g.person, now=g.now, record=g.record) or "")
    portal.add_url_rule("/remember", "remember", remember)

    browser = client_for(role)
    browser.get("/remember")

    assert known["person"] == browser.person
    assert known["person"].ref == f"Practitioner/{browser.person.practitioner_id}"
    assert known["now"] == clock.now
    assert known["record"].children() == []


def test_every_role_has_a_page_to_begin_on():
    assert set(PLACES) == set(Role)
    assert all(PLACES.values())


def test_every_journey_has_its_own_name():
    names = [blueprint.name for blueprint in blueprints()]

    assert len(names) == len(set(names)) > 0
