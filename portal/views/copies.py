"""The code on paper: whether that copy is the newest, told to anyone; never whose it is."""

from flask import Blueprint, g
from flask.typing import ResponseReturnValue

from plans.leaflet.languages import SOURCE
from plans.working_days import uk_day
from portal.access import anyone
from portal.actions.code_on_paper import answer_for
from portal.family_pages import chosen, family_page
from portal.parts import parts

bp = Blueprint("copies", __name__)


@bp.get("/c/<plan_id>", defaults={"version": None})
@bp.get("/c/<plan_id>/<int:version>")
@anyone
def show(plan_id: str, version: int | None) -> ResponseReturnValue:
    """Answer the code of one version of a plan, on paper that names one version of the child's record."""
    answer = answer_for(parts().store, plan_id, version, today=uk_day(g.now))
    status = 200 if answer.is_known else 404
    return family_page("copies/answer.jinja", chosen() or SOURCE, status=status, answer=answer)
