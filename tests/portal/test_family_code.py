"""The code of a link's own person: asked for once on each device, and sent nowhere that is not safe."""

import logging
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import NamedTuple

import pytest

from fhir import kept_shares
from fhir.store.tables import marks, outbox
from plans.errors import PuffinError
from plans.people import Child, FamilyMember
from plans.plan import Plan
from portal.actions.circle.ending import bar
from portal.actions.circle.sharing import stop
from portal.actions.family import one_time_code as family_code
from portal.actions.family.link import RESTS, TRIES, LinkDoesNotWork
from portal.notify.emptying import empty_outbox
from portal.notify.letter import NotCarried
from portal.notify.to_family import DemoLog, Messages, Nowhere
from portal.person import Person
from tests.portal.conftest import MONDAY_9AM, all_that_is_kept, begin_with, new_person, parts_of_world
from tests.portal.family_making import BORN, CODE, code_in, kept, past_the_name, share_with, waiting
from tests.portal.making import make_child, make_family_member, make_plan

WRONG = {"code": "000000"}
ANOTHER_DAY = BORN | {"born-day": "2"}
CSRF = re.compile(r'csrf_token" value="[^"]+"|"X-CSRFToken": "[^"]+"')


class Post:
    """A carrier that keeps what it is given, or fails."""

    def __init__(self, fails=False):
        self.fails, self.carried = fails, []

    def carry(self, message):
        if self.fails:
            raise NotCarried("answered 500")
        self.carried.append((message.recipient, message.body["way"], message.secret))


@pytest.fixture(autouse=True)
def no_code_is_all_zeros(monkeypatch):
    """Let the wrong code of these tests never be the right one."""
    draw = family_code.secrets.randbelow
    monkeypatch.setattr(family_code.secrets, "randbelow", lambda below: 1 + draw(below - 1))


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
    plan = make_plan(store, child, gp)
    return World(gp, child, mother, plan, share_with(store, mother, gp))


# Every test of this file begins with a plan that the mother has.
kept_before, new_store_file, world = begin_with(shared_plan)
gp, child, mother, plan, link = parts_of_world("gp", "child", "mother", "plan", "link")


@pytest.fixture
def asked(stranger, link):
    """A browser that has come as far as the code."""
    past_the_name(stranger, link)
    return stranger


@pytest.fixture
def demo(store):
    with store.write(by="system", at=MONDAY_9AM) as write:
        marks.put(write, marks.DEMO, "yes")
        write.audit("C", detail="mark as a demo")


def test_the_plan_waits_for_the_code_of_its_own_person(stranger, link):
    assert past_the_name(stranger, link).location == f"{link}/code"

    for page in ("plan", "plan.pdf", "card", "pictures", "words", "questions", "tell/no-inhaler"):
        assert stranger.get(f"{link}/{page}").location == f"{link}/code"
    page = stranger.get(f"{link}/code").text
    assert page.index("Send me a code") < page.index("Do you have a code?") < page.index('id="code"')
    assert "tel:0" not in page, "a number tells where a child lives"


def test_the_code_opens_the_plan_and_is_asked_for_once_on_a_device(asked, link, store, clock):
    asked.post(f"{link}/code/send")
    opened = asked.post(f"{link}/code", data={"code": code_in(store)})

    assert opened.location == f"{link}/plan"
    assert asked.get(f"{link}/plan").status_code == 200
    clock.let_pass(days=27)
    assert past_the_name(asked, link).location == f"{link}/plan"
    assert asked.get(f"{link}/plan").status_code == 200


def test_the_cookie_of_a_known_device_goes_to_this_link_alone_and_ends_with_it(asked, link, store):
    asked.post(f"{link}/code/send")
    answer = asked.post(f"{link}/code", data={"code": code_in(store)})

    (cookie,) = [one for one in answer.headers.getlist("Set-Cookie") if one.startswith("puffin-device")]
    assert f"Path={link};" in f"{cookie};"
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Expires=Mon, 21 Dec 2026 09:00:00 GMT" in cookie


def test_a_visit_that_somebody_else_began_is_not_opened_by_the_code(asked, portal, link, store):
    other = portal.test_client()
    past_the_name(other, link)
    asked.set_cookie("puffin-family", other.get_cookie("puffin-family", path=link).value, path=link)
    asked.post(f"{link}/code/send")

    asked.post(f"{link}/code", data={"code": code_in(store)})

    assert asked.get(f"{link}/plan").status_code == 200
    assert other.get(f"{link}/plan").location == link


