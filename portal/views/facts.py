"""Facts a professional should look at: the list of a practice or a school nurse team, and of one child."""

from collections.abc import Sequence
from uuid import uuid4

from flask import Blueprint, abort, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from plans.people import Child
from plans.places import Role
from plans.problems import Kind, Problem
from plans.school_form import NotWhole
from plans.signal_names import NAMES
from plans.supply_by_month import supply_by_month
from plans.working_days import uk_day
from portal.access import allow
from portal.actions.facts.listing import FACTS, Wanted, facts_of_child, facts_page, reads_misuse
from portal.actions.facts.seen import Line, mark, same_count
from portal.actions.facts.thresholds import thresholds_here
from portal.calendar import holidays_for
from portal.forms.fact_seen import as_seen, typed_fact_seen
from portal.parts import parts
from portal.responses import go_to
from portal.views.inbox import CHILDS_PAGE
from portal.views.register import page_number

bp = Blueprint("facts", __name__, url_prefix="/facts")
READERS = (Role.CLINICIAN, Role.SCHOOL_NURSE)


@bp.get("")
@allow(*READERS)
def index() -> ResponseReturnValue:
    """List the children whom this person sees, each with the facts that were found."""
    fact, only = request.args.get("fact", ""), request.args.get("only") == "yes"
    wanted = Wanted(fact, only=bool(fact) and only, page=page_number(request.args))
    if fact and fact not in FACTS:
        abort(404)
    page = facts_page(parts().store, g.record, g.person, wanted, now=g.now, holidays_for=holidays_for)
    if wanted.page > page.pages:
        abort(404)
    return render_template(
        "facts/index.jinja",
        page=page,
        wanted=wanted,
        names=NAMES,
        thresholds=thresholds_here().said,
        childs_page=CHILDS_PAGE.get(g.person.role),
        **_words(),
    )


@bp.get("/<child_id>")
@allow(*READERS)
def show(child_id: str) -> ResponseReturnValue:
    """Show the facts about one child, with the inhalers supplied in each month."""
    child = g.record.child(child_id)
    facts, found = facts_of_child(parts().store, child, g.person, now=g.now, holidays_for=holidays_for)
    both = facts.both
    return render_template(
        "facts/show.jinja",
        child=child,
        similar=g.record.similar(child),
        childs_page=CHILDS_PAGE.get(g.person.role),
        facts=facts,
        lines=found,
        supply=supply_by_month(both.record, uk_day(g.now)) if both and facts.has_record else None,
        **_words(),
    )


@bp.get("/<child_id>/seen/<fact>")
@allow(*READERS)
def look(child_id: str, fact: str) -> ResponseReturnValue:
    """Show the form of somebody who has looked at one fact."""
    child = g.record.child(child_id)
    return _form(child, *_line(child, fact))


@bp.post("/<child_id>/seen/<fact>")
@allow(*READERS)
def keep(child_id: str, fact: str) -> ResponseReturnValue:
    """Keep what somebody will do about a fact, and when they look again."""
    child = g.record.child(child_id)
    line, others = _line(child, fact)
    try:
        seen = typed_fact_seen(request.form, child.id, line.found, by=g.person, at=g.now)
        mark(parts().store, seen, others, by=g.person, at=g.now)
    except NotWhole as refusal:
        problem = Problem(refusal.field, Kind.MUST_BE_PUT_RIGHT, refusal.field, str(refusal))
        return _form(child, line, others, [problem]), 422
    flash("Kept. Your team sees it on the line of this fact.")
    return go_to(url_for(".show", child_id=child.id))


def _line(child: Child, fact: str) -> tuple[Line, list[Line]]:
    """Return the line of one fact, of the school that the address names, and those of the same count.

    404 where it is not found.
    """
    _, found = facts_of_child(parts().store, child, g.person, now=g.now, holidays_for=holidays_for)
    school = request.args.get("school", "")
    named = (line for line in found if (line.found.signal.name, line.found.school_id) == (fact, school))
    line = next(named, None) or abort(404)
    return line, same_count(line, found)


def _form(child: Child, line: Line, others: Sequence[Line], errors: Sequence[Problem] = ()) -> str:
    return render_template(
        "facts/look.jinja",
        child=child,
        similar=g.record.similar(child),
        line=line,
        others=others,
        as_seen=as_seen(line.found),
        new_id=request.form.get("seen") or str(uuid4()),
        typed=request.form,
        errors=errors,
        **_words(),
    )


def _words() -> dict[str, object]:
    return {"reads_misuse": reads_misuse(g.person)}
