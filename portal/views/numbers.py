"""Whom to phone at a place: shown to everybody of it, entered by its lead."""

from collections.abc import Sequence

from flask import Blueprint, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from plans.places import Role
from plans.problems import Kind, Problem
from plans.school_form import NotWhole
from portal.access import allow
from portal.actions.concerns.numbers import PURPOSES, keep_numbers, may_enter, numbers_here
from portal.actions.review_list import name_of_person
from portal.forms.concern import typed_numbers
from portal.parts import parts
from portal.responses import go_to

bp = Blueprint("numbers", __name__, url_prefix="/team/numbers")
OF_A_TEAM = tuple(role for role in Role if role is not Role.PRIVACY_LEAD)


@bp.get("")
@allow(*OF_A_TEAM)
def show() -> ResponseReturnValue:
    """Show the numbers of this place, and the form for who enters them."""
    return _page()


@bp.post("")
@allow(*OF_A_TEAM)
def save() -> ResponseReturnValue:
    """Keep the numbers; for who does not enter them there is no such page."""
    try:
        keep_numbers(parts().store, typed_numbers(request.form), by=g.person, at=g.now)
    except NotWhole as refusal:
        problem = Problem(refusal.field, Kind.MUST_BE_PUT_RIGHT, refusal.field, str(refusal))
        return _page([problem]), 422
    flash("The numbers are kept.")
    return go_to(url_for(".show"))


def _page(errors: Sequence[Problem] = ()) -> str:
    return render_template(
        "numbers/show.jinja",
        numbers=numbers_here(parts().store, g.person),
        purposes=PURPOSES,
        may_enter=may_enter(parts().store, g.person),
        name_of=lambda ref: name_of_person(parts().store, ref),
        typed=request.form,
        errors=errors,
    )
