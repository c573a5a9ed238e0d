"""The discharge team's pages: a form that child and time are enough for, and what waits for a person."""

import re

import pytest

from fhir import kept_questions, kept_reviews
from fhir.audit_event import from_audit_event
from fhir.encounter import from_encounter
from plans.discharge_notice import VisitKind
from plans.places import Role
from portal.actions.discharge.waiting import all_waiting
from portal.forms.discharge import KINDS, LEFT_HOW, typed_of
from tests.portal.discharge_making import notice_about, tell
from tests.portal.making import make_child

FORM = {
    "nhs-number": "999 000 0018",
    "born-day": "1",
    "born-month": "5",
    "born-year": "2018",
    "family": "Test",
    "left-day": "20",
    "left-month": "11",
    "left-year": "2026",
    "left-time": "18:30",
    "asthma": "yes",
}
NEW = "/hospital/discharges/new"


@pytest.fixture
def clinician(make_person):
    return make_person(Role.CLINICIAN)


@pytest.fixture
def child(store, clinician):
    return make_child(store, clinician)


@pytest.fixture
def ward(client_for):
    return client_for(Role.HOSPITAL)


def test_child_and_time_start_the_clock_and_the_page_names_the_date(store, child, ward):
    answer = ward.post(NEW, data=FORM)

    (review,) = kept_reviews.open_reviews(store)
    assert answer.location == f"/reviews/{review.id}"
    page = ward.get(answer.location).text
    assert "Tuesday 24 November 2026" in page
    assert "Sunday 22 November 2026 at 6:30pm" in page
    assert "Amina Test" in page
    assert "Did the family get a plan" in page
    assert f"/reviews/{review.id}/sheet?lang=ur" in page


def test_answers_on_the_form_are_not_asked_again(store, child, ward):
    said = {"answer-technique-seen": "no", "answer-other-agencies": "A social worker", "went-to": "home"}
    ward.post(NEW, data=FORM | said | {"answer-safe-to-go-home": "yes"})

    owed = kept_questions.open_questions_of(store, ward.person.organisation_id)
    assert {one.code for one in owed} == {"plan-given-and-taught", "steroid-course", "who-follows-up"}


@pytest.mark.parametrize("kind", list(VisitKind)[:-1])
@pytest.mark.parametrize("how", ["discharged", "taken-home", "by-themselves"])
def test_care_of_any_kind_and_leaving_in_any_way_is_a_discharge(store, child, ward, kind, how):
    typed = next(name for name, one in KINDS.items() if one is kind)

    page = ward.get(ward.post(NEW, data=FORM | {"kind": typed, "left-how": how}).location).text

    (review,) = kept_reviews.open_reviews(store)
    stay = from_encounter(store.read("Encounter", review.encounter_id))
    assert (stay.kind, stay.left_how) == (kind, LEFT_HOW[how])
    assert ("Without being discharged" in page) == (how != "discharged")
    ward.post(NEW, data=FORM | {"kind": typed})
    assert len(kept_reviews.open_reviews(store)) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"nhs-number": "999 000 0019"}, "nhs-number"),
        ({"nhs-number": "", "family": " "}, "nhs-number"),
        ({"born-day": "31", "born-month": "2"}, "born-day"),
        ({"born-year": "9" * 30}, "born-day"),
        ({"left-day": ""}, "left-day"),
        ({"left-day": "", "left-month": "", "left-year": ""}, "left-day"),
        ({"left-time": "25:00"}, "left-time"),
        ({"left-time": ""}, "left-time"),
        ({"answer-technique-seen": "perhaps"}, "answer-technique-seen"),
    ],
)
def test_what_must_be_put_right_is_marked_and_what_was_typed_stays(store, child, ward, changes, field):
    answer = ward.post(NEW, data=FORM | changes)

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert 'value="Test"' in answer.text or changes.get("family")
    assert kept_reviews.open_reviews(store) == []


@pytest.mark.parametrize(
    ("left", "asked"),
    [({"left-day": "28"}, "in the future"), ({"left-month": "9"}, "more than 28 days ago")],
)
def test_a_day_that_may_be_a_slip_is_asked_about_at_once_and_one_tick_keeps_it(
    store, child, ward, left, asked
):
    form = FORM | left
    answer = ward.post(NEW, data=form)
    assert (answer.status_code, kept_reviews.open_reviews(store)) == (422, [])
    assert 'href="#left-is-right"' in answer.text
    assert asked in answer.text
    tick = re.search(r'name="left-is-right"[^>]* value="([^"]+)"', answer.text)[1]
    assert ward.post(NEW, data=form | {"left-is-right": tick, "left-year": "2025"}).status_code == 422

    page = ward.get(ward.post(NEW, data=form | {"left-is-right": tick}).location).text

    assert len(kept_reviews.open_reviews(store)) == 1
    question = page.index("Is the date of discharge right?")
    assert question < page.index('id="clocks-heading"') < page.index("Did the family get a plan")
    assert page.count("Is the date of discharge right?") == len(("the question", "its button"))
    assert "Date doubtful" in page
    assert "Date doubtful" in ward.get("/hospital").text


def test_who_matches_a_discharge_is_asked_about_such_a_day_too(store, child, ward):
    ward.post(NEW, data=FORM | {"nhs-number": ""})
    (waiting,) = all_waiting(store)

    answer = ward.post(f"/waiting/{waiting.id}/match", data=FORM | {"left-day": "28"})

    assert (answer.status_code, "in the future" in answer.text) == (422, True)
    assert "Leave it empty" not in answer.text
    assert len(all_waiting(store)) == 1


