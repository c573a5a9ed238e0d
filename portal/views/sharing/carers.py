"""People around a child who are not family: other carers who are added, and who is barred by name."""

from collections.abc import Sequence

from flask import flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from plans.bar import BarNeedsName, BarNeedsReason
from plans.people import Child, FamilyMember
from plans.places import Role
from plans.problems import Problem
from plans.similar_names import is_same_name
from portal.access import allow
from portal.actions.circle import carers, ending
from portal.actions.circle.at_work import barred_at_work, warning
from portal.forms.sharing import problem
from portal.parts import parts
from portal.responses import go_to
from portal.views.sharing.page import bp


@bp.get("/carers")
@allow(Role.CLINICIAN)
def new_carer(child_id: str) -> ResponseReturnValue:
    """Ask who else cares for the child."""
    return _carer(g.record.child(child_id))


@bp.post("/carers")
@allow(Role.CLINICIAN)
def add_carer(child_id: str) -> ResponseReturnValue:
    """Keep somebody else who cares for the child; a name that is barred asks for an answer first."""
    child, form = g.record.child(child_id), request.form
    said = carers.NewCarer(
        form.get("name", ""), form.get("relationship", ""), form.get("phone", ""), form.get("apart", "")
    )
    try:
        carers.add(parts().store, child_id, said, by=g.person, at=g.now)
    except carers.NameIsBarred as refusal:
        return _carer(child, [problem("apart", str(refusal))], is_barred=True), 422
    except carers.CarerNotAdded as refusal:
        return _carer(child, [problem("name", str(refusal))]), 422
    flash("The carer is added. Tick them to give them a link.")
    return go_to(url_for(".show", child_id=child_id))


@bp.get("/must-not-have")
@allow(Role.CLINICIAN)
def barred(child_id: str) -> ResponseReturnValue:
    """Show who must not have the plan, and ask for another name."""
    return _barred(g.record.child(child_id))


@bp.post("/must-not-have")
@allow(Role.CLINICIAN)
def bar(child_id: str) -> ResponseReturnValue:
    """Bar somebody by name; every access of theirs ends at once."""
    child, form = g.record.child(child_id), request.form
    try:
        ending.bar(
            parts().store, child_id, form.get("name", ""), form.get("reason", ""), by=g.person, at=g.now
        )
    except BarNeedsName as refusal:
        return _barred(child, [problem("name", str(refusal))]), 422
    except BarNeedsReason as refusal:
        return _barred(child, [problem("reason", str(refusal))]), 422
    flash(*_said_of_bar(g.record.family(child_id), form["name"]))
    return go_to(url_for(".barred", child_id=child_id))


@bp.post("/must-not-have/<bar_id>/lift")
@allow(Role.CLINICIAN)
def lift(child_id: str, bar_id: str) -> ResponseReturnValue:
    """Lift a bar; nobody gets a link by that."""
    child = g.record.child(child_id)
    try:
        ending.lift(parts().store, child_id, bar_id, request.form.get("because", ""), by=g.person, at=g.now)
    except BarNeedsReason as refusal:
        return _barred(child, [problem(f"because-{bar_id}", str(refusal))]), 422
    flash("The bar is lifted. Nobody has a link again by that: share the plan if they are to have one.")
    return go_to(url_for(".barred", child_id=child_id))


def _said_of_bar(family: Sequence[FamilyMember], name: str) -> tuple[str, str]:
    """Return what a bar has done to those of the name, and its category: green only if it met somebody."""
    of_the_name = [one for one in family if one.barred and is_same_name(one.name, name)]
    if not of_the_name:
        return (
            "This name is barred. Nobody around this child has this name here: check how it is written, and "
            "who has the plan.",
            "refused",
        )
    met = "; ".join(
        f"{one.name}, {one.relationship}" if one.relationship else one.name for one in of_the_name
    )
    return f"This name is barred. Every access of theirs has ended: {met}.", "message"


def _carer(child: Child, errors: Sequence[Problem] = (), *, is_barred: bool = False) -> str:
    return render_template(
        "sharing/carer.jinja",
        child=child,
        similar=g.record.similar(child),
        is_barred=is_barred,
        typed=request.form,
        errors=errors,
    )


def _barred(child: Child, errors: Sequence[Problem] = ()) -> str:
    store = parts().store
    return render_template(
        "sharing/barred.jinja",
        child=child,
        similar=g.record.similar(child),
        bars=ending.bars(store, child.id),
        at_work=[warning(one) for one in barred_at_work(store, child, g.now)],
        by_record=[one for one in g.record.family(child.id) if one.barred],
        typed=request.form,
        errors=errors,
    )
