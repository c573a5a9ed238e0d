"""Documents to GP practices by MESH: sent once, tracked by both answers, told to a person where one lacks."""

import logging
import socket
from base64 import b64decode
from contextlib import contextmanager, suppress
from dataclasses import replace
from html import unescape
from uuid import uuid4
from xml.etree.ElementTree import fromstring

import pytest
from requests import RequestException

from fhir import kept_team_tasks
from fhir.itk3 import MESSAGE_DEFINITION
from fhir.store.errors import engine_faults
from fhir.store.tables import gp_documents, incoming, outbox
from plans.death import Death
from plans.gp_document import Standing, standing
from plans.places import Role
from plans.team_task import TaskKind
from portal.actions.deaths.saying import confirm, say, withdraw
from portal.actions.discharges import record_discharge
from portal.actions.gp_inbox.answers import ANSWERS, Received, keep_received
from portal.actions.gp_inbox.sending import send_plan
from portal.actions.gp_inbox.set_up import note_mailbox
from portal.actions.plans import withdraw_plan
from portal.actions.sweep import sweep
from portal.calendar import holidays_for
from portal.notify.emptying import empty_outbox
from portal.notify.mesh import Mailbox, mesh_for, read_mailbox
from portal.notify.mesh_settings import MeshFileMissing, MeshNotWhole, MeshUrlInvalid, mailbox_of
from portal.serving import prepare
from tests.fhir.itk3_making import an_answer
from tests.portal.conftest import MONDAY_9AM, SETTINGS
from tests.portal.discharge_making import tell, told_about
from tests.portal.making import make_child, make_plan
from tests.portal.mesh_making import OURS, start_sandbox

BY = {"by": "system", "at": MONDAY_9AM}


@pytest.fixture(scope="session")
def running(tmp_path_factory):
    yield from start_sandbox(tmp_path_factory.mktemp("mesh"))


@pytest.fixture(autouse=True)
def paper(monkeypatch):
    """Stand in for the PDFs, which other tests print."""
    for place in ("discharge.sheet", "copies"):
        monkeypatch.setattr(f"portal.actions.{place}.pdf", lambda html: b"%PDF " + html[:9].encode())


@pytest.fixture
def mesh(running):
    running.empty()
    return running


@pytest.fixture
def gp(make_person):
    return make_person(Role.CLINICIAN)


@pytest.fixture
def ward(make_person):
    return make_person(Role.HOSPITAL)


@pytest.fixture
def work(store, clock, mesh):
    """The worker's part in it: send, read our mailbox, look. MESH is set up."""
    note_mailbox(store, OURS, at=MONDAY_9AM)
    return Work(store, clock, mesh.mailbox)


class Work:
    def __init__(self, store, clock, mailbox):
        self.store, self.clock, self.mailbox = store, clock, mailbox
        self.carrier = mesh_for(store, mailbox, MESSAGE_DEFINITION, SETTINGS.url, clock)

    def look(self):
        sweep(self.store, now=self.clock(), holidays_for=holidays_for)

    def send(self):
        return empty_outbox(self.store, {"mesh": self.carrier}, self.clock)

    def read(self):
        return read_mailbox(self.store, self.mailbox, self.clock)

    def round(self, **later):
        """Let time pass and do one round, with the mailbox read."""
        self.clock.let_pass(**later or {"minutes": 6})
        self.send()
        read = self.read()
        self.look()
        return read


def discharged(store, gp, **changes):
    """Let the hospital tell of a discharge of a child of this practice; return the child and its document."""
    child = make_child(store, gp, **changes)
    outcome = tell(store, child, at=MONDAY_9AM)
    found = gp_documents.about(store, f"Task/{outcome.review_id}")
    return child, found[0] if found else None


def now_of(store, document):
    return gp_documents.by_id(store, document.id)


def tasks(store, kind=TaskKind.GP_DOCUMENT):
    return [one for one in kept_team_tasks.open_tasks(store) if one.kind is kind]


