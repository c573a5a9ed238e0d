"""The command line: one door, one line for a refusal, and standard output for what was asked for."""

import click
import pytest
from click.testing import CliRunner

import run
from fhir.store import accounts, open_store
from tests.portal.conftest import PASSWORD

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
    store = open_store(folder)
    found = [account.username for account in accounts.all_accounts(store)]
    store.close()
    return found


def commands(group=run.door):
    for command in group.commands.values():
        yield from commands(command) if isinstance(command, click.Group) else [command]


def test_every_command_says_what_it_does():
    assert [command.name for command in commands() if not (command.help or "").endswith(".")] == []


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
        pytest.param(["user", "stop", "nobody"], 1, id="somebody unknown"),
        pytest.param(["due", "yesterday", "--nation", "scotland"], 2, id="no time at all"),
        pytest.param(["due", "2026-11-27T18:30+00:00", "--nation", "france"], 2, id="no nation of the UK"),
        pytest.param(["dance"], 2, id="no such command"),
        pytest.param(["restore", "not-there"], 2, id="no such file"),
    ],
)
def test_a_refusal_is_1_and_wrong_usage_is_2(door, arguments, status):
    result = door(*arguments)

    assert (result.exit_code, result.stdout) == (status, "")
    assert result.stderr
    assert status == 2 or result.stderr.count("\n") == 1


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


def test_a_place_that_cannot_be_written_to_is_refused_in_one_line(door, tmp_path):
    (tmp_path / "data").write_text("a file where the folder should be")

    result = door("user", "list")

    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1


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
