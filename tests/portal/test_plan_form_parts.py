"""The form of a plan: what is folded, what comes only when it is needed, and what stands beside it."""

import re
from datetime import date, timedelta

import pytest

from fhir.store.tables import drafts
from plans.draft.names import FIELDS
from plans.further_treatment import Diagnosis, StartRule
from plans.gp_record import ControlScore, GpRecord, Instruction, NamedMedicine, RepeatLine
from plans.partial_date import PartialDate
from plans.places import Role
from plans.plan import Regimen, Slot, Spacer
from plans.record_repeats import KINDS
from plans.understanding import Answer, ControlTool, Question, Technique
from portal.forms.choices import (
    ANSWERS,
    CONTROL_TOOLS,
    DIAGNOSES,
    REGIMENS,
    SPACERS,
    STEROID_STARTS,
    TECHNIQUES,
)
from portal.forms.folded import PARTS, open_parts
from portal.forms.guidance import ADVICE, advice
from portal.forms.teach_back import ASK, QUESTIONS
from portal.views import drafts as views
from tests.portal.making import TODAY, make_child, make_draft, ready_fields
from tests.portal.plan_form import HTMX, Form, draft_of, form_of, post

FAMILY_COPY = re.compile(r'<div class="puffin-preview__page".*?</article>', re.DOTALL)
MART = {
    "regimen": "mart",
    "combination-product": "symbicort-turbohaler-200-6",
    "combination-morning": "1",
    "combination-evening": "1",
    "combination-when-needed": "1",
}


@pytest.fixture
def gp(client_for):
    return client_for(Role.CLINICIAN)


@pytest.fixture
def child(store, gp):
    return make_child(store, gp.person)


def page_of(gp, draft):
    return gp.get(f"/drafts/{draft.id}").text


def check(gp, draft, fields):
    """Send a change as a page with scripts does, which says what it shows of the draft."""
    return post(gp, draft, form_of(gp, draft).fields | fields, "/check", headers=HTMX).text


def is_open(page, part):
    return re.search(rf'<details[^>]*id="part-{part}"[^>]* open>', page) is not None


# What is folded


def test_a_usual_plan_shows_no_part_that_most_plans_do_not_need(store, gp, child):
    page = page_of(gp, make_draft(store, child, gp.person))

    assert [part for part in PARTS if is_open(page, part)] == []
    assert all(f'id="part-{part}"' in page for part in set(PARTS) - {"trial"})


@pytest.mark.parametrize(
    ("part", "field", "text"),
    [
        ("exercise", "exercise-puffs", "2"),
        ("increase", "increase-days", "7"),
        ("steroids", "steroids-supplied", "yes"),
        ("steroid-card", "steroid-card", "no"),
        ("own-steps", "attack-puffs", "2"),
        ("weaning", "weaning-puffs", "4"),
        ("nebuliser", "nebuliser-specialist", "Dr Green"),
        ("allergy-care", "no-pens-reason", "Only mild"),
        ("open-access", "open-access-phone", "0121 496 0180"),
    ],
)
def test_a_part_opens_by_itself_when_something_stands_in_it(store, gp, child, part, field, text):
    assert is_open(page_of(gp, make_draft(store, child, gp.person, **{field: text})), part)


def test_a_part_opens_by_itself_when_a_problem_is_about_it(store, gp, child):
    draft = make_draft(store, child, gp.person, allergy_1_name="Nuts", allergy_1_severe="yes")

    assert is_open(page_of(gp, draft), "allergy-care")


def test_numbers_of_peak_flow_stay_folded_on_a_plan_by_symptoms():
    best = {"peak-flow-best": "240", "use-peak-flow": "no"}

    assert "peak-flow" not in open_parts(best, ())
    assert "peak-flow" in open_parts(best | {"use-peak-flow": "yes"}, ())


def test_own_attack_steps_stand_open_where_the_regimen_asks_for_them(store, gp, child):
    draft = draft_of(store, child, gp, {"regimen": "other"})

    assert is_open(page_of(gp, draft), "own-steps")


def test_every_folded_part_is_about_fields_that_a_draft_has():
    for part, starts in PARTS.items():
        assert all(any(field.startswith(start) for field in FIELDS) for start in starts), part


# What comes only when it is needed


