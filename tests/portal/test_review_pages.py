"""The pages of reviews: both clocks, what happened, and forms that say what stops the clock."""

import io
import re
from collections import Counter
from datetime import timedelta

import pytest
from pypdf import PdfReader

from fhir import kept_people, kept_questions, kept_reviews
from fhir.store.tables import marks
from plans.follow_up import State
from plans.ladder import LADDER, unanswered
from plans.places import Organisation, OrganisationKind, Role
from plans.review_events import EventKind
from portal.actions import review_list
from portal.actions.reviews import MAY_RECORD, version_of
from portal.review_words import FORMS, HAPPENED, RUNGS, STANDINGS
from tests.portal.conftest import MONDAY_9AM
from tests.portal.discharge_making import FRIDAY_1830, a_discharge, tell
from tests.portal.making import make_child


@pytest.fixture
def practice(client_for):
    return client_for(Role.CLINICIAN)


@pytest.fixture
def ward(client_for):
    return client_for(Role.HOSPITAL)


@pytest.fixture
def review(store, practice, ward):
    """A review from Friday evening, due on Tuesday; it is Monday morning."""
    _child, outcome = a_discharge(store, practice.person)
    return kept_reviews.review(store, outcome.review_id)


def one_of(store, child):
    (review,) = kept_reviews.open_reviews_of_child(store, child.id)
    return review


def enter(browser, store, review, kind, **fields):
    fields = {"version": version_of(store, review.id)} | fields
    return browser.post(f"/reviews/{review.id}/events/{kind}", data=fields)


def test_the_list_has_both_clocks_and_how_each_stands(review, practice):
    page = practice.get("/reviews").text

    for words in ("Tuesday", "24 November 2026", "22 November 2026 at 6:30pm", "48 hours have passed"):
        assert words in page
    assert "Amina Test" in page


def test_what_is_late_stands_on_top_with_its_working_days(store, review, practice):
    late = make_child(store, practice.person, given="Zara", nhs_number="9990000026")
    tell(store, late, visit="ASH-7", discharged_at=FRIDAY_1830 - timedelta(days=7))

    page = practice.get("/reviews").text

    assert page.index("Zara Test") < page.index("Amina Test")
    assert page.count("3 working days late") == 1
    assert "3 working days late" in practice.get("/reviews/" + one_of(store, late).id).text
    assert "open reviews" not in page


def test_a_list_reads_each_place_once_and_counts_no_days_of_what_is_closed(
    store, review, practice, monkeypatch
):
    for number, nhs_number in enumerate(("9990000026", "9990000034"), 7):
        child = make_child(store, practice.person, nhs_number=nhs_number)
        told = tell(store, child, visit=f"ASH-{number}", discharged_at=FRIDAY_1830 - timedelta(days=7))
    enter(practice, store, kept_reviews.review(store, told.review_id), "not-needed", reason="Well.")
    asked = Counter()

    def count(name):
        real = getattr(review_list, name)
        monkeypatch.setattr(review_list, name, lambda *given: asked.update([name]) or real(*given))

    for name in ("known_place", "who_stands_behind", "working_days_late"):
        count(name)

    assert practice.get("/reviews").text.count("3 working days late") == 1
    assert asked == {"known_place": 2, "who_stands_behind": 1, "working_days_late": 1}


def test_until_the_practice_accepts_a_review_the_hospital_is_named_as_its_owner(
    store, review, practice, ward
):
    pages = [(ward, "/hospital"), (ward, f"/reviews/{review.id}"), (practice, f"/reviews/{review.id}")]
    for browser, page in pages:
        assert "Ash Hospital, until Elm Surgery accepts it" in browser.get(page).text

    enter(practice, store, review, "accepted")

    for browser, page in pages:
        shown = browser.get(page).text
        assert "until Elm Surgery accepts" not in shown
        assert "Elm Surgery" in shown


