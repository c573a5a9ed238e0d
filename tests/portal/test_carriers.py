"""Carriers: what each does with a message that is taken, is refused, hangs, or is taken without a word."""

import socket
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from fhir import kept_deaths, kept_team_tasks
from fhir.store.errors import DatabaseNotReached, StoreBusy
from fhir.store.tables import outbox
from plans.digest import DIGEST
from plans.places import Role
from plans.team_task import TaskKind
from portal.actions.alerts import CARRIER as TEAMS
from portal.actions.family.one_time_code import CARRIER as FAMILY
from portal.actions.inbox.tasks import answer_task
from portal.actions.mailboxes import keep_mailbox_by_code
from portal.actions.undelivered import tell_what_did_not_arrive
from portal.notify import choosing
from portal.notify.asking import ask_carriers
from portal.notify.became import ASKED_AFTER, NOBODY_KNOWS
from portal.notify.carrier import Dealt, carriers
from portal.notify.choosing import MAY_CARRY, NEEDS, By, chosen
from portal.notify.emptying import empty_outbox
from portal.notify.gov_notify import BECAME, NotifyFamily, NotifyTeam, client_of
from portal.notify.letter import NotCarried
from portal.notify.mail import Mail, SmtpUrlInvalid, mail_server
from portal.serving import prepare
from portal.settings import Settings, settings_from
from tests.portal.conftest import ENGINES, HOMES, StillClock
from tests.portal.mail_making import (
    HOST,
    KEY,
    TEMPLATES,
    Letterbox,
    Notify,
    certificate,
    mail_on_loopback,
    notify_on_loopback,
    silent_server,
)
from tests.portal.making import make_child, make_family_member

NIGHT = datetime(2026, 11, 22, 19, tzinfo=UTC)
URL, SENDER, MAILBOX = "https://puffin.example", "puffin@example.org", "team@example.org"
EMAIL, NOTIFY = f"{TEAMS}/email", f"{TEAMS}/notify"
QUICK = 0.2  # seconds
BODY = {
    "id": "00000000-0000-4000-8000-000000000001",
    "rung": "overdue",
    "owner": "Elm Surgery",
    "due": "2026-11-24",
    "about": "The review is late: phone the family now.",
    "why": "Amina Test",
}
NOTIFY_SET = {"notify_key": KEY} | TEMPLATES
MAIL_SET = {"smtp_url": "smtps://mail.example.org", "mail_from": SENDER}


class Hand:
    """A carrier that keeps what it carried, or always fails."""

    def __init__(self, *, fails=False):
        self.carried, self.tries, self.fails = [], 0, fails

    def carry(self, message):
        self.tries += 1
        if self.fails:
            raise NotCarried("ConnectTimeout")
        self.carried.append(message.key)


@pytest.fixture
def clock():
    return StillClock(NIGHT)


@pytest.fixture(scope="module")
def tls(tmp_path_factory):
    """What a mail server shows, and who trusts it alone."""
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def letterbox():
    return Letterbox()


@pytest.fixture
def team(store, make_person):
    """The GP, whose practice has a mailbox."""
    person = make_person(Role.CLINICIAN)
    keep_mailbox_by_code(store, HOMES[Role.CLINICIAN].code, MAILBOX, by="system", at=NIGHT)
    return person


@pytest.fixture
def queue(store, team, clock):
    """Queue a message to the team, or another."""

    def message(key="alert", carrier=EMAIL, body=BODY, **changes):
        new = outbox.NewMessage(key, carrier, team.organisation_id, body)
        with store.write(by="system", at=clock()) as write:
            return outbox.enqueue(write, replace(new, **changes))

    return message


@pytest.fixture
def mail(tls):
    """Return what writes e-mails by a server; `quick` where it is to give up at once."""

    def by(url, *, trusted=None, mailbox=MAILBOX, seconds=5.0):
        return Mail(
            mail_server(url), SENDER, URL, lambda _id: mailbox, trusted=trusted or tls[1], seconds=seconds
        )

    return by


@pytest.fixture
def sent(store, clock):
    """Empty the outbox by one carrier, and return the message as it stands then."""

    def send(carrier, message, name=EMAIL, **named):
        empty_outbox(store, {name: carrier}, clock, **named)
        return outbox.by_id(store, message.id)

    return send


