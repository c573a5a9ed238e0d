"""A family's way to the plan: link, date of birth, name; every link that is dead looks the same."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import NamedTuple
from uuid import uuid4

import pytest

from fhir import kept_reviews, kept_shares
from fhir.kept_bars import barred_ids
from fhir.store.tables import marks
from plans.consent import How, Word
from plans.errors import PuffinError
from plans.leaflet import labels
from plans.leaflet.wording import in_language
from plans.people import Child, FamilyMember
from plans.places import Role
from plans.plan import Plan
from plans.review import Review
from plans.sharing import Basis, Reader
from portal.actions.circle.sharing import LINK_DAYS, Wanted, share, stop
from portal.actions.family import link as family
from portal.actions.plans import withdraw_plan
from portal.actions.receipts.reading import has_read
from portal.person import Person
from tests.portal.conftest import MONDAY_9AM, begin_with, new_person, parts_of_world
from tests.portal.making import agreed, make_child, make_family_member, make_plan, open_by_link

BORN = {"born-day": "1", "born-month": "5", "born-year": "2018"}
ANOTHER_DAY = BORN | {"born-day": "2"}
FIRST = "Attack now? Call 999."


class World(NamedTuple):
    """Who and what is in the store."""

    gp: Person
    child: Child
    mother: FamilyMember
    plan: Plan
    link: str


def shared_plan(store):
    """Keep a child's plan and share it with the mother; the link is the path of hers."""
    gp = new_person(store)
    child = make_child(store, gp)
    mother = make_family_member(store, child)
    plan = make_plan(store, child, gp, child_words="I like to swim.")
    wanted = [Wanted(Reader.FAMILY, mother.id, Basis.CONSENT, consent=agreed(store, plan.child_id))]
    (made,) = share(store, plan.child_id, wanted, by=gp, at=MONDAY_9AM)
    return World(gp, child, mother, plan, f"/f/{made.token}")


# Every test of this file begins with a plan that the mother has.
kept_before, new_store_file, world = begin_with(shared_plan)
gp, child, mother, plan, link = parts_of_world("gp", "child", "mother", "plan", "link")


@pytest.fixture
def opened(stranger, link, store, gp):
    """A browser that has opened the mother's link, confirmed the name and given her code."""
    open_by_link(stranger, store, link, gp)
    return stranger


def test_the_link_asks_for_the_date_of_birth_and_says_nothing_of_the_child(stranger, link):
    page = stranger.get(link).text

    assert "What is the child's date of birth?" in page or "What is the child&#39;s date of birth?" in page
    for hidden in ("Amina", "Test", "2018", "Elm Surgery", "Sana"):
        assert hidden not in page


def test_the_name_is_confirmed_before_the_plan_is_shown(stranger, link):
    answer = stranger.post(link, data=BORN)

    assert answer.location == f"{link}/child"
    assert "Is this Amina Test, born on 1 May 2018?" in stranger.get(f"{link}/child").text
    assert stranger.get(f"{link}/plan").location == f"{link}/child"
    assert stranger.get(f"{link}/plan.pdf").location == f"{link}/child"


def test_the_plan_opens_as_the_familys_copy(opened, link):
    page = opened.get(f"{link}/plan").text

    assert "Asthma plan" in page
    assert "Clenil" in page
    assert "I like to swim." in page
    assert "The mother and the child" not in page


@pytest.mark.parametrize("name", ["plan", "pictures"])
def test_the_surgery_can_be_phoned_from_the_page(opened, link, store, child, gp, plan, name):
    """A touch dials: nobody copies a number by hand while a child is ill."""
    make_plan(store, child, gp, replaces=plan.id, surgery_phone="0121 496 0101")

    page = opened.get(f"{link}/{name}").text

    assert '<a href="tel:01214960101"><bdi>0121 496 0101</bdi></a>' in page


@pytest.mark.parametrize("phone", ["0121 496 0101 or 0121 496 0102", "+44 (0)121 496 0101"])
def test_what_is_not_plainly_one_number_is_not_dialled(opened, link, store, child, gp, plan, phone):
    make_plan(store, child, gp, replaces=plan.id, surgery_phone=phone)

    page = opened.get(f"{link}/plan").text

    assert "tel:+" not in page
    assert "tel:0" not in page


def test_the_number_of_the_surgery_is_not_shown_before_the_date_of_birth(stranger, link):
    assert "tel:0" not in stranger.get(link).text


