"""Writing a plan: the form of a draft, saved and checked as it is typed, read through, and signed."""

from collections.abc import Sequence

from flask import Blueprint, abort, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fhir import kept_people
from fhir.store.errors import DraftClosed, StaleVersion
from fhir.store.tables import drafts as kept_drafts
from plans.content import Copy
from plans.errors import PlanNotSafeToSign, PuffinError
from plans.leaflet.languages import SOURCE
from plans.peak_flow import INFORMATION
from plans.places import Role
from plans.plan import Slot
from plans.problems import Problem
from plans.record_repeats import repeats_beside
from plans.working_days import uk_day
from portal.access import allow
from portal.actions import drafts as writing
from portal.actions.child_record import said_on
from portal.actions.importing.record import kept_record
from portal.actions.plan_changes import changes_between
from portal.actions.plans import sign_draft
from portal.forms.builder import builder_form
from portal.forms.messages import messages
from portal.forms.plain_words import plain_words
from portal.forms.typed import is_day, typed_fields, without_medicine
from portal.parts import parts
from portal.plan_pages import CopyOnScreen, copy_on_screen, language_name, within_a_page
from portal.responses import go_to, wants_fragment

bp = Blueprint("drafts", __name__)
bp.add_app_template_test(is_day, "a_day")


@bp.post("/children/<child_id>/drafts")
@allow(Role.CLINICIAN)
def start(child_id: str) -> ResponseReturnValue:
    """Begin a draft from what is known of the child, or go on with the one that is open."""
    store, child = parts().store, g.record.child(child_id)
    begun = next(iter(kept_drafts.of_child(store, child.id)), None)
    draft = begun or writing.start_draft(store, child.id, by=g.person, at=g.now)
    return go_to(url_for(".edit", draft_id=draft.id))


@bp.get("/drafts/<draft_id>")
@allow(Role.CLINICIAN)
def edit(draft_id: str) -> ResponseReturnValue:
    """Show the form; once somebody asked, with each problem beside its field."""
    checked = _checked(draft_id)
    g.record.child(checked.child.id)
    if checked.draft.status == kept_drafts.SIGNED:
        return go_to(url_for("plans.show", plan_id=draft_id))
    if checked.draft.status == kept_drafts.DROPPED:
        return go_to(url_for("children.show", child_id=checked.child.id))
    return _page(checked, checked.open_problems if "checked" in request.args else ())


@bp.post("/drafts/<draft_id>")
@allow(Role.CLINICIAN)
def save(draft_id: str) -> ResponseReturnValue:
    """Save what was typed, and say what is still open."""
    _save(draft_id)
    return go_to(url_for(".edit", draft_id=draft_id, checked="yes"))


@bp.post("/drafts/<draft_id>/check")
@allow(Role.CLINICIAN)
def check(draft_id: str) -> ResponseReturnValue:
    """Save a change as it is made; answer htmx with what is open now, a plain browser with the form."""
    _save(draft_id)
    if not wants_fragment():
        return go_to(url_for(".edit", draft_id=draft_id, checked="yes"))
    return _fragment(_checked(draft_id))


@bp.post("/drafts/<draft_id>/regimen")
@allow(Role.CLINICIAN)
def use_regimen(draft_id: str) -> ResponseReturnValue:
    """Save, and show the boxes of the regimen that was chosen."""
    _save(draft_id)
    return go_to(url_for(".edit", draft_id=draft_id, _anchor="medicines"))


@bp.post("/drafts/<draft_id>/clear/<slot>")
@allow(Role.CLINICIAN)
def clear(draft_id: str, slot: str) -> ResponseReturnValue:
    """Take one medicine off the plan, with where its dose came from."""
    if slot not in set(Slot):
        abort(404)
    _save(draft_id, without_medicine(Slot(slot)))
    return go_to(url_for(".edit", draft_id=draft_id, _anchor="medicines"))


@bp.post("/drafts/<draft_id>/drop")
@allow(Role.CLINICIAN)
def drop(draft_id: str) -> ResponseReturnValue:
    """Give up a draft that nobody wants."""
    draft = writing.drop_draft(parts().store, draft_id, _version(), by=g.person, at=g.now)
    return go_to(url_for("children.show", child_id=draft.child_id))


@bp.post("/drafts/<draft_id>/finish")
@allow(Role.CLINICIAN)
def finish(draft_id: str) -> ResponseReturnValue:
    """Save, and go on to the last page; refuse an unsafe plan with each problem at its field."""
    _save(draft_id)
    checked = _checked(draft_id)
    if checked.open_problems:
        return _page(checked, checked.open_problems), 422
    return go_to(url_for(".answers", draft_id=draft_id))


