"""Each command that reads or changes a child's record leaves an audit entry, and the others leave none."""

import json
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import click
import pytest
from click.testing import CliRunner

import run
from fhir import kept_plans
from fhir.audit_event import from_audit_event
from fhir.store import open_store
from fhir.store.tables import accounts
from plans.places import Role
from portal.actions.accounts import people_of
from tests.fhir.gp_records import bundle, concept, condition, entry, raw
from tests.portal.conftest import HOMES, MONDAY_9AM, NAMES, PASSWORD
from tests.portal.discharge_making import MESSAGE
from tests.portal.making import make_child, make_plan

HOME = HOMES[Role.CLINICIAN]
USERNAME, NAME, JOB = NAMES[Role.CLINICIAN]


class Leaves(StrEnum):
    """What the audit must have of a command."""

    CHILD = "an entry that names the child"
    ENTRY = "an entry about a list, a discharge of nobody known, an account, or the whole store"
    NOTHING = "nothing: it shows and changes no record"


@dataclass(frozen=True)
class Command:
    """A command; its words may name {plan}, a {record}, a {message} and a {new} file or folder."""

    words: str
    leaves: Leaves
    typed: str = ""

    def __str__(self) -> str:
        return self.words


ELSEWHERE_TOO = "--role hospital --code X99003"
COMMANDS = (
    Command("import {record} --json", Leaves.CHILD),
    Command("import {record} --today 2026-11-21", Leaves.CHILD),  # a second time: read, and nothing new
    Command("plans", Leaves.ENTRY),
    Command("figures --region", Leaves.ENTRY),
    Command("pdf {plan} --lang en -o {new}.pdf", Leaves.CHILD),
    Command("export {plan} -o {new}.json", Leaves.CHILD),
    Command("pdf {new}.json --lang en --copy school -o {new}.pdf", Leaves.NOTHING),
    Command("discharge {message}", Leaves.ENTRY),
    Command("alerts --now 2026-11-23T09:00+00:00", Leaves.ENTRY),
    Command("alerts --now 2026-11-23T09:00+00:00", Leaves.NOTHING),  # each is raised once
    Command("due 2026-11-27T18:30+00:00 --nation scotland", Leaves.NOTHING),
    Command("languages", Leaves.NOTHING),
    Command("user list", Leaves.NOTHING),
    Command(f"user place add {USERNAME} {ELSEWHERE_TOO} --job Registrar --organisation Ash", Leaves.ENTRY),
    Command(f"user place lead {USERNAME} {ELSEWHERE_TOO}", Leaves.ENTRY),
    Command(f"user place end {USERNAME} {ELSEWHERE_TOO}", Leaves.ENTRY),
    Command(f"user stop {USERNAME}", Leaves.ENTRY),
    Command("place add nursing-team Y99939 Nurses", Leaves.ENTRY),
    Command("place add school 123456 Oak", Leaves.ENTRY),
    Command("place nurses 123456 Y99939", Leaves.ENTRY),
    Command("place mailbox 123456 oak@example.org", Leaves.ENTRY),
    Command("place list", Leaves.NOTHING),
    Command("place import {places}", Leaves.ENTRY),
    Command("team list", Leaves.NOTHING),
    Command("team messages", Leaves.NOTHING),
    Command("team cover Y99939", Leaves.ENTRY),
    Command("backup {new}.sqlite", Leaves.ENTRY),
    Command("copy-store --to {new}", Leaves.ENTRY),
    Command("audit verify", Leaves.NOTHING),
)
ELSEWHERE = {
    "restore": "below, as the store of before is gone then",
    "user add": "the account of this test is made by it",
    "seed": "everybody in a demo is invented, and each is audited as what they are",
    "listen": "each message is in tests/portal/test_messages.py",
    "serve": "every address is in tests/portal/test_every_reading_is_audited.py",
}


