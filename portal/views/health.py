"""Whether the portal can do its work, for whoever watches over it."""

from flask import Blueprint, g
from flask.typing import ResponseReturnValue

from fhir.store.tables import marks
from portal.access import anyone
from portal.actions.pulse import silent_now
from portal.parts import parts

bp = Blueprint("health", __name__)


@bp.get("/health")
@anyone
def show() -> ResponseReturnValue:
    """Say ok once the store has answered, and whether the worker has stopped."""
    marks.is_demo(parts().store)
    stopped = silent_now(parts().store, g.now)
    said = f"ok, but the worker has stopped: {', '.join(stopped.parts)}\n" if stopped else "ok\n"
    return said, {"Content-Type": "text/plain; charset=utf-8"}
