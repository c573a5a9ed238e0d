"""A no before anything was shared: recorded, and taken back by a new yes."""

from collections.abc import Sequence

from flask import flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fhir import kept_refusals
from plans.people import Child
from plans.places import Role
from plans.problems import Problem
from plans.refusal import Refusal, RefusalNotKept
from plans.sharing import Reader
from portal import sharing_words
from portal.access import allow
from portal.actions.circle import refusing
from portal.actions.circle.deciding import may_say_no
from portal.forms.consent import Missing, typed_word
from portal.forms.sharing import problem, value_of
from portal.parts import parts
from portal.responses import go_to
from portal.views.sharing.page import bp


@bp.get("/no")
@allow(Role.CLINICIAN)
def no(child_id: str) -> ResponseReturnValue:
    """Ask who said no to whom before the plan was shared."""
    return _page(g.record.child(child_id))


@bp.post("/no")
@allow(Role.CLINICIAN)
def refuse(child_id: str) -> ResponseReturnValue:
    """Keep that somebody said no to a reader; it stands where sharing with that reader is chosen."""
    child, store, form = g.record.child(child_id), parts().store, request.form
    try:
        word, whom = typed_word(form, may_say_no(store, child)), _whom(form.get("whom", ""))
        refusing.refuse(store, child.id, whom, word, form.get("reason", ""), by=g.person, at=g.now)
    except Missing as missing:
        return _page(child, [problem(missing.field, str(missing))]), 422
    except RefusalNotKept as refusal:
        return _page(child, [problem("whom", str(refusal))]), 422
    flash("The no is recorded. It stands there when somebody shares the plan with them.")
    return go_to(url_for(".show", child_id=child.id))


@bp.get("/no/<refusal_id>/taken-back")
@allow(Role.CLINICIAN)
def yes_now(child_id: str, refusal_id: str) -> ResponseReturnValue:
    """Ask who says yes now."""
    child = g.record.child(child_id)
    return _yes_now(child, kept_refusals.refusal(parts().store, child.id, refusal_id))


@bp.post("/no/<refusal_id>/taken-back")
@allow(Role.CLINICIAN)
def take_back(child_id: str, refusal_id: str) -> ResponseReturnValue:
    """Keep that a no was taken back; nothing is shared by that."""
    child, store = g.record.child(child_id), parts().store
    refusal = kept_refusals.refusal(store, child.id, refusal_id)
    try:
        word = typed_word(request.form, refusing.who_takes_back(store, child, refusal, g.now))
        refusing.take_back(store, child.id, refusal_id, word, by=g.person, at=g.now)
    except Missing as missing:
        return _yes_now(child, refusal, [problem(missing.field, str(missing))]), 422
    except RefusalNotKept as refused:
        return _yes_now(child, refusal, [problem("consent-by", str(refused))]), 422
    flash("The no is taken back. Nothing is shared by that: share the plan if they are to have it.")
    return go_to(url_for(".show", child_id=child.id))


def _whom(typed: str) -> tuple[Reader, str]:
    kind, _, id = typed.partition(".")
    try:
        return Reader(kind), id
    except ValueError:
        raise Missing("whom", "Choose to whom they said no.") from None


def _page(child: Child, errors: Sequence[Problem] = ()) -> str:
    whom = refusing.whom_to_refuse(parts().store, child.id)
    return render_template(
        "sharing/no.jinja",
        child=child,
        similar=g.record.similar(child),
        whom=[(value_of(kind, id), name) for kind, id, name in whom],
        people=may_say_no(parts().store, child),
        words=sharing_words,
        typed=request.form,
        errors=errors,
    )


def _yes_now(child: Child, refusal: Refusal, errors: Sequence[Problem] = ()) -> str:
    return render_template(
        "sharing/yes_now.jinja",
        child=child,
        similar=g.record.similar(child),
        refusal=refusal,
        people=refusing.who_takes_back(parts().store, child, refusal, g.now),
        words=sharing_words,
        typed=request.form,
        errors=errors,
    )