def test_another_device_is_asked_for_a_code_of_its_own(asked, portal, link, store):
    asked.post(f"{link}/code/send")
    code = code_in(store)
    asked.post(f"{link}/code", data={"code": code})

    other = portal.test_client()
    past_the_name(other, link)

    assert other.post(f"{link}/code", data={"code": code}).status_code == 422
    assert other.get(f"{link}/plan").location == f"{link}/code"


def test_a_device_that_is_known_by_one_link_is_not_by_the_next(asked, link, store, gp, mother):
    asked.post(f"{link}/code/send")
    asked.post(f"{link}/code", data={"code": code_in(store)})
    newer = share_with(store, mother, gp, at=MONDAY_9AM + timedelta(hours=1))
    cookie = asked.get_cookie("puffin-device", path=link)
    asked.set_cookie("puffin-device", cookie.value, path=newer)

    assert past_the_name(asked, newer).location == f"{newer}/code"


def test_the_message_says_nothing_of_a_child_a_plan_or_a_surgery(asked, link, store):
    asked.post(f"{link}/code/send")

    (message,) = waiting(store)
    assert CODE.sub("123 456", message.secret) == (
        "Your Puffin code is 123 456. It works for 10 minutes. Nobody from Puffin will ask you for it."
    )
    assert (message.recipient, set(message.body)) == ("07700 900111", {"way", "member"})


def test_the_message_is_in_the_language_of_its_person(stranger, store, gp, child, plan, demo):
    link = share_with(store, make_family_member(store, child, phone="07700 900333", reads="ur"), gp)
    past_the_name(stranger, link)
    stranger.post(f"{link}/code/send")

    (message,) = waiting(store)
    assert "Puffin کوڈ" in message.secret


@pytest.mark.parametrize("way", ["sent", "too late", "stopped for the child", "used", "another came"])
def test_the_code_is_forgotten_once_its_message_is_sent_or_needs_no_sending(
    asked, link, store, clock, child, way
):
    asked.post(f"{link}/code/send")
    (message,) = waiting(store)
    code = code_in(store)
    post = Post()
    if way == "sent":
        empty_outbox(store, {"family": post}, clock)
    elif way == "too late":
        clock.let_pass(minutes=10)
        empty_outbox(store, {"family": post}, clock)
        assert post.carried == []
    elif way == "stopped for the child":
        with store.write_beside(by="system", at=MONDAY_9AM) as write:
            outbox.stop_for_child(write, child.id)
    elif way == "used":
        asked.post(f"{link}/code", data={"code": code})
    else:
        clock.let_pass(minutes=2)
        asked.post(f"{link}/code/send")
        assert len(waiting(store)) == 1

    assert outbox.by_id(store, message.id).secret is None
    assert [row for row in all_that_is_kept(store) if code in row or code.replace(" ", "") in row] == []


def test_a_code_that_could_not_be_sent_is_tried_again_while_it_works_and_then_forgotten(
    asked, link, store, clock
):
    asked.post(f"{link}/code/send")
    failing, post = Post(fails=True), Post()

    empty_outbox(store, {"family": failing}, clock)
    clock.let_pass(minutes=1)
    empty_outbox(store, {"family": post}, clock)

    assert len(post.carried) == 1
    assert waiting(store) == []


def test_neither_the_code_nor_the_number_is_in_a_log_an_address_or_the_audit(
    asked, link, store, caplog, clock
):
    caplog.set_level(logging.DEBUG)
    asked.post(f"{link}/code/send")
    code = code_in(store)
    empty_outbox(store, {"family": Nowhere()}, clock)
    answer = asked.post(f"{link}/code", data={"code": code})

    written = caplog.text + answer.location + str(store.search("AuditEvent"))
    for secret in (code, code.replace(" ", ""), "07700"):
        assert secret not in written


def test_what_is_kept_of_a_code_does_not_open_the_link(asked, link, store):
    asked.post(f"{link}/code/send")
    code = code_in(store).replace(" ", "")

    rows = [row for row in all_that_is_kept(store) if code in row]
    assert rows == []  # in the message it stands in threes
    assert family_code.link_codes.of_link(store, kept(store, link).id)[0].code_hash.startswith("$argon2id$")


