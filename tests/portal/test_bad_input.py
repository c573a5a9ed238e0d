"""Whatever is typed into a plan's form is refused at its field or shown as typed; never run, never lost."""

import pytest

from fhir import kept_plans
from fhir.store.tables import drafts
from plans.draft.names import FIELDS
from plans.places import Role
from portal.forms.typed import SAID_BY_THE_RECORD
from tests.portal.making import make_child, make_draft
from tests.portal.plan_form import HTMX, Form, draft_of, post

MARKUP = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7 * 7 }}"
RIGHT_TO_LEFT = "في حقيبة أحمد الزرقاء"
FAMILY_EMOJI = "Like a 🐘 on my chest 👩‍👧"

REFUSED = [
    ("review-by", "2026-02-31"),
    ("review-by", "0000-00-00"),
    ("review-by", "2026-13-01"),
    ("review-by", "next spring"),
    ("pens-expire-on", "2027-02-29"),
    ("preventer-morning", "-2"),
    ("preventer-morning", "1.5"),
    ("preventer-morning", "99"),
    ("preventer-morning", "1000000000000"),
    ("preventer-evening", "２"),
    ("reliever-when-needed", "two"),
    ("worse-puffs", "-4"),
    ("worse-puffs", "11"),
    ("worse-hours", "1e3"),
    ("attack-gap-seconds", "-30"),
    ("control-score", "NaN"),
    ("attacks-in-year", "-1"),
    ("child-words", "My chest hurts. " * 63),
    ("school-inhaler-place", "x" * 1000),
    ("taught-to", "x" * 1000),
    ("school-inhaler-place", "in the \u202ebag"),
    ("school-contact-name", "Mrs \u2066Green"),
    ("school-contact-phone", MARKUP),
    ("preventer-product", "clenil-modulite-9000"),
    ("preventer-product", MARKUP),
    ("language", MARKUP),
]
SHOWN = [
    ("child-words", MARKUP),
    ("child-words", FAMILY_EMOJI),
    ("child-words", RIGHT_TO_LEFT),
    ("child-words", "One line\nand another"),
    ("preventer-colour", MARKUP),
    ("preventer-colour", RIGHT_TO_LEFT),
    ("taught-to", FAMILY_EMOJI),
]


@pytest.fixture
def gp(client_for):
    return client_for(Role.CLINICIAN)


@pytest.fixture
def child(store, gp):
    return make_child(store, gp.person)


def saved(gp, draft, field, text):
    """Type one text into a form that was ready, save it without scripts, and return the page."""
    answer = post(gp, draft, draft.fields | {field: text})
    return gp.get(answer.location).text


@pytest.mark.parametrize(("field", "text"), REFUSED)
def test_what_no_plan_can_say_is_refused_at_its_field_and_kept_as_typed(store, gp, child, field, text):
    draft = make_draft(store, child, gp.person)

    page = saved(gp, draft, field, text)

    assert drafts.read(store, draft.id).fields[field] == text
    assert f'id="{field}-error"' in page
    assert Form(page).fields[field] == text


@pytest.mark.parametrize(("field", "text"), SHOWN)
def test_odd_words_are_shown_as_typed(store, gp, child, field, text):
    draft = make_draft(store, child, gp.person)

    page = saved(gp, draft, field, text)

    assert drafts.read(store, draft.id).fields[field] == text
    assert f'id="{field}-error"' not in page
    assert Form(page).fields[field] == text
    assert "<script>alert" not in page


@pytest.mark.parametrize("field", ["child-words", "school-inhaler-place", "surgery-phone", "review-by"])
def test_a_character_that_no_paper_has_is_refused_at_its_field_and_kept(store, gp, child, field):
    draft = make_draft(store, child, gp.person)

    page = saved(gp, draft, field, "be\u0000fore")

    assert drafts.read(store, draft.id).fields[field] == "be\u0000fore"
    assert f'id="{field}-error"' in page


def test_a_day_that_does_not_exist_stands_in_a_box_that_can_show_it(store, gp, child):
    draft = make_draft(store, child, gp.person, review_by="2026-02-31")

    page = gp.get(f"/drafts/{draft.id}").text

    box = page[page.index('id="review-by"') : page.index('value="2026-02-31"') + 80]
    assert 'type="text"' in box
    assert 'type="date"' not in box


@pytest.mark.parametrize("to", ["", "?checked=yes", "/preview"])
def test_markup_in_any_field_at_all_is_never_run(store, gp, child, to):
    draft = draft_of(store, child, gp, dict.fromkeys(FIELDS, MARKUP))

    page = gp.get(f"/drafts/{draft.id}{to}").text

    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_markup_in_any_field_at_all_is_never_run_where_htmx_answers(store, gp, child):
    draft = draft_of(store, child, gp, {})
    typed = {name: MARKUP for name in FIELDS if name not in SAID_BY_THE_RECORD}

    answer = post(gp, draft, typed | {"regimen": "mart", "seen-errors": MARKUP}, "/check", headers=HTMX)

    assert drafts.read(store, draft.id).fields == typed | {"regimen": "mart"}
    assert "<script>alert" not in answer.text
    assert "<img src=x" not in answer.text


def test_a_plan_with_odd_words_is_signed_and_read_as_typed(store, gp, child):
    draft = make_draft(store, child, gp.person, child_words=f"{FAMILY_EMOJI} {RIGHT_TO_LEFT} <b>ow</b>")
    form = Form(gp.get(f"/drafts/{draft.id}/answers").text).fields

    answer = gp.post(f"/drafts/{draft.id}/sign", data=form)
    page = gp.get(f"/plans/{draft.id}").text

    assert answer.status_code == 303
    assert kept_plans.live_plan(store, child.id).child_words == draft.fields["child-words"]
    assert f"{FAMILY_EMOJI} {RIGHT_TO_LEFT} &lt;b&gt;ow&lt;/b&gt;" in page


def test_a_field_that_no_plan_has_is_not_saved(store, gp, child):
    draft = make_draft(store, child, gp.person)

    post(gp, draft, draft.fields | {MARKUP: MARKUP, "status": "signed", "author": "Dr Nobody"})

    assert drafts.read(store, draft.id).fields == draft.fields
