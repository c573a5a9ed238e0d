"""Signing in and out: who gets in, for how long, and what is remembered of it."""

import json
from hashlib import sha256

import pytest
from flask import g, request

from fhir.store.tables import sessions
from plans.places import Role
from portal.actions.accounts import stop_account
from tests.portal.conftest import MONDAY_9AM, PASSWORD, all_that_is_kept, on_both_engines

SIGNED_IN = "Sign out"
ANY_PAGE = "/any-page"

engine = on_both_engines()


def cookie(browser):
    """Return the token that the browser holds."""
    return browser.get_cookie("puffin").value if browser.get_cookie("puffin") else ""


def is_signed_in(portal, token):
    """Say whether somebody who holds this token is signed in."""
    thief = portal.test_client()
    thief.set_cookie("puffin", token)
    return SIGNED_IN in thief.get(ANY_PAGE).text


def try_to_sign_in(browser, username="dr.lee", password=PASSWORD, **more):
    return browser.post("/sign-in", data={"username": username, "password": password} | more)


def audit(store):
    """Return what was signed in and how it ended, the oldest first."""
    events = store.search("AuditEvent", _sort="_lastUpdated")
    return [(event["subtype"][-1].get("display"), event["outcome"]) for event in events]


def test_somebody_with_an_account_signs_in(stranger, make_person):
    make_person()

    answer = try_to_sign_in(stranger)

    assert (answer.status_code, answer.location) == (303, "/")
    assert SIGNED_IN in stranger.get(ANY_PAGE).text


def test_capitals_of_the_username_do_not_matter(stranger, make_person):
    make_person()

    assert try_to_sign_in(stranger, username="Dr.Lee ").status_code == 303


@pytest.mark.parametrize(("username", "password"), [("dr.lee", "not this"), ("nobody", PASSWORD)])
def test_a_wrong_password_and_a_wrong_username_look_the_same(stranger, make_person, username, password):
    make_person()

    answer = try_to_sign_in(stranger, username, password)

    assert answer.status_code == 422
    assert "This username and password do not belong together." in answer.text
    assert password not in answer.text


@pytest.mark.parametrize("field", ["username", "password"])
def test_a_field_left_empty_is_asked_for(stranger, field):
    answer = try_to_sign_in(stranger, **{field: ""})

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert f"Enter your {field}" in answer.text


def test_a_page_asked_for_before_signing_in_opens_afterwards(portal, stranger, make_person):
    make_person()

    assert try_to_sign_in(stranger, next="/children/1?part=2").location == "/children/1?part=2"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://other.example/", "//other.example", "/\\other.example", "javascript:x", "/\t/other"],
)
def test_signing_in_never_leads_to_another_site(stranger, make_person, elsewhere):
    make_person()

    assert try_to_sign_in(stranger, next=elsewhere).location == "/"


def test_signing_in_takes_a_new_token(portal, stranger, make_person):
    make_person()
    stranger.get("/sign-in")
    before = cookie(stranger)

    try_to_sign_in(stranger)

    assert is_signed_in(portal, cookie(stranger))
    assert not is_signed_in(portal, before)


def test_the_store_keeps_a_hash_of_the_token_and_little_else(client_for, store):
    token = cookie(client_for(Role.CLINICIAN))

    rows = list(store.db.query("SELECT * FROM sessions WHERE account_id IS NOT NULL"))

    assert [row["token_hash"] for row in rows] == [sha256(token.encode()).hexdigest()]
    assert set(json.loads(rows[0]["state"])) == {"account"}
    assert token not in json.dumps(rows)


def test_signing_out_ends_the_session_in_the_store(portal, client_for):
    browser = client_for(Role.CLINICIAN)
    token = cookie(browser)

    assert is_signed_in(portal, token)

    browser.post("/sign-out")

    assert not is_signed_in(portal, token)
    assert cookie(browser) == ""


def test_thirty_quiet_minutes_end_a_session(client_for, clock):
    browser = client_for(Role.CLINICIAN)

    clock.let_pass(minutes=29)
    assert SIGNED_IN in browser.get(ANY_PAGE).text
    clock.let_pass(minutes=29)
    assert SIGNED_IN in browser.get(ANY_PAGE).text
    clock.let_pass(minutes=30)

    assert SIGNED_IN not in browser.get(ANY_PAGE).text


def test_twelve_hours_end_a_session_however_busy(client_for, clock):
    browser = client_for(Role.CLINICIAN)

    for _ in range(12 * 3 - 1):
        clock.let_pass(minutes=20)
        assert SIGNED_IN in browser.get(ANY_PAGE).text
    clock.let_pass(minutes=20)

    assert SIGNED_IN not in browser.get(ANY_PAGE).text