def test_a_code_works_for_10_minutes(asked, link, store, clock):
    asked.post(f"{link}/code/send")
    code = code_in(store)
    clock.let_pass(minutes=10)

    assert asked.post(f"{link}/code", data={"code": code}).status_code == 422


@pytest.mark.parametrize("typed", ["12345", "1234567", "", "abcdef", "12 34 5x"])
def test_what_is_no_code_is_said_so_and_is_not_counted(asked, link, store, typed):
    for _ in range(TRIES + 1):
        answer = asked.post(f"{link}/code", data={"code": typed})

    assert answer.status_code == 422
    assert "Enter the 6 numbers of the code." in answer.text
    assert kept(store, link).wrong_codes == 0


def test_a_code_may_be_typed_in_digits_of_any_script(asked, link, store):
    asked.post(f"{link}/code/send")
    urdu = code_in(store).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))

    assert asked.post(f"{link}/code", data={"code": urdu}).location == f"{link}/plan"


def test_after_five_wrong_codes_the_link_rests_and_looks_dead(asked, portal, link, store, clock):
    asked.post(f"{link}/code/send")
    code = code_in(store)
    for _ in range(TRIES):
        assert asked.post(f"{link}/code", data=WRONG).status_code == 422

    never = portal.test_client().get("/f/never-made")
    for browser in (asked, portal.test_client()):
        resting = browser.post(f"{link}/code", data={"code": code})
        assert (resting.status_code, resting.data) == (404, never.data)
    clock.let_pass(minutes=15)
    assert past_the_name(portal.test_client(), link).location == f"{link}/code"


def test_each_rest_is_longer_until_its_own_person_has_opened_it(asked, link, store, clock):
    rests = []
    for _ in range(len(RESTS) + 1):
        past_the_name(asked, link)
        for _ in range(TRIES):
            asked.post(f"{link}/code", data=WRONG)
        rests.append(kept(store, link).locked_until - clock.now)
        clock.let_pass(hours=24)

    assert rests == [*RESTS, RESTS[-1]]
    past_the_name(asked, link)
    asked.post(f"{link}/code/send")
    asked.post(f"{link}/code", data={"code": code_in(store)})
    assert (kept(store, link).rests, kept(store, link).wrong_codes) == (0, 0)


def test_a_right_date_of_birth_makes_no_wrong_code_good(asked, link, store):
    for _ in range(TRIES - 1):
        asked.post(f"{link}/code", data=WRONG)
    asked.post(link, data=BORN)

    assert kept(store, link).wrong_codes == TRIES - 1


def test_a_rest_that_others_cause_keeps_nobody_out_who_is_in(asked, portal, link, store):
    asked.post(f"{link}/code/send")
    asked.post(f"{link}/code", data={"code": code_in(store)})
    guesser = portal.test_client()
    for _ in range(TRIES):
        guesser.post(link, data=BORN | {"born-day": "2"})

    assert guesser.get(link).status_code == 404
    assert asked.get(f"{link}/plan").status_code == 200


def test_a_rest_that_others_cause_keeps_no_known_device_out_and_stays_for_them(
    asked, portal, link, store, clock
):
    asked.post(f"{link}/code/send")
    asked.post(f"{link}/code", data={"code": code_in(store)})
    clock.let_pass(days=1)
    guesser = portal.test_client()
    for _ in range(TRIES):
        guesser.post(link, data=ANOTHER_DAY)

    assert asked.get(link).status_code == 200
    assert past_the_name(asked, link).location == f"{link}/plan"
    assert asked.get(f"{link}/plan").status_code == 200
    assert guesser.post(link, data=BORN).status_code == 404
    assert kept(store, link).last_opened_at == clock.now


def test_a_known_device_counts_its_own_tries_and_is_then_known_no_longer(asked, link, store, clock):
    asked.post(f"{link}/code/send")
    asked.post(f"{link}/code", data={"code": code_in(store)})
    clock.let_pass(days=1)
    for _ in range(TRIES - 1):
        asked.post(link, data=ANOTHER_DAY)
    asked.post(link, data=BORN)
    clock.let_pass(days=1)
    for _ in range(TRIES):
        assert asked.post(link, data=ANOTHER_DAY).status_code == 422

    assert (kept(store, link).failed_attempts, kept(store, link).locked_until) == (0, None)
    assert past_the_name(asked, link).location == f"{link}/code"
    asked.post(link, data=ANOTHER_DAY)
    assert kept(store, link).failed_attempts == 1


