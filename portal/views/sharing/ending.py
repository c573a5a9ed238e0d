"""What somebody said about a share since, and ending what they see: one share, or every access of theirs."""

from collections.abc import Sequence

from flask import flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from plans.people import Child
from plans.places import Role
from plans.problems import Problem
from plans.sharing import Share, ShareNotAllowed
from plans.working_days import uk_day
from portal import sharing_words
from portal.access import allow
from portal.actions.circle import ending, sharing
from portal.actions.circle.deciding import deciding, may_withdraw
from portal.forms.consent import Missing, typed_until, typed_word
from portal.forms.sharing import problem, refused
from portal.parts import parts
from portal.responses import go_to
from portal.views.sharing.page import bp, sharing_page


@bp.post("/<share_id>/stop")
@allow(Role.CLINICIAN)
def stop(child_id: str, share_id: str) -> ResponseReturnValue:
    """Let a reader see the plan no more, from now on."""
    child = g.record.child(child_id)
    try:
        sharing.stop(parts().store, child_id, share_id, by=g.person, at=g.now)
    except ShareNotAllowed as refusal:
        return sharing_page(child, refused(refusal)), 422
    return go_to(url_for(".show", child_id=child_id))


@bp.get("/<share_id>/said")
@allow(Role.CLINICIAN)
def ask(child_id: str, share_id: str) -> ResponseReturnValue:
    """Ask what somebody said about a share: yes, or no any more."""
    child = g.record.child(child_id)
    return _said(child, sharing.share_of(parts().store, child_id, share_id))


@bp.post("/<share_id>/said")
@allow(Role.CLINICIAN)
def keep(child_id: str, share_id: str) -> ResponseReturnValue:
    """Keep that somebody agrees to a share, or has withdrawn their consent: then it ends at once."""
    child, store = g.record.child(child_id), parts().store
    share = sharing.share_of(store, child_id, share_id)
    try:
        _keep(child, share)
    except Missing as missing:
        return _said(child, share, [problem(missing.field, str(missing))]), 422
    except ShareNotAllowed as refusal:
        return _said(child, share, [problem("answer", str(refusal))]), 422
    return go_to(url_for(".show", child_id=child_id))


@bp.post("/people/<member_id>/stop")
@allow(Role.CLINICIAN)
def stop_person(child_id: str, member_id: str) -> ResponseReturnValue:
    """Let one person see nothing any more, of this child and of every other who is surely theirs."""
    child = g.record.child(child_id)
    ended = ending.stop_person(parts().store, child_id, member_id, by=g.person, at=g.now)
    return _stopped(child, member_id, ended)


@bp.post("/people/<member_id>/stop-elsewhere")
@allow(Role.CLINICIAN)
def stop_elsewhere(child_id: str, member_id: str) -> ResponseReturnValue:
    """Let nobody of this name see anything any more, of any child of the practice."""
    child = g.record.child(child_id)
    ended = ending.stop_also(parts().store, child_id, member_id, by=g.person, at=g.now)
    return _stopped(child, member_id, ended)


def _keep(child: Child, share: Share) -> None:
    store, form = parts().store, request.form
    if form.get("answer") == "no":
        word = typed_word(form, may_withdraw(store, child, share))
        ending.withdraw(store, child.id, share.id, word, by=g.person, at=g.now)
        flash("Consent is withdrawn. The share and its links have ended.")
    elif form.get("answer") == "yes":
        decides = deciding(store, child, uk_day(g.now))
        word, until = typed_word(form, decides.who), typed_until(form)
        ending.agree(store, child.id, share.id, word, until, by=g.person, at=g.now)
        flash("It is recorded who agreed.")
    else:
        raise Missing("answer", "Choose what they said.")


def _said(child: Child, share: Share, errors: Sequence[Problem] = ()) -> str:
    return render_template(
        "sharing/said.jinja",
        child=child,
        similar=g.record.similar(child),
        share=share,
        decides=deciding(parts().store, child, uk_day(g.now)),
        people=may_withdraw(parts().store, child, share),
        words=sharing_words,
        typed=request.form,
        errors=errors,
    )


def _stopped(child: Child, member_id: str, ended: Sequence[Child]) -> str:
    others = ending.others_of_the_name(parts().store, child.id, member_id, by=g.person, at=g.now)
    for one in (*ended, *(other.child for other in others)):
        g.record.child(one.id)
    return render_template(
        "sharing/stopped.jinja",
        child=child,
        similar=g.record.similar(child),
        name=ending.name_of(parts().store, child.id, member_id),
        member_id=member_id,
        ended=ended,
        others=others,
    )