def test_somebody_who_says_that_it_is_another_child_sees_no_plan(stranger, link):
    stranger.post(link, data=BORN)

    page = stranger.post(f"{link}/child", data={"answer": "no"}).text

    assert "This plan is for another child" in page
    assert stranger.get(f"{link}/plan").location == link


@pytest.mark.parametrize("name", ["plan", "pictures", "card"])
def test_each_page_can_be_saved_or_printed(opened, link, name):
    answer = opened.get(f"{link}/{name}.pdf")

    assert answer.data.startswith(b"%PDF-")
    assert "Amina" not in answer.headers["Content-Disposition"]


def test_the_card_is_offered_and_shows_the_steps_and_whom_to_phone(opened, link):
    page = opened.get(f"{link}/card").text

    assert f"{link}/card?lang=en" in opened.get(f"{link}/plan").text
    assert "Asthma card" in page
    assert "Use Ventolin Evohaler: 1 puff every 30 to 60 seconds, up to 10 puffs." in page
    assert "I like to swim." not in page
    assert "bilingual" not in page


def test_a_grown_child_has_no_pictures_and_is_led_to_the_plan(stranger, store, gp):
    grown = make_child(store, gp, born=date(1992, 3, 14), nhs_number="9990000026")
    member = make_family_member(store, grown)
    make_plan(store, grown, gp)
    own = Word(f"Patient/{grown.id}", grown.name, How.IN_PERSON, MONDAY_9AM.date())
    wanted = [Wanted(Reader.FAMILY, member.id, Basis.CONSENT, consent=own)]
    (made,) = share(store, grown.id, wanted, by=gp, at=MONDAY_9AM)
    link = f"/f/{made.token}"
    open_by_link(stranger, store, link, gp, date(1992, 3, 14))

    assert "/pictures" not in stranger.get(f"{link}/plan").text
    assert stranger.get(f"{link}/pictures").location == link


def test_digits_of_any_script_are_a_date(stranger, link):
    urdu = {"born-day": "۱", "born-month": "۵", "born-year": "۲۰۱۸"}

    assert stranger.post(link, data=urdu).status_code == 303


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"born-day": "1"},
        BORN | {"born-month": "May"},
        BORN | {"born-day": "31", "born-month": "2"},
        BORN | {"born-year": "9" * 30},
    ],
)
def test_what_is_not_a_date_is_said_so_and_is_not_counted(stranger, link, typed):
    for _ in range(family.TRIES + 1):
        answer = stranger.post(link, data=typed)

    assert answer.status_code == 422
    assert "Enter the day, month and year in numbers." in answer.text


def test_a_wrong_date_is_one_clear_sentence(stranger, link):
    answer = stranger.post(link, data=ANOTHER_DAY)

    assert answer.status_code == 422
    assert "This date of birth does not match. Check it and try again." in answer.text
    assert "Amina" not in answer.text


def test_after_five_wrong_dates_the_link_rests_for_15_minutes_and_looks_dead(stranger, link, clock):
    for _ in range(family.TRIES):
        assert stranger.post(link, data=ANOTHER_DAY).status_code == 422

    assert stranger.get(link).status_code == 404
    assert stranger.post(link, data=BORN).status_code == 404
    clock.let_pass(minutes=14)
    assert stranger.get(link).status_code == 404
    clock.let_pass(minutes=1)
    assert stranger.post(link, data=BORN).status_code == 303


def test_a_right_date_starts_the_count_again(stranger, link):
    for _ in range(family.TRIES - 1):
        stranger.post(link, data=ANOTHER_DAY)
    stranger.post(link, data=BORN)

    assert stranger.post(link, data=ANOTHER_DAY).status_code == 422
    assert stranger.post(link, data=BORN).status_code == 303


def test_guesses_at_the_same_moment_are_counted_one_by_one(store, link):
    token = link.removeprefix("/f/")

    def guess(_):
        try:
            family.prove(store, token, date(2000, 1, 1), at=MONDAY_9AM)
        except PuffinError as refusal:
            return type(refusal)
        finally:
            store.close()

    with ThreadPoolExecutor(max_workers=4) as threads:
        answers = list(threads.map(guess, range(2 * family.TRIES)))

    assert answers.count(family.BornOnAnotherDay) == family.TRIES
    assert answers.count(family.LinkDoesNotWork) == family.TRIES


# How a link dies; each takes the store and what the fixtures made, and returns the path to ask for.
def never_made(_store, _clock, _gp, _plan, _link, _stranger):
    return "/f/never-made"


def stopped(store, _clock, gp, plan, link, _stranger):
    (kept,) = kept_shares.shares_of(store, plan.child_id)
    stop(store, plan.child_id, kept.id, by=gp, at=MONDAY_9AM)
    return link