def test_guesses_at_the_same_moment_are_counted_one_by_one(asked, store, link):
    id = kept(store, link).id

    def guess(_):
        try:
            family_code.prove_code(store, id, "000000", at=MONDAY_9AM)
        except PuffinError as refusal:
            return type(refusal)
        finally:
            store.close()

    with ThreadPoolExecutor(max_workers=4) as threads:
        answers = list(threads.map(guess, range(2 * TRIES)))

    assert answers.count(family_code.CodeWrong) == TRIES
    assert answers.count(LinkDoesNotWork) == TRIES


def test_a_code_is_sent_once_a_minute_and_five_times_a_day_however_often_a_stranger_asks(
    asked, link, store, clock
):
    assert asked.post(f"{link}/code/send").status_code == 200
    answer = asked.post(f"{link}/code/send")
    assert answer.status_code == 200
    assert "The last code still works. Wait a minute before you ask for another code." in answer.text
    assert "error" not in answer.text

    sent = 1
    for _ in range(20):
        clock.let_pass(minutes=20)
        past_the_name(asked, link)
        sent += asked.post(f"{link}/code/send").status_code == 200
    assert sent == family_code.MOST_IN_A_DAY
    clock.let_pass(hours=24)
    past_the_name(asked, link)
    assert asked.post(f"{link}/code/send").status_code == 200


def test_who_is_sent_no_more_codes_is_told_to_phone_and_a_code_handed_over_opens_the_plan(
    asked, link, store, clock, gp, mother
):
    for _ in range(family_code.MOST_IN_A_DAY):
        asked.post(f"{link}/code/send")
        clock.let_pass(minutes=1)

    answer = asked.post(f"{link}/code/send")
    code = family_code.hand_over_code(store, mother.child_id, mother.id, by=gp, at=clock.now)

    assert answer.status_code == 422
    assert "No more codes can be sent now. Phone the surgery: it can give you a code." in answer.text
    assert asked.post(f"{link}/code", data={"code": code}).location == f"{link}/plan"


UNSAFE = {
    "no contact": {"phone": "", "phone_is_safe": False},
    "not marked as safe": {"phone_is_safe": False},
    "shared with the father": {"phone": "+44 7700 900 222"},
}


@pytest.mark.parametrize("changes", UNSAFE.values(), ids=UNSAFE)
def test_nothing_is_sent_to_a_contact_that_is_not_safe_and_theirs_and_nobody_can_tell(
    portal, store, gp, clock, changes
):
    pages = []
    for number, contact in enumerate(({}, changes)):
        child = make_child(store, gp, nhs_number="")
        make_family_member(store, child, name="Omar Test", phone="07700 900222")
        mother = make_family_member(store, child, **contact)
        make_plan(store, child, gp)
        link = share_with(store, mother, gp)
        browser = portal.test_client()
        past_the_name(browser, link)
        clock.let_pass(minutes=1)
        pages.append([browser.post(f"{link}/code/send").text.replace(link, "") for _ in range(2)])
        assert len(waiting(store)) == 1, number

    strip = [[CSRF.sub("", page) for page in both] for both in pages]
    assert strip[0] == strip[1]


def test_the_page_does_not_say_where_a_code_goes(asked, link):
    page = asked.post(f"{link}/code/send").text

    assert "If the surgery has your phone or e-mail, a code is on its way." in page
    for hidden in ("07700", "900", "Sana"):
        assert hidden not in page


def test_an_e_mail_is_used_where_no_text_may_be_sent(portal, store, gp, child, plan):
    mother = make_family_member(
        store, child, phone_is_safe=False, email="sana@example.com", email_is_safe=True
    )
    link = share_with(store, mother, gp)
    browser = portal.test_client()
    past_the_name(browser, link)

    browser.post(f"{link}/code/send")

    (message,) = waiting(store)
    assert (message.recipient, message.body["way"]) == ("sana@example.com", "email")


