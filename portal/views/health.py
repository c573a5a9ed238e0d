"""Whether the portal can do its work, for whoever watches over it."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from fhir.store.tables import marks
from portal.access import anyone
from portal.parts import parts

bp = Blueprint("health", __name__)


@bp.get("/health")
@anyone
def show() -> ResponseReturnValue:
    """Say ok once the store has answered."""
    marks.is_demo(parts().store)
    return "ok\n", {"Content-Type": "text/plain; charset=utf-8"}
