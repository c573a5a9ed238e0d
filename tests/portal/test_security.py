"""What a page may load, who may send a form, and what a refusal shows."""

import re
import sqlite3
from dataclasses import replace

import pytest
from flask import render_template_string, request

from fhir.store.errors import DatabaseNotReached, StoreBusy
from fhir.store.tables import marks
from plans.errors import MoveNotAllowed, PlanNotFound, PuffinError
from plans.places import Role
from portal import create_app
from portal.access import anyone
from portal.errors import PAGES, STATUS_OF
from portal.parts import Parts
from tests.portal.conftest import PASSWORD

HTMX = {"HX-Request": "true"}


@pytest.fixture
def portal(own_portal):
    """Tests of this file add pages, and change settings."""
    return own_portal


@pytest.fixture
def raising(portal):
    """Make a view that raises what it is given, and return a browser of a stranger."""

    def make(error):
        @portal.route("/raises", methods=["GET", "POST"])
        @anyone
        def raises():
            raise error

        return portal.test_client()

    return make


@pytest.fixture
def showing(portal):
    """Make a view that renders a template given as text."""

    def make(template, **context):
        portal.add_url_rule("/shows", "shows", anyone(lambda: render_template_string(template, **context)))
        return portal.test_client().get("/shows").text

    return make


def test_no_page_runs_or_loads_what_is_not_ours(stranger):
    policy = stranger.get("/sign-in").headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"https?:|\*", policy)


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
        ("Cache-Control", "no-store"),
        ("Vary", "HX-Request"),
    ],
)
def test_every_answer_keeps_itself_to_itself(stranger, header, value):
    for address in ("/sign-in", "/", "/nothing-here", "/health"):
        assert value in stranger.get(address).headers[header], address


def test_the_browser_may_ask_whether_a_stylesheet_changed(stranger):
    answer = stranger.get("/static/css/puffin.css")

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] != "no-store"
    assert (
        stranger.get("/static/css/puffin.css", headers={"If-None-Match": answer.headers["ETag"]}).status_code
        == 304
    )


def test_a_stylesheet_begins_no_session(stranger):
    assert "Set-Cookie" not in stranger.get("/static/css/puffin.css").headers


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(stranger):
    cookie = stranger.get("/sign-in").headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_over_https_the_cookie_is_for_https_and_this_host_alone(portal, store, clock):
    parts: Parts = portal.extensions["puffin"]
    secure = create_app(store, clock, None, replace(parts.settings, secure_cookies=True))

    cookie = secure.test_client().get("/sign-in", base_url="https://puffin.example").headers["Set-Cookie"]

    assert cookie.startswith("__Host-puffin=")
    assert "Secure" in cookie
    assert "Path=/" in cookie


@pytest.mark.parametrize("headers", [{}, {"X-CSRFToken": "invented"}])
def test_a_form_that_is_not_from_our_page_is_refused(stranger, make_person, headers):
    make_person()

    answer = stranger.post(
        "/sign-in", data={"username": "dr.lee", "password": PASSWORD}, headers=headers, with_token=False
    )

    assert answer.status_code == 403
    assert "Go back, reload the page and try again." in answer.text


def test_the_hidden_field_of_a_form_serves_as_its_token(stranger, make_person):
    make_person()
    page = stranger.get("/sign-in").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]

    answer = stranger.post(
        "/sign-in", data={"username": "dr.lee", "password": PASSWORD, "csrf_token": token}, with_token=False
    )

    assert answer.status_code == 303


def test_what_somebody_typed_is_shown_as_text_not_as_html(stranger):
    answer = stranger.post("/sign-in", data={"username": '"><script>alert(1)</script>'})

    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    "template",
    [
        "{{ said }}",
        '{% from "nhsuk/components/tag/macro.jinja" import tag %}{{ tag({"text": said}) }}',
        '{% from "nhsuk/components/input/macro.jinja" import input %}{{ input({"id": "a", "value": said}) }}',
        '{{ _("Hello %(name)s", name=said) }}',
    ],
)
def test_our_templates_and_the_nhs_ones_escape(showing, template):
    assert "<b>" not in showing(template, said="<b>bold</b>")


