"""The worker raises what is late, sends it once, keeps trying what fails, and shows that it is alive."""

import json
import logging
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
import responses

from fhir import kept_reviews
from fhir.store.seals.audit_key import KeyPlace
from fhir.store.seals.sealing import head_of
from fhir.store.tables import outbox, pulse
from plans.places import Role
from plans.pulse import PARTS
from portal.actions.alerts import CARRIER as TEAMS
from portal.actions.alerts import acknowledge
from portal.calendar import holidays_for
from portal.notify.carrier import carriers
from portal.notify.console import Console
from portal.notify.emptying import PAUSES, empty_outbox, pause_after
from portal.notify.letter import NotCarried
from portal.notify.webhook import Webhook
from portal.settings import Settings
from portal.worker import NAME, Work, run
from tests.portal.conftest import StillClock, on_both_engines, open_as_commands_do
from tests.portal.discharge_making import a_discharge, tell
from tests.portal.making import make_child

ROOT = Path(__file__).resolve().parents[2]
SUNDAY_NIGHT = datetime(2026, 11, 22, 19, tzinfo=UTC)  # two rungs of Friday's ladder have passed
KEY = KeyPlace(given="elm and oak and ash and birch and yew")
ADDRESS = "https://pager.example/puffin"

SWEEPS = (
    "match_waiting",
    "sweep",
    "sweep_once_a_day",
    "sweep_inhalers",
    "sweep_kits",
    "ask_young_people",
    "look_at_pupils",
    "carry_out_moves",
    "offer_waiting",
    "sweep_inboxes",
    "queue_digests",
    "empty_outbox",
    "ask_carriers",
    "tell_what_did_not_arrive",
    "count_some",
    "seal_waiting",
    "look_through",
)

engine = on_both_engines()


class Hand:
    """A carrier that keeps what it carried, and fails as often as it is told to."""

    def __init__(self, failures=0):
        self.carried, self.failures = [], failures

    def carry(self, message):
        if self.failures:
            self.failures -= 1
            raise NotCarried("ConnectTimeout")
        self.carried.append(message.key)


@pytest.fixture
def clock():
    return StillClock(SUNDAY_NIGHT)


@pytest.fixture
def nurse(make_person):
    return make_person(Role.HOSPITAL)


@pytest.fixture
def discharge(store, make_person, nurse):
    """A discharge on Friday evening."""
    return a_discharge(store, make_person(Role.CLINICIAN))[1]


@pytest.fixture
def work_with(store, clock):
    return lambda carrier: Work(store, {TEAMS: carrier}, clock, holidays_for, KEY)


def test_a_round_raises_what_is_late_sends_it_and_shows_a_pulse(store, discharge, work_with):
    hand = Hand()

    assert work_with(hand).round()

    assert len(hand.carried) == len(set(hand.carried)) == 2
    assert outbox.unsent(store) == []
    assert pulse.seen(store) == dict.fromkeys((NAME, *PARTS), SUNDAY_NIGHT)


def test_nothing_is_sent_twice(discharge, work_with, clock):
    hand = Hand()

    for _ in range(3):
        work_with(hand).round()
        clock.let_pass(minutes=10)

    assert len(hand.carried) == 2


def test_what_fails_is_tried_again_ever_less_often_and_never_given_up(store, discharge, work_with, clock):
    hand = Hand(failures=2)
    work = work_with(hand)

    work.round()
    assert [one.last_error for one in outbox.unsent(store)] == ["ConnectTimeout", "ConnectTimeout"]
    clock.let_pass(seconds=59)
    work.round()
    assert hand.carried == []
    clock.let_pass(seconds=1)
    work.round()

    assert len(hand.carried) == 2
    assert [pause_after(n) for n in (1, 2, 3, 4, 99)] == [*PAUSES, PAUSES[-1]]


def test_a_worker_that_dies_while_it_sends_lets_go_of_the_message(store, discharge, work_with, clock):
    class Dying(Hand):
        def carry(self, _message):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work_with(Dying()).round()
    hand = Hand()
    empty_outbox(store, {TEAMS: hand}, clock)
    assert len(hand.carried) == 1  # the other one is still in the dead worker's hands
    clock.let_pass(minutes=2)
    empty_outbox(store, {TEAMS: hand}, clock)

    assert len(hand.carried) == 2


def test_an_alert_that_was_acknowledged_is_not_sent_any_more(store, discharge, work_with, clock, nurse):
    hand = Hand(failures=2)
    work_with(hand).round()
    acknowledge(store, kept_reviews.open_alerts(store)[0].id, "Phoned.", by=nurse, at=clock())
    clock.let_pass(hours=1)

    work_with(hand).round()

    assert hand.carried == []
    assert outbox.unsent(store) == []


def test_a_fault_in_one_part_keeps_no_other_from_its_work_and_shows_as_a_missing_pulse(
    store, discharge, work_with, monkeypatch, caplog
):
    name = "Amina Test"

    def broken(*_args, **_kwargs):
        raise ValueError(name)

    hand = Hand()
    monkeypatch.setattr("portal.worker.match_waiting", broken)

    assert not work_with(hand).round()

    assert len(hand.carried) == 2
    assert {NAME, *PARTS} - set(pulse.seen(store)) == {NAME, "match"}
    assert "ValueError" in caplog.text
    assert name not in caplog.text


