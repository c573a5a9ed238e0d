"""The commands on every case record and discharge, compared with what their authors concluded."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

import run
from portal.commands.saying import as_line

CASES = Path(__file__).resolve().parents[3].parent / "shared" / "cases"
EXPECTED = json.loads((CASES / "expected.json").read_text(encoding="utf-8"))
FILES = EXPECTED["files"]
RECORDS = [name for name in FILES if "counts" in FILES[name] or name.startswith("synthea/")]
DISCHARGES = [name for name in FILES if name.startswith(("discharge-", "adt-"))]
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
STATES = {
    "discharge-1-friday.json": "started",
    "discharge-2-ed-sunday.json": "started",
    "adt-1-a03-friday-1830.hl7": "already-known",
    "adt-2-a03-christmas-eve.hl7": "started",
    "adt-3-a13-cancel-discharge.hl7": "cancelled",
    "adt-4-a08-update.hl7": "already-known",
    "adt-5-a03-not-asthma.hl7": "not-asthma",
}


def door(folder, *words):
    """Call a command on the store of this folder; return its lines, each an object, once it is done."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "now", lambda: NOON)
        result = CliRunner(env={"PUFFIN_DATA": str(folder), "PUFFIN_DATABASE_URL": ""}).invoke(
            run.door, [*words, "--json"]
        )
    assert result.exit_code == 0, result.stderr
    said = [json.loads(line) for line in result.stdout.splitlines()]
    assert [as_line(one) for one in said] == result.stdout.splitlines()
    return said


def bring_in(folder):
    return door(folder, "import", *(str(CASES / name) for name in RECORDS), "--today", EXPECTED["today"])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def imported(folder):
    """What the import of every record says, by the name of its file."""
    return dict(zip(RECORDS, bring_in(folder), strict=True))


@pytest.fixture(scope="module")
def discharged(folder, imported):
    """What each discharge comes to after the records, in the order of the files."""
    return {name: door(folder, "discharge", str(CASES / name))[0] for name in DISCHARGES}


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_comes_to_what_its_authors_concluded(imported, name):
    said, expected = imported[name], FILES[name]

    assert said["file"] == Path(name).name
    assert sum(said["used"].values()) + sum(said["ignored"].values()) == expected["resources"]
    if "counts" in expected:
        assert said["counts"] == {key: low for key, (low, _high) in expected["counts"].items()}
        assert said["signals"] == sorted(one.partition(" ")[0] for one in expected["signals"])
        assert said["checks"] == sorted(expected["checks"])


def test_the_same_records_again_say_the_same_and_add_nobody(folder, imported):
    assert bring_in(folder) == list(imported.values())
    assert len({one["child"] for one in imported.values()}) == len(RECORDS)


@pytest.mark.parametrize("name", DISCHARGES)
def test_a_discharge_comes_to_what_its_authors_concluded(discharged, name):
    said, expected = discharged[name], FILES[name]
    has_clock = STATES[name] == "started" or name.startswith("adt-1")

    assert said["state"] == STATES[name]
    assert said["child"]
    assert (said["discharged"], said["due"], said["hours_48"]) == (
        (expected["discharged"], expected["due"], expected["plus_48h"]) if has_clock else (None, None, None)
    )


@pytest.mark.parametrize("name", [name for name in DISCHARGES if STATES[name] != "cancelled"])
def test_without_the_record_a_discharge_waits_with_its_clock(tmp_path, name):
    (said,) = door(tmp_path, "discharge", str(CASES / name))

    expected = FILES[name]
    is_for_asthma = expected["asthma"]
    has_clock = is_for_asthma and expected.get("event") != "A08"
    assert said["state"] == ("unmatched" if is_for_asthma else "not-asthma")
    assert said["child"] is None
    assert said["due"] == (expected["due"] if has_clock else None)


def test_the_records_bring_the_discharges_that_waited_to_their_children(tmp_path):
    door(tmp_path, "discharge", str(CASES / "discharge-2-ed-sunday.json"))
    door(tmp_path, "import", str(CASES / "f-somali-9-reliever-only.json"))

    door(tmp_path, "alerts", "--now", "2026-11-16T12:00+00:00")

    (again,) = door(tmp_path, "discharge", str(CASES / "discharge-2-ed-sunday.json"))
    assert (again["state"], again["due"]) == ("already-known", "2026-11-17")
    assert again["child"]