@pytest.mark.parametrize("status", sorted(PAGES))
def test_every_refusal_has_a_page_and_a_fragment(raising, monkeypatch, status):
    monkeypatch.setitem(STATUS_OF, PuffinError, status)
    browser = raising(PuffinError("The sentence that says what to do."))

    page, fragment = browser.get("/raises"), browser.get("/raises", headers=HTMX)

    assert page.status_code == fragment.status_code == status
    assert "<h1>" in page.text
    assert "<html" not in fragment.text
    assert fragment.headers["HX-Retarget"] == "#message"
    assert ("The sentence" in page.text) == ("The sentence" in fragment.text) == (status != 404)


def test_htmx_going_back_in_its_history_gets_the_whole_page(stranger):
    answer = stranger.get("/nothing-here", headers=HTMX | {"HX-History-Restore-Request": "true"})

    assert "<html" in answer.text


def test_what_does_not_exist_and_what_is_not_for_you_look_the_same(raising):
    browser = raising(PlanNotFound())

    assert strip_tokens(browser.get("/raises").text) == strip_tokens(browser.get("/nothing-here").text)


def strip_tokens(page):
    return re.sub(r'"X-CSRFToken": "[^"]+"', "", page)


def test_a_move_that_is_not_allowed_is_a_conflict(raising):
    answer = raising(MoveNotAllowed("replaced", "signed")).get("/raises")

    assert answer.status_code == 409
    assert "A replaced plan cannot become signed." in answer.text


def test_a_fault_shows_and_logs_nothing_of_what_was_typed(raising, portal, caplog):
    browser = raising(RuntimeError("Amina Khan, 999 104 7077"))
    portal.config["PROPAGATE_EXCEPTIONS"] = False

    answer = browser.get("/raises")

    assert answer.status_code == 500
    assert "Amina" not in answer.text + caplog.text
    assert "RuntimeError in raises" in caplog.text


@pytest.mark.parametrize(
    ("fault", "status"),
    [(DatabaseNotReached(), 503), (StoreBusy(), 503), (sqlite3.OperationalError("disk I/O error"), 500)],
)
def test_where_the_store_does_not_say_who_this_is_there_is_a_page_and_no_guess(
    portal, client_for, monkeypatch, fault, status
):
    browser = client_for(Role.CLINICIAN)
    portal.config["PROPAGATE_EXCEPTIONS"] = False

    def broken(*_args, **_kwargs):
        raise fault

    with monkeypatch.context() as patch:
        patch.setattr("fhir.store.tables.sessions.live", broken)
        patch.setattr("fhir.store.tables.marks.is_demo", broken)
        answer = browser.get("/children")

    assert answer.status_code == status
    assert "<h1>" in answer.text
    assert "PUFFIN" not in answer.text
    assert "Set-Cookie" not in answer.headers
    assert browser.get("/children").status_code == 200


def test_a_request_that_is_too_big_is_refused(portal):
    portal.add_url_rule("/reads", "reads", anyone(lambda: request.get_data()), methods=["POST"])

    answer = portal.test_client().post("/reads", data=b"x" * (6 * 1024 * 1024))

    assert answer.status_code == 413


def test_the_portal_says_that_it_works(stranger):
    answer = stranger.get("/health")

    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_only_a_demo_says_that_everybody_is_invented(client_for, store, clock):
    browser = client_for(Role.CLINICIAN)
    assert "invented" not in browser.get("/any-page").text
    with store.write(by="system", at=clock()) as write:
        marks.put(write, marks.DEMO, "yes")

    assert "Demo: everybody here is invented" in browser.get("/any-page").text
