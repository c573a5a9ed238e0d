"""A family's way in by their link, and out: the date of birth, then the name, then the plan."""

from datetime import date

from flask import Response, g, request
from flask.typing import ResponseReturnValue

from plans.leaflet.languages import SOURCE
from plans.sentences import Day, Sentence
from portal import family_session, family_words
from portal.access import anyone
from portal.actions import family
from portal.family_pages import chosen, family_page
from portal.forms.days import NotADay, typed_day
from portal.parts import parts
from portal.views.family.link import bp, go, language_of, must_work, open_for, visit_of


@bp.get("")
@anyone
def show(token: str) -> ResponseReturnValue:
    """Ask for the child's date of birth; whoever has given it goes on to the plan."""
    must_work(token)
    visit = family_session.visit_by(token)
    return go("copy", token, name="plan") if visit else _ask(token)


@bp.post("")
@anyone
def prove(token: str) -> ResponseReturnValue:
    """Begin a visit if the date of birth fits."""
    must_work(token)
    born = _typed_date()
    if born is None:
        return _ask(token, family_words.NOT_A_DATE)
    try:
        link_id = family.prove(parts().store, token, born, at=g.now)
    except family.BornOnAnotherDay:
        return _ask(token, family_words.ANOTHER_DAY)
    response = go("child", token)
    family_session.begin(response, token, link_id)
    return response


@bp.get("/child")
@anyone
def child(token: str) -> ResponseReturnValue:
    """Ask whether this is the right child, by name."""
    opened = open_for(visit_of(token), "see whose plan it is")
    question = family_words.is_this(opened.child.name, Day(opened.child.born))
    return family_page("family/child.jinja", language_of(opened), token=token, question=question)


@bp.post("/child")
@anyone
def confirm(token: str) -> ResponseReturnValue:
    """Go on to the plan; or close it, because it is for another child."""
    visit = visit_of(token)
    if request.form.get("answer") == "yes":
        family_session.confirm(visit, token)
        return go("copy", token, name="plan")
    return _closed(token, visit, "family/another_child.jinja")


@bp.post("/close")
@anyone
def close(token: str) -> ResponseReturnValue:
    """Close the plan in this browser."""
    return _closed(token, visit_of(token), "family/closed.jinja")


def _closed(token: str, visit: family_session.Visit, template: str) -> Response:
    response = family_page(template, chosen() or SOURCE)
    family_session.end(response, token, visit)
    return response


def _ask(token: str, wrong: Sentence | None = None) -> Response:
    closed = family_session.has_visited() and wrong is None
    return family_page(
        "family/born.jinja",
        chosen() or SOURCE,
        status=422 if wrong else 200,
        token=token,
        wrong=wrong,
        errors=wrong,
        closed=closed,
        typed=request.form,
    )


def _typed_date() -> date | None:
    """Return the date of birth as typed, in digits of any script; None where it is no date."""
    try:
        return typed_day(request.form, "born")
    except NotADay:
        return None