def test_a_discharge_sends_its_sheet_to_the_practice_and_both_answers_are_tracked(
    store, work, mesh, gp, ward
):
    child, document = discharged(store, gp)
    assert standing(document) is Standing.WAITING

    assert work.send() == 1
    ((message, body),) = mesh.inbox()
    (binary,) = fromstring(body).iterfind(".//{*}Binary/{*}content")  # noqa: S314 (our own)
    assert b64decode(binary.get("value")).startswith(b"%PDF")
    assert (message.workflow_id, message.sender) == ("GPCONNECT_SEND_DOCUMENT", OURS)
    assert message.local_id == gp_documents.KEY + document.id
    assert message.subject == (
        "Asthma: sheet after hospital for Amina Test, NHS Number: 9990000018, "
        "seen at Ash Hospital, X99003, Version: 1"
    )
    assert standing(now_of(store, document)) is Standing.SENT

    mesh.answer(an_answer(document.id, "20013"))
    assert work.round() == 1
    assert standing(now_of(store, document)) is Standing.RECEIVED
    mesh.answer(an_answer(document.id, "30001"))
    assert work.round() == 1

    assert standing(now_of(store, document)) is Standing.ACCEPTED
    assert mesh.inbox(OURS) == []
    work.round(days=7)
    assert tasks(store) == []


def test_the_document_lands_with_the_discharge_or_not_at_all(store, work, gp, ward, refuse_rows):
    child = make_child(store, gp)
    refuse_rows("gp_documents")
    with pytest.raises(engine_faults(), match="disk full"):
        tell(store, child, at=MONDAY_9AM)

    assert gp_documents.of_child(store, child.id) == []
    assert store.search("Task", subject=f"Patient/{child.id}") == []


def test_nothing_goes_by_mesh_where_it_is_not_set_up(store, gp, ward):
    _child, document = discharged(store, gp)

    assert document is None
    assert tasks(store) == []
    assert [one for one in outbox.unsent(store) if one.carrier == "mesh"] == []


@pytest.mark.parametrize(
    ("lacks", "says"),
    [
        pytest.param({"family": "Łęcka"}, "letters of the child's family name", id="letters"),
        pytest.param({"practice_id": ""}, "Nobody knows the child's GP practice.", id="no practice"),
    ],
)
def test_what_mesh_cannot_carry_is_told_to_the_sender_at_once(store, work, gp, ward, lacks, says):
    _child, document = discharged(store, gp, **lacks)

    assert document is None
    (task,) = tasks(store)
    assert task.owner_id == ward.organisation_id
    assert says in task.words


def test_a_plan_that_was_signed_elsewhere_is_sent_as_the_records_copy_and_replaces_the_one_before(
    store, work, mesh, gp, ward
):
    child = make_child(store, gp)
    plan = make_plan(store, child, gp)
    elsewhere = replace(plan, author=replace(plan.author, organisation_id=ward.organisation_id))
    with store.write(**BY) as write:
        send_plan(write, plan, child)
        assert gp_documents.of_child(write, child.id) == []  # never to the practice that signed it
        send_plan(write, elsewhere, child)
    work.send()
    with store.write(**BY) as write:
        send_plan(write, elsewhere, child)
    work.send()

    first, second = gp_documents.of_child(store, child.id)
    assert (first.replaces, second.replaces) == ("", first.id)
    assert [one.subject.partition(" for ")[0] for one, _body in mesh.inbox()] == ["Asthma action plan"] * 2
    assert first.id.encode() in mesh.inbox()[1][1]


def test_a_plan_that_is_withdrawn_is_not_sent_any_more_and_what_was_sent_is_told_by_phone(
    store, work, mesh, gp, ward
):
    child = make_child(store, gp)
    plan = make_plan(store, child, gp)
    elsewhere = replace(plan, author=replace(plan.author, organisation_id=ward.organisation_id))
    with store.write(**BY) as write:
        send_plan(write, elsewhere, child)
    work.send()
    with store.write(**BY) as write:
        send_plan(write, elsewhere, child)
    withdraw_plan(store, plan.id, reason="Wrong child", by=gp, at=MONDAY_9AM)
    work.round()

    assert len(mesh.inbox()) == 1
    assert [standing(one) for one in gp_documents.of_child(store, child.id)][1] is Standing.STOPPED
    (task,) = tasks(store)
    assert "The practice must not follow it." in task.words


def test_what_a_death_said_in_error_had_stopped_is_sent_after_all_and_told_until_then(
    store, work, mesh, gp, ward
):
    child, document = discharged(store, gp)
    plan = make_plan(store, child, gp)
    with store.write(**BY) as write:
        send_plan(
            write, replace(plan, author=replace(plan.author, organisation_id=ward.organisation_id)), child
        )
    withdraw_plan(store, plan.id, reason="Wrong child", by=gp, at=MONDAY_9AM)
    death = Death(str(uuid4()), child.id, MONDAY_9AM.date(), "The sister", str(gp.ref), MONDAY_9AM)
    say(store, death, by=gp, at=MONDAY_9AM)
    work.round()
    confirm(store, child.id, death.id, by=ward, at=work.clock())
    work.round(hours=5)
    assert standing(now_of(store, document)) is Standing.STOPPED
    withdraw(store, child.id, death.id, "Another child", by=ward, at=work.clock())

    work.look()
    assert tasks(store) == []  # it may go now
    work.clock.let_pass(minutes=6)
    work.look()
    (task,) = tasks(store)
    assert "It could not be sent yet." in task.words
    work.round()
    work.round()
    assert len(mesh.inbox()) == 1
    assert [standing(one) for one in gp_documents.of_child(store, child.id)] == [
        Standing.SENT,
        Standing.STOPPED,  # the plan that was withdrawn
    ]
    assert tasks(store) == []


