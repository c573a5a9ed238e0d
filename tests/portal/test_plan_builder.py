"""The form of a plan: every problem has its field, with scripts or without; nobody writes over another."""

import re

import pytest

from fhir import kept_plans
from fhir.store.tables import drafts
from plans.draft.names import FIELDS
from plans.places import Organisation, OrganisationKind, Role
from plans.plan import Slot
from plans.regimens import PLACES
from plans.triggers import TRIGGERS
from portal.actions.drafts import check_draft
from portal.actions.plans import withdraw_plan
from portal.forms import medicine_places
from portal.forms.typed import SAID_BY_THE_RECORD, typed_fields
from tests.portal.conftest import MONDAY_9AM
from tests.portal.making import TODAY, make_child, make_draft, make_plan, ready_fields
from tests.portal.plan_form import HTMX, Form, draft_of, form_of, post


@pytest.fixture
def gp(client_for):
    return client_for(Role.CLINICIAN)


@pytest.fixture
def child(store, gp):
    return make_child(store, gp.person)


def start(gp, child):
    """Return the address of a new draft's page, as a browser without scripts finds it."""
    return gp.post(f"/children/{child.id}/drafts").location


def test_a_draft_begins_from_the_childs_page(gp, child):
    assert f'action="/children/{child.id}/drafts"' in gp.get(f"/children/{child.id}").text

    page = gp.get(start(gp, child))

    assert Form(page.text).fields["surgery-phone"] == "0121 496 0101"
    assert "To put right: " in page.text


def test_a_child_has_one_open_draft_however_often_somebody_starts(store, gp, child):
    assert start(gp, child) == start(gp, child)
    assert len(drafts.of_child(store, child.id)) == 1


def test_every_field_of_a_plan_is_on_the_form_under_its_own_name(store, gp, child):
    draft = draft_of(store, child, gp, dict.fromkeys(FIELDS, "1"))

    form = form_of(gp, draft)

    assert set(FIELDS) <= form.ids
    assert {f"trigger-{key}" for key in TRIGGERS} <= form.ids


@pytest.mark.parametrize("regimen", ["", *PLACES])
@pytest.mark.parametrize("typed", ["nothing", "everything", "the regimen alone"])
def test_every_problem_links_to_a_field_of_the_page(store, gp, child, regimen, typed):
    fields = dict.fromkeys(FIELDS, "1") if typed == "everything" else {}
    fields |= {"trigger-moonlight": "yes", "no-such-field": "1"} if typed == "everything" else {}
    draft = draft_of(store, child, gp, fields | {"regimen": regimen})

    form = form_of(gp, draft)

    found = check_draft(store, draft.id, by=gp.person, today=TODAY).problems
    assert found
    assert {problem.field for problem in found} - form.ids == set()


def test_a_plan_that_may_be_signed_says_so(store, gp, child):
    draft = make_draft(store, child, gp.person)

    assert "Nothing is open. This plan can be signed." in gp.get(f"/drafts/{draft.id}").text


def test_the_form_sends_back_what_the_draft_says(store, gp, child):
    draft = make_draft(store, child, gp.person, preventer_source="GP record", preventer_confirmed="yes")

    sent = typed_fields(form_of(gp, draft).fields)

    said = {name: text for name, text in draft.fields.items() if name not in SAID_BY_THE_RECORD}
    assert said.items() <= sent.items()


def test_saving_without_scripts_keeps_what_was_typed_and_shows_each_problem_at_its_field(store, gp, child):
    draft = draft_of(store, child, gp, {})

    answer = post(gp, draft, ready_fields(child, surgery_phone="123"))
    page = gp.get(answer.location).text

    assert answer.status_code == 303
    assert drafts.read(store, draft.id).fields["preventer-morning"] == "2"
    assert 'href="#surgery-phone"' in page
    assert 'id="surgery-phone-error"' in page


def test_a_new_draft_scolds_nobody(store, gp, child):
    page = gp.get(start(gp, child)).text

    assert "nhsuk-error-message" not in page
    assert "There is a problem" not in page