def raising(fault):
    """Return what raises this fault, whatever it is asked."""

    def act(*_):
        raise fault

    return act


def read(envelope):
    return message_from_bytes(envelope.content, policy=default)


class TestEmail:
    @pytest.mark.parametrize("starttls", [True, False], ids=["starttls", "tls from the start"])
    def test_says_whose_it_is_what_to_do_by_when_and_where_and_nothing_of_the_child(
        self, tls, letterbox, mail, queue, sent, starttls
    ):
        with mail_on_loopback(letterbox, tls[0], starttls=starttls) as url:
            assert sent(mail(url), queue()).sent_at == NIGHT

        (envelope,) = letterbox.kept
        letter = read(envelope)
        assert (envelope.mail_from, envelope.rcpt_tos) == (SENDER, [MAILBOX])
        assert (letter["To"], letter["Subject"]) == (MAILBOX, "Puffin: an alert for Elm Surgery")
        said = letter.get_content()
        for part in ("For Elm Surgery", BODY["about"], f"{URL}/alerts/{BODY['id']}"):
            assert part in said
        assert "Amina" not in envelope.content.decode()
        assert socket.gethostname() not in envelope.content.decode()

    @pytest.mark.parametrize(
        ("answers", "why", "is_over"),
        [
            ({"to_mailbox": "550 5.1.1 No such mailbox"}, "the mailbox was refused (550)", True),
            ({"to_mailbox": "550 5.7.1 Relaying denied"}, "answered 550", False),
            ({"to_mailbox": "451 Later"}, "answered 451", False),
            ({"to_message": "554 Refused"}, "answered 554", False),
        ],
    )
    def test_a_refused_mailbox_waits_for_a_person_and_any_other_refusal_is_tried_again(
        self, tls, letterbox, mail, queue, sent, answers, why, is_over
    ):
        vars(letterbox).update(answers)
        with mail_on_loopback(letterbox, tls[0]) as url:
            failed = sent(mail(url), queue())

        assert (failed.sent_at, failed.last_error, failed.next_try_at is None) == (None, why, is_over)

    def test_what_was_taken_without_a_word_is_sent_again_with_the_same_message_id(
        self, tls, letterbox, mail, queue, sent, clock
    ):
        letterbox.to_message = "drop"
        with mail_on_loopback(letterbox, tls[0]) as url:
            unsure = sent(mail(url), queue())
            letterbox.to_message = "250 OK"
            clock.let_pass(minutes=1)
            assert sent(mail(url), unsure).sent_at

        assert unsure.sent_at is None
        first, again = (read(one)["Message-ID"] for one in letterbox.kept)
        assert first == again

    def test_two_messages_have_two_message_ids(self, tls, letterbox, mail, queue, sent):
        with mail_on_loopback(letterbox, tls[0]) as url:
            queue("one")
            sent(mail(url), queue("two"))

        assert len({read(one)["Message-ID"] for one in letterbox.kept}) == 2

    def test_a_team_whose_name_has_two_lines_is_told_on_one(self, tls, letterbox, mail, queue, sent):
        with mail_on_loopback(letterbox, tls[0]) as url:
            assert sent(mail(url), queue(body=BODY | {"owner": "Elm\r\nBcc: Surgery"})).sent_at

        assert read(letterbox.kept[0])["Subject"] == "Puffin: an alert for Elm Bcc: Surgery"

    @pytest.mark.parametrize("greeting", [b"", b"220 loopback\r\n"])
    def test_a_server_that_hangs_is_a_failure(self, mail, queue, sent, greeting):
        with silent_server(greeting) as port:
            failed = sent(mail(f"smtp+starttls://{HOST}:{port}", seconds=QUICK), queue())

        assert failed.next_try_at == NIGHT + timedelta(minutes=1)
        assert failed.last_error in {"TimeoutError", "SMTPServerDisconnected"}

    def test_a_server_that_nobody_vouches_for_or_that_offers_no_encryption_gets_nothing(
        self, tls, letterbox, mail, queue, sent
    ):
        with mail_on_loopback(letterbox, tls[0], starttls=False) as url:
            unknown = Mail(mail_server(url), SENDER, URL, lambda _id: MAILBOX)
            assert sent(unknown, queue("a")).last_error == "SSLCertVerificationError"
        with mail_on_loopback(letterbox, tls[0], offers_tls=False) as url:
            assert sent(mail(url), queue("b")).last_error == "SMTPNotSupportedError"

        assert letterbox.kept == []

    def test_without_a_mailbox_a_person_is_asked_for_one(self, mail, queue, sent):
        failed = sent(mail("smtps://127.0.0.1:1", mailbox=""), queue())

        assert (failed.last_error, failed.next_try_at) == ("no mailbox is entered for this team", None)