@pytest.mark.parametrize(
    ("code", "says"),
    [("20006", "could not read it"), ("30003", "no longer with this practice"), ("99999", "not known here")],
)
def test_an_answer_that_is_no_yes_is_told_at_once_with_the_practices_phone(
    store, work, mesh, gp, ward, code, says
):
    _child, document = discharged(store, gp)
    work.send()
    mesh.answer(an_answer(document.id, code, kind="fatal-error"))
    work.round()

    (task,) = tasks(store)
    assert says in task.words
    assert "Elm Surgery: 0121 496 0101" in task.words
    assert (task.owner_id, task.about) == (ward.organisation_id, document.about)


@pytest.mark.parametrize("by", ["local_id", "linked_message_id"])
def test_a_report_of_mesh_that_it_could_not_deliver_is_told_at_once(store, work, mesh, gp, ward, by):
    _child, document = discharged(store, gp)
    work.send()
    number = {
        "local_id": gp_documents.KEY + document.id,
        "linked_message_id": now_of(store, document).mesh_id,
    }
    mesh.report("EPL-154", **{by: number[by]})
    work.round()

    (task,) = tasks(store)
    assert "name, date of birth and NHS number do not belong together" in task.words


def test_each_answer_that_lacks_is_told_in_its_time_and_closed_by_the_answer(store, work, mesh, gp, ward):
    _child, document = discharged(store, gp)
    work.send()
    work.round(hours=23)
    assert tasks(store) == []
    work.round(hours=2)
    work.round()
    (task,) = tasks(store)
    assert "has not said that it has it" in task.words

    mesh.answer(an_answer(document.id, "20013"))
    work.round()
    assert tasks(store) == []
    work.round(hours=40)  # the second working day has passed
    (task,) = tasks(store)
    assert "has not said whose it is" in task.words


def test_an_inbox_that_mesh_does_not_know_is_told_and_never_tried_again(store, work, mesh, gp, ward):
    _child, document = discharged(store, gp, family="Other")
    work.send()
    work.round()
    work.round()

    (task,) = tasks(store)
    assert "MESH does not know the inbox." in task.words
    assert [one.attempts for one in outbox.unsent(store) if one.carrier == "mesh"] == [1]


def test_killed_after_sending_it_is_sent_again_under_the_same_numbers_and_known_as_the_same(
    store, work, mesh, gp, ward
):
    _child, document = discharged(store, gp)

    class Killed(BaseException):
        pass

    class Dies:
        def carry(self, message):
            work.carrier.carry(message)
            raise Killed

    with pytest.raises(Killed):
        empty_outbox(store, {"mesh": Dies()}, work.clock)
    assert standing(now_of(store, document)) is Standing.WAITING
    work.clock.let_pass(minutes=3)
    assert work.send() == 1

    (one, first), (other, second) = mesh.inbox()
    assert one.local_id == other.local_id
    assert first == second
    mesh.answer(an_answer(document.id, "20013"))
    mesh.answer(an_answer(document.id, "20007", kind="fatal-error"))
    mesh.answer(an_answer(document.id, "30001"))
    assert work.round() == 3
    assert standing(now_of(store, document)) is Standing.ACCEPTED
    assert tasks(store) == []


def test_killed_after_keeping_an_answer_it_is_read_again_and_changes_nothing(
    store, work, mesh, gp, ward, monkeypatch
):
    _child, document = discharged(store, gp)
    work.send()
    mesh.answer(an_answer(document.id, "30003"))
    mesh.answer(b"What is this?", workflow="SOME_WORKFLOW")
    with monkeypatch.context() as patch:
        patch.setattr("portal.notify.mesh.MeshClient.acknowledge_message", _dies)
        assert work.round() == 0
    assert len(mesh.inbox(OURS)) == 2
    assert work.round() == 2

    assert len(tasks(store)) == len(tasks(store, TaskKind.MESH_MESSAGE)) == 1
    assert mesh.inbox(OURS) == []


def _dies(*_):
    raise OSError


