"""The audit, for an organisation's privacy lead: who did what, what stands out, what families ask for."""

import csv
import io
from collections.abc import Iterator, Sequence

from flask import Blueprint, Response, flash, g, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from fhir.kept_team_tasks import open_tasks_of
from fhir.store.search.audit_pages import Asked
from plans.errors import PuffinError
from plans.places import Role
from plans.problems import Kind, Problem
from plans.team_task import TaskKind
from plans.unusual_access import RULES, AboutYourself, NoteMissing
from plans.who_looked import LeaveOutReasonMissing, ListChanged, NothingLeft
from plans.working_days import uk_day
from portal.access import allow
from portal.actions.audit import reading as audit_reading
from portal.actions.audit import unusual as audit_unusual
from portal.actions.audit import who_looked as audit_who_looked
from portal.actions.audit.folding import folded
from portal.actions.audit.reading import CELLS, Line, Wanted
from portal.audit_words import KIND_WORDS
from portal.forms import audit as typed
from portal.parts import parts
from portal.responses import go_to

bp = Blueprint("audit", __name__, url_prefix="/audit")
FIELD_OF: dict[type[PuffinError], str] = {
    audit_reading.NoSuchChild: "child",
    audit_reading.SeveralChildren: "child",
    audit_reading.NoSuchPerson: "who",
    audit_reading.TooManyDays: "first-day",
    audit_reading.DaysTurnedRound: "last-day",
}
NOT_A_DAY = "Enter the day, month and year in numbers."
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@bp.get("")
@allow(Role.PRIVACY_LEAD)
def index() -> ResponseReturnValue:
    """Show what happened in the last seven days."""
    wanted = typed.usual(uk_day(g.now))
    return _page(wanted, _asked(wanted))


@bp.post("")
@allow(Role.PRIVACY_LEAD)
def narrow() -> ResponseReturnValue:
    """Show what was asked for, and its next pages; a child is never named in an address."""
    wanted, problems = _typed()
    if wanted is None:
        return _page(typed.usual(uk_day(g.now)), None, problems), 422
    try:
        asked = _asked(wanted)
    except tuple(FIELD_OF) as refusal:
        return _page(wanted, None, [_problem(FIELD_OF[type(refusal)], str(refusal))]), 422
    return _page(wanted, asked)


@bp.post("/entries.csv")
@allow(Role.PRIVACY_LEAD)
def as_file() -> ResponseReturnValue:
    """Give all that was asked for as a file."""
    wanted, problems = _typed()
    if wanted is None:
        return _page(typed.usual(uk_day(g.now)), None, problems), 422
    try:
        asked = _asked(wanted)
    except tuple(FIELD_OF) as refusal:
        return _page(wanted, None, [_problem(FIELD_OF[type(refusal)], str(refusal))]), 422
    lines = audit_reading.read_all(parts().store, asked, by=g.person, at=g.now)
    headers = {"Content-Disposition": 'attachment; filename="audit.csv"'}
    return Response(stream_with_context(_rows(lines)), mimetype="text/csv", headers=headers)


@bp.get("/unusual")
@allow(Role.PRIVACY_LEAD)
def unusual() -> ResponseReturnValue:
    """Show what stood out, first what nobody has looked at yet."""
    return _unusual()


@bp.post("/unusual/<line_id>")
@allow(Role.PRIVACY_LEAD)
def review(line_id: str) -> ResponseReturnValue:
    """Keep what the privacy lead found about one line."""
    try:
        audit_unusual.review(parts().store, line_id, request.form.get("note", ""), by=g.person, at=g.now)
    except (AboutYourself, NoteMissing) as refusal:
        return _unusual([_problem(f"note-{line_id}", str(refusal))]), 422
    flash("What you found is kept.")
    return go_to(url_for(".unusual"))


@bp.get("/asked")
@allow(Role.PRIVACY_LEAD)
def asked() -> ResponseReturnValue:
    """Show which families ask who has looked."""
    requests = audit_who_looked.open_requests(parts().store, by=g.person, at=g.now)
    return render_template("audit/asked.jinja", requests=requests)