def names(group=run.door, before=""):
    """Yield each command as it is typed."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from names(command, f"{before}{name} ")
        else:
            yield f"{before}{name}"


@pytest.fixture
def place(tmp_path, monkeypatch, database_url):
    """The folder of this test's store, and its address."""
    monkeypatch.setenv("PUFFIN_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(run, "now", lambda: datetime(2026, 11, 23, 12, tzinfo=UTC))
    return tmp_path / "data", database_url


@pytest.fixture
def call(place):
    def call_one(*words, typed=""):
        answer = CliRunner().invoke(run.door, [str(word) for word in words], input=typed)
        assert answer.exit_code == 0, (words, answer.output)

    return call_one


@pytest.fixture
def files(tmp_path, place, call):
    """Make an account, a child with a plan, and files; return what the words of a command stand for."""
    account = ["user", "add", USERNAME, "--name", NAME, "--role", "clinician", "--job", JOB]
    call(
        *account, "--password-stdin", "--code", HOME.code, "--organisation", HOME.name, typed=f"{PASSWORD}\n"
    )
    with closing(open_store(*place)) as store:
        (kept,) = store.search("Practitioner")
        person = _clinician(store, kept["id"])
        child = make_child(store, person)
        make_plan(store, child, person, at=MONDAY_9AM)
        plan = kept_plans.live_plan(store, child.id)
    (tmp_path / "record.json").write_bytes(raw(bundle(entry(condition(concept("195967001"))))))
    (tmp_path / "places.csv").write_text("kind,code,name\npharmacy,Y99938,Ash\n", encoding="utf-8")
    (tmp_path / "message.hl7").write_bytes(MESSAGE.replace(b"9991230041", b"9990000026"))
    made = {
        "places": tmp_path / "places.csv",
        "record": tmp_path / "record.json",
        "message": tmp_path / "message.hl7",
        "new": tmp_path / "new",
    }
    return made | {"plan": plan.id, "places": tmp_path / "places.csv"}


def _clinician(store, practitioner_id):
    found = (one for one in accounts.all_accounts(store) if one.practitioner_id == practitioner_id)
    return people_of(store, next(found).id)[0]


def written(place, after=0):
    """Return the audit entries after a number, and the number of the last."""
    with closing(open_store(*place)) as store:
        rows = store.db.execute(
            "SELECT r.key, v.text FROM resources AS r JOIN versions AS v ON v.resource = r.key"
            " WHERE r.type = 'AuditEvent' AND r.key > ? ORDER BY r.key",
            (after,),
        ).fetchall()
    return [from_audit_event(json.loads(text)) for _number, text in rows], rows[-1][0] if rows else after


def test_each_command_that_reads_or_changes_a_record_is_audited(place, call, files):
    lacking, (_before, last) = {}, written(place)
    for command in COMMANDS:
        call(*(word.format(**files) for word in command.words.split()), typed=command.typed)
        new, last = written(place, last)
        fits = {
            Leaves.CHILD: any(entry.child for entry in new),
            Leaves.ENTRY: bool(new),
            Leaves.NOTHING: not new,
        }
        if not fits[command.leaves]:
            lacking[str(command)] = f"not {command.leaves}"

    assert lacking == {}


@pytest.mark.parametrize("engine", ["sqlite"])  # what is restored on the other one goes into a new store
def test_a_backup_that_was_put_back_says_so(place, call, files, tmp_path):
    call("backup", tmp_path / "copy")
    call("restore", tmp_path / "copy")

    details = [entry.detail for entry in written(place)[0]]
    assert details[-2:] == ["copy the whole store: a backup", "put a backup in the place of the store"]


def test_every_command_is_called_here_or_said_to_be_elsewhere():
    called = {name for name in names() for one in COMMANDS if f"{one.words} ".startswith(f"{name} ")}

    assert called | set(ELSEWHERE) == set(names())
    assert not called & set(ELSEWHERE)
