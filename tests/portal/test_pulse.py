"""Whether Puffin is at work: its page, the banner of everybody while it has stopped, and a team's mailbox."""

from dataclasses import replace
from datetime import timedelta

import pytest
from click.testing import CliRunner

import run
from fhir import kept_people
from fhir.store.tables import outbox, pulse
from plans.mailbox import MailboxInvalid, checked_mailbox
from plans.places import Role
from plans.pulse import PARTS, SILENT_AFTER, silence
from portal.actions.accounts import account_of, people_of
from portal.actions.alerts import CARRIER as TEAMS
from portal.actions.posts import let_lead
from tests.portal.conftest import HOMES, MONDAY_9AM

# What is due stands on these pages of each role, and on no other.
HAS = {
    Role.CLINICIAN: "reviews due, alerts, concerns and the inbox",
    Role.HOSPITAL: "discharges, alerts, concerns and the inbox",
    Role.SCHOOL_NURSE: "concerns and the inbox",
    Role.COMMUNITY_NURSE: "concerns and the inbox",
    Role.PHARMACIST: "concerns and the inbox",
    Role.SOCIAL_WORKER: "concerns and the inbox",
    Role.SCHOOL_STAFF: "concerns and the inbox",
    Role.PRIVACY_LEAD: "the inbox",
}
BANNER, LESS = "Alerts are not being sent.", "A part of Puffin has stopped."


@pytest.fixture
def beat(store):
    """Let these parts of the worker show their pulse."""

    def at(moment, *parts):
        with store.write(by="system", at=moment) as write:
            for part in parts or PARTS:
                pulse.beat(write, part)

    return at


@pytest.fixture
def lead(store, client_for, make_person):
    """The browser of the GP, who leads the practice."""
    person = make_person(Role.CLINICIAN)
    account = account_of(store, person.username)
    home = replace(HOMES[Role.CLINICIAN], id=person.organisation_id)
    let_lead(store, account, Role.CLINICIAN, home, leads=True, by="system", at=MONDAY_9AM)
    return client_for(Role.CLINICIAN, people_of(store, account.id)[0])


class TestWhileItHasStopped:
    @pytest.mark.parametrize("role", Role)
    def test_everybody_who_is_signed_in_is_told_what_to_do_on_each_page(self, client_for, beat, clock, role):
        browser = client_for(role)
        beat(clock())
        clock.let_pass(minutes=5)
        assert BANNER not in browser.get("/inbox").text
        clock.let_pass(seconds=1)

        for page in ("/inbox", "/who-sees-what", "/nothing-here"):
            told = browser.get(page).text
            assert BANNER in told
            assert f"since 23 November 2026 at 9:00am. Look at {HAS[role]} yourself, and do" in told

    @pytest.mark.parametrize(
        ("stopped", "stops_alerts", "answer"),
        [
            (("sweep", "send"), True, "No. Nothing is being raised or sent."),
            (("sweep",), True, "No. Nothing new is being raised. Only what was raised before is still sent."),
            (("send", "kits"), True, "No. Nothing is being sent."),
            (("kits",), False, "Not all of it. Alerts are still raised and sent."),
            (("seal",), False, "Not all of it. Alerts are still raised and sent."),
            ((), False, "Yes. Each part of its work was done"),
        ],
    )
    def test_its_page_answers_its_own_question_and_calls_no_queue_empty_that_nothing_is_put_in(
        self, client_for, beat, clock, stopped, stops_alerts, answer
    ):
        beat(clock() - SILENT_AFTER * 2, *(stopped or ("kits",)))
        beat(clock(), *(part for part in PARTS if part not in stopped))

        page = client_for(Role.SCHOOL_STAFF).get("/at-work").text

        assert answer in page
        assert ("<p>Nothing.</p>" in page) is not stops_alerts
        assert ("since 23 November 2026 at 8:50am may not have been put here" in page) is stops_alerts

    def test_it_says_from_when_alerts_stand_and_not_from_when_something_else_did(self, clock):
        now, days = clock(), timedelta(days=3)
        seal_first = {"seal": now - days, "send": now - SILENT_AFTER * 3, "sweep": now - SILENT_AFTER * 2}

        assert silence(seal_first, now).since == seal_first["send"]
        assert silence({"seal": now - days, "kits": now - SILENT_AFTER * 2}, now).since == now - days

    def test_nobody_else_is(self, stranger, beat, clock):
        beat(clock() - SILENT_AFTER * 2)

        assert BANNER not in stranger.get("/sign-in").text

    def test_one_part_that_sends_no_alerts_is_told_for_what_it_is(self, client_for, beat, clock):
        beat(clock() - SILENT_AFTER * 2, "kits")
        beat(clock(), *(part for part in PARTS if part != "kits"))
        browser = client_for(Role.CLINICIAN)

        page = browser.get("/at-work").text

        assert LESS in page
        assert BANNER not in page
        assert (page.count(">Stopped<"), page.count(">At work<")) == (1, len(PARTS) - 1)

    def test_a_worker_that_never_began_is_missed_from_when_it_was_expected(self, store, clock):
        with store.write(by="system", at=clock()) as write:
            pulse.expect(write, PARTS)
        with store.write(by="system", at=clock() + SILENT_AFTER) as write:
            pulse.expect(write, PARTS)  # the portal began again

        stopped = silence(pulse.seen(store), clock() + SILENT_AFTER + timedelta(seconds=1))
        assert (stopped.parts, stopped.since) == (tuple(PARTS), clock())
        assert silence({}, clock()) is None

    def test_whoever_watches_over_it_is_told_too(self, stranger, beat, clock):
        assert stranger.get("/health").text == "ok\n"
        beat(clock() - SILENT_AFTER * 2, "send")

        assert stranger.get("/health").text == "ok, but the worker has stopped: send\n"