def test_a_message_that_answers_nothing_of_ours_is_kept_for_a_staffed_team_to_read(
    store, work, mesh, gp, ward, client_for
):
    mesh.answer(an_answer("7f3a2c1e-0b4d-4c2e-9a51-3a1f6f1f0009"))
    mesh.answer(b"\x00\xff <not xml", workflow="GPCONNECT_SEND_DOCUMENT_ACK")
    mesh.report("14", local_id="of-another-system")
    assert work.round() == 3

    found = tasks(store, TaskKind.MESH_MESSAGE)
    assert len(found) == 3
    assert incoming.open_list(store) == []
    browser = client_for(Role.HOSPITAL, ward)
    pages = [browser.get(f"/inbox/{one.id}/message").text for one in found]
    assert any("not xml" in page for page in pages)
    assert any("of-another-system" in page for page in pages)


@contextmanager
def a_server_that_hangs():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def test_a_mesh_that_hangs_or_refuses_is_tried_again_and_told_after_hours(store, clock, work, gp, ward):
    _child, document = discharged(store, gp)
    with a_server_that_hangs() as url:
        hangs = Work(store, clock, Hasty(url, OURS, "password", "TestKey"))
        assert hangs.send() == 0
        assert read_mailbox(store, hangs.mailbox, clock, seconds=0.2) == 0
    refuses = Work(store, clock, Mailbox(url, OURS, "password", "TestKey"))
    clock.let_pass(hours=1)
    assert refuses.send() == 0
    assert refuses.read() == 0
    wrong = Work(store, clock, replace(work.mailbox, password="wrong"))
    clock.let_pass(hours=2, minutes=1)
    assert wrong.send() == 0
    wrong.look()

    (task,) = tasks(store)
    assert "It could not be sent yet." in task.words
    clock.let_pass(hours=2)
    assert work.send() == 1
    work.look()
    assert tasks(store) == []


class Hasty(Mailbox):
    def client(self, _seconds=0.2):
        return super().client(0.2)


def test_a_review_that_is_closed_before_the_sheet_went_needs_none(store, work, mesh, gp, ward):
    child, document = discharged(store, gp)
    told = told_about(child)
    cancelled = replace(told, notice=replace(told.notice, is_cancelled=True))
    record_discharge(store, cancelled, by="system", at=MONDAY_9AM, holidays_for=holidays_for)
    work.round()

    assert standing(now_of(store, document)) is Standing.STOPPED
    assert mesh.inbox() == []
    assert tasks(store) == []


def test_no_log_and_no_failure_names_the_child(store, clock, work, gp, ward, caplog):
    caplog.set_level(logging.DEBUG)
    discharged(store, gp, family="Zanzibar")
    work.round()
    work.read()
    (message,) = [one for one in outbox.unsent(store) if one.carrier == "mesh"]

    said = f"{caplog.text} {message.last_error} {message.body} {work.mailbox}"
    assert not [word for word in ("zanzibar", "9990000018", "password") if word in said.lower()]


def test_the_mailbox_is_read_every_five_minutes_and_greeted_once_a_day(store, clock, work, monkeypatch):
    greeted, listed = [], []
    monkeypatch.setattr("portal.notify.mesh.MeshClient.handshake", lambda _self: greeted.append(clock()))
    monkeypatch.setattr("portal.notify.mesh.MeshClient.list_messages", lambda _self: listed.append(1) or [])
    for _ in range(6):
        work.read()
        clock.let_pass(minutes=2)
    clock.let_pass(days=1)
    work.read()

    assert (len(listed), len(greeted)) == (3, 2)


class Slow:
    """A mailbox whose messages each take a while, those of `stuck` in vain."""

    def __init__(self, clock, monkeypatch, ids, *, stuck="", seconds=8):
        self.left, self.asked = list(ids), []

        def hand_over(_client, id):
            self.asked.append(id)
            clock.let_pass(seconds=seconds)
            if id in stuck:
                raise RequestException
            return Received(id, "DATA", "W", "P")

        monkeypatch.setattr("portal.notify.mesh._received", hand_over)
        monkeypatch.setattr("portal.notify.mesh.MeshClient.list_messages", lambda _self: list(self.left))
        monkeypatch.setattr(
            "portal.notify.mesh.MeshClient.acknowledge_message", lambda _self, id: self.left.remove(id)
        )

    def turn(self, work):
        """Read the mailbox when it is time; return what was asked for."""
        self.asked = []
        work.clock.let_pass(minutes=5)
        work.read()
        return "".join(self.asked)


