"""Words that no source settles: each is shown, and a tick confirms what was shown with it."""

import pytest

from fhir.store.tables import drafts
from plans.confirmations import TECHNIQUES, WORDINGS, needed
from plans.draft import read_draft
from plans.leaflet.wording import in_language
from plans.medicines import read_medicines
from plans.places import Role
from portal.forms.typed import typed_fields
from portal.forms.words_to_confirm import TOGETHER, words_to_confirm
from tests.portal.making import TODAY, make_child, make_draft, make_family_member, ready_fields
from tests.portal.plan_form import HTMX, draft_of, form_of, post

# What an attack, an allergy, a medicine or a device asks for is read and judged by itself.
ALONE = {"one-inhaler-attack", "written-attack", "allergy-first", "montelukast", "steroid-card", *TECHNIQUES}
MART = {
    "regimen": "mart",
    "combination_product": "symbicort-turbohaler-200-6",
    "combination_morning": "1",
    "combination_evening": "1",
    "combination_when_needed": "1",
    "combination_most_a_day": "8",
}


@pytest.fixture
def gp(client_for):
    return client_for(Role.CLINICIAN)


@pytest.fixture
def child(store, gp):
    return make_child(store, gp.person)


def unconfirmed(child, **changes):
    fields = ready_fields(child, **changes)
    return {name: text for name, text in fields.items() if not name.startswith("wording-")}


def test_what_is_confirmed_with_one_tick_is_a_wording_and_in_one_group_only():
    together = [key for keys in TOGETHER.values() for key in keys]
    assert set(together) <= set(WORDINGS)
    assert len(together) == len(set(together))


def test_words_about_an_attack_an_allergy_or_a_medicine_have_a_tick_of_their_own():
    assert set(WORDINGS) >= ALONE
    assert ALONE.isdisjoint(key for keys in TOGETHER.values() for key in keys)


def test_no_tick_confirms_a_dose():
    confirmed = typed_fields(
        {"words-danger-signs": "danger-signs ../preventer-confirmed preventer-confirmed"}
    )
    assert "preventer-confirmed" not in confirmed
    assert all(name.startswith("wording-") for name in confirmed)


def test_every_sentence_is_shown_with_why_it_is_asked(store, gp, child):
    draft = draft_of(store, child, gp, unconfirmed(child))
    page = gp.get(f"/drafts/{draft.id}").text

    english = in_language("en")
    wordings = words_to_confirm(needed(_plan(draft), child.age_on(TODAY), read_medicines()))
    shown = [one for tick in wordings for one in tick.wordings]
    assert {one.name for one in shown} > {"wording-danger-signs", "wording-reliever-3-times-a-week"}
    assert len(wordings) < len(shown)
    for wording in needed(_plan(draft), child.age_on(TODAY), read_medicines()):
        assert f'id="wording-{wording.key}"' in page
        for sentence in wording.sentences:
            assert _escaped(english.say(sentence)) in page


def test_one_tick_keeps_each_wording_that_was_shown_with_it(store, gp, child):
    draft = draft_of(store, child, gp, unconfirmed(child))
    tick = {"words-danger-signs": "danger-signs reliever-3-times-a-week"}

    post(gp, draft, draft.fields | tick)

    saved = drafts.read(store, draft.id).fields
    assert saved["wording-danger-signs"] == saved["wording-reliever-3-times-a-week"] == "yes"
    assert "words-danger-signs" not in saved
    assert form_of(gp, draft).fields["words-danger-signs"] == tick["words-danger-signs"]


def test_words_that_join_later_are_not_confirmed_and_take_the_tick_back(store, gp, child):
    draft = make_draft(store, child, gp.person)
    flow = {"use-peak-flow": "yes", "peak-flow-best": "200", "peak-flow-scale": "EU"}
    tick = {"words-danger-signs": "danger-signs reliever-3-times-a-week"}

    answer = post(gp, draft, draft.fields | flow | tick, "/check", headers=HTMX)

    assert 'id="wordings" hx-swap-oob="true"' in answer.text
    assert "wording-signs-before-peak-flow" not in drafts.read(store, draft.id).fields
    assert "words-danger-signs" not in form_of(gp, draft).fields


def test_each_wording_of_a_group_that_is_not_confirmed_says_so_beside_itself(store, gp, child):
    draft = draft_of(store, child, gp, unconfirmed(child, **MART))
    page = gp.get(f"/drafts/{draft.id}?checked=yes").text

    for key in ("danger-signs", "most-a-day", "one-inhaler-explained"):
        assert f'id="wording-{key}-error"' in page


def test_whom_the_school_phones_is_offered_and_never_filled_in(store, gp, child):
    make_family_member(store, child, phone="07700 900111")
    page = gp.get(f"/drafts/{draft_of(store, child, gp, {}).id}").text

    assert 'data-with="Sana Test&#10;07700 900111"' in page
    assert 'name="school-contact-name" type="text"' in page
    assert 'value="Sana Test"' not in page


def test_nobody_who_is_barred_or_without_parental_responsibility_is_offered_to_the_school(store, gp, child):
    make_family_member(store, child, name="Omar Test", phone="07700 900112", barred=True)
    make_family_member(
        store, child, name="Ivy Test", phone="07700 900113", with_parental_responsibility=False
    )
    make_family_member(store, child, name="Una Test", phone="")
    page = gp.get(f"/drafts/{draft_of(store, child, gp, {}).id}").text

    assert 'data-fills="school-contact-name' not in page


def _plan(draft):
    return read_draft(draft.fields, draft_id=draft.id, child_id=draft.child_id).plan


def _escaped(words):
    return words.replace("&", "&amp;").replace("'", "&#39;").replace('"', "&#34;")
