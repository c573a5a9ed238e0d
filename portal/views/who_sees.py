"""Who sees what: the table by which every reader is given a part of a child's plan, for whoever signs in."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from plans.places import Role
from plans.sharing import Part, Reader, sees
from portal import sharing_words
from portal.access import allow

bp = Blueprint("who_sees", __name__)


@bp.get("/who-sees-what")
@allow(*Role)
def index() -> ResponseReturnValue:
    """Show each part, and which readers are given it."""
    return render_template("who_sees/index.jinja", parts=Part, readers=Reader, sees=sees, words=sharing_words)
