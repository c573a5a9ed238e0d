"""Pupils of class lists who may be a child whom the reader sees: both side by side, answered one by one."""

from collections.abc import Sequence

from flask import Blueprint, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from plans.class_list_match import SENTENCES
from plans.places import Role
from plans.problems import Problem
from portal.access import allow
from portal.actions.class_lists import matching
from portal.forms.class_lists import problem
from portal.parts import parts
from portal.responses import go_to

bp = Blueprint("class_list_doubts", __name__, url_prefix="/pupils-to-check")
PROFESSIONALS = (Role.CLINICIAN, Role.SCHOOL_NURSE)
NOBODY = "nobody"


@bp.get("")
@allow(*PROFESSIONALS)
def index() -> ResponseReturnValue:
    """List the pupils who may be a child whom this person sees."""
    found = matching.see_doubts(parts().store, by=g.person, at=g.now)
    pupils = {one.pupil.id: one for one in found}
    return render_template("class_lists/doubts.jinja", pupils=list(pupils.values()))


@bp.get("/<pupil_id>")
@allow(*PROFESSIONALS)
def show(pupil_id: str) -> ResponseReturnValue:
    """Show one pupil beside each child whom they may be."""
    return _page(pupil_id)


@bp.post("/<pupil_id>")
@allow(*PROFESSIONALS)
def answer(pupil_id: str) -> ResponseReturnValue:
    """Keep which child the pupil is, or that they are none of those shown."""
    store, chosen = parts().store, request.form.get("child", "")
    shown = matching.see_pupil(store, pupil_id, by=g.person, at=g.now)
    if chosen != NOBODY and chosen not in {one.child.id for one in shown}:
        return _page(pupil_id, [problem("child", "Choose which child this pupil is, or none of them.")]), 422
    try:
        if chosen != NOBODY:
            matching.answer(store, pupil_id, chosen, is_same=True, by=g.person, at=g.now)
        for one in shown if chosen == NOBODY else ():
            matching.answer(store, pupil_id, one.child.id, is_same=False, by=g.person, at=g.now)
    except matching.PupilAlreadyFound as refusal:
        return _page(pupil_id, [problem("child", str(refusal))]), 422
    flash("Your answer is kept with your name.")
    return go_to(url_for(".index"))


def _page(pupil_id: str, errors: Sequence[Problem] = ()) -> str:
    found = matching.see_pupil(parts().store, pupil_id, by=g.person, at=g.now)
    return render_template(
        "class_lists/doubt.jinja", found=found, pupil=found[0].pupil, sentences=SENTENCES, errors=errors
    )