def test_a_medicine_by_hand_has_its_boxes_only_once_that_is_chosen(store, gp, child):
    draft = make_draft(store, child, gp.person)
    assert not {"preventer-name", "preventer-strength", "preventer-device"} & form_of(gp, draft).ids

    answer = post(gp, draft, draft.fields | {"preventer-product": "unlisted"})

    assert {"preventer-name", "preventer-strength", "preventer-device"} <= Form(
        gp.get(answer.location).text
    ).ids


def test_every_place_offers_to_write_a_medicine_by_hand(store, gp, child):
    page = page_of(gp, draft_of(store, child, gp, dict.fromkeys((f"{slot}-colour" for slot in Slot), "blue")))

    assert page.count("It is not in the list: I write it") == len(Slot)


def test_an_inhaler_that_is_not_listed_can_be_chosen_and_asks_why_and_who(store, gp, child):
    listed = draft_of(store, make_child(store, gp.person, born=TODAY - timedelta(days=5000)), gp, MART)
    assert "override-reason" not in form_of(gp, listed).ids

    other = check(gp, listed, {"combination-product": "symbicort-turbohaler-400-12"})

    assert "Not listed for MART: Symbicort Turbohaler 400/12" in page_of(gp, listed)
    assert {"override-reason", "override-by"} <= Form(other).ids


def test_what_was_written_of_an_override_stays_on_the_page(store, gp, child):
    draft = make_draft(store, child, gp.person, override_by="Dr Green")

    assert form_of(gp, draft).fields["override-by"] == "Dr Green"


@pytest.mark.parametrize(("years", "is_shown"), [(3, True), (8, False)])
def test_a_trial_is_asked_about_under_5(store, gp, years, is_shown):
    child = make_child(store, gp.person, born=TODAY - timedelta(days=366 * years))

    assert ("trial-until" in form_of(gp, draft_of(store, child, gp, {})).ids) is is_shown


def test_a_trial_that_was_typed_stays_on_the_page_at_any_age(store, gp, child):
    draft = make_draft(store, child, gp.person, trial_until="2027-01-10")

    assert form_of(gp, draft).fields["trial-until"] == "2027-01-10"


def test_written_steps_are_for_a_medicine_of_the_plan(store, gp, child):
    draft = make_draft(store, child, gp.person, regimen="other", attack_inhaler="reliever")

    page = page_of(gp, draft)

    assert (
        '<option value="reliever" selected>Reliever: Ventolin Evohaler 100 microgram, aerosol</option>'
        in page
    )
    assert '<option value="combination"' not in page


def test_the_inhalers_to_choose_from_follow_the_medicines(store, gp, child):
    draft = make_draft(store, child, gp.person)

    changed = check(gp, draft, {"reliever-product": "salamol-100"})
    again = post(gp, drafts.read(store, draft.id), form_of(gp, draft).fields, "/check", headers=HTMX).text

    assert "Reliever: Salamol 100 microgram" in changed
    assert 'id="attack-inhaler-part"' not in again


# What stands beside it


def test_the_family_copy_of_this_draft_stands_beside_the_form(store, gp, child):
    draft = make_draft(store, child, gp.person)

    beside = FAMILY_COPY.search(page_of(gp, draft))

    assert beside is not None
    assert "This is a draft. Nobody has signed it yet." in beside[0]
    assert "Clenil Modulite 50 microgram" in beside[0]
    assert "<h1" not in beside[0]


def test_each_saved_change_brings_the_copy_as_it_reads_now(store, gp, child):
    draft = make_draft(store, child, gp.person)

    answer = check(gp, draft, {"child-words": "Like a squashed balloon"})

    assert '<div id="preview-page" hx-swap-oob="innerHTML"><article' in answer
    assert "Like a squashed balloon" in answer[answer.index('id="preview-page"') :]


def test_the_copy_beside_the_form_is_of_this_draft_and_of_no_other(store, gp, child):
    other = make_child(store, gp.person, given="Bella", family="Brook", nhs_number="")
    make_draft(store, other, gp.person, child_words="Words of another child")
    draft = make_draft(store, child, gp.person)

    for answer in (page_of(gp, draft), check(gp, draft, {}), gp.get(f"/drafts/{draft.id}/preview").text):
        assert "Amina Test" in answer
        assert "Bella" not in answer
        assert "Words of another child" not in answer


