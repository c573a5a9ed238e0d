"""Sharing a child's plan: who is ticked, then why each may see it, then one act."""

from collections.abc import Sequence

import segno
from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fhir import kept_people
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
from portal.actions.family.contacts import why_no_code
from portal.forms.sharing import Ticked, faults, problem, refused, ticked, wanted
from portal.parts import parts
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
    otherwise = Basis.SAFEGUARDING if act == "safeguarding" else None
    try:
        store = parts().store
        decides = deciding(store, child, uk_day(g.now))
        return _why(child, ticked(store, child, request.form, decides, otherwise=otherwise))
    except ShareNotAllowed as refusal:
        return sharing_page(child, refused(refusal)), 422


@bp.post("")
@allow(Role.CLINICIAN)
def share(child_id: str) -> ResponseReturnValue:
    """Share with everybody who was ticked, and show each new link once."""
    child, form, store = g.record.child(child_id), request.form, parts().store
    decides = deciding(store, child, uk_day(g.now))
    try:
        readers = ticked(store, child, form, decides)
        missing = faults(readers, form, decides)
        if missing:
            return (_why(child, readers, missing) if readers else sharing_page(child, missing)), 422
        links = sharing.share(store, child_id, wanted(readers, form, decides), by=g.person, at=g.now)
    except ShareNotAllowed as refusal:
        return sharing_page(child, refused(refusal)), 422
    shown, similar = [_shown(link, child) for link in links], g.record.similar(child)
    return render_template("sharing/done.jinja", child=child, links=shown, similar=similar)


def _why(child: Child, readers: Sequence[Ticked], errors: Sequence[Problem] = ()) -> str:
    places = [one.id for one in readers if one.reader not in BY_LINK]
    return render_template(
        "sharing/why.jinja",
        at_work=[warning(one) for one in barred_at_work(parts().store, child, g.now, also=places)],
        child=child,
        similar=g.record.similar(child),
        ticked=readers,
        decides=deciding(parts().store, child, uk_day(g.now)),
        words=sharing_words,
        typed=request.form,
        errors=errors,
    )


def _shown(link: sharing.NewLink, child: Child) -> dict[str, object]:
    """Return a link as the page shows it, with its QR code as a picture, and why it can be sent no code."""
    address = parts().settings.url + url_for("family.show", token=link.token)
    picture = segno.make(address, error="m", micro=False).svg_data_uri(scale=5, border=2)
    family = kept_people.family(parts().store, child.id)
    member = next(one for one in family if one.id == link.reader_id)
    return {
        "name": link.name,
        "address": address,
        "picture": picture,
        "expires_on": link.expires_on,
        "why_no_code": why_no_code(member, family),
        "at_home": url_for("at_home.show", child_id=child.id, member_id=member.id),
    }
