"""The emergency card of a child, one tap from the register: on the screen, and to print on A6."""

from flask import Blueprint, abort, g, render_template
from flask.typing import ResponseReturnValue

from plans.content import Copy
from plans.leaflet.languages import SOURCE
from plans.working_days import uk_day
from portal.access import allow
from portal.actions import originals
from portal.actions.copies import page_of
from portal.actions.printing import Wanted, print_plan
from portal.actions.school.own_class import at_school
from portal.parts import parts
from portal.responses import as_pdf
from portal.views.shared import SEE_THE_CARD, known_here, shared_entry

bp = Blueprint("cards", __name__, url_prefix="/shared/<child_id>")


@bp.get("/card")
@allow(*SEE_THE_CARD)
def show(child_id: str) -> ResponseReturnValue:
    """Show the card; of a withdrawn plan, that it was withdrawn."""
    entry = shared_entry(child_id)
    similar = g.record.similar(entry.child)
    if entry.is_withdrawn:
        return render_template("shared/withdrawn.jinja", entry=entry, similar=similar)
    plan = g.record.plan(entry.plan.id)
    original = originals.in_store(parts().store, plan.id, url=parts().settings.url)
    original = at_school(original, known_here(entry.child))
    page = page_of(original, Copy.EMERGENCY, SOURCE, today=uk_day(g.now))
    return render_template("shared/card.jinja", entry=entry, page=page, similar=similar)


@bp.get("/card.pdf")
@allow(*SEE_THE_CARD)
def pdf(child_id: str) -> ResponseReturnValue:
    """Give the card to print."""
    entry = shared_entry(child_id)
    if entry.is_withdrawn:
        abort(404)
    store, url = parts().store, parts().settings.url
    wanted = Wanted(Copy.EMERGENCY, SOURCE, at_school=known_here(entry.child))
    printed = print_plan(store, entry.plan.id, wanted, url=url, by=g.person.ref, at=g.now)
    return as_pdf(printed, "asthma-emergency-card.pdf")
