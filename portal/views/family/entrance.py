"""A family's way in by their link, and out: the date of birth, the name, on a new device a code."""

from datetime import date

from flask import Response, g, request
from flask.typing import ResponseReturnValue

from plans.leaflet.languages import SOURCE
from plans.sentences import Day, Sentence
from portal import family_session, family_words
from portal.access import anyone
from portal.actions.family import link as family
from portal.actions.family import one_time_code as family_code
from portal.family_pages import chosen, family_page
from portal.forms.days import NotADay, typed_day
from portal.parts import parts
from portal.views.family.link import begun_visit, bp, go, language_of, named_visit, open_for, visit_of


@bp.get("")
@anyone
def show(token: str) -> ResponseReturnValue:
    """Ask for the child's date of birth; whoever has given it goes on to the plan."""
    return go("copy", token, name="plan") if begun_visit(token) else _ask(token)


@bp.post("")
@anyone
def prove(token: str) -> ResponseReturnValue:
    """Begin a visit if the date of birth fits."""
    device = family_session.device()
    link_id = family.link_of(parts().store, token, now=g.now, device=device)
    born = _typed_date()
    if born is None:
        return _ask(token, family_words.NOT_A_DATE)
    try:
        is_known = family.prove(parts().store, token, born, at=g.now, device=device)
    except family.BornOnAnotherDay:
        return _ask(token, family_words.ANOTHER_DAY)
    response = go("child", token)
    family_session.begin(response, token, link_id, coded=is_known)
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
        return go("copy", token, name="plan") if visit.coded else go("code", token)
    return _closed(token, visit, "family/another_child.jinja")


@bp.get("/code")
@anyone
def code(token: str) -> ResponseReturnValue:
    """Ask for the code that only the link's own person has."""
    visit = named_visit(token)
    return go("copy", token, name="plan") if visit.coded else _ask_code(token, visit)


@bp.post("/code/send")
@anyone
def send_code(token: str) -> ResponseReturnValue:
    """Send a code to the link's own person, if it is known where; the answer is the same if it is not."""
    visit = named_visit(token)
    try:
        shown = family_code.send_code(parts().store, visit.link_id, at=g.now)
    except family_code.CodeAskedTooSoon:
        return _ask_code(token, visit, too_soon=True)
    except family_code.NoMoreCodesNow:
        return _ask_code(token, visit, family_words.NO_MORE_CODES)
    return _ask_code(token, visit, sent=True, shown=shown)


@bp.post("/code")
@anyone
def prove_code(token: str) -> ResponseReturnValue:
    """Open the plan on this device if the code is right."""
    visit = named_visit(token)
    typed = _typed_code()
    if typed is None:
        return _ask_code(token, visit, family_words.NOT_A_CODE)
    try:
        link = family_code.prove_code(parts().store, visit.link_id, typed, at=g.now)
    except family_code.CodeWrong:
        return _ask_code(token, visit, family_words.ANOTHER_CODE)
    response = go("copy", token, name="plan")
    family_session.know_device(response, token, visit, link.expires_at)
    return response


@bp.post("/close")
@anyone
def close(token: str) -> ResponseReturnValue:
    """Close the plan in this browser."""
    return _closed(token, visit_of(token), "family/closed.jinja")


@bp.get("/close")
@bp.get("/code/send")
@anyone
def back(token: str) -> ResponseReturnValue:
    """Go where the link leads: another language was chosen on a page that something was sent to."""
    begun_visit(token)
    return go("show", token)


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


def _ask_code(
    token: str,
    visit: family_session.Visit,
    wrong: Sentence | None = None,
    *,
    sent: bool = False,
    too_soon: bool = False,
    shown: str = "",
) -> Response:
    opened = open_for(visit, "be asked for a code")
    return family_page(
        "family/code.jinja",
        language_of(opened),
        status=422 if wrong else 200,
        token=token,
        wrong=wrong,
        errors=wrong,
        sent=sent,
        too_soon=too_soon,
        shown=family_words.shown_code(shown) if shown else None,
    )


def _typed_code() -> str | None:
    """Return the code as typed, in digits of any script, with or without spaces; None where it is none."""
    typed = "".join(c for c in request.form.get("code", "") if c.isalnum())
    if len(typed) != family_code.DIGITS or not typed.isdecimal():
        return None
    return "".join(str(int(c)) for c in typed)


def _typed_date() -> date | None:
    """Return the date of birth as typed, in digits of any script; None where it is no date."""
    try:
        return typed_day(request.form, "born")
    except NotADay:
        return None