def test_each_of_the_sweeps_is_a_part_of_its_own_so_that_none_waits_for_another(work_with, monkeypatch):
    begun = []

    def breaking(name):
        def sweep(*_args, **_kwargs):
            begun.append(name)
            raise ValueError

        return sweep

    for name in SWEEPS:
        monkeypatch.setattr(f"portal.worker.{name}", breaking(name))

    assert not work_with(Hand()).round()

    assert begun == list(SWEEPS)


def test_a_round_seals_what_it_and_others_noted(store, discharge, work_with, caplog):
    with caplog.at_level(logging.INFO):
        work_with(Hand()).round()

    assert head_of(store).number == store.count("AuditEvent") > 0
    assert f"sealed up to {head_of(store)}" in caplog.text


def test_where_the_audit_cannot_be_sealed_alerts_still_go_out_and_it_is_said(
    store, discharge, work_with, caplog
):
    hand = Hand()
    work = replace(work_with(hand), audit_key=KeyPlace())

    assert not work.round()

    assert len(hand.carried) == 2
    assert "AuditKeyMissing" in caplog.text
    assert "set PUFFIN_AUDIT_KEY to 32 or more" in caplog.text


def test_a_discharge_whose_child_has_come_since_is_matched(store, make_person, nurse, work_with):
    clinician = make_person(Role.CLINICIAN)
    tell(store, make_child(store, clinician), nhs_number="9990000026")
    newcomer = make_child(store, clinician, nhs_number="9990000026")

    work_with(Hand()).round()

    assert [review.child_id for review in kept_reviews.open_reviews(store)] == [newcomer.id]


@responses.activate
def test_the_webhook_posts_the_alert_without_a_word_about_the_child(store, discharge, work_with):
    responses.post(ADDRESS, status=204)

    work_with(Webhook(ADDRESS, "https://puffin.example")).round()

    posted = [json.loads(call.request.body) for call in responses.calls]
    assert [set(one) for one in posted] == [{"id", "rung", "owner", "due", "about", "link"}] * 2
    assert posted[0]["link"] == f"https://puffin.example/alerts/{posted[0]['id']}"
    assert posted[0]["owner"] == "Ash Hospital"
    assert [call.request.headers["Idempotency-Key"] for call in responses.calls] == [
        one["id"] for one in posted
    ]
    for secret in ("Amina", "9990000018", discharge.child_id):
        assert secret not in str(posted)


@pytest.mark.parametrize("status", [301, 404, 500])
@responses.activate
def test_any_other_answer_of_the_webhook_is_a_failure(store, discharge, work_with, status):
    responses.post(ADDRESS, status=status, headers={"Location": "https://elsewhere.example/"})

    work_with(Webhook(ADDRESS, "")).round()

    assert {one.last_error for one in outbox.unsent(store)} == {f"answered {status}"}
    assert len(responses.calls) == 2


@responses.activate
def test_a_webhook_that_cannot_be_reached_is_a_failure_that_hides_its_address(store, discharge, work_with):
    work_with(Webhook(ADDRESS, "")).round()

    assert {one.last_error for one in outbox.unsent(store)} == {"ConnectionError"}


def test_without_a_webhook_each_alert_is_a_line_in_the_log(discharge, work_with, caplog):
    with caplog.at_level(logging.INFO):
        work_with(Console("https://puffin.example")).round()

    assert caplog.text.count("Alert for Ash Hospital") == 2
    assert "Amina" not in caplog.text


def test_the_settings_choose_the_carrier():
    unset = Settings(data=Path("unused"), url="http://127.0.0.1:8000")
    set_ = Settings(data=Path("unused"), url="http://127.0.0.1:8000", webhook_url=ADDRESS)

    assert isinstance(carriers(unset)[TEAMS], Console)
    assert isinstance(carriers(set_)[f"{TEAMS}/webhook"], Webhook)


def test_it_stops_when_it_is_told_to(store, clock):
    told_to_stop = Event()

    class Telling(Work):
        def round(self, _must_stop=None):
            told_to_stop.set()
            return True

    run(Telling(store, {}, clock, holidays_for, KEY), told_to_stop)

    assert told_to_stop.is_set()


def test_the_process_stops_by_itself_on_sigterm(tmp_path):
    environ = os.environ | {"PUFFIN_DATA": str(tmp_path)}
    worker = subprocess.Popen([sys.executable, "-m", "portal.worker"], cwd=ROOT, env=environ)
    try:
        store = open_as_commands_do(tmp_path)
        _wait_for(lambda: pulse.seen(store), worker)
        store.close()
        worker.send_signal(signal.SIGTERM)

        assert worker.wait(10) == 0
    finally:
        worker.kill()
        worker.wait()


def _wait_for(seen, process, limit=timedelta(seconds=20)):
    pause, waited = Event(), timedelta()
    while not seen():
        assert process.poll() is None
        assert waited < limit
        pause.wait(0.1)
        waited += timedelta(seconds=0.1)
