"""The register of a school by its class lists: upload, preview, keeping; and the end of the school year."""

from collections.abc import Sequence

from flask import Blueprint, abort, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fhir.store.tables import class_lists as kept
from plans.class_list import Column
from plans.class_list_register import Pupil
from plans.class_list_years import LAST_YEARS, may_be_undone
from plans.errors import PuffinError
from plans.places import Organisation, Role
from plans.problems import Problem
from plans.working_days import uk_day
from portal.access import allow
from portal.actions.class_lists import lists as class_lists
from portal.actions.class_lists import years as class_lists_years
from portal.actions.moves import school as moves
from portal.actions.school.places import school_of, schools_of
from portal.errors import status_of
from portal.forms.class_lists import day_of, decided, problem, year_end_of
from portal.parts import parts
from portal.responses import go_to

bp = Blueprint("class_lists", __name__, url_prefix="/class-lists")
KEEPERS = (Role.SCHOOL_STAFF, Role.SCHOOL_NURSE)
UNPROCESSABLE = 422


@bp.get("")
@allow(*KEEPERS)
def index() -> ResponseReturnValue:
    """List the schools whose registers this person keeps; who has one begins there."""
    schools = schools_of(parts().store, g.person)
    if len(schools) == 1:
        return go_to(url_for(".show", school_id=schools[0].id))
    return render_template("class_lists/index.jinja", schools=schools)


@bp.get("/<school_id>")
@allow(*KEEPERS)
def show(school_id: str) -> ResponseReturnValue:
    """Show who goes to a school, in the school's own words, and which plans the reader may open."""
    school = _ours(school_id)
    everybody = class_lists.see_register(parts().store, school_id, by=g.person, at=g.now)
    today = uk_day(g.now)
    done = class_lists_years.done_this_summer(parts().store, school_id, today)
    return render_template(
        "class_lists/show.jinja",
        school=school,
        pupils=[one for one in everybody if one.is_here_on(today)],
        left=[one for one in everybody if not one.is_here_on(today)],
        seen={child.id for child in g.record.children()},
        undo=done if done and may_be_undone(done.last_day, today=today) else None,
    )


@bp.get("/<school_id>/upload")
@allow(*KEEPERS)
def upload(school_id: str) -> ResponseReturnValue:
    """Ask for the file of a class list."""
    return _upload(_ours(school_id))


@bp.post("/<school_id>/upload")
@allow(*KEEPERS)
def preview(school_id: str) -> ResponseReturnValue:
    """Show what the list would do to the register; nothing is kept."""
    school, file = _ours(school_id), request.files.get("list")
    children = g.record.children() if g.person.role is Role.SCHOOL_NURSE else []
    try:
        found = class_lists.preview(
            parts().store,
            school_id,
            file.read() if file else b"",
            children,
            by=g.person,
            at=g.now,
            today=uk_day(g.now),
        )
    except PuffinError as refusal:
        return _refused(school, refusal)
    is_nurse = g.person.role is Role.SCHOOL_NURSE
    return render_template("class_lists/preview.jinja", school=school, found=found, is_nurse=is_nurse)


@bp.post("/<school_id>/keep")
@allow(*KEEPERS)
def keep(school_id: str) -> ResponseReturnValue:
    """Keep the list that was looked at, with what was decided about its doubtful rows."""
    school, text = _ours(school_id), request.form.get("text", "")
    try:
        done = class_lists.keep(
            parts().store,
            school_id,
            text,
            decided(request.form),
            by=g.person,
            at=g.now,
            today=uk_day(g.now),
        )
    except PuffinError as refusal:
        return _refused(school, refusal)
    flash(
        f"The register is kept: {done.new} new, {done.changed} changed, {done.same} as they were, "
        f"{done.left_out + done.refused} not taken."
    )
    return go_to(url_for(".show", school_id=school_id))


@bp.get("/<school_id>/pupils/<pupil_id>")
@allow(*KEEPERS)
def pupil(school_id: str, pupil_id: str) -> ResponseReturnValue:
    """Show one pupil of the register, who may have left."""
    return _pupil(_ours(school_id), _on_register(school_id, pupil_id))


