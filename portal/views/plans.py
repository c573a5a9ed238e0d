"""A signed plan: read on screen, printed for each reader in each language, withdrawn."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, abort, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fhir import kept_plans
from plans.content import Copy
from plans.errors import (
    CardHasOneLanguage,
    CardTooSmall,
    CopyNeedsDischarge,
    CopyNotForThisAge,
    LanguageLacksSentence,
    LanguageNotSignedOff,
    PuffinError,
    UnknownLanguage,
)
from plans.leaflet.languages import SOURCE, languages
from plans.places import Role
from plans.plan import Plan
from plans.problems import Kind, Problem
from plans.working_days import uk_day
from portal.access import allow
from portal.actions.copies import copies_there_are
from portal.actions.family.child_words import words_for_professionals
from portal.actions.gp_inbox.shown import by_mesh
from portal.actions.originals import Original, in_store
from portal.actions.plan_changes import changes_between, changes_since_last
from portal.actions.plans import WithdrawalNotExplained, withdraw_plan
from portal.actions.printing import Wanted, print_plan
from portal.actions.receipts.shown import read_by
from portal.calendar import holidays_for
from portal.parts import parts
from portal.plan_pages import copy_on_screen
from portal.responses import as_pdf, go_to

bp = Blueprint("plans", __name__)

STATUS_OF: Mapping[type[PuffinError], int] = {
    UnknownLanguage: 404,
    LanguageLacksSentence: 409,
    LanguageNotSignedOff: 409,
    CopyNeedsDischarge: 409,
    CopyNotForThisAge: 409,
    CardHasOneLanguage: 409,
    CardTooSmall: 409,
}


@bp.get("/plans/<plan_id>")
@allow(Role.CLINICIAN)
def show(plan_id: str) -> ResponseReturnValue:
    """Show one copy of a plan as its readers see it, with all that can be done with the plan."""
    return _page(g.record.plan(plan_id))


@bp.get("/plans/<plan_id>/pdf")
@allow(Role.CLINICIAN)
def pdf(plan_id: str) -> ResponseReturnValue:
    """Give one copy as a PDF, or say in one sentence why a language cannot carry it."""
    plan = g.record.plan(plan_id)
    wanted = Wanted(_copy(), request.args.get("lang", SOURCE), bilingual="bilingual" in request.args)
    try:
        url = parts().settings.url
        printed = print_plan(parts().store, plan_id, wanted, url=url, by=g.person.ref, at=g.now)
    except tuple(STATUS_OF) as refusal:
        child = g.record.child(plan.child_id)
        original = in_store(parts().store, plan_id, url=url)
        page = render_template(
            "plans/refused.jinja",
            plan=plan,
            copies=copies_there_are(original, today=uk_day(g.now)),
            child=child,
            similar=g.record.similar(child),
            copy=wanted.copy,
            sentence=str(refusal),
        )
        return page, STATUS_OF[type(refusal)]
    return as_pdf(printed, f"asthma-plan-{wanted.copy}-{wanted.language}-version-{plan.version}.pdf")


@bp.get("/plans/<plan_id>/changes")
@allow(Role.CLINICIAN)
def changes(plan_id: str) -> ResponseReturnValue:
    """Show what changed between two versions of a child's plan, whichever two were chosen."""
    plan = g.record.plan(plan_id)
    versions = {one.id: one for one in g.record.plans(plan.child_id)}
    before, after = (
        versions.get(request.args.get("since", "")),
        versions.get(request.args.get("with", plan_id)),
    )
    if before is None or after is None:
        abort(404)
    child = g.record.child(plan.child_id)
    return render_template(
        "plans/changes.jinja",
        plan=plan,
        child=child,
        similar=g.record.similar(child),
        versions=list(versions.values()),
        changes=changes_between(before, after),
    )


@bp.post("/plans/<plan_id>/withdraw")
@allow(Role.CLINICIAN)
def withdraw(plan_id: str) -> ResponseReturnValue:
    """End the plan with nothing in its place, for a reason that is kept."""
    plan, reason = g.record.plan(plan_id), request.form.get("reason", "")
    try:
        withdraw_plan(parts().store, plan_id, reason=reason, by=g.person, at=g.now)
    except WithdrawalNotExplained as refusal:
        problem = Problem("withdrawal", Kind.MUST_BE_PUT_RIGHT, "reason", str(refusal))
        return _page(plan, [problem]), 422
    return go_to(url_for(".show", plan_id=plan_id))


def _page(plan: Plan, errors: Sequence[Problem] = ()) -> str:
    original = in_store(parts().store, plan.id, url=parts().settings.url)
    copy, language = _copy(), request.args.get("lang", SOURCE)
    versions = g.record.plans(plan.child_id)
    return render_template(
        "plans/show.jinja",
        plan=plan,
        child=original.people.child,
        copy=copy,
        on_screen=copy_on_screen(original, copy, language, today=uk_day(g.now)),
        versions=versions,
        changes=changes_since_last(plan, versions),
        withdrawal=kept_plans.withdrawal_of(parts().store, plan),
        languages=languages().values(),
        copies=copies_there_are(original, today=uk_day(g.now)),
        similar=g.record.similar(original.people.child),
        words_at_home=words_for_professionals(parts().store, plan.child_id),
        errors=errors,
        by_mesh=by_mesh(parts().store, f"CarePlan/{plan.id}", is_for_another=_is_for_another(plan, original)),
        read_by=read_by(parts().store, plan, g.record.shares(plan.child_id), g.now, holidays_for),
    )


def _is_for_another(plan: Plan, original: Original) -> bool:
    """Return whether it was signed elsewhere than at the child's practice, which needs it too."""
    return plan.author is not None and plan.author.organisation_id != original.people.child.practice_id


def _copy() -> Copy:
    try:
        return Copy(request.args.get("copy", Copy.FAMILY))
    except ValueError:
        abort(404)
