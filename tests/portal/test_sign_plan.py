"""Signing: one transaction, one live plan for each child, and a former version that stays readable."""

from uuid import uuid4

import pytest

from fhir import kept_plans, kept_receipts
from fhir.provenance import Withdrawal
from fhir.store.errors import DraftClosed, ResourceNotFound, StaleVersion, engine_faults
from fhir.store.tables import drafts
from plans.errors import MoveNotAllowed, PlanNotFound, PlanNotSafeToSign
from plans.places import Organisation, OrganisationKind, Role
from plans.plan import Status
from plans.sharing import Basis, Reader
from portal.actions.circle.sharing import Wanted, share
from portal.actions.drafts import check_draft, save_draft, start_draft
from portal.actions.plans import WithdrawalNotExplained, sign_draft, withdraw_plan
from tests.portal.conftest import MONDAY_9AM
from tests.portal.making import TODAY, make_child, make_draft, make_organisation, make_plan, ready_fields

YEW_SURGERY = Organisation("", OrganisationKind.PRACTICE, "Yew Surgery", "X99009", "0121 496 0109")


@pytest.fixture
def doctor(make_person):
    return make_person(Role.CLINICIAN)


@pytest.fixture
def child(store, doctor):
    return make_child(store, doctor)


def sign(store, draft, doctor, version=None):
    return sign_draft(store, draft.id, version or draft.version, by=doctor, at=MONDAY_9AM, today=TODAY)


def audited(store):
    """Return what was done to which thing, the oldest first."""
    events = store.search("AuditEvent", _sort="_lastUpdated")
    return [
        (event["subtype"][-1].get("display"), event["entity"][0]["what"]["reference"]) for event in events
    ]


def test_a_signed_plan_is_the_childs_live_plan(store, doctor, child):
    plan = make_plan(store, child, doctor)

    assert kept_plans.live_plan(store, child.id) == plan
    assert (plan.version, plan.author, plan.signed_at) == (1, doctor.professional, MONDAY_9AM)


def test_what_is_signed_is_what_the_draft_says(store, doctor, child):
    draft = make_draft(store, child, doctor, preventer_morning="1")

    plan = sign(store, draft, doctor)

    assert plan.id == draft.id
    assert plan.medicines["preventer"].morning == 1


def test_a_plan_is_kept_with_its_words_its_zones_and_its_signature(store, doctor, child):
    plan = make_plan(store, child, doctor)

    kept = kept_plans.resources_of(store, plan.id)
    kinds = [resource["resourceType"] for resource in kept]

    assert "Any danger sign: call 999 now." in kept[0]["text"]["div"]
    assert kinds.count("RequestGroup") == kinds.count("CommunicationRequest") == 3
    assert kinds.count("Provenance") == 1


def test_a_zone_says_when_it_applies_and_what_to_do(store, doctor, child):
    plan = make_plan(store, child, doctor)

    kept = kept_plans.resources_of(store, plan.id)
    actions = [action for one in kept for action in one.get("action", ())]
    worse = next(action for action in actions if action["title"] == "Getting worse")
    steps = [p["contentString"] for one in kept for p in one.get("payload", ())]

    assert "Waking at night with asthma" in worse["description"]
    assert any("Use 4 puffs of Ventolin Evohaler." in step for step in steps)


def test_signing_closes_the_draft(store, doctor, child):
    plan = make_plan(store, child, doctor)

    assert drafts.read(store, plan.id).status == drafts.SIGNED
    assert drafts.of_child(store, child.id) == []


def test_signing_is_audited(store, doctor, child):
    plan = make_plan(store, child, doctor)

    assert ("sign the plan, version 1", f"CarePlan/{plan.id}") in audited(store)


def test_a_failed_audit_write_stores_no_plan(store, doctor, child, refuse_rows):
    draft = make_draft(store, child, doctor)
    refuse_rows("audit_unsealed")

    with pytest.raises(engine_faults(), match="disk full"):
        sign(store, draft, doctor)

    assert kept_plans.live_plan(store, child.id) is None
    assert store.count("MedicationRequest") == 0
    assert drafts.read(store, draft.id).status == drafts.DRAFT


def test_an_unsafe_plan_is_refused_with_each_problem_and_nothing_is_kept(store, doctor, child):
    draft = make_draft(store, child, doctor, surgery_phone="", review_by="")

    with pytest.raises(PlanNotSafeToSign) as refusal:
        sign(store, draft, doctor)

    assert {problem.field for problem in refusal.value.problems} == {"surgery-phone", "review-by"}
    assert kept_plans.live_plan(store, child.id) is None
    assert drafts.read(store, draft.id).status == drafts.DRAFT