def run_out(_store, clock, _gp, _plan, link, _stranger):
    clock.let_pass(days=LINK_DAYS)
    return link


def resting(_store, _clock, _gp, _plan, link, stranger):
    for _ in range(family.TRIES):
        stranger.post(link, data=ANOTHER_DAY)
    return link


def replaced_by_a_newer_link(store, _clock, gp, plan, link, _stranger):
    (kept,) = kept_shares.shares_of(store, plan.child_id)
    word = agreed(store, plan.child_id)
    again = [Wanted(Reader.FAMILY, kept.reader_id, Basis.CONSENT, consent=word)]
    share(store, plan.child_id, again, by=gp, at=MONDAY_9AM + timedelta(hours=1))
    return link


def barred_since(store, _clock, gp, plan, link, _stranger):
    """A court order comes with the record; the share that she had is not stopped by anybody."""
    (kept,) = kept_shares.shares_of(store, plan.child_id)
    who = {"role": {"text": "mother"}, "reference": {"reference": f"RelatedPerson/{kept.reader_id}"}}
    consent = store.read("Consent", kept.id)
    denial = {key: consent[key] for key in ("resourceType", "scope", "category", "patient", "policyRule")}
    denial |= {"status": "active", "provision": {"type": "deny", "actor": [who]}}
    with store.write(by="system", at=MONDAY_9AM) as write:
        write.create(denial)
        write.audit("C", detail="a court order")
    assert barred_ids(store, plan.child_id)
    return link


def without_a_plan(store, _clock, gp, plan, link, _stranger):
    withdraw_plan(store, plan.id, reason="Wrong inhaler", by=gp, at=MONDAY_9AM)
    return link


DEATHS = [never_made, stopped, run_out, resting, replaced_by_a_newer_link, barred_since, without_a_plan]


# Every page of a link, and all that can be sent to it.
ASKED = ("", "/child", "/code", "/questions", "/words", "/tell/no-inhaler", "/tell/not-called", "/ask")
PAGES = {
    "GET": (*ASKED, "/close", "/code/send", "/plan", "/pictures", "/card", "/plan.pdf", "/after-hospital"),
    "POST": (*ASKED, "/code/send", "/read", "/close"),
}


@pytest.mark.parametrize("die", DEATHS)
def test_every_dead_link_looks_exactly_the_same(portal, stranger, store, clock, gp, plan, link, die):
    dead = die(store, clock, gp, plan, link, stranger)

    for method, pages in PAGES.items():
        for page in pages:
            answer, never = (
                portal.test_client().open(path + page, method=method, data=BORN if method == "POST" else None)
                for path in (dead, "/f/never-made")
            )
            assert (answer.status_code, answer.data) == (404, never.data), page
            assert dict(answer.headers) == dict(never.headers), page
            assert answer.text.index(FIRST) < answer.text.index("This link does not work")


def test_a_dead_link_takes_no_date_of_birth(stranger):
    assert stranger.post("/f/never-made", data=BORN).status_code == 404


def test_a_share_that_is_stopped_ends_a_visit_at_once(opened, link, store, gp, plan):
    (kept,) = kept_shares.shares_of(store, plan.child_id)
    stop(store, plan.child_id, kept.id, by=gp, at=MONDAY_9AM)

    for page in ("plan", "pictures", "plan.pdf"):
        assert opened.get(f"{link}/{page}").status_code == 404


def test_a_visit_ends_30_minutes_after_its_last_page(opened, link, clock):
    clock.let_pass(minutes=29)
    assert opened.get(f"{link}/plan").status_code == 200
    clock.let_pass(minutes=29)
    assert opened.get(f"{link}/plan").status_code == 200
    clock.let_pass(minutes=30)

    assert opened.get(f"{link}/plan").location == link
    assert "Enter the date of birth to open it again." in opened.get(link).text


def test_a_visit_is_closed_by_hand(opened, link):
    page = opened.post(f"{link}/close").text

    assert "The plan is closed" in page
    assert opened.get(f"{link}/plan").location == link


def test_the_visit_of_one_link_opens_no_other(opened, link, store, gp):
    other = make_child(store, gp, given="Bilal", nhs_number="")
    father = make_family_member(store, other, name="Omar Test")
    make_plan(store, other, gp)
    wanted = Wanted(Reader.FAMILY, father.id, Basis.CONSENT, consent=agreed(store, other.id))
    (made,) = share(store, other.id, [wanted], by=gp, at=MONDAY_9AM)

    cookie = opened.get_cookie("puffin-family", path=link)
    opened.set_cookie("puffin-family", cookie.value, path=f"/f/{made.token}")

    assert opened.get(f"/f/{made.token}/plan").location == f"/f/{made.token}"