def test_reviews_of_one_child_are_told_apart_by_the_day_on_which_the_child_left(
    store, review, practice, ward
):
    child = kept_people.child(store, review.child_id)
    tell(store, child, visit="ASH-7", discharged_at=FRIDAY_1830 - timedelta(days=7))

    for page in (practice.get("/reviews").text, ward.get("/hospital").text):
        for day in ("13 November 2026", "20 November 2026"):
            assert f"Left hospital on {day} at 6:30pm" in page
        assert page.count("2 open reviews") == 2


def test_the_practice_accepts_books_and_records_the_review_on_the_page(store, review, practice):
    assert enter(practice, store, review, "accepted").status_code == 303
    assert enter(practice, store, review, "booked", reason="Today at 11").status_code == 303
    done = enter(practice, store, review, "review-recorded", reviewed=["technique", "plan"], reason="Well.")

    page = practice.get(done.location).text
    assert "its clock has stopped" in page
    assert "Plan updated; Inhaler technique seen. Well." in page
    assert "Done in time" in page
    assert kept_reviews.open_reviews(store) == []


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("not-needed", {"reason": " "}),
        ("review-recorded", {"reason": ""}),
        ("review-recorded", {"reason": "Well.", "day": "2026-11-19", "time": "10:00"}),
        ("review-recorded", {"reason": "Well.", "day": "2026-11-23", "time": "10:00"}),
        ("contact-attempted", {"day": "yesterday"}),
    ],
)
def test_an_entry_that_cannot_be_is_refused_beside_its_box(store, review, practice, kind, fields):
    answer = enter(practice, store, review, kind, **fields)

    assert answer.status_code == 422
    assert f'href="#{kind}"' in answer.text
    assert f'id="{kind}"' in answer.text
    assert kept_reviews.review(store, review.id).events == ()


def test_a_child_not_brought_is_counted_and_the_clock_runs_on(store, review, practice):
    enter(practice, store, review, "was-not-brought", reason="Phoned, booked again")

    assert "Children not brought to their review: 1" in practice.get("/reviews").text
    assert len(kept_reviews.open_reviews(store)) == 1


def test_a_record_made_in_error_is_withdrawn_on_the_page_with_its_reason(store, review, practice):
    enter(practice, store, review, "review-recorded", reason="Well.")
    (event,) = kept_reviews.review(store, review.id).events

    refused = enter(practice, store, review, "withdrawn", withdraws=event.id, reason="")
    enter(practice, store, review, "withdrawn", withdraws=event.id, reason="Wrong child")

    assert f'href="#withdrawn-{event.id}"' in refused.text
    page = practice.get(f"/reviews/{review.id}").text
    assert "Reopened once" in page
    assert "Tuesday 24 November 2026" in page


def test_a_page_that_is_out_of_date_is_told_so(store, review, practice):
    seen = version_of(store, review.id)
    enter(practice, store, review, "accepted")

    assert enter(practice, store, review, "review-recorded", version=seen, reason="Well.").status_code == 409


def test_each_team_finds_only_the_forms_that_it_may_send(review, practice, ward):
    def forms(browser):
        page = browser.get(f"/reviews/{review.id}").text
        return set(re.findall(r"/events/([a-z-]+)\"", page))

    assert forms(practice) == {kind for kind in FORMS if kind is not EventKind.DISCHARGE_CANCELLED}
    assert forms(ward) == {"contact-attempted", "message-left", "discharge-cancelled"}


def test_what_the_hospital_may_not_record_is_refused(store, review, ward):
    answer = enter(ward, store, review, "review-recorded", reason="Well.")

    assert answer.status_code == 422
    assert "Phone them instead" in answer.text


def test_an_event_that_does_not_exist_is_not_there(store, review, practice):
    assert enter(practice, store, review, "forgotten").status_code == 404


def test_for_another_practice_the_review_is_not_there(store, review, client_for, make_person):
    home = Organisation("", OrganisationKind.PRACTICE, "Fir Surgery", "X99009")
    stranger = client_for(Role.CLINICIAN, make_person(username="dr.fir", organisation=home))

    assert stranger.get(f"/reviews/{review.id}").status_code == 404
    assert enter(stranger, store, review, "accepted").status_code == 404
    assert stranger.get(f"/reviews/{review.id}/sheet").status_code == 404