@bp.post("/<school_id>/pupils/<pupil_id>/left")
@allow(*KEEPERS)
def left(school_id: str, pupil_id: str) -> ResponseReturnValue:
    """Keep that a pupil has left this school, or will on a day."""
    school, who = _ours(school_id), _on_register(school_id, pupil_id)
    day, problems = day_of(request.form, "left")
    if day is None:
        return _pupil(school, who, problems), UNPROCESSABLE
    try:
        moves.leave_school(parts().store, school_id, pupil_id, day, by=g.person, at=g.now)
    except PuffinError as refusal:
        if status_of(refusal) != UNPROCESSABLE:
            raise
        return _pupil(school, who, [problem("left-day", str(refusal))]), UNPROCESSABLE
    flash("It is kept. If a plan was shared with the school, that ends with this day.")
    return go_to(url_for(".show", school_id=school_id))


@bp.get("/<school_id>/summer")
@allow(*KEEPERS)
def summer(school_id: str) -> ResponseReturnValue:
    """Ask for the last day of term and the last year of the school."""
    return _summer(_ours(school_id))


@bp.post("/<school_id>/summer")
@allow(*KEEPERS)
def look_ahead(school_id: str) -> ResponseReturnValue:
    """Show who moves up, and who could leave; nothing is kept."""
    school, typed = _ours(school_id), year_end_of(request.form)
    if typed.last_day is None or typed.problems:
        return _summer(school, typed.problems), UNPROCESSABLE
    try:
        found = class_lists_years.look_ahead(
            parts().store, school_id, typed.last_year, typed.last_day, by=g.person, at=g.now
        )
    except PuffinError as refusal:
        return _summer(school, [problem("term-day", str(refusal))]), UNPROCESSABLE
    return render_template("class_lists/summer_preview.jinja", school=school, found=found, typed=typed)


@bp.post("/<school_id>/summer/done")
@allow(*KEEPERS)
def move_up(school_id: str) -> ResponseReturnValue:
    """Move every class up, and let those leave who were ticked."""
    school, typed = _ours(school_id), year_end_of(request.form)
    if typed.last_day is None or typed.problems:
        return _summer(school, typed.problems), UNPROCESSABLE
    leavers = request.form.getlist("leaver")
    try:
        done = class_lists_years.move_up(
            parts().store, school_id, typed.last_year, typed.last_day, leavers, by=g.person, at=g.now
        )
    except PuffinError as refusal:
        return _summer(school, [problem("term-day", str(refusal))]), UNPROCESSABLE
    flash(f"{len(done.up)} pupils move up, and {len(done.leaving)} leave.")
    return go_to(url_for(".show", school_id=school_id))


@bp.post("/<school_id>/summer/undo")
@allow(*KEEPERS)
def undo(school_id: str) -> ResponseReturnValue:
    """Put the register back as it was before the classes moved up this summer."""
    _ours(school_id)
    class_lists_years.undo(parts().store, school_id, by=g.person, at=g.now)
    flash("The register is as it was before the classes moved up.")
    return go_to(url_for(".show", school_id=school_id))


def _ours(school_id: str) -> Organisation:
    return school_of(parts().store, g.person, school_id)


def _on_register(school_id: str, pupil_id: str) -> Pupil:
    """Return a pupil of this school, with the reading of the register recorded; 404 for any other."""
    everybody = class_lists.see_register(parts().store, school_id, by=g.person, at=g.now)
    return next((one for one in everybody if one.id == pupil_id), None) or abort(404)


def _upload(school: Organisation, errors: Sequence[Problem] = ()) -> str:
    has_pupils = bool(kept.pupils_of_school(parts().store, school.id))
    return render_template(
        "class_lists/upload.jinja", school=school, columns=list(Column), has_pupils=has_pupils, errors=errors
    )


def _refused(school: Organisation, refusal: PuffinError) -> ResponseReturnValue:
    """Show why a list was not read beside the file; what is not there for this person is not there."""
    if status_of(refusal) != UNPROCESSABLE:
        raise refusal
    return _upload(school, [problem("list", str(refusal))]), UNPROCESSABLE


def _pupil(school: Organisation, who: Pupil, errors: Sequence[Problem] = ()) -> str:
    is_nurse = g.person.role is Role.SCHOOL_NURSE
    may_move = is_nurse and who.child_id in {child.id for child in g.record.children()}
    return render_template(
        "class_lists/pupil.jinja",
        school=school,
        pupil=who,
        may_move=may_move,
        typed=request.form,
        errors=errors,
    )


def _summer(school: Organisation, errors: Sequence[Problem] = ()) -> str:
    return render_template(
        "class_lists/summer.jinja", school=school, years=LAST_YEARS, typed=request.form, errors=errors
    )
