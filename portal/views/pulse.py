"""The page that says whether Puffin is at work; of nobody, so everybody who is signed in may see it."""

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue

from plans.places import Role
from portal.access import allow
from portal.actions.pulse import pulse_now
from portal.parts import parts

bp = Blueprint("pulse", __name__, url_prefix="/at-work")

CARRIERS = {
    "teams": "Messages to teams",
    "teams/webhook": "Pager or chat of a team",
    "teams/email": "E-mail to teams",
    "teams/notify": "E-mail to teams, by GOV.UK Notify",
    "family": "Codes to families",
    "mesh": "Documents to GP practices, by MESH",
}


@bp.get("")
@allow(*Role)
def index() -> ResponseReturnValue:
    """Show each part of the worker, what waits to be sent, and to leads what did not reach their team."""
    now = pulse_now(parts().store, g.person, g.now)
    return render_template("pulse/index.jinja", now=now, carriers=CARRIERS)