@pytest.fixture
def notify():
    return Notify()


@pytest.fixture
def service(notify):
    """The client of a GOV.UK Notify on loopback."""
    with notify_on_loopback(notify) as url:
        client = client_of(KEY, url, seconds=2)
        yield client
        client.request_session.close()


@pytest.fixture
def to_team(service):
    return NotifyTeam(service, TEMPLATES["notify_team_template"], URL, lambda _id: MAILBOX)


@pytest.fixture
def to_family(service):
    return NotifyFamily(service, TEMPLATES["notify_text_template"], TEMPLATES["notify_email_template"])


@pytest.fixture
def child(store, team):
    return make_child(store, team)


@pytest.fixture
def code(store, queue, child):
    """Queue a code for the child's mother, to her phone or her mailbox."""
    mother = make_family_member(store, child)

    def message(way="phone", **changes):
        to = "07700 900111" if way == "phone" else "sana@example.com"
        said = {"way": way, "member": mother.id}
        secret = "Your code is 123456."
        return queue("code", FAMILY, said, recipient=to, child_id=child.id, secret=secret, **changes)

    return message


class TestNotify:
    def test_tells_a_team_the_same_and_is_given_nothing_else(self, notify, to_team, queue, sent):
        message = sent(to_team, queue(carrier=NOTIFY), NOTIFY)

        ((kind, posted),) = notify.posted
        assert (kind, posted["email_address"], posted["reference"]) == ("email", MAILBOX, message.key)
        assert posted["personalisation"] == {
            "owner": BODY["owner"],
            "about": BODY["about"],
            "due": BODY["due"],
            "link": f"{URL}/alerts/{BODY['id']}",
        }
        assert (message.known_as, message.ask_at) == ("n1", NIGHT + ASKED_AFTER[0])

    @pytest.mark.parametrize(("way", "kind"), [("phone", "sms"), ("email", "email")])
    def test_sends_a_code_to_a_phone_or_a_mailbox_and_it_is_forgotten(
        self, notify, to_family, code, sent, way, kind
    ):
        message = sent(to_family, code(way), FAMILY)

        ((posted_as, posted),) = notify.posted
        assert (posted_as, posted["personalisation"]) == (kind, {"message": "Your code is 123456."})
        assert (message.secret, bool(message.sent_at)) == (None, True)

    def test_a_wrong_number_waits_for_a_person_and_neither_it_nor_the_code_is_in_a_log(
        self, notify, to_family, code, sent, caplog
    ):
        notify.answers = [400]

        failed = sent(to_family, code(), FAMILY)

        assert (failed.last_error, failed.next_try_at) == ("the number or mailbox was refused", None)
        for secret in ("07700", "123456", "digits"):
            assert secret not in caplog.text

    @pytest.mark.parametrize(("status", "why"), [(500, "answered 500"), (403, "answered 403")])
    def test_any_other_failure_is_tried_again(self, notify, to_team, queue, sent, status, why):
        notify.answers = [status]

        failed = sent(to_team, queue(carrier=NOTIFY), NOTIFY)

        assert (failed.last_error, failed.next_try_at) == (why, NIGHT + timedelta(minutes=1))

    def test_what_was_taken_without_a_word_is_looked_for_and_not_sent_again(
        self, notify, to_team, queue, sent, clock
    ):
        notify.answers = [None]
        unsure = sent(to_team, queue(carrier=NOTIFY), NOTIFY)
        clock.let_pass(minutes=1)
        again = sent(to_team, unsure, NOTIFY)

        assert (unsure.last_error, again.known_as, len(notify.posted)) == ("did not answer", "n1", 1)

    def test_after_a_kill_that_nobody_noted_it_is_looked_for_and_not_sent_again(
        self, store, notify, to_family, code, sent, clock
    ):
        class Killed(BaseException):
            pass

        class Dies:
            def carry(self, message):
                to_family.carry(message)
                raise Killed

        message = code()
        with pytest.raises(Killed):
            empty_outbox(store, {FAMILY: Dies()}, clock)
        clock.let_pass(minutes=3)

        assert sent(to_family, message, FAMILY).known_as == "n1"
        assert len(notify.posted) == 1

    def test_a_service_that_hangs_is_a_failure(self, queue, sent):
        with silent_server() as port:
            client = client_of(KEY, f"http://{HOST}:{port}", seconds=QUICK)
            team = NotifyTeam(client, TEMPLATES["notify_team_template"], URL, lambda _id: MAILBOX)
            assert sent(team, queue(carrier=NOTIFY), NOTIFY).last_error == "did not answer"

    def test_says_later_that_a_message_arrived_and_is_asked_no_more(
        self, store, notify, to_team, queue, sent, clock
    ):
        message = sent(to_team, queue(carrier=NOTIFY), NOTIFY)
        ask_carriers(store, {NOTIFY: to_team}, clock)
        assert outbox.by_id(store, message.id).arrived_at is None
        notify.status = "delivered"
        clock.let_pass(minutes=1)

        assert ask_carriers(store, {NOTIFY: to_team}, clock) == 1

        arrived = outbox.by_id(store, message.id)
        assert (arrived.arrived_at, arrived.ask_at) == (clock(), None)

    @pytest.mark.parametrize("status", ["permanent-failure", "temporary-failure", "technical-failure"])
    def test_a_message_that_did_not_arrive_is_a_task_for_the_practice(
        self, store, notify, to_family, code, sent, clock, team, child, status
    ):
        sent(to_family, code(), FAMILY)
        notify.status = status
        clock.let_pass(minutes=1)
        ask_carriers(store, {FAMILY: to_family}, clock)

        (task,) = tell_what_did_not_arrive(store, now=clock())

        assert (task.owner_id, task.child_id) == (team.organisation_id, child.id)
        assert f"Sana Test, mother did not arrive by text message: {BECAME[status].why}" in task.words

    def test_where_nobody_can_say_whether_it_arrived_it_counts_as_lost(
        self, store, notify, to_team, queue, sent, clock
    ):
        message = sent(to_team, queue(carrier=NOTIFY), NOTIFY)
        for after in ASKED_AFTER:
            clock.now = NIGHT + after
            ask_carriers(store, {NOTIFY: to_team}, clock)

        assert outbox.by_id(store, message.id).last_error == NOBODY_KNOWS
        assert len([path for method, path in notify.asked if method == "GET"]) == len(ASKED_AFTER)