def test_a_code_is_shown_on_the_page_only_where_everybody_is_invented(asked, link, store, clock, demo):
    page = asked.post(f"{link}/code/send").text

    assert f"In this demo the code is {code_in(store)}." in page


def test_outside_a_demo_no_page_shows_a_code(asked, link, store):
    page = asked.post(f"{link}/code/send").text

    assert code_in(store) not in page


# Handing over


def test_a_code_that_was_handed_over_works_for_24_hours_and_once(
    asked, portal, link, store, gp, mother, clock
):
    code = family_code.hand_over_code(store, mother.child_id, mother.id, by=gp, at=MONDAY_9AM)
    clock.let_pass(hours=23)
    past_the_name(asked, link)
    asked.post(f"{link}/code/send")  # ends no code that was handed over

    assert asked.post(f"{link}/code", data={"code": code}).location == f"{link}/plan"
    other = portal.test_client()
    past_the_name(other, link)
    assert other.post(f"{link}/code", data={"code": code}).status_code == 422


def test_a_code_that_was_handed_over_is_over_after_24_hours(asked, link, store, gp, mother, clock):
    code = family_code.hand_over_code(store, mother.child_id, mother.id, by=gp, at=MONDAY_9AM)
    clock.let_pass(hours=24)
    past_the_name(asked, link)

    assert asked.post(f"{link}/code", data={"code": code}).status_code == 422


def test_a_code_of_one_parent_opens_nothing_of_the_others(portal, store, gp, child, mother, link):
    father = make_family_member(store, child, name="Omar Test", phone="07700 900222")
    his = share_with(store, father, gp)
    code = family_code.hand_over_code(store, child.id, mother.id, by=gp, at=MONDAY_9AM)
    browser = portal.test_client()
    past_the_name(browser, his)

    assert browser.post(f"{his}/code", data={"code": code}).status_code == 422


# Carriers


def test_without_a_service_nothing_is_sent_and_nothing_is_in_the_log(asked, link, store, caplog, clock):
    caplog.set_level(logging.DEBUG)
    asked.post(f"{link}/code/send")

    empty_outbox(store, {"family": Nowhere()}, clock)

    (message,) = waiting(store)
    assert message.last_error == "nothing is set up that sends to families"
    assert caplog.text == ""


def test_in_a_demo_the_log_says_the_message(asked, link, store, caplog, clock):
    caplog.set_level(logging.INFO)
    asked.post(f"{link}/code/send")
    code = code_in(store)

    empty_outbox(store, {"family": DemoLog()}, clock)

    assert code in caplog.text


def test_a_service_is_told_whom_to_reach_and_the_words_and_nothing_else(
    asked, link, store, clock, monkeypatch
):
    posted = []

    class Answer:
        status_code = 204

    monkeypatch.setattr(
        "portal.notify.to_family.requests.post", lambda _address, **said: posted.append(said) or Answer()
    )
    asked.post(f"{link}/code/send")
    text = waiting(store)[0].secret

    empty_outbox(store, {"family": Messages("https://messages.example")}, clock)

    assert [said["json"] for said in posted] == [{"to": "07700 900111", "way": "phone", "text": text}]


@pytest.mark.parametrize("page", ["close", "code/send"])
def test_another_language_can_be_chosen_on_every_page_that_answers_something_sent(asked, link, demo, page):
    answer = asked.post(f"{link}/{page}")
    assert "?lang=ur" in answer.text

    assert asked.get(f"{link}/{page}?lang=ur").location == f"{link}?lang=ur"


@pytest.mark.parametrize("way", ["the share is stopped", "barred", "a new link"])
def test_no_code_goes_to_somebody_whose_link_has_ended(asked, link, store, clock, child, mother, gp, way):
    asked.post(f"{link}/code/send")
    (message,) = waiting(store)
    (one,) = kept_shares.shares_of(store, child.id)
    if way == "the share is stopped":
        stop(store, child.id, one.id, by=gp, at=MONDAY_9AM)
    elif way == "barred":
        bar(store, child.id, mother.name, "Court order", by=gp, at=MONDAY_9AM)
    else:
        share_with(store, mother, gp)
    post = Post()
    empty_outbox(store, {"family": post}, clock)

    assert post.carried == []
    assert outbox.by_id(store, message.id).secret is None
    assert outbox.by_id(store, message.id).stopped_at