def test_a_visit_shows_nothing_of_what_staff_see_and_leaves_their_session_alone(client_for, store, link, gp):
    browser = client_for(Role.CLINICIAN, gp)
    open_by_link(browser, store, link, gp)

    assert "Sign out" not in browser.get(f"{link}/plan").text
    assert browser.get("/sign-in").status_code == 303  # still signed in


def test_reading_and_printing_are_recorded_with_who(opened, link, store, mother):
    opened.get(f"{link}/plan")
    opened.get(f"{link}/plan.pdf")

    hers = [str(one) for one in store.search("AuditEvent", action="R") if mother.id in str(one["agent"])]
    assert any("read the family copy by a family link" in one for one in hers)
    assert any("print the family copy by a family link" in one for one in hers)


def test_a_wrong_date_is_recorded(stranger, link, store, mother):
    stranger.post(link, data=ANOTHER_DAY)

    (failed,) = [one for one in store.search("AuditEvent", action="R") if one["outcome"] == "4"]
    assert mother.id in str(failed["agent"])


def test_saying_that_it_is_read_is_kept_for_this_version_and_this_person(opened, link, store, plan, mother):
    assert not has_read(store, plan.id, mother.id)

    opened.post(f"{link}/read", data={"plan": plan.id})

    assert has_read(store, plan.id, mother.id)
    assert "You have said that you read this version." in opened.get(f"{link}/plan").text


def test_a_new_version_comes_by_the_same_link_and_is_to_be_read_again(opened, link, store, child, gp, plan):
    opened.post(f"{link}/read", data={"plan": plan.id})
    make_plan(
        store, child, gp, at=MONDAY_9AM + timedelta(hours=1), replaces=plan.id, child_words="I like to run."
    )

    page = opened.get(f"{link}/plan").text

    assert "I like to run." in page
    assert "I have read this plan" in page


def test_every_page_says_first_what_to_do_in_an_attack(portal, opened, link):
    pages = [portal.test_client().get(path) for path in (link, "/f/never-made", "/c/unknown")]
    pages += [opened.get(f"{link}/{name}") for name in ("child", "plan", "pictures", "card")]

    for page in pages:
        assert FIRST in page.text.partition("<main")[0], page.request.path


def test_a_language_that_lacks_the_plan_offers_english_pictures_and_an_interpreter(
    opened, link, store, monkeypatch
):
    for code in ("xx", "ur"):  # unknown, and not signed off outside a demo
        answer = opened.get(f"{link}/plan?lang={code}")

        assert answer.status_code == 422
        for offer in (f"{link}/plan?lang=en", f"{link}/pictures?lang=en", "You can ask for an interpreter."):
            assert offer in answer.text
        assert "Ventolin" not in answer.text


def test_pages_are_in_english_where_a_language_is_not_to_be_used(stranger, link):
    page = stranger.get(f"{link}?lang=ur")

    assert '<html lang="en" dir="ltr">' in page.text
    assert "lang=ur" not in page.text


@pytest.fixture
def demo(store):
    with store.write(by="system", at=MONDAY_9AM) as write:
        marks.put(write, marks.DEMO, "yes")
        write.audit("C", detail="mark as a demo")


def test_in_urdu_the_pages_run_from_right_to_left_with_every_number_kept_in_order(stranger, link, demo):
    page = stranger.get(f"{link}?lang=ur").text

    assert '<html lang="ur" dir="rtl">' in page
    assert "\u2066999\u2069" in page
    assert not re.search(r"(?<![\u2066\d])999", re.sub(r"<[^>]+>", "", page))


def test_the_language_chosen_first_stays_until_the_plan(stranger, link, demo):
    asked = stranger.post(f"{link}?lang=ur", data=BORN)
    stranger.get(asked.location)
    confirmed = stranger.post(asked.location, data={"answer": "yes"})
    sent = stranger.post(f"{link}/code/send?lang=ur").text
    coded = stranger.post(confirmed.location, data={"code": re.search(r"\d{3} \d{3}", sent)[0]})

    assert confirmed.location == f"{link}/code?lang=ur"
    assert coded.location == f"{link}/plan?lang=ur"
    page = stranger.get(coded.location).text
    assert 'lang="ur" dir="rtl"' in page
    assert in_language("ur", demo=True).say(labels.NOT_CHECKED) in page
    assert stranger.get(f"{link}/plan.pdf?lang=ur&bilingual=yes").data.startswith(b"%PDF-")