class TestSeveralCarriers:
    @pytest.fixture
    def two(self):
        """Two carriers for teams, of which the first hangs."""
        return {
            TEAMS: Dealt((f"{TEAMS}/a", f"{TEAMS}/b")),
            f"{TEAMS}/a": Hand(fails=True),
            f"{TEAMS}/b": Hand(),
        }

    def test_each_carries_each_message_once_and_one_that_fails_keeps_no_other_waiting(
        self, store, queue, two, clock
    ):
        for number in range(5):
            queue(f"key-{number}", TEAMS)

        empty_outbox(store, two, clock)
        clock.let_pass(seconds=30)
        empty_outbox(store, two, clock)

        hung, other = two[f"{TEAMS}/a"], two[f"{TEAMS}/b"]
        assert hung.tries == 4  # two a round; the rest of the round is for the others
        assert sorted(other.carried) == [f"key-{number}/{TEAMS}/b" for number in range(5)]
        assert {one.carrier for one in outbox.unsent(store)} == {f"{TEAMS}/a"}

    def test_a_message_goes_by_those_that_reach_the_team_and_by_the_first_where_none_does(
        self, store, queue, two, clock
    ):
        class FarOff(Hand):
            def reaches(self, _message):
                return False

        some = two | {f"{TEAMS}/a": FarOff()}
        queue("one", TEAMS)
        empty_outbox(store, some, clock)
        none = some | {f"{TEAMS}/b": FarOff()}
        queue("two", TEAMS)
        empty_outbox(store, none, clock)

        digest = queue("three", TEAMS, BODY | {"rung": DIGEST})
        empty_outbox(store, none, clock)

        assert some[f"{TEAMS}/b"].carried == [f"one/{TEAMS}/b"]
        assert (none[f"{TEAMS}/a"].carried, none[f"{TEAMS}/b"].carried) == ([f"two/{TEAMS}/a"], [])
        assert outbox.by_id(store, digest.id).stopped_at  # nobody is asked for a mailbox because of it

    def test_one_that_takes_long_over_each_leaves_time_for_the_others(self, store, queue, clock):
        class Slow(Hand):
            def carry(self, message):
                clock.let_pass(seconds=11)
                super().carry(message)

        slow = Slow()
        for number in range(10):
            queue(f"key-{number}")

        empty_outbox(store, {EMAIL: slow}, clock)

        assert len(slow.carried) == 6

    def test_one_that_trickles_is_stopped(self, queue, sent):
        class Trickling:
            def carry(self, _message):
                with silent_server() as port, socket.create_connection((HOST, port)) as connection:
                    connection.recv(1)

        assert sent(Trickling(), queue(), seconds=QUICK).last_error == "took too long"

    def test_whatever_is_wrong_with_one_message_is_its_own_failure_and_says_no_word_of_it(
        self, store, mail, queue, clock, caplog
    ):
        class Breaks(Hand):
            def carry(self, message):
                if message.key == "one":
                    raise ValueError(BODY["why"])
                super().carry(message)

        breaks, other, no_host = Breaks(), Hand(), mail("smtps://mail.example")
        no_host.server = replace(no_host.server, host="a..b")
        one = queue("one", f"{TEAMS}/a")
        queue("two", f"{TEAMS}/a")
        nameless = queue("three", EMAIL)
        queue("four", f"{TEAMS}/z")

        empty_outbox(store, {f"{TEAMS}/a": breaks, EMAIL: no_host, f"{TEAMS}/z": other}, clock)

        assert (breaks.carried, other.carried) == (["two"], ["four"])
        for failed, why in ((one, "ValueError"), (nameless, "UnicodeError")):
            kept = outbox.by_id(store, failed.id)
            again = NIGHT + timedelta(minutes=1)
            assert (kept.last_error, kept.attempts, kept.next_try_at) == (why, 1, again)
        assert BODY["why"] not in caplog.text

    def test_one_of_which_nobody_can_tell_whether_it_is_over_keeps_no_other_waiting(
        self, store, queue, child, clock, monkeypatch
    ):
        monkeypatch.setattr(kept_deaths, "is_in_question", raising(LookupError(BODY["why"])))
        hand = Hand()
        one = queue("one", child_id=child.id)
        queue("two")

        empty_outbox(store, {EMAIL: hand}, clock)

        kept = outbox.by_id(store, one.id)
        assert (hand.carried, kept.sent_at, kept.last_error) == (["two"], None, "LookupError")
        assert kept.next_try_at == NIGHT + timedelta(minutes=1)

    def test_an_answer_that_nobody_can_read_keeps_no_carrier_from_being_asked(self, store, queue, clock):
        class Says(Hand):
            def carry(self, message):
                super().carry(message)
                return message.key

            def became(self, message):
                self.asked = message.key
                raise KeyError(message.recipient)

        some = {f"{TEAMS}/a": Says(), f"{TEAMS}/b": Says()}
        sent = [queue(name, name) for name in some]
        empty_outbox(store, some, clock)
        clock.let_pass(minutes=1)

        assert ask_carriers(store, some, clock) == 0

        assert [one.asked for one in some.values()] == list(some)
        for one in sent:
            kept = outbox.by_id(store, one.id)
            assert (kept.ask_at, kept.lost_at) == (NIGHT + ASKED_AFTER[1], None)

    @pytest.mark.parametrize("fault", [StoreBusy(), DatabaseNotReached(), sqlite3.OperationalError("full")])
    def test_a_fault_of_the_store_is_no_failure_of_a_message(
        self, store, queue, child, clock, fault, monkeypatch
    ):
        class Reads:
            carry = staticmethod(raising(fault))

        message = queue()
        with pytest.raises(type(fault)):
            empty_outbox(store, {EMAIL: Reads()}, clock)
        about_a_child = queue("child", f"{TEAMS}/a", child_id=child.id)
        monkeypatch.setattr(kept_deaths, "is_in_question", raising(fault))
        with pytest.raises(type(fault)):
            empty_outbox(store, {f"{TEAMS}/a": Hand()}, clock)

        for one in (message, about_a_child):
            assert outbox.by_id(store, one.id).last_error is None

    @pytest.mark.parametrize("engine", ENGINES[1:])
    def test_one_that_waits_too_long_for_the_database_leaves_it_to_the_others(self, store, queue, clock):
        class Waits(Hand):
            def carry(self, message):
                if message.key == "one":
                    with store.write_beside(by="system", at=NIGHT) as write:
                        write.db.execute("SELECT pg_sleep(2)")
                super().carry(message)

        waits, one = Waits(), queue("one")
        queue("two")

        empty_outbox(store, {EMAIL: waits}, clock, seconds=QUICK)

        assert (outbox.by_id(store, one.id).last_error, waits.carried) == ("took too long", ["two"])

    def test_one_that_is_not_set_up_any_more_is_a_failure_that_is_seen(self, store, queue, two, clock):
        message = queue(carrier=f"{TEAMS}/gone")

        empty_outbox(store, two, clock)

        assert outbox.by_id(store, message.id).last_error == "this carrier is not set up any more"


