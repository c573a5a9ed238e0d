"""A family's link: how far a visitor has come by it, what it opens, and where it leads no further."""

from typing import NoReturn

from flask import Blueprint, Response, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from plans.errors import (
    CardHasOneLanguage,
    CardTooSmall,
    CopyNeedsDischarge,
    CopyNotForThisAge,
    LanguageLacksSentence,
    LanguageNotSignedOff,
    UnknownLanguage,
)
from plans.leaflet.languages import SOURCE
from plans.sharing import Part
from portal import family_session
from portal.actions.family import link as family
from portal.family_pages import chosen, dead_link, family_page
from portal.parts import parts

bp = Blueprint("family", __name__, url_prefix="/f/<token>")


@bp.errorhandler(family.LinkDoesNotWork)
def _dead(_error: family.LinkDoesNotWork) -> ResponseReturnValue:
    return dead_link()


@bp.errorhandler(family.NotInTheirShare)
def _to_the_card(_error: family.NotInTheirShare) -> ResponseReturnValue:
    """Go to the emergency card, which is all that another carer is given."""
    return go("emergency", (request.view_args or {})["token"])


@bp.errorhandler(UnknownLanguage)
@bp.errorhandler(LanguageLacksSentence)
@bp.errorhandler(LanguageNotSignedOff)
def _not_in_this_language(_error: Exception) -> ResponseReturnValue:
    token = (request.view_args or {})["token"]
    return family_page("family/no_language.jinja", chosen(), status=422, token=token)


@bp.errorhandler(CSRFError)
@bp.errorhandler(CopyNeedsDischarge)
@bp.errorhandler(CopyNotForThisAge)
@bp.errorhandler(CardHasOneLanguage)
@bp.errorhandler(CardTooSmall)
def _back_to_the_plan(_error: Exception) -> ResponseReturnValue:
    """Go where the link leads: a form was open too long, or there is no such copy, or none any more."""
    return go("show", (request.view_args or {})["token"])


def begun_visit(token: str) -> family_session.Visit | None:
    """Return the visit by this link, None before it begins; raises LinkDoesNotWork where it opens nothing."""
    visit = family_session.visit_by(token)
    is_in = visit is not None and visit.coded
    device = family_session.device()
    if not family.is_working(parts().store, token, now=g.now, is_in=is_in, device=device):
        raise family.LinkDoesNotWork
    return visit


def visit_of(token: str) -> family_session.Visit:
    """Return the visit by this link; whoever has none is asked for the date of birth."""
    return begun_visit(token) or _leave("show", token)


def named_visit(token: str) -> family_session.Visit:
    """Return the visit by this link; whoever has not confirmed the name is asked for it."""
    visit = visit_of(token)
    return visit if visit.confirmed else _leave("child", token)


def opened_by(token: str, doing: str, part: Part = Part.PLAN) -> family.Opened:
    """Return what the link opens; who lacks the name or the code is asked for it. Audited as `doing`.

    Who is not given this part of the plan is sent to the emergency card.
    """
    visit = named_visit(token)
    return open_for(visit, doing, part) if visit.coded else _leave("code", token)


def open_for(visit: family_session.Visit, doing: str, part: Part = Part.EMERGENCY_CARD) -> family.Opened:
    """Return what the link opens, though nobody has confirmed the name. Audited as `doing`."""
    return family.open_link(parts().store, visit.link_id, part, at=g.now, doing=f"{doing} by a family link")


def language_of(opened: family.Opened) -> str:
    """Return the language to show: the one asked for, else the family's, else English."""
    return chosen() or opened.language or SOURCE


def go(endpoint: str, token: str, name: str | None = None) -> Response:
    """Send the browser to another page of this link, in the language that was asked for."""
    url = url_for(f".{endpoint}", token=token, name=name, lang=chosen() or None)
    return redirect(url, code=303)  # type: ignore[return-value]


def _leave(endpoint: str, token: str) -> NoReturn:
    abort(go(endpoint, token))
