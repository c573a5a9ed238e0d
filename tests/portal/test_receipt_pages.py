"""What the practice sees of who has read a plan, and a reader's question and its answer, on their pages."""

import re
from datetime import timedelta
from html import unescape

import pytest
from markupsafe import escape

from fhir import kept_plans, kept_receipts, kept_shares, kept_team_tasks
from plans.places import Organisation, OrganisationKind, Role
from plans.receipts import that_counts
from plans.sharing import Basis, Reader
from portal.actions.circle.sharing import Wanted, share, stop
from portal.actions.inbox.tasks import answer_task
from portal.actions.receipts.asked import acknowledge, note_opened
from portal.views import shared
from tests.portal.conftest import MONDAY_9AM
from tests.portal.making import (
    agreed,
    make_child,
    make_family_member,
    make_organisation,
    make_plan,
    open_by_link,
)

LATER = MONDAY_9AM + timedelta(hours=2)


@pytest.fixture
def gp(client_for):
    return client_for(Role.CLINICIAN)


@pytest.fixture
def office(client_for):
    return client_for(Role.SCHOOL_STAFF)


@pytest.fixture
def ward(store):
    return make_organisation(store, OrganisationKind.HOSPITAL, "Ash Hospital")


@pytest.fixture
def child(store, gp, office):
    return make_child(store, gp.person, school_id=office.person.organisation_id)


@pytest.fixture
def plan(store, gp, office, ward, child):
    """A plan that school, hospital and mother were asked to read on Monday morning."""
    plan = make_plan(store, child, gp.person)
    mother = make_family_member(store, child)
    word = agreed(store, child.id)
    wanted = [
        Wanted(Reader.SCHOOL, office.person.organisation_id, Basis.CONSENT, consent=word),
        Wanted(Reader.HOSPITAL, ward.id, Basis.DIRECT_CARE),
        Wanted(Reader.FAMILY, mother.id, Basis.CONSENT, consent=word),
    ]
    share(store, child.id, wanted, by=gp.person, at=MONDAY_9AM)
    return plan


@pytest.fixture
def wait(clock, client_for):
    """Let days pass, and return the browser of a clinician who signs in then."""

    def wait(**time):
        clock.let_pass(**time)
        return client_for(Role.CLINICIAN)

    return wait


def words(answer):
    """Return what a page says, in one line."""
    return (
        " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split()).replace(" ,", ",").replace(" .", ".")
    )


def ask(browser, child, plan, text="Which spacer?", **fields):
    data = {"plan": plan.id, "words": text, "once": "form"} | fields
    return browser.post(f"/shared/{child.id}/question", data=data)


def receipt(store, plan, browser):
    return that_counts(kept_receipts.receipts_of(store, plan.id), browser.person.organisation_id)


def test_the_writer_sees_in_one_line_who_has_read_it(store, gp, office, ward, child, plan):
    acknowledge(store, plan, ward.id, by="Practitioner/sister", at=LATER)
    note_opened(store, plan, office.person.organisation_id, by=office.person.ref, at=LATER)

    line = "Version 1: read by 1 of 3. Not yet: Oak School (opened 23 November 2026), Sana Test."
    assert line in words(gp.get(f"/children/{child.id}"))
    assert line in words(gp.get(f"/plans/{plan.id}"))


def test_who_is_late_is_said_so_and_the_family_never_is(plan, child, wait):
    gp = wait(days=3)

    assert "Not yet: Ash Hospital (not opened, late), Oak School (not opened, late), Sana Test." in words(
        gp.get(f"/children/{child.id}")
    )


def test_a_plan_that_all_have_read_names_nobody(store, gp, office, ward, child, plan):
    for one in kept_receipts.receipts_of(store, plan.id):
        acknowledge(store, plan, one.reader_id, by="Practitioner/anybody", at=LATER)

    page = words(gp.get(f"/children/{child.id}"))
    assert "Version 1: read by 3 of 3." in page
    assert "Not yet:" not in page


def test_the_detail_says_who_of_each_reader_opened_and_read_it_when_and_what_they_asked(
    store, gp, office, child, plan
):
    office.get(f"/shared/{child.id}")
    office.post(f"/shared/{child.id}/read", data={"plan": plan.id})
    ask(office, child, plan)

    page = words(gp.get(f"/plans/{plan.id}/receipts"))

    assert "Read by 1 of 3." in page
    assert "Opened 23 November 2026 at 9am, May Brook" in page.replace("9:00am", "9am")
    assert "Read 23 November 2026 at 9am, May Brook" in page.replace("9:00am", "9am")
    assert "Which spacer? Not answered yet. It is in your inbox." in page