def test_the_regimen_decides_which_medicines_are_shown(store, gp, child):
    draft = draft_of(store, child, gp, {})

    answer = post(gp, draft, {"regimen": "mart"}, "/regimen")
    page = Form(gp.get(answer.location).text)

    assert answer.location.endswith("#medicines")
    assert {"combination-product", "backup-product"} <= page.ids
    assert not {"preventer-product", "reliever-product"} & page.ids


def test_a_medicine_that_the_regimen_does_not_have_stays_on_the_page_until_it_is_cleared(store, gp, child):
    draft = make_draft(store, child, gp.person, regimen="mart", preventer_source="GP record")
    assert "preventer-product" in form_of(gp, draft).ids

    answer = post(gp, draft, draft.fields, "/clear/preventer")

    assert "preventer-product" not in Form(gp.get(answer.location).text).ids
    assert not drafts.read(store, draft.id).fields["preventer-source"]


def test_a_copied_dose_shows_its_source_and_is_confirmed_line_by_line(store, gp, child):
    sources = {f"{slot}_source": f"GP record of the {slot}" for slot in ("preventer", "reliever")}
    draft = make_draft(store, child, gp.person, **sources)

    page = gp.get(f"/drafts/{draft.id}").text

    assert "GP record of the preventer" in page
    assert {"preventer-confirmed", "reliever-confirmed"} <= Form(page).ids
    assert page.count("I confirm this dose today") == 2
    assert "confirm all" not in page.casefold()


def test_a_form_cannot_change_where_a_dose_came_from(store, gp, child):
    draft = make_draft(store, child, gp.person, preventer_source="GP record", unknown_1="Something")

    post(gp, draft, draft.fields | {"preventer-source": "", "unknown-1": ""})

    saved = drafts.read(store, draft.id).fields
    assert (saved["preventer-source"], saved["unknown-1"]) == ("GP record", "Something")


def test_a_medicine_in_no_list_is_shown_and_must_be_chosen(store, gp, child):
    draft = draft_of(store, child, gp, {"unknown-1": "Strange <b>inhaler"})

    page = gp.get(f"/drafts/{draft.id}").text

    assert "Strange &lt;b&gt;inhaler" in page
    assert 'href="#unknown-1-choice"' in page


def test_with_scripts_each_change_is_saved_and_answered_with_what_is_open(store, gp, child):
    draft = draft_of(store, child, gp, {})

    answer = post(gp, draft, {"regimen": "mart"}, "/check", headers=HTMX)

    assert answer.status_code == 200
    assert drafts.read(store, draft.id).fields == {"regimen": "mart"}
    assert 'id="open-points"' in answer.text
    assert "<html" not in answer.text


def test_the_answer_carries_the_new_version_so_that_the_next_change_is_not_stale(store, gp, child):
    draft = draft_of(store, child, gp, {})

    first = post(gp, draft, {"regimen": "mart"}, "/check", headers=HTMX)
    state = Form(first.text).fields
    second = gp.post(f"/drafts/{draft.id}/check", data=state | {"regimen": "air"}, headers=HTMX)

    assert (state["version"], second.status_code) == ("2", 200)


def test_other_boxes_come_with_the_answer_only_where_others_are_needed(store, gp, child):
    draft = draft_of(store, child, gp, {})

    first = post(gp, draft, {"regimen": "mart"}, "/check", headers=HTMX)
    state = Form(first.text).fields
    same = {"regimen": "mart", "surgery-phone": "0121 496 0101"}
    second = gp.post(f"/drafts/{draft.id}/check", data=state | same, headers=HTMX)

    assert 'id="medicines"' in first.text
    assert 'id="medicines"' not in second.text


def test_a_message_beside_a_field_goes_when_the_field_is_mended(store, gp, child):
    draft = make_draft(store, child, gp.person, surgery_phone="")
    page = Form(gp.get(f"/drafts/{draft.id}?checked=yes").text)
    assert page.fields["seen-errors"] == "surgery-phone"

    mended = page.fields | {"surgery-phone": "0121 496 0101"}
    answer = gp.post(f"/drafts/{draft.id}/check", data=mended, headers=HTMX)

    assert '<span id="surgery-phone-error" hx-swap-oob="delete">' in answer.text