def test_a_turn_ends_once_nothing_is_handed_over_and_the_next_one_begins_after_that(
    clock, work, ward, monkeypatch
):
    mailbox = Slow(clock, monkeypatch, "abcdefgh", stuck="abcf")

    assert [mailbox.turn(work) for _ in range(4)] == ["ab", "cdefghab", "cf", "ab"]
    assert mailbox.left == list("abcf")


def test_what_could_not_be_kept_comes_after_all_that_is_new_whatever_the_fault(
    clock, work, ward, monkeypatch
):
    mailbox = Slow(clock, monkeypatch, "abcdef", stuck="abcdef")
    assert [mailbox.turn(work) for _ in range(4)] == ["ab", "cd", "ef", "ab"]
    mailbox.left += ["g"]
    assert mailbox.turn(work) == "gcd"
    assert mailbox.left == list("abcdef")

    breaks = Slow(clock, monkeypatch, "xyz")

    def keep(store, received, **named):
        if received.mesh_id in "xy":
            raise KeyError(received.body)
        keep_received(store, received, **named)

    monkeypatch.setattr("portal.notify.mesh.keep_received", keep)
    for _ in range(2):
        with suppress(KeyError):
            breaks.turn(work)
    assert breaks.left == ["x", "y"]


def test_a_turn_ends_after_a_minute_though_all_is_handed_over(clock, work, ward, monkeypatch):
    mailbox = Slow(clock, monkeypatch, "abcdefgh", seconds=11)

    assert [mailbox.turn(work) for _ in range(2)] == ["abcdef", "gh"]


def test_half_settings_are_refused_by_name(tmp_path):
    here = {"mesh_url": "http://127.0.0.1:8700", "mesh_mailbox": OURS, "mesh_shared_key": "k"}
    there = here | {"mesh_url": "https://mesh.example.org", "mesh_password": "p"}
    file = tmp_path / "mesh.pem"
    file.touch()
    files = {"mesh_cert": str(file), "mesh_key": str(file)}

    assert mailbox_of(SETTINGS) is None
    assert mailbox_of(replace(SETTINGS, **here, mesh_password="p")).cert is None
    assert mailbox_of(replace(SETTINGS, **there, **files)).cert == (str(file), str(file))
    with pytest.raises(MeshNotWhole, match="PUFFIN_MESH_PASSWORD"):
        mailbox_of(replace(SETTINGS, **here))
    with pytest.raises(MeshNotWhole, match="PUFFIN_MESH_CERT and PUFFIN_MESH_KEY"):
        mailbox_of(replace(SETTINGS, **there))
    with pytest.raises(MeshFileMissing, match="PUFFIN_MESH_KEY"):
        mailbox_of(replace(SETTINGS, **there | files | {"mesh_key": str(tmp_path / "none.pem")}))
    with pytest.raises(MeshUrlInvalid):
        mailbox_of(replace(SETTINGS, **there | files | {"mesh_url": "http://mesh.example.org"}))


def test_nothing_starts_with_half_the_settings(tmp_path):
    half = replace(SETTINGS, data=tmp_path, mesh_url="http://127.0.0.1:8700")

    with pytest.raises(MeshNotWhole):
        prepare(half, demo=False, at=MONDAY_9AM)


def test_the_page_of_the_review_says_when_it_was_sent_received_and_accepted_or_how_it_goes_instead(
    store, clock, gp, ward, client_for
):
    browser = client_for(Role.HOSPITAL, ward)
    other = tell(store, make_child(store, gp, nhs_number="9990000026", given="Ben"), at=MONDAY_9AM)
    assert "Puffin sends nothing to GP practices by MESH here." in _page_of(browser, other.review_id)

    note_mailbox(store, OURS, at=MONDAY_9AM)
    _child, document = discharged(store, gp)
    review_id = document.about.removeprefix("Task/")
    assert "Not sent yet." in _page_of(browser, review_id)
    message = next(one for one in outbox.unsent(store) if one.carrier == "mesh")
    with store.write(**BY) as write:
        outbox.mark_sent(write, message.id, known_as="1")
        write.audit("U", document.about, detail="test")
    assert "Sent on 23 November 2026 at 9:00am." in _page_of(browser, review_id)
    for code, says in (
        ("20013", "The practice's system had it on"),
        ("30001", "The practice accepted it for this child on"),
        ("30003", "The child is no longer with this practice."),
    ):
        body = an_answer(document.id, code)
        keep_received(store, Received(code, "DATA", ANSWERS, "P", body), at=MONDAY_9AM)
        assert says in _page_of(browser, review_id)


def _page_of(browser, review_id):
    return unescape(browser.get(f"/reviews/{review_id}").text)
