"""Files at the door: what cannot be used is refused in one line, by name, and leaves nothing behind."""

import gzip
import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

import run
from portal.commands.saying import as_line
from tests.fhir.gp_records import CHILD, PRACTICE, bundle, concept, condition, encounter, entry, raw
from tests.portal.conftest import open_as_commands_do
from tests.portal.discharge_making import MESSAGE

RECORD = raw(bundle(entry(condition(concept("195967001"))), entry({"resourceType": "Claim"})))
PERIOD = ("2026-11-17T23:05:00+00:00", "2026-11-20T18:30:00+00:00")
DISCHARGE = raw(bundle(entry(encounter("IMP", *PERIOD, concept("708038006")))))
NUMBER, WRONG_NUMBER = b"9991230041", b"9991230042"

NO_BUNDLE = {
    "an empty file": b"",
    "a letter": b"Dear Dr Lee",
    "JSON that is not FHIR": b'{"hello": 1}',
    "a list": b"[]",
    "no more than a child": raw({"resourceType": "Patient"}),
    "bytes of no text": bytes(range(256)),
    "letters of another kind": RECORD.decode().replace("Robin", "Ren\xe9").encode("latin-1"),
    "a NUL": RECORD.replace(b"Robin", b"Ro\\u0000bin"),
    "half a file": RECORD[: len(RECORD) // 2],
    "half a packed file": gzip.compress(RECORD)[:200],
    "21 MB": RECORD + b" " * 21_000_000,
    "21 MB once it is unpacked": gzip.compress(RECORD + b" " * 21_000_000),
    "deeper than any record": b"[" * 100_000 + b"]" * 100_000,
    "a wrong check digit": RECORD.replace(NUMBER, WRONG_NUMBER),
    "a reference that leads nowhere": RECORD.replace(
        f'"fullUrl": "{PRACTICE}"'.encode(), b'"fullUrl": "urn:x"'
    ),
    "nobody": raw({"resourceType": "Bundle", "type": "collection"}),
    "two children": raw(bundle({"fullUrl": CHILD[:-1] + "0", "resource": bundle()["entry"][0]["resource"]})),
}
NO_MESSAGE = {
    "a message that is cut off": MESSAGE[:20],
    "about something else": MESSAGE.replace(b"ADT^A03", b"ORU^R01"),
    "an admission": MESSAGE.replace(b"A03", b"A01"),
    "a wrong check digit in a message": MESSAGE.replace(NUMBER, WRONG_NUMBER),
    "two messages": MESSAGE + MESSAGE,
    "letters that the message does not name": MESSAGE.replace(b"Robin", b"Ren\xe9"),
    "a NUL in a message": MESSAGE.replace(b"Robin", b"Ro\x00bin"),
    "a message that names nobody": b"\r".join(
        one for one in MESSAGE.split(b"\r") if not one.startswith(b"PID")
    ),
    "no visit": RECORD,
}


@pytest.fixture
def door(tmp_path, monkeypatch):
    """Call a command on files of these contents; its result has exit_code, stdout and stderr."""
    monkeypatch.setenv("PUFFIN_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(run, "now", lambda: datetime(2026, 11, 21, 12, tzinfo=UTC))

    def call(command, *contents, options=()):
        files = [tmp_path / f"file-{number}" for number in range(len(contents))]
        for file, content in zip(files, contents, strict=True):
            file.write_bytes(content)
        return CliRunner().invoke(run.door, [command, *map(str, files), "--json", *options])

    return call


@pytest.fixture
def everything(tmp_path):
    """Return how many resources, messages and marks of what was imported there are."""

    def count():
        store = open_as_commands_do(tmp_path / "data")
        tables = ("resources", "versions", "incoming", "imported")
        counts = [store.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]  # noqa: S608
        store.close()
        return counts

    return count


@pytest.mark.parametrize("content", NO_BUNDLE.values(), ids=NO_BUNDLE)
def test_a_record_that_cannot_be_used_is_refused_in_one_line_by_name(door, everything, content):
    before = everything()

    result = door("import", content)

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("file-0: ")
    assert result.stderr.count("\n") == 1
    assert "Robin" not in result.stderr
    assert everything() == before


@pytest.mark.parametrize("content", (NO_BUNDLE | NO_MESSAGE).values(), ids=NO_BUNDLE | NO_MESSAGE)
def test_a_discharge_that_cannot_be_used_is_refused_in_one_line(door, everything, content):
    before = everything()

    result = door("discharge", content)

    (line,) = result.stdout.splitlines()
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert json.loads(line)["state"] == "refused"
    assert "Robin" not in result.stderr
    assert everything() == before


def test_one_file_that_is_refused_keeps_no_other_out(door):
    result = door("import", b"Dear Dr Lee", RECORD, options=["--today", "2026-11-21"])

    (line,) = result.stdout.splitlines()
    said = json.loads(line)
    assert result.exit_code == 1
    assert list(said) == ["file", "child", "used", "ignored", "doubtful", "counts", "signals", "checks"]
    assert (said["file"], said["ignored"]) == ("file-1", {"Claim": 1})
    assert line == as_line(said)


@pytest.mark.parametrize(
    "content", [RECORD, gzip.compress(RECORD), b"\xef\xbb\xbf" + RECORD], ids=["plain", "packed", "marked"]
)
def test_a_record_is_read_packed_or_not_and_only_once(door, everything, content):
    first, before = door("import", content), everything()

    again = door("import", content)

    assert (first.exit_code, again.exit_code) == (0, 0)
    assert first.stdout == again.stdout
    assert everything() == [before[0] + 1, before[1] + 1, *before[2:]]  # that it was read again


@pytest.mark.parametrize("content", [MESSAGE, MESSAGE.replace(b"\r", b"\n"), DISCHARGE])
def test_a_discharge_of_an_unknown_child_waits_with_its_clock_and_is_no_refusal(door, content):
    result = door("discharge", content)

    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "file": "file-0",
        "child": None,
        "discharged": "2026-11-20T18:30:00+00:00",
        "due": "2026-11-24",
        "hours_48": "2026-11-22T18:30:00+00:00",
        "state": "unmatched",
    }


def test_a_cancellation_alone_is_kept_and_starts_nothing(door, everything):
    result = door("discharge", MESSAGE.replace(b"A03", b"A13").replace(b"20261120183000", b""))

    said = json.loads(result.stdout)
    assert (result.exit_code, said["state"], said["due"]) == (0, "unmatched", None)
    assert everything()[2] == 1