@pytest.mark.parametrize(
    "fields", [{}, {"regimen": "other"}, {"regimen": "mart"}, {"reliever-product": "unlisted"}]
)
def test_a_draft_can_be_read_as_the_family_will_read_it_however_little_it_says(store, gp, child, fields):
    draft = draft_of(store, child, gp, fields)

    page = gp.get(f"/drafts/{draft.id}/preview").text

    assert "This is a draft. Nobody has signed it yet." in page
    assert f'href="/drafts/{draft.id}/preview"' in page_of(gp, draft)


def test_a_copied_dose_has_todays_repeats_beside_its_own_tick(store, gp, child, monkeypatch):
    lines = (line("Clenil Modulite 100micrograms/dose inhaler", "1 puff twice a day"), line("Cetirizine", ""))
    monkeypatch.setattr(views, "kept_record", lambda *_: GpRecord(child, lines=lines))
    draft = make_draft(store, child, gp.person, preventer_source="Plan of 3 May 2026, version 2")

    page = page_of(gp, draft)
    beside = page[page.index('id="preventer-source"') : page.index('id="preventer-confirmed"')]

    assert "Plan of 3 May 2026, version 2" in beside
    assert "Clenil Modulite 100micrograms/dose inhaler: 1 puff twice a day" in beside
    assert "Cetirizine" not in beside
    assert "Cetirizine" in page


def test_a_copied_dose_with_nothing_like_it_on_repeat_says_so(store, gp, child, monkeypatch):
    draft = make_draft(store, child, gp.person, preventer_source="Plan of 3 May 2026, version 2")
    assert "not known here. Look at the GP record before you confirm it." in page_of(gp, draft)

    monkeypatch.setattr(views, "kept_record", lambda *_: GpRecord(child))

    assert "nothing of this kind. Ask before you confirm it." in page_of(gp, draft)


def test_a_dose_that_the_record_has_otherwise_is_pointed_out(store, gp, child, monkeypatch):
    record = GpRecord(child, lines=(line("Clenil Modulite 200micrograms/dose inhaler", "2 puffs"),))
    monkeypatch.setattr(views, "kept_record", lambda *_: record)

    draft = make_draft(store, child, gp.person, preventer_source="Plan of 3 May 2026, version 2")

    assert "Clenil Modulite 200micrograms/dose inhaler" in page_of(gp, draft)
    assert "This is not what the plan says. Check it before you confirm the dose." in page_of(gp, draft)


def test_what_the_record_says_of_a_field_stands_beside_it_with_its_day(store, gp, child, monkeypatch):
    score = ControlScore(21, PartialDate(date(2026, 7, 6), date(2026, 7, 6)), ControlTool.CHILDHOOD_ACT)
    monkeypatch.setattr(views, "kept_record", lambda *_: GpRecord(child, control_scores=(score,)))

    page = page_of(gp, make_draft(store, child, gp.person))

    assert "GP record, 6 July 2026: Childhood Asthma Control Test, 21." in page


# What is said when problems close


def test_the_summary_of_errors_shrinks_as_problems_close_and_takes_no_focus(store, gp, child):
    draft = make_draft(store, child, gp.person, surgery_phone="", worse_puffs="")
    shown = Form(gp.get(f"/drafts/{draft.id}?checked=yes").text).fields

    one_left = gp.post(f"/drafts/{draft.id}/check", data=shown | {"worse-puffs": "4"}, headers=HTMX).text
    state = Form(one_left).fields
    mended = shown | state | {"worse-puffs": "4", "surgery-phone": "0121 496 0101"}
    none_left = gp.post(f"/drafts/{draft.id}/check", data=mended, headers=HTMX).text

    assert 'data-disable-auto-focus="true"' in one_left
    assert "<title>" not in one_left
    assert 'href="#worse-puffs"' not in one_left
    assert "nhsuk-error-summary" not in none_left
    assert '<div id="errors" hx-swap-oob="true">' in none_left
    assert "<title>Plan for Amina Test - Puffin</title>" in none_left


def test_a_message_beside_a_field_changes_with_what_is_wrong(store, gp, child):
    draft = make_draft(store, child, gp.person, worse_hours="2")
    shown = Form(gp.get(f"/drafts/{draft.id}?checked=yes").text).fields

    answer = gp.post(f"/drafts/{draft.id}/check", data=shown | {"worse-hours": "a"}, headers=HTMX).text

    beside = re.search(
        r'<span class="nhsuk-error-message" id="worse-hours-error" hx-swap-oob="true">.*', answer
    )
    assert beside is not None
    assert "type a whole number here, with figures only." in beside[0]


