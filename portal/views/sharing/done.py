"""The plan is shared: a page of its own, so that opening it again shares nothing, with each new link once.

The store keeps no token of a link. Between the act and the page the browser alone holds it, in a cookie that
only this page is sent and no script reads, for as long as it takes to get there.
"""

from collections.abc import Sequence
from datetime import timedelta

import segno
from flask import g, make_response, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from fhir.store.tables import links
from fhir.store.tables.links import Link
from plans.people import Child
from plans.places import Role
from plans.sharing import BY_LINK
from portal.access import allow
from portal.actions.circle import sharing
from portal.actions.family.contacts import why_no_code
from portal.parts import parts
from portal.responses import go_to
from portal.views.sharing.page import bp

COOKIE = "puffin-new-links"
SHOWN_WITHIN = timedelta(minutes=10)


def send_on(child: Child, readers: Sequence[str], new: Sequence[sharing.NewLink]) -> ResponseReturnValue:
    """Send the browser to the page of what was just shared with these readers, by their ids."""
    session["shared"] = {"child": child.id, "readers": list(readers)}
    page = url_for(".done", child_id=child.id)
    answer = make_response(go_to(page))
    answer.set_cookie(
        COOKIE,
        ".".join(one.token for one in new),
        max_age=SHOWN_WITHIN,
        path=page,
        secure=parts().settings.secure_cookies,
        httponly=True,
        samesite="Strict",
    )
    return answer


@bp.get("/done")
@allow(Role.CLINICIAN)
def done(child_id: str) -> ResponseReturnValue:
    """Show with whom the plan was just shared, and each new link, the first time alone."""
    child, shared = g.record.child(child_id), session.get("shared", {})
    if shared.get("child") != child.id:
        return go_to(url_for(".show", child_id=child.id))
    new = [one for token in request.cookies.get(COOKIE, "").split(".") for one in _new_link(child, token)]
    shares = [one for one in g.record.shares(child.id) if one.reader_id in shared["readers"]]
    answer = make_response(
        render_template(
            "sharing/done.jinja",
            child=child,
            similar=g.record.similar(child),
            shares=shares,
            links=[_shown(child, link, token) for link, token in new],
            by_link=[one for one in shares if one.reader in BY_LINK],
        )
    )
    answer.delete_cookie(COOKIE, path=request.path)
    return answer


def _new_link(child: Child, token: str) -> list[tuple[Link, str]]:
    """Return the link of a token, none unless it opens this child's plan and this person made it just now."""
    found = links.by_token_hash(parts().store, sharing.token_hash(token))
    if found is None or found.child_id != child.id or found.revoked_at or found.created_by != g.person.ref:
        return []
    return [(found, token)] if g.now - found.created_at <= SHOWN_WITHIN else []


def _shown(child: Child, link: Link, token: str) -> dict[str, object]:
    """Return a link as the page shows it, with its QR code as a picture, and why it can be sent no code."""
    address = parts().settings.url + url_for("family.show", token=token)
    family = g.record.family(child.id)
    member = next(one for one in family if one.id == link.related_person_id)
    return {
        "name": member.name,
        "address": address,
        "picture": segno.make(address, error="m", micro=False).svg_data_uri(scale=5, border=2),
        "expires_on": link.expires_at.date(),
        "why_no_code": why_no_code(member, family),
        "at_home": url_for("at_home.show", child_id=child.id, member_id=member.id),
    }