def test_a_discharge_that_waits_with_such_a_day_is_marked_on_its_list_and_page(store, child, ward):
    form = FORM | {"nhs-number": "", "left-day": "28"}
    tick = re.search(r'name="left-is-right"[^>]* value="([^"]+)"', ward.post(NEW, data=form).text)[1]

    page = ward.get(ward.post(NEW, data=form | {"left-is-right": tick}).location).text

    assert "Date doubtful" in page
    assert "Date doubtful" in ward.get("/hospital").text


def test_an_unknown_child_waits_with_its_clock_and_is_matched_by_hand(store, child, ward):
    answer = ward.post(NEW, data=FORM | {"nhs-number": ""})
    (waiting,) = all_waiting(store)
    assert answer.location == f"/waiting/{waiting.id}"
    page = ward.get(answer.location).text
    assert (
        "Kept for Ash Hospital to look at. Its review is due by the end of Tuesday 24 November 2026." in page
    )
    assert "Who owns it" in page
    assert "Tuesday 24 November 2026" in page
    assert 'value="18:30"' in page

    matched = ward.post(f"/waiting/{waiting.id}/match", data=FORM)

    (review,) = kept_reviews.open_reviews(store)
    assert matched.location == f"/reviews/{review.id}"
    assert "Nothing waits here" in ward.get("/waiting").text


def test_a_match_that_names_nobody_says_so_beside_the_box(store, child, ward):
    ward.post(NEW, data=FORM | {"nhs-number": ""})
    (waiting,) = all_waiting(store)

    answer = ward.post(f"/waiting/{waiting.id}/match", data=FORM | {"nhs-number": "9990000026"})

    assert answer.status_code == 422
    assert 'href="#nhs-number"' in answer.text
    assert len(all_waiting(store)) == 1


def test_a_guess_does_not_tell_whether_a_number_is_known_here(store, child, ward):
    guesses = [FORM | {"nhs-number": "9990000026"}, FORM | {"born-day": "2"}]

    told = [ward.get(ward.post(NEW, data=guess).location).text for guess in guesses]
    matched = [ward.post(f"/waiting/{all_waiting(store)[0].id}/match", data=guess).text for guess in guesses]

    for pages in (told, matched):
        assert all("No child here has this NHS number and this date of birth." in page for page in pages)


def test_looking_at_what_waits_and_each_guess_is_recorded(store, child, ward):
    ward.post(NEW, data=FORM | {"nhs-number": ""})
    (waiting,) = all_waiting(store)
    ward.get("/waiting")
    ward.get(f"/waiting/{waiting.id}")
    ward.post(f"/waiting/{waiting.id}/match", data=FORM | {"born-day": "2"})

    kept = [from_audit_event(event) for event in store.search("AuditEvent")]
    hers = {(one.detail, one.what, one.outcome) for one in kept if one.by == ward.person.ref}
    assert {
        ("see the discharges that wait", f"Organization/{ward.person.organisation_id}", "0"),
        ("see a discharge that waits for a person", waiting.id, "0"),
        ("try to match a discharge to a child", waiting.id, "4"),
    } <= hers


def test_a_discharge_is_set_aside_only_with_a_reason(store, child, ward):
    ward.post(NEW, data=FORM | {"nhs-number": ""})
    (waiting,) = all_waiting(store)

    assert ward.post(f"/waiting/{waiting.id}/set-aside", data={"reason": ""}).status_code == 422
    assert ward.post(f"/waiting/{waiting.id}/set-aside", data={"reason": "Typed twice"}).status_code == 303
    assert all_waiting(store) == []


def test_something_else_than_asthma_starts_nothing_and_says_so(store, child, ward):
    answer = ward.post(NEW, data=FORM | {"asthma": "no"})

    assert "no review was started" in ward.get("/hospital").text
    assert answer.status_code == 303
    assert kept_reviews.open_reviews(store) == []


def test_not_sure_runs_the_clock_and_asks(child, ward):
    answer = ward.post(NEW, data=FORM | {"asthma": "not-sure"})

    assert "Was this asthma?" in ward.get(answer.location).text


def test_the_list_shows_both_clocks_what_waits_and_whose_it_is(store, child, ward):
    ward.post(NEW, data=FORM)
    tell(store, child, nhs_number="9990000026", visit="ASH-9")

    page = ward.get("/hospital").text

    for words in (
        "Tuesday",
        "24 November 2026",
        "22 November 2026 at 6:30pm",
        "Elm Surgery",
        "Not accepted yet",
    ):
        assert words in page
    assert "No child here has this NHS number and this date of birth." in page
    assert "7 questions unanswered" in page


def test_another_hospitals_waiting_discharge_does_not_exist(store, child, ward):
    waiting = tell(store, child, nhs_number="9990000026", hospital_code="X99088").waiting_id

    assert ward.get(f"/waiting/{waiting}").status_code == 404
    assert ward.post(f"/waiting/{waiting}/match", data=FORM).status_code == 404


def test_what_was_told_stands_in_the_boxes_to_be_corrected(child):
    assert typed_of(notice_about(child)).items() <= (FORM | {"nhs-number": "9990000018"}).items()
