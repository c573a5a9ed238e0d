"""The command line: one door, one line for a refusal, and standard output for what was asked for."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import run
from fhir.store.tables import accounts
from portal.commands.saying import as_line
from tests.portal.conftest import PASSWORD, on_the_embedded_engine, open_as_commands_do
from tests.portal.discharge_making import MESSAGE

ROOT = Path(__file__).resolve().parents[2]
ADD = [
    "user",
    "add",
    "dr.lee",
    "--name",
    "Dr Ada Lee",
    "--role",
    "clinician",
    "--job",
    "GP",
    "--password-stdin",
]
ELM = ["--code", "X99001", "--organisation", "Elm Surgery"]


@pytest.fixture
def door(tmp_path, monkeypatch):
    """Call a command on the store in tmp_path/data; its result has exit_code, stdout and stderr."""
    monkeypatch.setenv("PUFFIN_DATA", str(tmp_path / "data"))

    def call(*arguments, typed=""):
        return CliRunner().invoke(run.door, [str(one) for one in arguments], input=typed)

    return call


def usernames(folder):
    store = open_as_commands_do(folder)
    found = [account.username for account in accounts.all_accounts(store)]
    store.close()
    return found


def commands(group=run.door):
    for command in group.commands.values():
        yield from commands(command) if isinstance(command, click.Group) else [command]


def test_every_command_says_what_it_does():
    assert [command.name for command in commands() if not (command.help or "").rstrip().endswith(".")] == []


def test_the_list_of_commands_cuts_no_sentence_off(door):
    _usage, *lines = door("--help").stdout.splitlines()

    assert [line for line in lines if line.endswith("...")] == []


def test_help_is_in_plain_words(door):
    for command in commands():
        words = set(re.findall(r"[a-z]+", command.help.lower()))
        assert words.isdisjoint({"rung", "sweep", "queue", "outbox", "worker", "catalogue", "gunicorn"}), (
            command.name
        )


def test_every_option_says_what_it_is_for():
    options = [one for command in commands() for one in command.params if isinstance(one, click.Option)]

    assert [one.name for one in options if not one.help] == []


def test_every_command_of_the_design_is_there():
    assert set(run.door.commands) >= {
        *("serve", "seed", "user", "import", "plans", "pdf", "export", "discharge", "due", "alerts"),
        *("languages", "backup", "restore"),
    }


@pytest.mark.parametrize(
    ("discharged", "nation", "due", "hours_48"),
    [
        pytest.param(
            "2026-11-27T18:30+00:00",
            "england-and-wales",
            "2026-12-01",
            "2026-11-29T18:30+00:00",
            id="a Friday evening: Monday, Tuesday",
        ),
        pytest.param(
            "2026-11-27T18:30+00:00",
            "scotland",
            "2026-12-02",
            "2026-11-29T18:30+00:00",
            id="St Andrew's Day is not counted in Scotland",
        ),
        pytest.param(
            "2026-12-24T18:00+00:00",
            "england-and-wales",
            "2026-12-30",
            "2026-12-26T18:00+00:00",
            id="Christmas Eve: Friday and Monday are holidays",
        ),
        pytest.param(
            "2026-12-30T12:00+00:00",
            "scotland",
            "2027-01-05",
            "2027-01-01T12:00+00:00",
            id="the second of January is a holiday in Scotland, and here a Saturday",
        ),
        pytest.param(
            "2026-12-30T12:00+00:00",
            "northern-ireland",
            "2027-01-04",
            "2027-01-01T12:00+00:00",
            id="and not in Northern Ireland",
        ),
        pytest.param(
            "2026-10-24T12:00+01:00",
            "england-and-wales",
            "2026-10-27",
            "2026-10-26T11:00+00:00",
            id="48 real hours while the clocks go back",
        ),
        pytest.param(
            "2026-07-31T23:30Z",
            "england-and-wales",
            "2026-08-04",
            "2026-08-03T00:30+01:00",
            id="after midnight in the UK: Saturday",
        ),
    ],
)
def test_due_says_the_day_and_below_it_the_48_hours(door, discharged, nation, due, hours_48):
    result = door("due", discharged, "--nation", nation)

    assert (result.exit_code, result.stdout) == (0, f"{due}\n{hours_48}\n")


def test_due_needs_no_store(door, tmp_path):
    door("due", "2026-11-27T18:30+00:00", "--nation", "scotland")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        pytest.param(
            ["due", "2026-11-27T18:30", "--nation", "scotland"], 1, id="a time without its timezone"
        ),
        pytest.param(
            ["due", "2099-11-27T18:30+00:00", "--nation", "scotland"], 1, id="past the holidays known"
        ),
        pytest.param(["due", "9999-12-31T23:59-10:00", "--nation", "scotland"], 1, id="past every calendar"),
        pytest.param(["alerts", "--now", "2026-11-27T18:30"], 1, id="a sweep without its timezone"),
        pytest.param(["alerts", "--now", "2099-11-27T18:30Z"], 1, id="the future of real people"),
        pytest.param(["user", "stop", "nobody"], 1, id="somebody unknown"),
        pytest.param(["pdf", "nothing", "--lang", "ur", "-o", "x.pdf"], 1, id="no such plan to print"),
        pytest.param(["export", "nothing", "-o", "x.json"], 1, id="no such plan to export"),
        pytest.param(["backup", "nowhere/copy"], 1, id="a folder that is not there"),
        pytest.param(["serve"], 1, id="no secret to serve real people with"),
        pytest.param(["due", "yesterday", "--nation", "scotland"], 2, id="no time at all"),
        pytest.param(["due", "2026-11-27T18:30+00:00", "--nation", "france"], 2, id="no nation of the UK"),
        pytest.param(["dance"], 2, id="no such command"),
        pytest.param(["restore", "not-there"], 2, id="no such file"),
        pytest.param(["import"], 2, id="nothing to import"),
        pytest.param(["import", "nowhere"], 2, id="no such record"),
        pytest.param(["discharge", "a.hl7", "b.hl7"], 2, id="two discharges"),
        pytest.param(["import", "--today", "today", "a.json"], 2, id="no day"),
        pytest.param(["alerts", "--now", "noon"], 2, id="no moment"),
        pytest.param(["pdf", "a", "--lang", "ur", "--copy", "aunt", "-o", "b"], 2, id="no such copy"),
        pytest.param(["serve", "--port", "0"], 2, id="no such port"),
    ],
)
def test_a_refusal_is_1_and_wrong_usage_is_2(door, arguments, status, monkeypatch):
    monkeypatch.delenv("PUFFIN_SECRET_KEY", raising=False)
    result = door(*arguments)

    assert (result.exit_code, result.stdout) == (status, "")
    assert result.stderr
    assert status == 2 or result.stderr.count("\n") == 1


@on_the_embedded_engine
def test_what_was_backed_up_comes_back(door, tmp_path):
    door(*ADD, *ELM, typed=f"{PASSWORD}\n")
    assert door("backup", tmp_path / "copy").exit_code == 0
    door(*[word.replace("dr.lee", "dr.oak") for word in ADD], *ELM, typed=f"{PASSWORD}\n")
    assert usernames(tmp_path / "data") == ["dr.lee", "dr.oak"]

    assert door("restore", tmp_path / "copy").exit_code == 0

    assert usernames(tmp_path / "data") == ["dr.lee"]


def test_a_file_that_is_no_copy_of_a_store_is_refused(door, tmp_path):
    (tmp_path / "letter.txt").write_text("Dear Dr Lee")

    result = door("restore", tmp_path / "letter.txt")

    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / "data" / "puffin.sqlite").exists()


@on_the_embedded_engine
def test_a_place_that_cannot_be_written_to_is_refused_in_one_line(door, tmp_path):
    (tmp_path / "data").write_text("a file where the folder should be")

    result = door("user", "list")

    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1


@on_the_embedded_engine
def test_a_damaged_store_is_refused_in_one_line(door, tmp_path):
    door("plans")
    (tmp_path / "data" / "puffin.sqlite").write_text("Dear Dr Lee")

    result = door("plans")

    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert "damaged" in result.stderr


def test_a_disk_that_fails_is_said_in_one_line(door, monkeypatch):
    def fail(*_, **__):
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr("portal.actions.plan_list.all_plans", fail)

    result = door("plans")

    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert "has room" in result.stderr


def test_a_password_that_is_no_text_is_refused(door):
    result = CliRunner().invoke(run.door, [*ADD, *ELM], input=b"\xff\xfe elm and oak and ash\n")

    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "UTF-8" in result.stderr


@pytest.mark.parametrize("option", ["--name", "--job", "--organisation", "--phone"])
def test_what_is_printed_is_printable(door, tmp_path, option):
    result = door(*ADD, *ELM, option, "Elm\x01", typed=f"{PASSWORD}\n")

    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "letters" in result.stderr
    assert usernames(tmp_path / "data") == []


def test_a_reader_who_has_seen_enough_is_no_fault(tmp_path):
    env = os.environ | {"PUFFIN_DATA": str(tmp_path)}
    command = [sys.executable, str(ROOT / "run.py"), "languages"]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == b""


@on_the_embedded_engine
def test_any_folder_will_do_to_stand_in_and_the_data_are_found_from_there(tmp_path):
    (tmp_path / "here").mkdir()
    env = os.environ | {"PUFFIN_DATA": "my-data"}
    command = [sys.executable, str(ROOT / "run.py"), "plans", "--json"]

    done = subprocess.run(command, cwd=tmp_path / "here", env=env, capture_output=True, check=True)

    assert (done.stdout, done.stderr) == (b"", b"")
    assert (tmp_path / "here" / "my-data" / "puffin.sqlite").exists()


def test_alerts_says_one_object_a_line_and_counts_for_people(door, tmp_path, monkeypatch):
    monkeypatch.setattr(run, "now", lambda: datetime(2026, 11, 22, 12, tzinfo=UTC))
    (tmp_path / "a.hl7").write_bytes(MESSAGE)
    door("discharge", tmp_path / "a.hl7")

    first, again = door("alerts", "--now", "2026-11-22T10:00+00:00"), door("alerts")

    (line,) = first.stdout.splitlines()
    assert list(json.loads(line)) == ["id", "child", "rung", "owner", "due", "about"]
    assert line == as_line(json.loads(line))
    assert first.stderr == "1 new alert. `serve` sends what is new.\n"
    assert (again.exit_code, again.stdout) == (0, "")
    assert again.stderr == "0 new alerts. `serve` sends what is new.\n"


def test_the_demo_can_be_added_again_without_doubling(door, tmp_path):
    first = door("seed")
    people = usernames(tmp_path / "data")

    assert (first.exit_code, first.stdout) == (0, "")
    assert door("seed").exit_code == 0
    assert usernames(tmp_path / "data") == people


def test_the_demo_is_not_added_beside_real_people(door):
    door(*ADD, *ELM, typed=f"{PASSWORD}\n")

    result = door("seed")

    assert result.exit_code == 1
    assert "real accounts" in result.stderr
