"""Who may use which view: every view says so, and one that says nothing is not there for anybody."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from flask import Flask, abort, current_app, g, request, session, url_for
from flask.typing import ResponseReturnValue

from fhir.record import Record
from fhir.store.texts import is_text
from plans.places import Role
from portal.actions.accounts import people_of
from portal.parts import parts
from portal.person import Person
from portal.responses import go_to
from portal.sessions import must_be_known

View = TypeVar("View", bound=Callable[..., object])

ANYONE = "anyone"


def allow(*roles: Role) -> Callable[[View], View]:
    """Let people of these roles use the view; for everybody else who is signed in it does not exist."""
    return lambda view: _declare(view, frozenset(roles))


def anyone(view: View) -> View:
    """Let everybody use the view, signed in or not: sign-in, a family's link, the health check."""
    return _declare(view, ANYONE)


def who_may_use(view: Callable[..., object]) -> frozenset[Role] | str | None:
    """Return the roles that the view was declared for, ANYONE, or None where nobody declared it."""
    return getattr(view, "may_be_used_by", None)


def guard(app: Flask) -> None:
    """Look at every request before its view does; comes before the check of forms."""
    anyone(app.view_functions["static"])
    app.before_request(must_be_known)
    app.before_request(_recognise)
    app.before_request(_admit)


def _declare(view: View, who: frozenset[Role] | str) -> View:
    view.may_be_used_by = who  # type: ignore[attr-defined]
    return view


def _recognise() -> None:
    """Set `g.now`, `g.people`, who somebody may be here, `g.person`, who they are, and what they may see.

    Who has one post is that; who has several is who they chose to be, and nobody until they chose. Whose
    chosen post has ended is nobody too, until they choose again: what they send next was meant for there.
    """
    g.now = parts().clock()
    g.people, g.person, g.record = [], None, None
    if request.endpoint != "static" and "account" in session:
        g.people = people_of(parts().store, session["account"])
        g.person = _chosen(g.people, session.get("post", ""))
    if g.person:
        g.record = Record(parts().store, g.person, parts().clock)


def _chosen(people: Sequence[Person], post_id: str) -> Person | None:
    if len(people) == 1 and not post_id:
        return people[0]
    return next((one for one in people if one.post_id == post_id), None)


def _admit() -> ResponseReturnValue | None:
    if not all(is_text(value) for value in (request.view_args or {}).values() if isinstance(value, str)):
        abort(404)
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None:
        return None  # no such address: Flask says so itself
    who = who_may_use(view)
    if who == ANYONE:
        return None
    if who is None or (g.person and g.person.role not in who):
        abort(404)
    if g.person:
        return None
    return go_to(url_for("sign_in.choose" if g.people else "sign_in.show", next=_way_back()))


def _way_back() -> str | None:
    """Return the page to come back to after signing in: only one that was asked for, never posted to."""
    return request.path if request.method == "GET" and not request.htmx else None  # type: ignore[attr-defined]
