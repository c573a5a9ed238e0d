"""Sharing a child's plan: who is ticked, then why each may see it, then one act."""

from collections.abc import Sequence
from uuid import uuid4

from flask import flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from plans.people import Child
from plans.places import Role
from plans.problems import Problem
from plans.sharing import BY_LINK, Basis, ShareNotAllowed
from plans.working_days import uk_day
from portal import sharing_words
from portal.access import allow
from portal.actions.circle import sharing
from portal.actions.circle.at_work import barred_at_work, warning
from portal.actions.circle.deciding import deciding
from portal.actions.family.contacts import link_stands
from portal.forms.sharing import Ticked, faults, problem, refused, ticked, wanted
from portal.parts import parts
from portal.responses import go_to
from portal.views.sharing.done import send_on
from portal.views.sharing.page import bp, sharing_page


@bp.get("")
@allow(Role.CLINICIAN)
def show(child_id: str) -> ResponseReturnValue:
    """Show who can be given the plan, who has it, and who has read it."""
    return sharing_page(g.record.child(child_id))


@bp.post("/readers")
@allow(Role.CLINICIAN)
def choose(child_id: str) -> ResponseReturnValue:
    """Look for a place, or go on to why each reader who was ticked may see the plan."""
    child, act = g.record.child(child_id), request.form.get("act")
    if act == "find":
        return sharing_page(child)
    if not request.form.getlist("reader"):
        return sharing_page(
            child, [problem("readers", "Tick at least one reader to share the plan with.")]
        ), 422
    return go_to(url_for(".why", child_id=child.id, reader=request.form.getlist("reader"), act=act))


@bp.get("/why")
@allow(Role.CLINICIAN)
def why(child_id: str) -> ResponseReturnValue:
    """Ask why each reader who was ticked may see the plan."""
    child = g.record.child(child_id)
    otherwise = Basis.SAFEGUARDING if request.args.get("act") == "safeguarding" else None
    try:
        store = parts().store
        decides = deciding(store, child, uk_day(g.now))
        return _why(child, ticked(store, child, request.args, decides, otherwise=otherwise))
    except ShareNotAllowed as refusal:
        return sharing_page(child, refused(refusal)), 422


@bp.post("")
@allow(Role.CLINICIAN)
def share(child_id: str) -> ResponseReturnValue:
    """Share with everybody who was ticked, and go on to the page that shows each new link once."""
    child, form, store = g.record.child(child_id), request.form, parts().store
    decides = deciding(store, child, uk_day(g.now))
    try:
        readers = ticked(store, child, form, decides)
        missing = faults(readers, form, decides)
        if missing:
            return (_why(child, readers, missing) if readers else sharing_page(child, missing)), 422
        once, new = form.get("once", ""), wanted(readers, form, decides)
        links = sharing.share(store, child_id, new, once=once, by=g.person, at=g.now)
    except ShareNotAllowed as refusal:
        return sharing_page(child, refused(refusal)), 422
    except sharing.SharedBefore as refusal:
        flash(str(refusal), "refused")
        return go_to(url_for(".done", child_id=child_id))
    return send_on(child, [one.reader_id for one in new], links)


def _why(child: Child, readers: Sequence[Ticked], errors: Sequence[Problem] = ()) -> str:
    places = [one.id for one in readers if one.reader not in BY_LINK]
    return render_template(
        "sharing/why.jinja",
        at_work=[warning(one) for one in barred_at_work(parts().store, child, g.now, also=places)],
        child=child,
        similar=g.record.similar(child),
        ticked=readers,
        decides=deciding(parts().store, child, uk_day(g.now)),
        with_link={
            one.id
            for one in readers
            if one.reader in BY_LINK and link_stands(parts().store, child.id, one.id, now=g.now)
        },
        once=request.form.get("once") or str(uuid4()),
        words=sharing_words,
        typed=request.form,
        errors=errors,
    )
