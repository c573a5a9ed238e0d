"""MLLP: blocks out of bytes, however these are split, and the answer to a message however it is broken."""

from datetime import UTC, datetime

import pytest

from fhir.intake.acknowledgement import Code, acknowledgement, read_header
from fhir.intake.hl7_text import LONGEST
from fhir.intake.mllp import KEPT_OF_TOO_LONG, Block, Blocks, Fault, framed

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ONE, TWO = b"MSH|^~\\&|WARD|RZZ09|\rPID|1\r", b"MSH|^~\\&|WARD|RZZ09|\rPID|2\r"


def blocks(*pieces):
    """Return what these pieces of one connection hold, and what its end adds."""
    found = Blocks()
    return [block for piece in pieces for block in found.feed(piece)] + list(found.end())


def test_messages_are_found_in_whatever_place_their_bytes_are_split():
    wire = framed(ONE) + framed(TWO)

    for at in range(len(wire) + 1):
        assert blocks(wire[:at], wire[at:]) == [Block(ONE), Block(TWO)]
    assert blocks(*(wire[at : at + 1] for at in range(len(wire)))) == [Block(ONE), Block(TWO)]


@pytest.mark.parametrize(
    ("wire", "expected"),
    [
        pytest.param(b"\r\nhello" + framed(ONE), [Block(ONE)], id="junk before the start"),
        pytest.param(framed(ONE)[:-1] + framed(TWO), [Block(ONE), Block(TWO)], id="no CR after the end"),
        pytest.param(framed(ONE)[:-1], [Block(ONE)], id="no CR after the last end"),
        pytest.param(framed(ONE)[:-1] + b"\n" + framed(TWO), [Block(ONE), Block(TWO)], id="LF for CR"),
        pytest.param(
            framed(ONE[:9] + b"\x1c" + ONE[9:]),
            [Block(ONE[:9] + b"\x1c" + ONE[9:])],
            id="the mark of the end in the middle",
        ),
        pytest.param(b"\x0b" + ONE + framed(TWO), [Block(ONE, Fault.CUT_OFF), Block(TWO)], id="no end mark"),
        pytest.param(b"\x0b" + ONE, [Block(ONE, Fault.CUT_OFF)], id="the connection ends in the middle"),
        pytest.param(b"\x0b\x1c\r" + framed(ONE), [Block(ONE)], id="an empty block"),
        pytest.param(b"\x0b", [], id="a start and nothing else"),
        pytest.param(b"GET / HTTP/1.1\r\n\r\n", [], id="no block at all"),
    ],
)
def test_what_is_amiss_with_one_block_does_not_harm_the_next(wire, expected):
    assert blocks(wire) == expected


def test_of_a_block_that_never_ends_the_beginning_is_kept_and_the_rest_is_not_read():
    endless = Blocks()
    (found,) = endless.feed(b"\x0b" + b"A" * (LONGEST + 1) + framed(ONE))

    assert (found.fault, len(found.raw)) == (Fault.TOO_LONG, KEPT_OF_TOO_LONG)


@pytest.mark.parametrize(
    ("code", "said", "msa"),
    [
        (Code.ACCEPTED, "", "MSA|AA|C0001|"),
        (Code.ERROR, "Ask | again.", "MSA|AE|C0001|Ask  again."),
    ],
)
def test_the_answer_goes_back_to_its_sender_about_that_message(code, said, msa):
    header = read_header(b"MSH|^~\\&|WARD|RZZ09|PUFFIN|Y99909|20261120||ADT^A03^ADT_A03|C0001|P|2.4\rPID|1")

    first, second, rest = acknowledgement(header, code, said, NOON).decode().split("\r")

    assert first.split("|")[:6] == ["MSH", "^~\\&", "PUFFIN", "Y99909", "WARD", "RZZ09"]
    assert first.split("|")[8:] == ["ACK^A03", "20261123120000C0001"[-20:], "P", "2.4"]
    assert (second, rest) == (msa, "")


@pytest.mark.parametrize(
    "raw", [b"", b"MSH", b"MSH|", b"PID|1", b"MSHabcdef", b"MSH|||||x", bytes(range(256))]
)
def test_what_has_no_header_is_answered_as_nobodys(raw):
    assert read_header(raw) is None
    assert b"MSA|AR||Why" in acknowledgement(None, Code.REJECTED, "Why", NOON)


def test_a_header_can_neither_break_the_frame_nor_the_lines_of_the_answer():
    header = read_header(b"MSH|^~\\&|W\x1c\x0b\nARD|RZZ09|" + b"L" * 9999)

    assert acknowledgement(header, Code.ERROR, "Why", NOON).count(b"\r") == 2
    assert not any(
        mark in acknowledgement(header, Code.ERROR, "Why", NOON) for mark in (b"\x0b", b"\x1c", b"\n")
    )
