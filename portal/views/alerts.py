"""Alerts: what this organisation owns or was told, a group for each child, and what was done about it."""

from flask import Blueprint, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from plans.alert import Alert
from plans.places import Role
from plans.problems import Kind, Problem
from portal.access import allow
from portal.actions.alert_list import grouped
from portal.actions.alerts import ActionMissing, AlertAnswered, AlertOfAnother, acknowledge
from portal.actions.review_list import name_of_person, name_of_place
from portal.parts import parts
from portal.responses import go_to
from portal.review_words import RUNGS

bp = Blueprint("alerts", __name__, url_prefix="/alerts")
PROFESSIONALS = (Role.CLINICIAN, Role.HOSPITAL)


@bp.get("")
@allow(*PROFESSIONALS)
def index() -> ResponseReturnValue:
    """List the alerts, one group for each child; those with something open first."""
    groups = grouped(parts().store, g.record.alerts())
    return render_template("alerts/index.jinja", groups=groups, rungs=RUNGS, name_of_place=_place)


@bp.get("/<alert_id>")
@allow(*PROFESSIONALS)
def show(alert_id: str) -> ResponseReturnValue:
    """Show one alert with the earlier ones about the same child, and answer it."""
    return _page(g.record.alert(alert_id))


@bp.post("/<alert_id>/acknowledge")
@allow(*PROFESSIONALS)
def answer(alert_id: str) -> ResponseReturnValue:
    """Keep what was done about it."""
    alert = g.record.alert(alert_id)
    try:
        acknowledge(parts().store, alert_id, request.form.get("action", ""), by=g.person, at=g.now)
    except (ActionMissing, AlertAnswered, AlertOfAnother) as refusal:
        problem = Problem("action", Kind.MUST_BE_PUT_RIGHT, "action", str(refusal))
        return _page(alert, problem), 422
    flash("What you did is kept. The clock of the review runs until the review is recorded.")
    return go_to(url_for(".index"))


def _page(alert: Alert, problem: Problem | None = None) -> str:
    groups = grouped(parts().store, g.record.alerts())
    group = next(one for one in groups if alert.id in {each.id for each in one.alerts})
    return render_template(
        "alerts/show.jinja",
        alert=alert,
        group=group,
        may_answer=alert.owner_id == g.person.organisation_id and alert.acknowledged_at is None,
        rungs=RUNGS,
        name_of_place=_place,
        name_of=lambda id: name_of_person(parts().store, id),
        typed=request.form,
        errors=[problem] if problem else [],
    )


def _place(organisation_id: str) -> str:
    return name_of_place(parts().store, organisation_id)