def test_what_cannot_be_read_is_never_signed(store, doctor, child):
    draft = make_draft(store, child, doctor, preventer_morning="two")

    with pytest.raises(PlanNotSafeToSign) as refusal:
        sign(store, draft, doctor)

    assert [problem.field for problem in refusal.value.problems] == ["preventer-morning"]


def test_a_medicine_in_no_list_must_be_chosen_first(store, doctor, child):
    draft = make_draft(store, child, doctor, unknown_1="Something inhaler")

    with pytest.raises(PlanNotSafeToSign) as refusal:
        sign(store, draft, doctor)

    assert [problem.field for problem in refusal.value.problems] == ["unknown-1-choice"]


def test_a_problem_with_a_reason_is_signed_and_the_reason_is_kept(store, doctor, child):
    reasons = {"taught_to": "", "reason_not_taught": "No time today. The nurse will."}

    plan = make_plan(store, child, doctor, **reasons)

    assert plan.fired == ("not-taught",)
    assert plan.reason_for("not-taught") == "No time today. The nurse will."


def test_a_reason_and_a_confirmation_that_nothing_asked_for_are_not_signed(store, doctor, child):
    plan = make_plan(store, child, doctor, reason_not_taught="An old reason", wording_montelukast="yes")

    assert plan.reasons == ()
    assert "montelukast" not in plan.wordings_confirmed


def test_a_draft_that_somebody_changed_is_not_signed(store, doctor, child):
    draft = make_draft(store, child, doctor)
    save_draft(store, draft.id, ready_fields(child), draft.version, by=doctor, at=MONDAY_9AM)

    with pytest.raises(StaleVersion):
        sign(store, draft, doctor)

    assert kept_plans.live_plan(store, child.id) is None


def test_a_draft_is_signed_once(store, doctor, child):
    draft = make_draft(store, child, doctor)
    sign(store, draft, doctor)

    with pytest.raises((DraftClosed, PlanNotSafeToSign)):
        sign(store, draft, doctor)

    assert len(kept_plans.plans_of(store, child.id)) == 1


def test_a_second_plan_names_the_one_it_replaces_or_is_refused(store, doctor, child):
    make_plan(store, child, doctor)
    draft = make_draft(store, child, doctor)

    with pytest.raises(PlanNotSafeToSign) as refusal:
        sign(store, draft, doctor)

    assert [problem.field for problem in refusal.value.problems] == ["replaces"]


def test_a_new_version_takes_the_place_of_the_old_one_which_stays_readable(store, doctor, child):
    first = make_plan(store, child, doctor)

    second = make_plan(store, child, doctor, replaces=first.id)

    former = kept_plans.plan(store, first.id)
    assert (second.version, second.replaces) == (2, first.id)
    assert (former.status, former.ended_at) == (Status.REPLACED, MONDAY_9AM)
    assert former.medicines == first.medicines
    assert kept_plans.live_plan(store, child.id) == second


def test_every_thing_that_signing_changes_is_audited(store, doctor, child):
    first = make_plan(store, child, doctor)

    second = make_plan(store, child, doctor, replaces=first.id)

    assert {
        ("replace the plan", f"CarePlan/{first.id}"),
        ("sign the plan, version 2", f"CarePlan/{second.id}"),
    } <= set(audited(store))


def test_whoever_has_a_share_is_asked_to_read_the_new_version(store, doctor, child):
    hospital = make_organisation(store, OrganisationKind.HOSPITAL, "Ash Hospital")
    first = make_plan(store, child, doctor)
    wanted = Wanted(Reader.HOSPITAL, hospital.id, Basis.DIRECT_CARE)
    share(store, child.id, [wanted], by=doctor, at=MONDAY_9AM)

    second = make_plan(store, child, doctor, replaces=first.id)

    readers = [receipt.reader for receipt in kept_receipts.receipts_of(store, second.id)]
    assert readers == [f"Organization/{hospital.id}"]


def test_a_draft_of_another_practice_is_not_there(store, doctor, child, make_person):
    draft = make_draft(store, child, doctor)
    stranger = make_person(username="dr.grey", organisation=YEW_SURGERY)

    with pytest.raises(ResourceNotFound):
        sign(store, draft, stranger)