def test_a_reason_is_asked_for_beside_what_it_explains_and_can_be_cleared(store, gp, child):
    draft = make_draft(store, child, gp.person, taught_to="")
    assert "reason-not-taught" in form_of(gp, draft).ids

    given = post(gp, draft, draft.fields | {"reason-not-taught": "No time"}, "/check", headers=HTMX)
    assert "Nothing is open." in given.text

    fields = drafts.read(store, draft.id).fields | {"version": "2", "reason-not-taught": ""}
    cleared = gp.post(f"/drafts/{draft.id}/check", data=fields, headers=HTMX)
    assert "To explain: 1" in cleared.text


def test_words_that_read_differently_now_must_be_confirmed_again(store, gp, child):
    inhaler = {"combination_product": "symbicort-turbohaler-200-6", "combination_when_needed": "1"}
    draft = make_draft(store, child, gp.person, regimen="mart", **inhaler)
    assert draft.fields["wording-one-inhaler-explained"] == "yes"

    post(gp, draft, draft.fields | {"regimen": "air"})

    saved = drafts.read(store, draft.id).fields
    assert "wording-one-inhaler-explained" not in saved
    assert saved["wording-danger-signs"] == "yes"


def test_words_that_stay_the_same_keep_a_tick_that_was_made_meanwhile(store, gp, child):
    draft = make_draft(store, child, gp.person)
    shown = {id for id in form_of(gp, draft).ids if id.startswith("shown-wording-")}

    answer = post(
        gp,
        draft,
        draft.fields | {"allergy-1-name": "Nuts", "allergy-1-severe": "yes"},
        "/check",
        headers=HTMX,
    )

    assert 'id="wordings" hx-swap-oob="true"' in answer.text
    assert shown < Form(answer.text).ids
    assert answer.text.count("hx-preserve") > len(shown)


def test_changing_a_draft_that_somebody_else_changed_is_refused_with_a_way_on(store, gp, child):
    draft = make_draft(store, child, gp.person)
    post(gp, draft, draft.fields)

    page = post(gp, draft, {"regimen": "mart"})
    message = post(gp, draft, {"regimen": "mart"}, "/check", headers=HTMX)

    assert page.status_code == message.status_code == 409
    assert f'href="/drafts/{draft.id}"' in page.text
    assert f'href="/drafts/{draft.id}"' in message.text
    assert "<html" not in message.text
    assert drafts.read(store, draft.id).fields["regimen"] == "preventer-reliever"


def test_a_form_without_its_version_changes_nothing(store, gp, child):
    draft = make_draft(store, child, gp.person)

    assert gp.post(f"/drafts/{draft.id}", data={"regimen": "mart"}).status_code == 409


def test_an_unsafe_plan_is_not_signed_and_says_why_at_each_field(store, gp, child):
    draft = make_draft(store, child, gp.person)

    answer = post(gp, draft, draft.fields | {"reliever-product": "", "reliever-spacer": ""}, "/finish")

    form = Form(answer.text)
    linked = set(re.findall(r"nhsuk-error-summary.*?</ul>", answer.text, re.DOTALL)[0].split('href="#')[1:])
    assert answer.status_code == 422
    assert {link.partition('"')[0] for link in linked} <= form.ids
    assert 'href="#reliever-product"' in answer.text
    assert kept_plans.live_plan(store, child.id) is None


def test_before_signing_the_plan_is_read_as_the_family_will_read_it(store, gp, child):
    draft = make_draft(store, child, gp.person)

    answer = post(gp, draft, draft.fields, "/finish")
    page = gp.get(answer.location).text

    assert answer.location == f"/drafts/{draft.id}/answers"
    assert "Never leave the child alone." in page
    assert "Use 4 puffs of Ventolin Evohaler." in page
    assert "Amina Test" in page
    assert "1 May 2018" in page
    assert "This is a draft. Nobody has signed it yet." in page


