"""Somebody at home, for the practice: how they are reached, how their link stands, what they answered."""

from collections.abc import Sequence

from flask import Blueprint, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fhir import kept_plans
from plans.people import Child
from plans.places import Role
from plans.problems import Kind, Problem
from portal.access import allow
from portal.actions.family.answers import answers_of
from portal.actions.family.contacts import Contacts, keep_contacts, link_stands, member_at_home, why_no_code
from portal.actions.family.one_time_code import NoLinkToOpen, hand_over_code
from portal.forms.contacts import contacts, faults
from portal.notify.choosing import chosen
from portal.parts import parts
from portal.responses import go_to

bp = Blueprint("at_home", __name__, url_prefix="/children/<child_id>/at-home/<member_id>")


@bp.get("")
@allow(Role.CLINICIAN)
def show(child_id: str, member_id: str) -> ResponseReturnValue:
    """Show how somebody at home is reached, and how their link stands."""
    return _page(g.record.child(child_id), member_id)


@bp.post("")
@allow(Role.CLINICIAN)
def keep(child_id: str, member_id: str) -> ResponseReturnValue:
    """Keep a phone number and an e-mail address, and whether each is safe to write to."""
    child, wanted = g.record.child(child_id), contacts(request.form)
    member_at_home(parts().store, child.id, member_id)
    wrong = faults(wanted)
    if wrong:
        return _page(child, member_id, wanted, wrong), 422
    keep_contacts(parts().store, child.id, member_id, wanted, by=g.person, at=g.now)
    return go_to(url_for(".show", child_id=child.id, member_id=member_id))


@bp.post("/code")
@allow(Role.CLINICIAN)
def hand_over(child_id: str, member_id: str) -> ResponseReturnValue:
    """Show a code once, to be given to its person face to face."""
    child = g.record.child(child_id)
    member = member_at_home(parts().store, child.id, member_id)
    try:
        code = hand_over_code(parts().store, child.id, member_id, by=g.person, at=g.now)
    except NoLinkToOpen as refusal:
        return _page(child, member_id, errors=[_at_the_link(refusal)]), 422
    return render_template("at_home/code.jinja", child=child, member=member, code=code)


def _page(child: Child, member_id: str, typed: Contacts | None = None, errors: Sequence[Problem] = ()) -> str:
    store, family = parts().store, g.record.family(child.id)
    member = member_at_home(store, child.id, member_id)
    live = kept_plans.live_plan(store, child.id)
    known = Contacts(member.phone, member.email, member.phone_is_safe, member.email_is_safe)
    return render_template(
        "at_home/show.jinja",
        child=child,
        member=member,
        similar=g.record.similar(child),
        contacts=typed or known,
        why_no_code=why_no_code(member, family),
        cannot_send=chosen(parts().settings).family is None,
        link=link_stands(store, child.id, member_id, now=g.now),
        live=live,
        answers=answers_of(store, child.id, live.id, member_id) if live else (),
        errors=errors,
    )


def _at_the_link(refusal: NoLinkToOpen) -> Problem:
    return Problem("contacts", Kind.MUST_BE_PUT_RIGHT, "link", str(refusal))