@bp.get("/drafts/<draft_id>/preview")
@allow(Role.CLINICIAN)
def preview(draft_id: str) -> ResponseReturnValue:
    """Show the family's copy of the draft as it was saved last, ready or not."""
    checked = _checked(draft_id)
    g.record.child(checked.child.id)
    if checked.draft.status != kept_drafts.DRAFT:
        return go_to(url_for(".edit", draft_id=draft_id))
    return render_template("drafts/preview.jinja", checked=checked, copy=_family_copy(checked))


@bp.get("/drafts/<draft_id>/answers")
@allow(Role.CLINICIAN)
def answers(draft_id: str) -> ResponseReturnValue:
    """Show the plan as the family will read it, to be checked before it is signed."""
    checked = _checked(draft_id)
    g.record.child(checked.child.id)
    if checked.draft.status != kept_drafts.DRAFT or checked.open_problems:
        return go_to(url_for(".edit", draft_id=draft_id, checked="yes"))
    return _last_page(checked)


@bp.post("/drafts/<draft_id>/sign")
@allow(Role.CLINICIAN)
def sign(draft_id: str) -> ResponseReturnValue:
    """Sign a draft; from now on this is the plan that school and family see."""
    try:
        plan = sign_draft(parts().store, draft_id, _version(), by=g.person, at=g.now, today=uk_day(g.now))
    except PlanNotSafeToSign as refusal:
        checked = _checked(draft_id)
        g.record.child(checked.child.id)  # what the refusal undid held the only entry about it
        return _page(checked, refusal.problems), 422
    return go_to(url_for("sharing.show", child_id=plan.child_id, signed=plan.version))


@bp.errorhandler(StaleVersion)
@bp.errorhandler(DraftClosed)
def _stale(error: PuffinError) -> ResponseReturnValue:
    template = "drafts/_stale.jinja" if wants_fragment() else "drafts/stale.jinja"
    draft_id = (request.view_args or {})["draft_id"]
    return render_template(template, sentence=str(error), draft_id=draft_id), 409


def _save(draft_id: str, instead: dict[str, str] | None = None) -> None:
    fields = typed_fields(request.form) | (instead or {})
    writing.save_draft(parts().store, draft_id, fields, _version(), by=g.person, at=g.now)


def _version() -> int:
    return request.form.get("version", type=int) or 0


def _checked(draft_id: str) -> writing.CheckedDraft:
    return writing.check_draft(parts().store, draft_id, by=g.person, today=uk_day(g.now))


def _page(checked: writing.CheckedDraft, errors: Sequence[Problem] = ()) -> str:
    return render_template(
        "drafts/edit.jinja",
        form=builder_form(checked),
        errors=errors,
        preview=within_a_page(_family_copy(checked).page),
        **_around(checked),
    )


def _around(checked: writing.CheckedDraft) -> dict[str, object]:
    """Return what the form shows beside the draft."""
    store, child, today = parts().store, checked.child, uk_day(g.now)
    record = kept_record(store, child.id)
    return {
        "similar": g.record.similar(child),
        "family": kept_people.family(store, child.id),
        "language_name": language_name,
        "repeats": repeats_beside(record, checked.plan.medicines, today),
        "record_says": said_on(record, today),
        "peak_flow_information": INFORMATION,
    }


def _family_copy(checked: writing.CheckedDraft, language: str = SOURCE) -> CopyOnScreen:
    original = writing.preview(parts().store, checked, g.person)
    return copy_on_screen(original, Copy.FAMILY, language, today=uk_day(g.now))


def _fragment(checked: writing.CheckedDraft) -> str:
    """Return the open points, the preview, and whatever else of the page is no longer true."""
    form, seen = builder_form(checked), request.form
    said = messages(seen.get("seen-errors", "").split(), checked.open_problems)
    unticked = writing.no_longer_confirmed(seen, form.values)
    new_medicines = unticked or seen.get("seen-medicines") != form.shape_of_medicines
    return render_template(
        "drafts/_checked.jinja",
        form=form,
        values=form.values,
        errors=said.errors,
        messages=said,
        new_medicines=new_medicines,
        new_inhalers=seen.get("seen-inhalers") != form.attack.shape,
        new_wordings=seen.get("seen-wordings") != form.shape_of_wordings,
        preview=within_a_page(_family_copy(checked).page),
        **(_around(checked) if new_medicines else {}),
    )


def _last_page(checked: writing.CheckedDraft) -> str:
    original = writing.preview(parts().store, checked, g.person)
    return render_template(
        "drafts/answers.jinja",
        checked=checked,
        copy=_family_copy(checked, request.args.get("lang", SOURCE)),
        changes=changes_between(checked.live, checked.plan) if checked.live else None,
        plain=plain_words(original, checked.draft.fields, today=uk_day(g.now)),
        similar=g.record.similar(checked.child),
        reads=language_name(checked.plan.language),
    )