def test_the_last_page_is_for_plans_that_may_be_signed(store, gp, child):
    draft = make_draft(store, child, gp.person, surgery_phone="")

    assert gp.get(f"/drafts/{draft.id}/answers").location == f"/drafts/{draft.id}?checked=yes"


def test_a_plan_is_signed_from_its_last_page_and_shared_next(store, gp, child):
    draft = make_draft(store, child, gp.person)
    form = Form(gp.get(f"/drafts/{draft.id}/answers").text).fields

    answer = gp.post(f"/drafts/{draft.id}/sign", data=form)

    assert answer.location == f"/children/{child.id}/share?signed=1"
    assert kept_plans.live_plan(store, child.id).id == draft.id
    assert "Version 1 is signed" in gp.get(answer.location).text


def test_a_draft_that_changed_while_its_last_page_was_read_is_not_signed(store, gp, child):
    draft = make_draft(store, child, gp.person)
    post(gp, draft, draft.fields)

    answer = gp.post(f"/drafts/{draft.id}/sign", data={"version": draft.version})

    assert answer.status_code == 409
    assert kept_plans.live_plan(store, child.id) is None


def test_a_second_signature_is_refused_and_leads_to_the_signed_plan(store, gp, child):
    plan = make_plan(store, child, gp.person)

    answer = gp.post(f"/drafts/{plan.id}/sign", data={"version": 1})

    assert answer.status_code in (409, 422)
    assert gp.get(f"/drafts/{plan.id}").location == f"/plans/{plan.id}"


def test_the_plan_to_replace_is_named_by_a_tick_that_is_never_set_beforehand(store, gp, child):
    live = make_plan(store, child, gp.person)

    page = gp.get(start(gp, child)).text

    form = Form(page)
    assert "replaces" in form.ids
    assert "replaces" not in form.fields
    assert f'value="{live.id}"' in page
    assert "This plan replaces version 1" in page


def test_a_tick_for_a_plan_that_was_withdrawn_meanwhile_can_be_taken_away(store, gp, child):
    live = make_plan(store, child, gp.person)
    draft = make_draft(store, child, gp.person, replaces=live.id)
    withdraw_plan(store, live.id, reason="Wrong child", by=gp.person, at=MONDAY_9AM)

    page = Form(gp.get(f"/drafts/{draft.id}").text)

    assert page.fields["replaces"] == live.id


def test_a_draft_that_nobody_wants_is_deleted(store, gp, child):
    draft = make_draft(store, child, gp.person)

    answer = post(gp, draft, {}, "/drop")

    assert answer.location == f"/children/{child.id}"
    assert drafts.of_child(store, child.id) == []


def test_another_child_with_a_similar_name_is_pointed_out_when_writing_and_when_signing(store, gp, child):
    make_child(store, gp.person, given="Aminah", nhs_number="")
    draft = make_draft(store, child, gp.person)

    for page in (f"/drafts/{draft.id}", f"/drafts/{draft.id}/answers"):
        assert "Aminah Test" in gp.get(page).text


def test_a_draft_of_another_practice_is_not_there(store, gp, child, make_person, client_for):
    draft = make_draft(store, child, gp.person)
    home = Organisation("", OrganisationKind.PRACTICE, "Yew Surgery", "X99009", "0121 496 0109")
    elsewhere = client_for(Role.CLINICIAN, make_person(username="dr.grey", organisation=home))

    assert elsewhere.get(f"/drafts/{draft.id}").status_code == 404
    assert elsewhere.get(f"/drafts/{draft.id}/answers").status_code == 404
    assert elsewhere.post(f"/children/{child.id}/drafts").status_code == 404
    for to in ("", "/check", "/regimen", "/clear/preventer", "/finish", "/sign", "/drop"):
        assert post(elsewhere, draft, {}, to).status_code == 404, to


def test_every_place_of_every_regimen_has_its_words():
    assert (
        set(medicine_places.TITLES)
        == set(medicine_places.GUIDANCE)
        == set(medicine_places.ROLES)
        == set(Slot)
    )
