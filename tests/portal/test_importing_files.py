"""What is handed over is found whole, by name, and never held whole in memory."""

import gzip
import json

import pytest

from fhir.intake.errors import FileNotThere, FileTooBig, NotJson
from portal.actions.importing import files as importing_files
from portal.actions.importing.files import CutOff, NoRecordInFolder, handed_over

RECORD = json.dumps({"resourceType": "Bundle"}).encode()


@pytest.fixture
def put(tmp_path):
    """Put a file into the hand-over and return its path."""

    def make(name, content=RECORD):
        path = tmp_path / "all" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    return make


def names(given):
    return [found.name for found in given]


def test_a_named_file_is_a_record_whatever_its_name(put):
    given = handed_over([put("letter"), put("a.json")])

    assert [(found.name, found.raw) for found in given] == [("letter", RECORD), ("a.json", RECORD)]
    assert given.left_alone == ()


def test_a_folder_gives_all_that_is_named_like_a_record_in_order_and_says_what_it_leaves(put, tmp_path):
    for name in ("b/2.json", "b/10.JSON.GZ", "a.json", "lines.ndjson", "README.txt", "b/.gitignore"):
        put(name)

    given = handed_over([tmp_path / "all"])

    assert names(given) == ["a.json", "b/10.JSON.GZ", "b/2.json", "lines.ndjson line 1"]
    assert given.left_alone == ("README.txt", "b/.gitignore")


def test_a_folder_without_a_record_is_refused_by_name(put, tmp_path):
    put("README.txt")

    (found,) = handed_over([tmp_path / "all"])

    assert (found.name, type(found.refusal)) == ("all", NoRecordInFolder)


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "packed"])
def test_each_line_that_says_something_is_a_record_by_its_number(put, pack):
    suffix = ".gz" if pack is gzip.compress else ""
    given = handed_over([put(f"gp.ndjson{suffix}", pack(b'{"a":1}\n\n \r\n{"b":2}\r\n{"c":3}'))])

    assert [(found.name.rpartition(" ")[2], json.loads(found.raw)) for found in given] == [
        ("1", {"a": 1}),
        ("4", {"b": 2}),
        ("5", {"c": 3}),
    ]


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "packed"])
def test_a_line_that_is_too_long_is_refused_alone(put, monkeypatch, pack):
    monkeypatch.setattr(importing_files, "LONGEST", 20)
    suffix = ".gz" if pack is gzip.compress else ""
    given = handed_over([put(f"gp.ndjson{suffix}", pack(b'{"a":1}\n' + b"x" * 95 + b'\n{"b":2}\n'))])

    first, second, third = given

    assert (first.refusal, third.refusal) == (None, None)
    assert (second.name, type(second.refusal), second.raw) == (
        f"gp.ndjson{suffix} line 2",
        FileTooBig,
        b"",
    )


def test_a_file_that_is_too_big_is_refused_before_it_is_held(put, monkeypatch):
    monkeypatch.setattr(importing_files, "LONGEST", 10)

    (found,) = handed_over([put("a.json")])

    assert (type(found.refusal), found.raw) == (FileTooBig, b"")


def test_a_packed_file_that_is_cut_off_gives_the_lines_before_and_says_where_it_ends(put):
    lines = b"".join(b'{"a":"%064d"}\n' % number for number in range(2000))
    whole = gzip.compress(lines)

    *read, last = handed_over([put("gp.ndjson.gz", whole[: len(whole) // 2])])

    assert len(read) > 100
    assert (last.name, type(last.refusal)) == (f"gp.ndjson.gz after line {len(read)}", CutOff)


def test_a_file_that_is_packed_only_by_its_name_is_refused(put):
    (found,) = handed_over([put("gp.ndjson.gz")])

    assert type(found.refusal) is NotJson


@pytest.mark.parametrize("name", ["a.json", "a.ndjson"])
def test_a_file_that_went_while_others_were_read_is_refused_by_name(put, name):
    given = handed_over([put(name)])
    put(name).unlink()

    (found,) = given

    assert (found.name, type(found.refusal)) == (name, FileNotThere)


def test_how_far_the_hand_over_is_read_ends_at_its_size(put):
    given = handed_over([put("a.json"), put("b.ndjson", RECORD + b"\n" + RECORD + b"\n")])

    upto = [found.upto for found in given]

    assert upto == sorted(upto)
    assert upto[-1] == given.bytes == 3 * len(RECORD) + 2


@pytest.mark.parametrize(
    ("files", "is_small"),
    [(["a.json"], True), (["a.ndjson"], False), ([f"{n}.json" for n in range(21)], False)],
)
def test_only_a_few_records_in_files_of_their_own_are_told_of_one_by_one(put, files, is_small):
    assert handed_over([put(name) for name in files]).is_small is is_small
