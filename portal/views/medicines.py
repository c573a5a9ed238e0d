"""The products that a plan may name, each fact with its source and how sure it is."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from plans.medicines import read_medicines
from plans.places import Role
from plans.products import TAG_WORDS
from portal.access import allow
from portal.forms.medicine_list import groups

bp = Blueprint("medicines", __name__)


@bp.get("/medicines")
@allow(Role.CLINICIAN)
def index() -> ResponseReturnValue:
    """Show the list."""
    return render_template("medicines/index.jinja", groups=groups(read_medicines()), tags=TAG_WORDS)
