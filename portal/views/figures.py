"""Figures of the place where somebody works: what became of each discharge, and whose plans are current."""

import csv
import io

from flask import Blueprint, Response, abort, g, render_template, request
from flask.typing import ResponseReturnValue

from plans.figures import LARGEST_SMALL, Outcome, Quarter, Where
from plans.working_days import uk_day
from portal.access import allow
from portal.actions.figures import CELLS, READERS, NoSuchQuarter, figures_here, quarter_from, quarters_offered
from portal.parts import parts

bp = Blueprint("figures", __name__, url_prefix="/figures")
NAMES = {
    Outcome.IN_TIME: "Reviewed in time",
    Outcome.LATE: "Reviewed late",
    Outcome.NEVER: "Not reviewed, past the due date",
    Outcome.NOT_DUE: "Not reviewed, not due yet",
    Outcome.NOT_NEEDED: "A clinician decided: no review needed",
    Outcome.CANCELLED: "Discharge cancelled",
    Outcome.DIED: "The child died",
}


@bp.get("")
@allow(*READERS)
def index() -> ResponseReturnValue:
    """Show the figures of a quarter and of the year that ends with it, drawn and in tables."""
    quarter = _quarter()
    return render_template(
        "figures/index.jinja",
        found=figures_here(parts().store, g.person, quarter, Where.OWN_PAGE, g.now),
        offered=quarters_offered(uk_day(g.now)),
        names=NAMES,
        outcomes=Outcome,
        largest_small=LARGEST_SMALL,
    )


@bp.get("/figures.csv")
@allow(*READERS)
def as_file() -> ResponseReturnValue:
    """Give the same as a file that can be handed on: small numbers are hidden."""
    found = figures_here(parts().store, g.person, _quarter(), Where.FILE, g.now)
    text = io.StringIO()
    csv.writer(text).writerows([CELLS, *found.lines()])
    headers = {"Content-Disposition": f'attachment; filename="figures-{found.quarter}.csv"'}
    return Response(text.getvalue(), mimetype="text/csv", headers=headers)


def _quarter() -> Quarter:
    try:
        return quarter_from(request.args.get("quarter", ""), uk_day(g.now))
    except NoSuchQuarter:
        abort(404)