def test_a_problem_elsewhere_is_not_added_to_the_summary_while_somebody_types(store, gp, child):
    draft = make_draft(store, child, gp.person, surgery_phone="")
    shown = Form(gp.get(f"/drafts/{draft.id}?checked=yes").text).fields

    answer = gp.post(f"/drafts/{draft.id}/check", data=shown | {"worse-puffs": ""}, headers=HTMX).text

    assert 'id="worse-puffs-error"' not in answer


# What is offered and never filled in


def test_the_day_of_review_is_offered_by_a_button_and_never_filled_in(store, gp, child):
    draft = draft_of(store, child, gp, {})

    page = page_of(gp, draft)

    assert form_of(gp, draft).fields["review-by"] == ""
    assert 'data-fills="review-by" data-with="2027-11-23"' in page
    assert 'data-fills="review-by" data-with="2027-02-15"' in page


def test_a_new_draft_answers_nothing_by_itself(store, gp, child):
    sent = form_of(gp, draft_of(store, child, gp, {})).fields

    about_the_draft = {
        "csrf_token",
        "version",
        "seen-medicines",
        "seen-inhalers",
        "seen-wordings",
        "seen-errors",
    }
    assert {name: text for name, text in sent.items() if text and name not in about_the_draft} == {}


def test_every_answer_that_a_plan_may_hold_can_be_chosen():
    lists = {
        Regimen: REGIMENS,
        Spacer: SPACERS,
        Diagnosis: DIAGNOSES,
        StartRule: STEROID_STARTS,
        Technique: TECHNIQUES,
        Answer: ANSWERS,
        ControlTool: CONTROL_TOOLS,
    }
    for kind, choices in lists.items():
        assert {choice.value for choice in choices} == set(kind), kind
    assert set(KINDS) == set(Slot)


@pytest.mark.parametrize("regimen", [None, *Regimen])
@pytest.mark.parametrize("age", [3, 8, 14, 34])
def test_there_is_guidance_for_each_section_at_every_age_and_regimen(age, regimen):
    read = advice(age, regimen)

    assert set(read) == set(ADVICE)
    assert [section for section, lines in read.items() if not lines] == []
    assert all(one.source for lines in read.values() for one in lines)


def test_every_regimen_has_three_questions_to_be_told_back():
    assert set(QUESTIONS) == set(Regimen)
    assert all(set(asked) == set(Question) == set(ASK) for asked in QUESTIONS.values())


def test_the_questions_follow_the_regimen_while_somebody_types(store, gp, child):
    draft = make_draft(store, child, gp.person)

    answer = check(gp, draft, {"regimen": "air"})

    assert QUESTIONS[Regimen.AIR][Question.EVERY_DAY] in answer


def test_a_draft_is_left_and_gone_on_with_at_another_computer(store, gp, child, portal):
    draft = draft_of(store, child, gp, {})
    check(gp, draft, ready_fields(child) | {"given-to": "Her mother"})
    elsewhere = portal.test_client()
    elsewhere.post("/sign-in", data={"username": gp.person.username, "password": "elm and oak and ash"})

    again = elsewhere.post(f"/children/{child.id}/drafts").location

    assert Form(elsewhere.get(again).text).fields["given-to"] == "Her mother"


def line(name, dose):
    return RepeatLine(NamedMedicine(name), is_active=True, instructions=(Instruction(dose),))


def test_a_copied_dose_that_changes_after_it_was_confirmed_must_be_confirmed_again(store, gp, child):
    draft = make_draft(
        store,
        child,
        gp.person,
        preventer_source="GP record",
        preventer_confirmed="yes",
        preventer_morning="1",
    )
    shown = Form(page_of(gp, draft)).fields | {"preventer-confirmed": "yes"}

    changed = gp.post(f"/drafts/{draft.id}/check", data=shown | {"preventer-morning": "4"}, headers=HTMX).text

    assert drafts.read(store, draft.id).fields.get("preventer-confirmed", "") == ""
    tick = re.search(r'<input[^>]*id="preventer-confirmed"[^>]*>', changed)
    assert tick
    assert "checked" not in tick[0]
    assert "was copied: check it against" in changed