def test_of_a_former_version_the_detail_says_who_had_read_it(store, gp, office, ward, child, plan):
    acknowledge(store, plan, ward.id, by="Practitioner/sister", at=LATER)
    make_plan(store, child, gp.person, at=LATER, replaces=plan.id)

    page = words(gp.get(f"/plans/{plan.id}/receipts"))

    assert "This version has ended. Nobody is asked to read it any more." in page
    assert "Read by 1 of 3." in page
    assert "A new version replaced this one." in page


def test_the_list_names_each_child_whose_plan_is_unread_past_its_time_and_no_other(
    store, gp, office, child, plan, wait
):
    other = make_child(store, gp.person, given="Bilal", nhs_number="")
    make_plan(store, other, gp.person)
    assert "Everybody who must read a plan has read it" in words(gp.get("/receipts"))

    gp = wait(days=3)

    page = words(gp.get("/receipts"))
    assert "Amina Test" in page
    assert "Ash Hospital (not opened, late), Oak School (not opened, late)" in page
    assert "Sana" not in page
    assert "Bilal" not in page


def test_a_child_whose_readers_have_read_it_leaves_the_list(store, office, ward, plan, wait, clock):
    gp = wait(days=3)
    for id in (ward.id, office.person.organisation_id):
        acknowledge(store, plan, id, by="Practitioner/anybody", at=clock())

    assert "Amina" not in words(gp.get("/receipts"))


def test_the_list_of_another_practice_is_its_own(plan, wait, client_for, make_person):
    wait(days=3)
    far = Organisation("", OrganisationKind.PRACTICE, "Yew Surgery", "X99101")
    elsewhere = client_for(Role.CLINICIAN, make_person(Role.CLINICIAN, username="dr.far", organisation=far))

    assert "Amina" not in elsewhere.get("/receipts").text
    assert elsewhere.get(f"/plans/{plan.id}/receipts").status_code == 404


def test_opening_and_printing_are_kept_for_the_readers_team(store, office, child, plan):
    office.get(f"/shared/{child.id}/plan.pdf")

    assert receipt(store, plan, office).opened.by == office.person.ref


def test_a_list_opens_nothing(store, office, child, plan):
    office.get("/shared")

    assert receipt(store, plan, office).opened is None


def test_a_reader_asks_and_the_answer_comes_back_on_the_page_of_the_plan(store, gp, office, child, plan):
    answer = ask(office, child, plan)
    assert answer.status_code == 303
    asked = words(office.get(answer.location))
    assert "You asked on 23 November 2026 at 9:00am: Which spacer?" in asked
    assert "The GP practice has not answered yet." in asked

    (task,) = kept_team_tasks.open_tasks_of(store, gp.person.organisation_id)
    answer_task(store, task.id, "One with a mouthpiece.", by=gp.person, at=LATER)

    page = words(office.get(f"/shared/{child.id}"))
    assert "You asked on 23 November 2026 at 9:00am: Which spacer?" in page
    assert "The GP practice answered on 23 November 2026 at 11:00am: One with a mouthpiece." in page


def test_before_a_question_is_sent_it_says_what_to_do_in_an_attack(office, child, plan):
    page = words(office.get(f"/shared/{child.id}/question"))

    assert page.index("Attack now? Call 999.") < page.index("Send the question")
    assert "The GP practice does not read this at night or at weekends." in page


def test_a_question_without_words_is_refused_with_what_to_do(store, gp, office, child, plan):
    answer = ask(office, child, plan, " ")

    assert answer.status_code == 422
    assert "Write your question, in up to 2,000 characters." in words(answer)
    assert kept_team_tasks.tasks_of(store, gp.person.organisation_id) == []


def test_what_was_typed_stays_when_a_question_is_too_long(office, child, plan):
    assert "y" * 2001 in ask(office, child, plan, "y" * 2001).text


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>{{ 7 * 7 }}", "في حقيبة أحمد", "Which one? 🐘"])
def test_a_question_is_shown_as_it_was_typed(office, gp, child, plan, typed):
    ask(office, child, plan, typed)

    for browser, address in ((office, f"/shared/{child.id}"), (gp, f"/plans/{plan.id}/receipts")):
        page = browser.get(address).text
        assert f"<bdi>{escape(typed)}</bdi>" in page


