"""The register of a school nurse, and of a school's own staff: their children with filters and a search."""

from flask import Blueprint, abort, g, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from plans.places import Role
from plans.school_register import GROUPS, TAGS, Status
from portal.access import allow
from portal.actions.school.register import Wanted, register
from portal.parts import parts

bp = Blueprint("register", __name__)
MOST_LETTERS = 100  # of a name


@bp.get("/register")
@allow(Role.SCHOOL_NURSE, Role.SCHOOL_STAFF)
def index() -> ResponseReturnValue:
    """Show the schools with their figures and the children whom the filters mean."""
    return _page(request.args, "")


@bp.post("/register")
@allow(Role.SCHOOL_NURSE, Role.SCHOOL_STAFF)
def search() -> ResponseReturnValue:
    """Show the children whom a search means; what was typed never stands in an address."""
    return _page(request.form, request.form.get("search", "").strip()[:MOST_LETTERS])


def _page(asked: MultiDict[str, str], name: str) -> str:
    wanted = Wanted(_statuses(asked.getlist("status")), asked.get("school", ""), name, page_number(asked))
    children = g.record.children()
    found = register(parts().store, children, g.person, wanted, now=g.now)
    if wanted.page > found.pages or wanted.school_id not in {"", *(one.place.id for one in found.schools)}:
        abort(404)
    return render_template("register/index.jinja", register=found, wanted=wanted, groups=GROUPS, tags=TAGS)


def _statuses(texts: list[str]) -> frozenset[Status]:
    try:
        return frozenset(Status(text) for text in texts)
    except ValueError:
        abort(404)


def page_number(asked: MultiDict[str, str]) -> int:
    """Return which page of a list is asked for, the first unless it is said; 404 for what is no number."""
    text = asked.get("page", "1")
    if not (text.isascii() and text.isdigit() and 1 <= len(text) <= 4 and int(text) >= 1):
        abort(404)
    return int(text)