class TestItsPage:
    def test_says_what_waits_and_tells_a_lead_alone_what_did_not_reach_their_team(
        self, store, lead, client_for, make_person
    ):
        ours, theirs = lead.person.organisation_id, make_person(Role.HOSPITAL).organisation_id
        with store.write(by="system", at=MONDAY_9AM - timedelta(hours=2)) as write:
            for team in (ours, theirs):
                made = outbox.enqueue(write, outbox.NewMessage(team, f"{TEAMS}/email", team, {}))
                outbox.mark_failed(write, made.id, f"answered {len(team)}", next_try_at=None)
        colleague = client_for(Role.CLINICIAN, make_person(Role.CLINICIAN, username="dr.ash"))

        page = lead.get("/at-work").text
        assert page.count("answered 36") == 1
        assert "Not tried again: a person must put it right" in page
        for browser in (lead, colleague):
            assert "2 could not be sent so far" in browser.get("/at-work").text
        assert "answered 36" not in colleague.get("/at-work").text

    def test_the_operator_sees_all_that_did_not_arrive(self, store, tmp_path, monkeypatch):
        with store.write(by="system", at=MONDAY_9AM) as write:
            outbox.enqueue(write, outbox.NewMessage("k", "family", "07700 900111", {"way": "phone"}))
            made = outbox.take(write, due_by=MONDAY_9AM, until=MONDAY_9AM, carrier="family")
            outbox.mark_failed(write, made.id, "the number or mailbox was refused", next_try_at=None)
        monkeypatch.setenv("PUFFIN_DATA", str(tmp_path))
        monkeypatch.setattr(run, "now", lambda: MONDAY_9AM)

        said = CliRunner().invoke(run.door, ["team", "messages"]).output
        as_json = CliRunner().invoke(run.door, ["team", "messages", "--json"]).output

        assert "family to a family, since 23 November 2026, 09:00: tried 1 times, the number or" in said
        assert '"next_try_at":null' in as_json
        assert "07700" not in said + as_json


class TestTheMailbox:
    def test_the_lead_enters_it_and_takes_it_away(self, store, lead):
        def kept():
            return kept_people.organisation(store, lead.person.organisation_id)

        before = kept()
        page = lead.post("/team/mailbox", data={"mailbox": " elm@example.org "}, follow_redirects=True).text
        assert kept() == replace(before, email="elm@example.org")
        assert "E-mails to your team go to elm@example.org." in page
        lead.post("/team/mailbox", data={"mailbox": ""})

        assert kept() == before

    def test_what_is_no_mailbox_is_refused_beside_it_and_nothing_changes(self, store, lead):
        answer = lead.post("/team/mailbox", data={"mailbox": "elm at example"})

        assert answer.status_code == 422
        assert "Write one e-mail address that the whole team reads" in answer.text
        assert kept_people.organisation(store, lead.person.organisation_id).email == ""

    @pytest.mark.parametrize(
        "text", ["a", "a@b", "a@b.c, d@e.f", "a@b.c\nBcc: x@y.z", "<a@b.c>", f"{'a' * 250}@b.org", "é@b.org"]
    )
    def test_more_than_one_address_is_none(self, text):
        with pytest.raises(MailboxInvalid):
            checked_mailbox(text)