def test_a_question_that_nobody_can_keep_is_refused_and_nothing_is_kept(store, gp, office, child, plan):
    answer = ask(office, child, plan, "Which \0 spacer?")

    assert answer.status_code in {400, 422}
    assert kept_team_tasks.tasks_of(store, gp.person.organisation_id) == []
    assert receipt(store, plan, office).questions == ()


def test_a_question_about_a_plan_of_another_child_is_not_there(store, gp, office, child, plan):
    other = make_child(store, gp.person, given="Bilal", nhs_number="")
    theirs = make_plan(store, other, gp.person)

    assert ask(office, child, theirs).status_code == 404
    assert ask(office, other, theirs).status_code == 404


def test_one_reader_never_sees_what_another_asked(client_for, store, gp, office, child, plan):
    hospital = client_for(Role.HOSPITAL)
    wanted = Wanted(Reader.HOSPITAL, hospital.person.organisation_id, Basis.DIRECT_CARE)
    share(store, child.id, [wanted], by=gp.person, at=MONDAY_9AM)
    ask(hospital, child, plan, "Is the stockpile known?")

    for address in (f"/shared/{child.id}", f"/shared/{child.id}/question"):
        assert "stockpile" not in office.get(address).text


def test_somebody_whose_colleague_was_first_is_told_so(store, office, child, plan):
    acknowledge(store, plan, office.person.organisation_id, by="Practitioner/colleague", at=MONDAY_9AM)

    office.post(f"/shared/{child.id}/read", data={"plan": plan.id})

    assert "Somebody of your team has said so already." in words(office.get(f"/shared/{child.id}"))


def test_a_version_that_was_replaced_between_page_and_click_is_refused_and_the_new_one_shown(
    store, gp, office, child, plan
):
    office.get(f"/shared/{child.id}")
    second = make_plan(store, child, gp.person, at=LATER, replaces=plan.id)

    office.post(f"/shared/{child.id}/read", data={"plan": plan.id})

    page = office.get(f"/shared/{child.id}")
    assert "The plan has changed since you opened it. Read this version." in words(page)
    assert "Success" not in words(page)
    assert f'value="{second.id}"' in page.text
    assert receipt(store, second, office).is_open


def test_a_version_that_is_replaced_while_it_is_acknowledged_is_refused_too(
    store, gp, office, child, plan, monkeypatch
):
    """The page was still current when the click came in, and not any more when it was to be kept."""
    real = shared.receipts.acknowledge

    def sign_in_between(*args, **kwargs):
        make_plan(store, child, gp.person, at=LATER, replaces=plan.id)
        return real(*args, **kwargs)

    monkeypatch.setattr(shared.receipts, "acknowledge", sign_in_between)
    office.post(f"/shared/{child.id}/read", data={"plan": plan.id})

    assert "The plan has changed since you opened it." in words(office.get(f"/shared/{child.id}"))
    assert kept_plans.live_plan(store, child.id).version == 2


def test_a_share_that_ended_between_page_and_click_is_not_there(store, gp, office, child, plan):
    office.get(f"/shared/{child.id}/question")
    for one in kept_shares.shares_of(store, child.id):
        stop(store, child.id, one.id, by=gp.person, at=LATER)

    assert ask(office, child, plan).status_code == 404
    assert office.post(f"/shared/{child.id}/read", data={"plan": plan.id}).status_code == 404


def test_who_opens_the_plan_at_home_is_kept_and_shown_as_opened(store, gp, stranger):
    child = make_child(store, gp.person, given="Carys", nhs_number="")
    plan, mother = make_plan(store, child, gp.person), make_family_member(store, child)
    wanted = [Wanted(Reader.FAMILY, mother.id, Basis.CONSENT, consent=agreed(store, child.id))]
    (link,) = share(store, child.id, wanted, by=gp.person, at=MONDAY_9AM)
    open_by_link(stranger, store, f"/f/{link.token}", gp.person)

    stranger.get(f"/f/{link.token}/plan")

    (kept,) = kept_receipts.receipts_of(store, plan.id)
    assert kept.opened.by == f"RelatedPerson/{mother.id}"
    assert "Not yet: Sana Test (opened 23 November 2026)." in words(gp.get(f"/children/{child.id}"))