class TestSomebodyIsTold:
    def failing(self, store):
        return [one for one in kept_team_tasks.open_tasks(store) if one.kind is TaskKind.MESSAGE_NOT_ARRIVED]

    def test_of_what_is_not_sent_in_an_hour_once_for_all_of_it(self, store, queue, sent, clock, team):
        sent(Hand(fails=True), queue("one"))
        queue("two")
        clock.let_pass(minutes=59)
        assert tell_what_did_not_arrive(store, now=clock()) == []
        clock.let_pass(minutes=1)

        (task,) = tell_what_did_not_arrive(store, now=clock())

        assert tell_what_did_not_arrive(store, now=clock()) == []
        assert task.owner_id == team.organisation_id
        assert "E-mails to this team do not arrive" in task.words
        assert "Look at the inbox and concerns here until they do, and at alerts" in task.words

    def test_at_once_of_a_mailbox_that_is_refused_and_what_was_refused_goes_to_the_next_one(
        self, store, tls, letterbox, mail, queue, sent, clock, team
    ):
        letterbox.to_mailbox = "550 5.1.1 No such mailbox"
        with mail_on_loopback(letterbox, tls[0]) as url:
            refused = sent(mail(url), queue())
            (task,) = tell_what_did_not_arrive(store, now=clock())
            letterbox.to_mailbox = "250 OK"
            answer_task(store, task.id, "It was closed.", by=team, at=clock())
            keep_mailbox_by_code(
                store, HOMES[Role.CLINICIAN].code, "new@example.org", by="system", at=clock()
            )
            assert sent(mail(url, mailbox="new@example.org"), refused).sent_at

        assert "the mailbox was refused (550)" in task.words
        assert tell_what_did_not_arrive(store, now=clock()) == []
        assert letterbox.kept[-1].rcpt_tos == ["new@example.org"]

    def test_again_only_of_what_was_queued_since_they_did_something(self, store, queue, sent, clock, team):
        sent(Hand(fails=True), queue("one"))
        clock.let_pass(hours=1)
        (task,) = tell_what_did_not_arrive(store, now=clock())
        answer_task(store, task.id, "Told the people who run Puffin.", by=team, at=clock())
        assert tell_what_did_not_arrive(store, now=clock()) == []
        clock.let_pass(minutes=1)
        queue("two")
        clock.let_pass(hours=1)

        assert len(tell_what_did_not_arrive(store, now=clock())) == 1

    def test_of_a_code_that_no_carrier_took_in_its_ten_minutes(self, store, code, sent, clock, child):
        message = code(send_by=NIGHT + timedelta(minutes=10))
        sent(Hand(fails=True), message, FAMILY)
        clock.let_pass(minutes=10)
        late = sent(Hand(), message, FAMILY)

        (task,) = tell_what_did_not_arrive(store, now=clock())

        assert (late.secret, late.sent_at) == (None, None)
        assert (task.child_id, "ConnectTimeout" in task.words) == (child.id, True)


