"""Signing in and out, and the first page."""

from collections.abc import Sequence

from flask import Blueprint, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from plans.places import Role
from plans.problems import Kind, Problem
from portal.access import allow, anyone
from portal.actions import sign_in as signing
from portal.navigation import first_page
from portal.parts import parts
from portal.responses import go_to, is_path_here
from portal.sessions import begin_for

bp = Blueprint("sign_in", __name__)

STATUS_OF = {signing.WrongPassword: 422, signing.TooManyTries: 429}
POST_HAS_ENDED = "You do not work in the place that you chose any more. Choose where you are working now."
ASK_FOR = {"username": "Enter your username", "password": "Enter your password"}


@bp.get("/")
@anyone
def home() -> ResponseReturnValue:
    """Go to the first page of this person's role, or to signing in."""
    if g.person:
        return redirect(first_page(g.person.role), code=303)
    return redirect(url_for(".choose" if g.people else ".show"), code=303)


@bp.get("/sign-in")
@anyone
def show() -> ResponseReturnValue:
    """Ask for the username and the password; who is signed in goes on."""
    return redirect(_way_back(), code=303) if g.person else _page()


@bp.post("/sign-in")
@anyone
def sign_in() -> ResponseReturnValue:
    """Begin a session, or say what is wrong."""
    missing = [_problem(field, ask) for field, ask in ASK_FOR.items() if not request.form.get(field)]
    if missing:
        return _page(missing), 422
    try:
        account = signing.sign_in(parts().store, request.form["username"], request.form["password"], at=g.now)
    except (signing.WrongPassword, signing.TooManyTries) as refusal:
        return _page([_problem("username", str(refusal))]), STATUS_OF[type(refusal)]
    begin_for(account.id)
    return go_to(_way_back())


@bp.get("/sign-in/place")
@anyone
def choose() -> ResponseReturnValue:
    """Ask somebody who works in several places where they are working now."""
    if not g.people:
        return redirect(url_for(".show"), code=303)
    has_ended = "post" in session and not g.person
    return _places([_problem("post", POST_HAS_ENDED)] if has_ended else [])


@bp.post("/sign-in/place")
@anyone
def work_there() -> ResponseReturnValue:
    """Go on as somebody of the place that they chose."""
    if not g.people:
        return redirect(url_for(".show"), code=303)
    post_id = request.form.get("post", "")
    chosen = next((one for one in g.people if one.post_id == post_id), None)
    if chosen is None:
        return _places([_problem("post", "Choose where you are working now")]), 422
    signing.begin_work(parts().store, by=chosen.ref, post_id=chosen.post_id, at=g.now)
    session["post"] = chosen.post_id
    return go_to(_way_back())


@bp.post("/sign-out")
@allow(*Role)
def sign_out() -> ResponseReturnValue:
    """End the session here; the ones in other browsers go on."""
    signing.sign_out(parts().store, by=g.person.ref, at=g.now)
    session.clear()
    return go_to(url_for(".show"))


def _page(errors: Sequence[Problem] = ()) -> str:
    username, way_back = request.form.get("username", ""), request.values.get("next", "")
    return render_template("sign_in/show.jinja", errors=errors, username=username, way_back=way_back)


def _places(errors: Sequence[Problem] = ()) -> str:
    way_back = request.values.get("next", "")
    return render_template("sign_in/places.jinja", people=g.people, errors=errors, way_back=way_back)


def _way_back() -> str:
    """Return the page that was asked for before signing in, if it is one of ours; else the first page."""
    asked_for = request.values.get("next", "")
    return asked_for if is_path_here(asked_for) else url_for(".home")


def _problem(field: str, sentence: str) -> Problem:
    return Problem(f"sign-in-{field}", Kind.MUST_BE_PUT_RIGHT, field, sentence)
