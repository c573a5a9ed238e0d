"""The commands `discharge` and `alerts` on files as hospitals send them."""

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

import run
from fhir.store.tables import marks
from tests.portal.conftest import open_as_commands_do
from tests.portal.discharge_making import SATURDAY

SEGMENTS = (
    r"MSH|^~\&|WARD|X99003|SHARED|X99001|20261120184210||ADT^{event}|C1|P|2.4||||||UNICODE UTF-8",
    "EVN|{event}|20261120184210||||20261120183000",
    "PID|1||{number}^^^NHS^NH||Test^Amina^^^^^L||20180501|F",
    "PD1|||Elm Surgery^^X99001",
    "PV1|1|I|W^1^1^X99003||||||||||||||||ASH-1|||||||||||||||||||||||||20261117230500|{left}",
    "DG1|1||{diagnosis}^^I10|||F",
)
FRIDAY = "20261120183000"


@pytest.fixture
def door(tmp_path, monkeypatch):
    """Call a command on the store in tmp_path/data on Saturday morning."""
    monkeypatch.setenv("PUFFIN_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(run, "now", lambda: SATURDAY)
    return lambda *arguments: CliRunner().invoke(run.door, [str(one) for one in arguments])


@pytest.fixture
def message(tmp_path):
    """Write an ADT message as a hospital sends it; name only what your test is about."""

    def write(event="A03", number="9990000018", left=FRIDAY, diagnosis="J459"):
        file = tmp_path / f"{event}.hl7"
        lines = [line.format(event=event, number=number, left=left, diagnosis=diagnosis) for line in SEGMENTS]
        file.write_text("\r".join(lines), encoding="utf-8", newline="")
        return file

    return write


def objects(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_discharge_of_an_unknown_child_is_kept_with_its_clock_and_is_no_failure(door, message):
    result = door("discharge", message(), "--json")

    assert result.exit_code == 0
    assert objects(result) == [
        {
            "file": "A03.hl7",
            "child": None,
            "discharged": "2026-11-20T18:30:00+00:00",
            "due": "2026-11-24",
            "hours_48": "2026-11-22T18:30:00+00:00",
            "state": "unmatched",
        }
    ]
    assert "24 November 2026" in result.stderr


@pytest.mark.parametrize(
    ("event", "left", "diagnosis", "state"),
    [
        ("A13", "", "J459", "unmatched"),
        ("A08", FRIDAY, "J459", "unmatched"),
        ("A03", FRIDAY, "S525", "not-asthma"),
    ],
)
def test_what_starts_no_clock_says_so_and_is_no_failure(door, message, event, left, diagnosis, state):
    result = door("discharge", message(event, left=left, diagnosis=diagnosis), "--json")

    assert result.exit_code == 0
    assert [(one["state"], one["due"], one["hours_48"]) for one in objects(result)] == [(state, None, None)]


@pytest.mark.parametrize(
    ("event", "number", "says"),
    [("A03", "9990000019", "NHS number"), ("A01", "9990000018", "not about a discharge")],
)
def test_what_cannot_be_used_is_refused_in_one_line_and_keeps_nothing(
    door, message, tmp_path, event, number, says
):
    result = door("discharge", message(event, number), "--json")

    assert result.exit_code == 1
    assert [one["state"] for one in objects(result)] == ["refused"]
    assert says in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_alerts_are_objects_once_each_and_a_day_to_come_is_for_the_demo(door, message, tmp_path):
    door("discharge", message())
    assert objects(door("alerts", "--now", "2026-11-20T19:00+00:00")) == []
    refused = door("alerts", "--now", "2026-12-02T09:00+00:00")
    assert (refused.exit_code, refused.stdout) == (1, "")

    store = open_as_commands_do(tmp_path / "data")
    with store.write(by="system", at=datetime.now(UTC)) as write:
        marks.put(write, marks.DEMO, "yes")
    store.close()
    first, second = (door("alerts", "--now", "2026-12-02T09:00+00:00") for _ in range(2))

    assert [list(one) for one in objects(first)] == [["id", "child", "rung", "owner", "due", "about"]] * 8
    assert {one["owner"] for one in objects(first)} == {"Hospital X99003"}
    assert objects(second) == []