class TestSettings:
    def given(self, **changes):
        return Settings(data=Path("unused"), url=URL, **changes)

    def test_every_carrier_that_may_carry_something_says_what_it_needs(self):
        assert set(NEEDS) == {(what, by) for what, some in MAY_CARRY.items() for by in some}
        assert {by for some in MAY_CARRY.values() for by in some} == set(By)
        assert set(choosing.NAMED_IN) == set(MAY_CARRY)

    def test_each_that_is_set_up_is_used_unless_some_are_named(self):
        everything = NOTIFY_SET | MAIL_SET | {"webhook_url": "https://pager.example", "messages_url": "x"}

        assert chosen(self.given()) == choosing.Chosen((), None)
        assert chosen(self.given(**everything)) == choosing.Chosen(MAY_CARRY[TEAMS], By.NOTIFY)
        named = {"teams_by": " Email, webhook", "family_by": "messages"}
        assert chosen(self.given(**everything | named)) == choosing.Chosen(
            (By.EMAIL, By.WEBHOOK), By.MESSAGES
        )
        assert set(carriers(self.given(**everything))) == {
            TEAMS,
            FAMILY,
            *(f"{TEAMS}/{by}" for by in MAY_CARRY[TEAMS]),
        }

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"teams_by": "pigeon"}, "PUFFIN_TEAMS_BY names 'pigeon', which is no carrier for this."),
            ({"teams_by": "email"}, "email, which needs PUFFIN_SMTP_URL and PUFFIN_MAIL_FROM too."),
            ({"family_by": "email"}, "PUFFIN_FAMILY_BY names 'email'"),
            (NOTIFY_SET | {"messages_url": "x", "family_by": "notify,messages"}, "must name one carrier"),
            ({"smtp_url": "smtps://m.example"}, "PUFFIN_SMTP_URL is set without PUFFIN_MAIL_FROM."),
            (MAIL_SET | {"smtp_url": "smtp://m.example"}, "mail is sent encrypted, or not at all."),
            (MAIL_SET | {"smtp_url": "smtps://m.example:x"}, "PUFFIN_SMTP_URL must be like"),
            (MAIL_SET | {"smtp_url": "smtps://a..b"}, "PUFFIN_SMTP_URL must be like"),
            (MAIL_SET | {"smtp_url": "smtps://n:p%C3%A4ss@m.example"}, "may hold English letters, numbers"),
            (MAIL_SET | {"mail_from": "Puffin <p@example.org>"}, "PUFFIN_MAIL_FROM must be one"),
            (TEMPLATES, "PUFFIN_NOTIFY_TEAM_TEMPLATE is set without PUFFIN_NOTIFY_KEY."),
            ({"notify_key": KEY}, "PUFFIN_NOTIFY_KEY is set without"),
            (NOTIFY_SET | {"notify_key": "x"}, "PUFFIN_NOTIFY_KEY must be a whole API key"),
            (NOTIFY_SET | {"notify_team_template": "x"}, "PUFFIN_NOTIFY_TEAM_TEMPLATE must be the id"),
            (NOTIFY_SET | {"notify_text_template": ""}, "is set without PUFFIN_NOTIFY_TEXT_TEMPLATE."),
        ],
    )
    def test_what_cannot_work_is_refused_in_one_sentence(self, wrong, said):
        with pytest.raises(choosing.PuffinError) as refusal:
            prepare(self.given(**wrong), demo=True, at=NIGHT)

        assert said in str(refusal.value)

    def test_every_setting_has_its_own_name_and_no_secret_is_printed(self):
        fields = {name for some in NEEDS.values() for name in some} | {"teams_by", "family_by"}
        settings = settings_from({choosing.setting_of(name): f"s3cret-{name}" for name in fields})

        assert {getattr(settings, name) for name in fields} == {f"s3cret-{name}" for name in fields}
        keys = {"database_url", "secret_key", "audit_key", "mesh_password", "mesh_shared_key"}
        secret = {"webhook_url", "messages_url", "smtp_url", "notify_key"} | keys
        said = repr(replace(settings, **{name: f"s3cret-{name}" for name in keys}))
        assert {name for name in secret if f"s3cret-{name}" in said} == set()
        assert "s3cret" not in repr(mail_server("smtps://name:s3cret@mail.example.org"))

    @pytest.mark.parametrize(
        "url",
        ["", "mail.example.org", "smtps://", "smtps://m.example/inbox?x=1", "smtps://a b", "smtps://é.org"],
    )
    def test_what_is_no_address_of_a_mail_server_is_refused(self, url):
        with pytest.raises(SmtpUrlInvalid):
            mail_server(url)