def test_the_hospital_answers_a_question_on_the_page_and_the_practice_reads_it(store, review, practice, ward):
    asked = next(
        one
        for one in kept_questions.questions_about(store, review.encounter_id)
        if one.code == "plan-given-and-taught"
    )
    address = f"/reviews/{review.id}/questions/{asked.id}"

    assert ward.post(address, data={}).status_code == 422
    assert practice.post(address, data={"answer": "yes"}).status_code == 404
    assert ward.post(address, data={"answer": "no"}).status_code == 303

    page = practice.get(f"/reviews/{review.id}").text
    assert "Rose Hill" in page
    assert page.count("The hospital owes the answer by") == 6


def test_who_owes_an_answer_reads_by_when_and_what_is_late_is_marked_for_both(
    store, review, practice, ward, clock, client_for
):
    page = f"/reviews/{review.id}"
    asked = [one for one in kept_questions.questions_about(store, review.encounter_id) if one.is_open]
    assert ward.get(page).text.count("Answer by ") == len(asked)
    for days in (0, 30):
        clock.let_pass(days=days)
        late = [one for one in asked if clock() > one.due_at]
        for role, person in ((Role.HOSPITAL, ward.person), (Role.CLINICIAN, practice.person)):
            shown = client_for(role, person).get(page).text
            assert shown[shown.index('id="questions"') :].count(">Late<") == len(late)
    assert len(late) == len(asked)


def test_facts_are_for_a_professional_to_look_at_and_never_a_score(review, practice, ward):
    heading = "Facts a professional should look at"

    assert heading in practice.get(f"/reviews/{review.id}").text
    assert heading not in ward.get(f"/reviews/{review.id}").text


def test_a_child_of_a_similar_name_is_named_where_the_review_is_recorded(store, review, practice):
    make_child(store, practice.person, given="Aminah", nhs_number="9990000026")

    assert "Check that this is the right child" in practice.get(f"/reviews/{review.id}").text


def test_the_familys_sheet_names_the_date_in_english(review, ward):
    answer = ward.get(f"/reviews/{review.id}/sheet?lang=en")

    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages)
    assert answer.mimetype == "application/pdf"
    assert "Tuesday, 24 November 2026" in text or "Tuesday 24 November 2026" in text


def test_a_language_that_is_not_signed_off_is_for_the_demo_only(store, review, ward):
    refused = ward.get(f"/reviews/{review.id}/sheet?lang=ur")
    with store.write(by="system", at=MONDAY_9AM) as write:
        marks.put(write, marks.DEMO, "yes")

    assert refused.status_code == 422
    assert ward.get(f"/reviews/{review.id}/sheet?lang=ur").mimetype == "application/pdf"
    assert ward.get(f"/reviews/{review.id}/sheet?lang=xx").status_code in {404, 422}


def test_printing_the_sheet_is_recorded(store, review, ward):
    ward.get(f"/reviews/{review.id}/sheet")

    events = store.search("AuditEvent", entity=f"Task/{review.id}", agent=ward.person.ref, action="R")
    assert any("print the sheet" in str(event) for event in events)


def test_the_words_cover_every_case():
    assert set(STANDINGS) == set(State)
    assert set(HAPPENED) == set(EventKind)
    assert set(FORMS) == set(EventKind) - {EventKind.WITHDRAWN, EventKind.DIED}
    codes = {step.code for step in LADDER} | {"date-in-doubt"}
    assert set(RUNGS) == codes | {unanswered(code) for code in codes}
    assert set().union(*MAY_RECORD.values()) == set(EventKind) - {EventKind.DIED}  # by two, on its own page


def test_who_prints_the_sheet_reads_first_what_no_source_settles_and_confirms_it(review, ward, store):
    page = ward.get(f"/reviews/{review.id}").text
    assert "Do not wait for a call." in page

    ward.get(f"/reviews/{review.id}/sheet?lang=en")

    printed = str(store.search("AuditEvent", entity=f"Task/{review.id}"))
    assert "words confirmed: danger-signs, after-hospital" in printed