@bp.get("/asked/<task_id>")
@allow(Role.PRIVACY_LEAD)
def vet(task_id: str) -> ResponseReturnValue:
    """Show the organisations that looked, before the family gets the list."""
    return _vet(task_id)


@bp.post("/asked/<task_id>")
@allow(Role.PRIVACY_LEAD)
def release(task_id: str) -> ResponseReturnValue:
    """Give the family the list without what was left out."""
    left_out = {
        name.removeprefix("leave-out-"): request.form.get(name.replace("leave-out-", "reason-"), "")
        for name in request.form
        if name.startswith("leave-out-")
    }
    try:
        seen = request.form.get("seen", "").split()
        audit_who_looked.release(parts().store, task_id, seen, left_out, by=g.person, at=g.now)
    except (ListChanged, LeaveOutReasonMissing, NothingLeft) as refusal:
        field = f"reason-{refusal.place_id}" if isinstance(refusal, LeaveOutReasonMissing) else "list"
        return _vet(task_id, [_problem(field, str(refusal))]), 422
    flash("The family can now see the list.")
    return go_to(url_for(".asked"))


@bp.context_processor
def _waiting() -> dict[str, object]:
    """Return how many lines and families wait for the privacy lead, by the page where they are."""
    if g.person is None:
        return {}  # the page of an error, for somebody who is not signed in
    store, ours = parts().store, g.person.organisation_id
    families = [one for one in open_tasks_of(store, ours) if one.kind is TaskKind.WHO_LOOKED]
    unusual_lines = audit_unusual.lines(store, ours, is_open=True)
    return {"waiting": {"audit.unusual": len(unusual_lines), "audit.asked": len(families)}}


def _typed() -> tuple[Wanted | None, list[Problem]]:
    wrong = typed.is_day_missing(request.form)
    if wrong:
        return None, [_problem(f"{wrong}-day", NOT_A_DAY)]
    return typed.wanted(request.form, uk_day(g.now)), []


def _asked(wanted: Wanted) -> Asked:
    return audit_reading.asked_for(parts().store, wanted, by=g.person, now=g.now)


def _page(wanted: Wanted, asked: Asked | None, problems: Sequence[Problem] = ()) -> str:
    """Return the page: without entries where what was typed cannot be asked for."""
    after = typed.after(request.form)
    found = (
        audit_reading.read_page(parts().store, asked, by=g.person, at=g.now, after=after) if asked else None
    )
    return render_template(
        "audit/index.jinja",
        found=found,
        folds=folded(found.lines) if found else [],
        is_first=after is None,
        typed=dict(request.form) if problems else typed.fields(wanted),
        people=audit_reading.people_here(parts().store, g.person.organisation_id),
        kinds=KIND_WORDS,
        errors=problems,
    )


def _rows(lines: Iterator[Line]) -> Iterator[str]:
    """Yield the rows; a cell that a spreadsheet would take for a formula begins with an apostrophe."""
    yield _row(CELLS)
    for line in lines:
        yield _row(line.cells())


def _row(cells: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow([f"'{cell}" if cell.startswith(BEGINS_A_FORMULA) else cell for cell in cells])
    return text.getvalue()


def _unusual(problems: Sequence[Problem] = ()) -> str:
    store, ours = parts().store, g.person.organisation_id
    still_open = audit_unusual.lines(store, ours, is_open=True)
    reviewed = audit_unusual.lines(store, ours, is_open=False)
    named = audit_unusual.Seen(store, by=g.person, at=g.now)
    return render_template(
        "audit/unusual.jinja",
        still_open=[(one, named.facts(one)) for one in still_open],
        reviewed=[(one, named.facts(one)) for one in reviewed],
        rules=RULES,
        typed=request.form,
        errors=problems,
    )


def _vet(task_id: str, problems: Sequence[Problem] = ()) -> str:
    asked_by_family = audit_who_looked.to_vet(parts().store, task_id, by=g.person, at=g.now)
    return render_template(
        "audit/vet.jinja",
        request_of=asked_by_family,
        typed=request.form,
        errors=problems,
    )


def _problem(field: str, sentence: str) -> Problem:
    return Problem(field, Kind.MUST_BE_PUT_RIGHT, field, sentence)