def start_review(store, child, gp, due, left=MONDAY_9AM):
    """Keep a discharge whose review nobody has recorded; the child `left` hospital before it is due."""
    review = Review(
        id=str(uuid4()),
        child_id=child.id,
        encounter_id=str(uuid4()),
        discharged_at=left,
        due=due,
        owner_id=gp.organisation_id,
        requester_id=gp.organisation_id,
    )
    with store.write(by="system", at=MONDAY_9AM) as write:
        kept_reviews.keep(write, review)
        write.audit("C", f"Task/{review.id}", f"Patient/{child.id}", "start the review")


def test_the_sheet_after_hospital_is_offered_while_a_review_is_open(opened, link, store, child, gp):
    assert "after-hospital" not in opened.get(f"{link}/plan").text
    assert opened.get(f"{link}/after-hospital").location == link
    start_review(store, child, gp, due=date(2026, 11, 25))

    plan = opened.get(f"{link}/plan").text
    assert f"{link}/after-hospital" in plan
    assert "That day has passed" not in plan
    assert "25 November 2026" in opened.get(f"{link}/after-hospital").text
    assert opened.get(f"{link}/after-hospital.pdf").data.startswith(b"%PDF-")


def test_once_the_day_of_the_review_has_passed_plan_and_sheet_say_what_to_do_now(
    opened, link, store, child, gp
):
    left = MONDAY_9AM - timedelta(days=5)
    start_review(store, child, gp, due=MONDAY_9AM.date() - timedelta(days=3), left=left)

    plan, sheet = opened.get(f"{link}/plan").text, opened.get(f"{link}/after-hospital").text

    assert plan.index('href="#plan-attack"') < plan.index("That day has passed") < plan.index("<article")
    for words in ("Phone the surgery now, or when it next opens.", "asthma review after hospital", "111"):
        assert words in plan[: plan.index("<article")]
    assert "That day has passed" in sheet
    assert "By the end of this day" not in sheet


def test_a_form_that_was_open_too_long_leads_back_to_the_link(opened, link):
    answer = opened.post(f"{link}/close", with_token=False)

    assert answer.location == link


# The code on paper


def test_the_code_says_that_a_copy_is_current_and_nothing_about_the_child(stranger, plan):
    answer = stranger.get(f"/c/{plan.id}")

    assert answer.status_code == 200
    assert answer.text.index(FIRST) < answer.text.index("Yes. This copy is the newest.")
    for hidden in ("Amina", "Test", "2018", "Elm", "Ventolin"):
        assert hidden not in answer.text


def test_the_code_says_when_a_copy_was_replaced(stranger, store, child, gp, plan):
    make_plan(store, child, gp, at=MONDAY_9AM + timedelta(days=1), replaces=plan.id)

    assert "No. This plan was replaced on 24 November 2026." in stranger.get(f"/c/{plan.id}").text


def test_the_code_says_when_a_plan_was_withdrawn(stranger, store, gp, plan):
    withdraw_plan(store, plan.id, reason="Wrong inhaler", by=gp, at=MONDAY_9AM)

    page = stranger.get(f"/c/{plan.id}").text
    assert "This plan was withdrawn on 23 November 2026. Do not follow it." in page
    assert "Wrong inhaler" not in page


@pytest.mark.parametrize("code", ["unknown", "00000000-0000-4000-8000-000000000000"])
def test_a_code_that_is_not_known_says_so(stranger, code):
    answer = stranger.get(f"/c/{code}")

    assert answer.status_code == 404
    assert "We do not know this code." in answer.text
    assert FIRST in answer.text


def test_looking_at_a_code_writes_nothing(stranger, store, plan):
    before = store.count("AuditEvent")

    stranger.get(f"/c/{plan.id}")

    assert store.count("AuditEvent") == before


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("language", ["en", "ur", "pl", "bn"])
def test_the_attack_steps_are_one_tap_from_the_plan_and_the_card_and_the_childs_version_two(
    opened, link, language
):
    """On a phone the plan is long: one tap leads to what stands below it, the next one there."""
    page = opened.get(f"{link}/plan?lang={language}").text

    top, _, more = page.partition("<article")
    assert 'href="#plan-attack"' in top
    assert 'href="#more"' in top
    assert more.index('id="plan-attack"') < more.index('id="more"')
    for copy in ("card", "card.pdf", "pictures", "pictures.pdf", "plan.pdf"):
        assert f'href="{link}/{copy}?lang={language}"' in more.partition('id="more"')[2], copy
