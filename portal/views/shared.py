"""What is shared with the circle: the register, a plan in their own copy, and having read it."""

from collections.abc import Mapping

from flask import Blueprint, abort, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fhir.kept_names import version_of_child
from plans.content import Copy
from plans.leaflet.languages import SOURCE
from plans.people import Child
from plans.places import Role
from plans.receipts import PlanHasChanged
from plans.similar_names import similar_to
from plans.working_days import uk_day
from portal.access import allow
from portal.actions import originals
from portal.actions.copies import page_of
from portal.actions.family.child_words import Words, words_for_professionals
from portal.actions.hidden_notes import notes_read
from portal.actions.plan_changes import changes_for
from portal.actions.printing import Wanted, print_plan
from portal.actions.receipts import asked as receipts
from portal.actions.receipts import reading
from portal.actions.receipts.shown import questions_of
from portal.actions.school.inhaler_supply import supply_for
from portal.actions.school.own_class import AtSchool, at_school, class_at, inhaler_as_checked
from portal.concern_pages import open_concerns
from portal.parts import parts
from portal.responses import as_pdf, go_to

bp = Blueprint("shared", __name__)

COPY_FOR: Mapping[Role, Copy] = {
    Role.HOSPITAL: Copy.RECORD,
    Role.SCHOOL_NURSE: Copy.RECORD,
    Role.COMMUNITY_NURSE: Copy.RECORD,
    Role.SOCIAL_WORKER: Copy.FAMILY,
    Role.PHARMACIST: Copy.MEDICINES,
    Role.SCHOOL_STAFF: Copy.EMERGENCY,
}
# Those who are given the emergency card, beside a copy of their own or as that.
AT_SCHOOL = frozenset({Role.SCHOOL_STAFF, Role.SCHOOL_NURSE})
SEE_THE_CARD = tuple(role for role in COPY_FOR if role is not Role.PHARMACIST)


@bp.get("/shared")
@allow(*(role for role in Role if role not in {Role.CLINICIAN, Role.HOSPITAL}))
def index() -> ResponseReturnValue:
    """Show the register: the children whose plan is shared with this place."""
    children = g.record.children()
    entries = reading.register(parts().store, children, g.person.organisation_id, today=uk_day(g.now))
    alike = {child.id for child in children if similar_to(child, children)}
    return render_template("shared/index.jinja", entries=entries, alike=alike)


@bp.get("/shared/<child_id>")
@allow(*COPY_FOR)
def show(child_id: str) -> ResponseReturnValue:
    """Show the plan in this reader's copy, with the words of its PDF."""
    version = version_of_child(parts().store, g.record.child(child_id).id)
    entry = shared_entry(child_id)
    if entry.is_withdrawn:
        return render_template("shared/withdrawn.jinja", entry=entry, similar=g.record.similar(entry.child))
    plan = g.record.plan(entry.plan.id)
    _note_opened(entry)
    original = originals.in_store(parts().store, plan.id, url=parts().settings.url)
    original = at_school(original, known_here(entry.child))
    page = page_of(original, COPY_FOR[g.person.role], SOURCE, today=uk_day(g.now))
    changes = changes_for(parts().store, plan, COPY_FOR[g.person.role], g.person.organisation_id)
    return render_template(
        "shared/show.jinja",
        entry=entry,
        version=version,
        page=page,
        open_concerns=open_concerns(parts().store, child_id, g.person, g.now),
        named_anew=reading.has_former_name(parts().store, plan, g.person.organisation_id),
        changes=changes,
        supply=supply_for(parts().store, child_id, g.person, at=g.now),
        has_card=g.person.role in SEE_THE_CARD and COPY_FOR[g.person.role] is not Copy.EMERGENCY,
        similar=g.record.similar(entry.child),
        words_at_home=_words_at_home(child_id),
        questions=questions_of(parts().store, child_id, g.person.organisation_id),
        hidden_notes=notes_read(parts().store, child_id, by=g.person, at=g.now),
    )


def _words_at_home(child_id: str) -> list[Words]:
    """Return the child's words from home: families are told that the school nurse reads them."""
    is_nurse = g.person.role is Role.SCHOOL_NURSE
    return words_for_professionals(parts().store, child_id) if is_nurse else []


@bp.get("/shared/<child_id>/plan.pdf")
@allow(*COPY_FOR)
def pdf(child_id: str) -> ResponseReturnValue:
    """Give the same copy to print."""
    entry = shared_entry(child_id)
    if entry.is_withdrawn:
        abort(404)
    _note_opened(entry)
    wanted = Wanted(COPY_FOR[g.person.role], SOURCE, at_school=known_here(entry.child))
    url = parts().settings.url
    printed = print_plan(parts().store, entry.plan.id, wanted, url=url, by=g.person.ref, at=g.now)
    return as_pdf(printed, f"asthma-plan-{wanted.copy}.pdf")


@bp.post("/shared/<child_id>/read")
@allow(*COPY_FOR)
def read(child_id: str) -> ResponseReturnValue:
    """Keep that this version was read; another one that came in between is shown instead."""
    try:
        flash(_acknowledged(shared_entry(child_id)))
    except PlanHasChanged as refusal:
        flash(str(refusal), "refused")
    return go_to(url_for(".show", child_id=child_id))


def _acknowledged(entry: reading.Entry) -> str:
    """Keep that the version on the form was read, under the name that it had; return thanks.

    Raises PlanHasChanged for another version, and another name.
    """
    plan_id, version = request.form.get("plan", ""), request.form.get("version", "")
    reading.must_be_as_opened(parts().store, entry.plan, plan_id=plan_id, version=version)
    who = g.person.organisation_id
    receipt = receipts.acknowledge(parts().store, entry.plan, who, by=g.person.ref, at=g.now)
    if receipt.acknowledged and receipt.acknowledged.by != g.person.ref:
        return "Somebody of your team has said so already. The GP practice can see it."
    return "Thank you. The GP practice can see that you have read this version."


def known_here(child: Child) -> AtSchool:
    """Return what the school itself knows: to its staff and nurse the inhaler, to its staff the class."""
    if g.person.role not in AT_SCHOOL:
        return AtSchool()
    store, today = parts().store, uk_day(g.now)
    found = inhaler_as_checked(store, child, today=today)
    if g.person.role is not Role.SCHOOL_STAFF:
        return AtSchool(inhaler=found)
    return AtSchool(class_at(store, child.id, g.person.organisation_id, today=today), found)


def _note_opened(entry: reading.Entry) -> None:
    receipts.note_opened(parts().store, entry.plan, g.person.organisation_id, by=g.person.ref, at=g.now)


def shared_entry(child_id: str) -> reading.Entry:
    """Return the child's entry, or 404 where no live share lets this reader see it."""
    child = g.record.child(child_id)
    if not g.record.is_shared_with_us(child):
        abort(404)
    return reading.entry(parts().store, child, g.person.organisation_id, today=uk_day(g.now))