def test_a_version_after_a_withdrawn_plan_is_numbered_after_it(store, doctor, child):
    first = make_plan(store, child, doctor)
    withdraw_plan(store, first.id, reason="Wrong child", by=doctor, at=MONDAY_9AM)

    assert make_plan(store, child, doctor).version == 2


def test_a_withdrawn_plan_stays_readable_and_who_withdrew_it_and_why_is_kept(store, doctor, child):
    plan = make_plan(store, child, doctor)

    withdraw_plan(store, plan.id, reason=" Signed for the\nwrong child ", by=doctor, at=MONDAY_9AM)

    kept = kept_plans.plan(store, plan.id)
    assert kept.status is Status.WITHDRAWN
    assert kept_plans.live_plan(store, child.id) is None
    assert kept_plans.withdrawal_of(store, kept) == Withdrawal("Signed for the wrong child", doctor.name)
    assert ("withdraw the plan", f"CarePlan/{plan.id}") in audited(store)


def test_a_failed_audit_write_withdraws_no_plan_and_keeps_no_reason(store, doctor, child, refuse_rows):
    plan = make_plan(store, child, doctor)
    refuse_rows("audit_unsealed")

    with pytest.raises(engine_faults(), match="disk full"):
        withdraw_plan(store, plan.id, reason="Wrong child", by=doctor, at=MONDAY_9AM)

    assert kept_plans.live_plan(store, child.id) == plan
    assert kept_plans.withdrawal_of(store, plan) is None


def test_a_plan_is_not_withdrawn_without_a_reason(store, doctor, child):
    plan = make_plan(store, child, doctor)

    with pytest.raises(WithdrawalNotExplained):
        withdraw_plan(store, plan.id, reason=" \u200e\n", by=doctor, at=MONDAY_9AM)

    assert kept_plans.live_plan(store, child.id) == plan


def test_a_plan_is_withdrawn_once_and_only_by_the_childs_practice(store, doctor, child, make_person):
    plan = make_plan(store, child, doctor)
    stranger = make_person(username="dr.grey", organisation=YEW_SURGERY)

    with pytest.raises(PlanNotFound):
        withdraw_plan(store, plan.id, reason="Not mine", by=stranger, at=MONDAY_9AM)
    withdraw_plan(store, plan.id, reason="Wrong child", by=doctor, at=MONDAY_9AM)
    with pytest.raises(MoveNotAllowed):
        withdraw_plan(store, plan.id, reason="Again", by=doctor, at=MONDAY_9AM)


def test_a_new_draft_begins_with_the_surgerys_phone_and_nothing_else(store, doctor, child):
    draft = start_draft(store, child.id, by=doctor, at=MONDAY_9AM)

    assert draft.fields == {"surgery-phone": "0121 496 0101"}


def test_a_draft_to_amend_a_plan_confirms_nothing_and_does_not_say_what_it_replaces(store, doctor, child):
    make_plan(store, child, doctor)

    draft = start_draft(store, child.id, by=doctor, at=MONDAY_9AM)

    checked = check_draft(store, draft.id, by=doctor, today=TODAY)
    fields = {problem.field for problem in checked.open_problems}
    assert {"replaces", "preventer-confirmed", "reliever-confirmed", "wording-danger-signs"} <= fields
    assert "Plan of 23 November 2026, version 1" in draft.fields["preventer-source"]


def test_what_a_record_said_and_reasons_given_stay_when_a_form_leaves_them_out(store, doctor, child):
    kept = {"preventer_source": "GP record", "unknown_1": "Something inhaler", "reason_not_taught": "No time"}
    draft = make_draft(store, child, doctor, **kept)

    saved = save_draft(store, draft.id, {"regimen": "mart"}, draft.version, by=doctor, at=MONDAY_9AM)

    assert saved.fields == {
        "preventer-source": "GP record",
        "unknown-1": "Something inhaler",
        "reason-not-taught": "No time",
        "regimen": "mart",
    }


def test_a_draft_is_saved_only_over_the_version_that_was_read(store, doctor, child):
    draft = make_draft(store, child, doctor)
    save_draft(store, draft.id, {}, draft.version, by=doctor, at=MONDAY_9AM)

    with pytest.raises(StaleVersion):
        save_draft(store, draft.id, {}, draft.version, by=doctor, at=MONDAY_9AM)


def test_no_child_there_means_no_draft(store, doctor):
    with pytest.raises(ResourceNotFound):
        start_draft(store, str(uuid4()), by=doctor, at=MONDAY_9AM)
