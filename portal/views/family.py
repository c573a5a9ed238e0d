"""A family's way to the plan: their link, the date of birth, the name, then the plan in their language."""

import re
from datetime import date
from typing import NoReturn

from flask import Blueprint, Response, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from plans.content import Copy
from plans.content.family import surgery_phone
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
from plans.leaflet.page import article
from plans.sections import Band
from plans.sentences import Day, Sentence
from plans.working_days import uk_day
from portal import family_session, family_words
from portal.access import anyone
from portal.actions import family, originals, reading
from portal.actions.copies import copies_there_are, leaflet_of, pdf_of
from portal.actions.originals import Original
from portal.actions.plan_changes import Changes, changes_for
from portal.actions.sharing import acknowledge
from portal.family_pages import chosen, dead_link, family_page
from portal.forms.days import NotADay, typed_day
from portal.parts import parts
from portal.responses import as_pdf

bp = Blueprint("family", __name__, url_prefix="/f/<token>")

# What a family may open by its link, and under which name.
COPIES = {
    "plan": Copy.FAMILY,
    "pictures": Copy.CHILD,
    "card": Copy.WALLET,
    "after-hospital": Copy.DISCHARGE,
}
ONE_NUMBER = re.compile(r"\+?[0-9]{3,15}")  # Source: ITU-T E.164, 15 digits at most
NAMES = "any(plan, pictures, card, 'after-hospital')"


@bp.errorhandler(family.LinkDoesNotWork)
def _dead(_error: family.LinkDoesNotWork) -> ResponseReturnValue:
    return dead_link()


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
    return _go("show", (request.view_args or {})["token"])


@bp.get("")
@anyone
def show(token: str) -> ResponseReturnValue:
    """Ask for the child's date of birth; whoever has given it goes on to the plan."""
    _must_work(token)
    visit = family_session.visit_by(token)
    return _go("copy", token, name="plan") if visit else _ask(token)


@bp.post("")
@anyone
def prove(token: str) -> ResponseReturnValue:
    """Begin a visit if the date of birth fits."""
    _must_work(token)
    born = _typed_date()
    if born is None:
        return _ask(token, family_words.NOT_A_DATE)
    try:
        link_id = family.prove(parts().store, token, born, at=g.now)
    except family.BornOnAnotherDay:
        return _ask(token, family_words.ANOTHER_DAY)
    response = _go("child", token)
    family_session.begin(response, token, link_id)
    return response


@bp.get("/child")
@anyone
def child(token: str) -> ResponseReturnValue:
    """Ask whether this is the right child, by name."""
    opened = _open(_visit(token), "see whose plan it is")
    question = family_words.is_this(opened.child.name, Day(opened.child.born))
    return family_page("family/child.jinja", _language(opened), token=token, question=question)


@bp.post("/child")
@anyone
def confirm(token: str) -> ResponseReturnValue:
    """Go on to the plan; or close it, because it is for another child."""
    visit = _visit(token)
    if request.form.get("answer") == "yes":
        family_session.confirm(visit, token)
        return _go("copy", token, name="plan")
    return _closed(token, visit, "family/another_child.jinja")


@bp.get(f"/<{NAMES}:name>")
@anyone
def copy(token: str, name: str) -> ResponseReturnValue:
    """Show the plan, the child's own version, the card, or the sheet after hospital."""
    opened = _opened(token, f"read the {COPIES[name]} copy")
    original, language = _original(opened), _language(opened)
    leaflet = leaflet_of(original, COPIES[name], language, today=uk_day(g.now))
    phone = surgery_phone(original.plan, original.people)
    return family_page(
        "family/copy.jinja",
        language,
        token=token,
        name=name,
        title=leaflet.of(Band.HEAD)[0].heading,
        page=article(leaflet),
        phone=phone,
        dialled=_dialled(phone),
        plan=opened.plan,
        changes=_changes(opened, name, language),
        has_read=reading.has_read(parts().store, opened.plan.id, opened.reader_id),
        copies=copies_there_are(original, today=uk_day(g.now)),
    )


@bp.get(f"/<{NAMES}:name>.pdf")
@anyone
def pdf(token: str, name: str) -> ResponseReturnValue:
    """Give the same to save or print, on request with English beside it."""
    opened = _opened(token, f"print the {COPIES[name]} copy")
    language, bilingual = _language(opened), request.args.get("bilingual") == "yes"
    today = uk_day(g.now)
    printed = pdf_of(_original(opened), COPIES[name], language, today=today, bilingual=bilingual)
    return as_pdf(printed, f"asthma-{name}-{language}.pdf")


@bp.post("/read")
@anyone
def read(token: str) -> ResponseReturnValue:
    """Keep that this person has read this version; one that came in between is shown instead."""
    opened = _opened(token, "say that the plan is read")
    if request.form.get("plan") == opened.plan.id:
        acknowledge(parts().store, opened.plan, opened.reader_id, by=opened.reader_ref, at=g.now)
    return _go("copy", token, name="plan")


@bp.post("/close")
@anyone
def close(token: str) -> ResponseReturnValue:
    """Close the plan in this browser."""
    return _closed(token, _visit(token), "family/closed.jinja")


def _must_work(token: str) -> None:
    if not family.is_working(parts().store, token, now=g.now):
        raise family.LinkDoesNotWork


def _visit(token: str) -> family_session.Visit:
    _must_work(token)
    visit = family_session.visit_by(token)
    return visit or _leave("show", token)


def _opened(token: str, doing: str) -> family.Opened:
    """Return what the link opens, once the name is confirmed."""
    visit = _visit(token)
    return _open(visit, doing) if visit.confirmed else _leave("child", token)


def _open(visit: family_session.Visit, doing: str) -> family.Opened:
    return family.open_link(parts().store, visit.link_id, at=g.now, doing=f"{doing} by a family link")


def _original(opened: family.Opened) -> Original:
    return originals.in_store(parts().store, opened.plan.id, url=parts().settings.url)


def _changes(opened: family.Opened, name: str, language: str) -> Changes | None:
    """Return what changed since the plan that this person had before; its words are English only."""
    if name != "plan" or language != SOURCE:
        return None
    return changes_for(parts().store, opened.plan, COPIES[name], opened.reader_id)


def _language(opened: family.Opened) -> str:
    return chosen() or opened.language or SOURCE


def _dialled(phone: str) -> str:
    """Return what a phone dials for a number as typed; "" where it is not plainly one number."""
    number = phone.replace(" ", "")
    return number if ONE_NUMBER.fullmatch(number) else ""


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


def _go(endpoint: str, token: str, name: str | None = None) -> Response:
    url = url_for(f".{endpoint}", token=token, name=name, lang=chosen() or None)
    return redirect(url, code=303)  # type: ignore[return-value]


def _leave(endpoint: str, token: str) -> NoReturn:
    abort(_go(endpoint, token))
