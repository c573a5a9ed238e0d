"""The emergency inhaler kits of schools: contents, monthly checks, and who may have the inhaler."""

from flask import Blueprint, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from plans.places import Role
from plans.problems import Kind, Problem
from plans.school_form import NotWhole
from plans.school_kit import ITEMS, LEAST_SPACERS
from plans.working_days import uk_day
from portal.access import allow
from portal.actions.school.kit import check_kit, kits_of, permitted_at
from portal.actions.school.places import school_seen, schools_seen, sight_of
from portal.forms.school import typed_kit
from portal.parts import parts
from portal.responses import go_to

bp = Blueprint("kits", __name__, url_prefix="/kits")
AT_SCHOOL = (Role.SCHOOL_NURSE, Role.SCHOOL_STAFF)


@bp.get("")
@allow(*AT_SCHOOL)
def index() -> ResponseReturnValue:
    """List the kits of every school of this person."""
    store, today = parts().store, uk_day(g.now)
    schools = [(one, kits_of(store, one.id, today)) for one in schools_seen(store, g.person, g.now)]
    return render_template("kits/index.jinja", schools=schools)


@bp.get("/<school_id>")
@allow(*AT_SCHOOL)
def show(school_id: str) -> ResponseReturnValue:
    """Show the kits of one school, who may have the inhaler, and the form of a check."""
    return _page(school_id)


@bp.post("/<school_id>")
@allow(*AT_SCHOOL)
def check(school_id: str) -> ResponseReturnValue:
    """Keep a check."""
    school = school_seen(parts().store, g.person, school_id, g.now)
    try:
        found = typed_kit(request.form, school.id, by=g.person, at=g.now)
        check_kit(parts().store, found, by=g.person, at=g.now)
    except NotWhole as refusal:
        problem = Problem(refusal.field, Kind.MUST_BE_PUT_RIGHT, refusal.field, str(refusal))
        return _page(school_id, problem), 422
    flash("The check is kept.")
    return go_to(url_for(".show", school_id=school_id))


def _page(school_id: str, problem: Problem | None = None) -> str:
    store = parts().store
    school = school_seen(store, g.person, school_id, g.now)
    g.record.children()  # so that reading their names is audited
    return render_template(
        "kits/show.jinja",
        place=school,
        kits=kits_of(store, school.id, uk_day(g.now)),
        permitted=permitted_at(store, sight_of(store, g.person, g.now), school.id),
        items=ITEMS,
        least_spacers=LEAST_SPACERS,
        today=uk_day(g.now),
        typed=request.form,
        site=request.args.get("site", ""),
        errors=[problem] if problem else [],
    )