def test_being_seen_again_within_a_minute_writes_nothing(client_for, clock, store):
    browser = client_for(Role.CLINICIAN)
    browser.get(ANY_PAGE)
    seen = "SELECT max(seen_at) AS at FROM sessions"
    before = list(store.db.query(seen))

    clock.let_pass(seconds=59)
    browser.get(ANY_PAGE)
    assert list(store.db.query(seen)) == before
    clock.let_pass(seconds=1)
    browser.get(ANY_PAGE)

    assert list(store.db.query(seen)) != before


class TestWhileARequestRuns:
    @pytest.fixture
    def portal(self, own_portal):
        return own_portal

    def test_a_session_ended_while_a_request_ran_stays_ended(self, client_for, portal, store, clock):
        @portal.before_request
        def end_it():
            if request.path == "/ends-it":
                with store.write(by="system", at=clock()) as write:
                    sessions.revoke_all(write, g.person.account_id)

        browser = client_for(Role.CLINICIAN)
        token = cookie(browser)
        clock.let_pass(minutes=5)

        browser.get("/ends-it")

        assert not is_signed_in(portal, token)


def test_stopping_an_account_signs_it_out_everywhere(client_for, store):
    here, there = client_for(Role.CLINICIAN), client_for(Role.CLINICIAN)

    stop_account(store, "dr.lee", by="system", at=MONDAY_9AM)

    assert SIGNED_IN not in here.get(ANY_PAGE).text
    assert SIGNED_IN not in there.get(ANY_PAGE).text
    assert try_to_sign_in(here).status_code == 422


def test_after_five_failures_even_the_right_password_must_wait(stranger, make_person, clock):
    make_person()
    for _ in range(5):
        try_to_sign_in(stranger, password="wrong")
        clock.let_pass(minutes=2)

    answer = try_to_sign_in(stranger)

    assert answer.status_code == 429
    assert "Wait 15 minutes, then try again." in answer.text


def test_the_wait_is_over_fifteen_minutes_after_the_fifth_failure(stranger, make_person, clock):
    make_person()
    for _ in range(5):
        try_to_sign_in(stranger, password="wrong")

    clock.let_pass(minutes=14, seconds=59)
    assert try_to_sign_in(stranger).status_code == 429
    clock.let_pass(seconds=1)

    assert try_to_sign_in(stranger).status_code == 303


def test_failures_far_apart_do_not_add_up(stranger, make_person, clock):
    make_person()
    for _ in range(8):
        try_to_sign_in(stranger, password="wrong")
        clock.let_pass(minutes=4)

    assert try_to_sign_in(stranger).status_code == 303


def test_signing_in_forgets_the_failures_before_it(stranger, make_person):
    make_person()
    for _ in range(4):
        try_to_sign_in(stranger, password="wrong")
    try_to_sign_in(stranger)

    for _ in range(4):
        assert try_to_sign_in(stranger, password="wrong").status_code == 422


def test_guessing_at_one_username_leaves_the_others_alone(stranger, make_person):
    make_person()
    for _ in range(6):
        try_to_sign_in(stranger, username="somebody.else")

    assert try_to_sign_in(stranger).status_code == 303


def test_success_and_failure_are_in_the_audit(stranger, make_person, store, clock):
    make_person()
    clock.let_pass(minutes=1)
    try_to_sign_in(stranger, password="wrong")
    clock.let_pass(minutes=1)
    try_to_sign_in(stranger)
    clock.let_pass(minutes=1)
    stranger.post("/sign-out")

    assert audit(store)[-3:] == [("sign in", "4"), ("sign in", "0"), ("sign out", "0")]


def test_what_was_typed_is_kept_nowhere(stranger, store):
    secret = "typed-into-the-wrong-box"

    try_to_sign_in(stranger, username=secret, password=secret)

    assert not any(secret in line for line in all_that_is_kept(store))


def test_who_is_signed_in_is_not_asked_again(client_for):
    assert client_for(Role.CLINICIAN).get("/sign-in").status_code == 303


def test_the_first_page_of_a_stranger_is_signing_in(stranger):
    assert stranger.get("/").location == "/sign-in"


def test_with_htmx_signing_in_tells_the_browser_where_to_go(stranger, make_person):
    make_person()

    answer = stranger.post(
        "/sign-in", data={"username": "dr.lee", "password": PASSWORD}, headers={"HX-Request": "true"}
    )

    assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, "/")
