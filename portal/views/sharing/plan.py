"""Sharing a child's plan with school, hospital and family: one page, one act; and stopping it."""

from collections.abc import Sequence

import segno
from flask import Blueprint, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fhir import kept_plans
from plans.people import Child
from plans.places import Role
from plans.problems import Problem
from plans.sharing import ShareNotAllowed
from portal.access import allow
from portal.actions import sharing
from portal.forms.sharing import faults, offered, refused, shared_with, wanted
from portal.parts import parts
from portal.responses import go_to

bp = Blueprint("sharing", __name__, url_prefix="/children/<child_id>/share")


@bp.get("")
@allow(Role.CLINICIAN)
def show(child_id: str) -> ResponseReturnValue:
    """Show who can be given the plan, who has it, and who has read it."""
    return _page(g.record.child(child_id))


@bp.post("")
@allow(Role.CLINICIAN)
def share(child_id: str) -> ResponseReturnValue:
    """Share with everybody who was ticked, and show each new link once."""
    child, form = g.record.child(child_id), request.form
    missing = faults(form)
    if missing:
        return _page(child, missing), 422
    readers = wanted(form)
    try:
        links = sharing.share(parts().store, child_id, readers, by=g.person, at=g.now)
    except ShareNotAllowed as refusal:
        return _page(child, refused(refusal)), 422
    shown, similar = [_shown(link) for link in links], g.record.similar(child)
    return render_template("sharing/done.jinja", child=child, links=shown, similar=similar)


@bp.post("/<share_id>/stop")
@allow(Role.CLINICIAN)
def stop(child_id: str, share_id: str) -> ResponseReturnValue:
    """Let a reader see the plan no more, from now on."""
    g.record.child(child_id)
    sharing.stop(parts().store, child_id, share_id, by=g.person, at=g.now)
    return go_to(url_for(".show", child_id=child_id))


def _page(child: Child, errors: Sequence[Problem] = ()) -> str:
    store = parts().store
    live = kept_plans.live_plan(store, child.id)
    shares = g.record.shares(child.id)
    return render_template(
        "sharing/show.jinja",
        child=child,
        similar=g.record.similar(child),
        live=live,
        offered=offered(store, child),
        shares=shared_with(store, shares, live),
        readers={one.reader_id for one in shares},
        signed=request.args.get("signed", type=int),
        typed=request.form,
        errors=errors,
    )


def _shown(link: sharing.NewLink) -> dict[str, object]:
    """Return a link as the page shows it, with its QR code as a picture."""
    address = parts().settings.url + url_for("family.show", token=link.token)
    picture = segno.make(address, error="m", micro=False).svg_data_uri(scale=5, border=2)
    return {"name": link.name, "address": address, "picture": picture, "expires_on": link.expires_on}
