"""Answering HL7 v2 messages: what their header says, as far as it can be read, and what goes back."""

import re
from codecs import BOM_UTF8
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from plans.working_days import in_utc

USUAL_MARKS = "|^~\\&"
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f]")
LONGEST_FIELD = 200  # characters; the standard allows 180 for the longest of those that are sent back


class Code(StrEnum):
    """What becomes of a message (HL7 table 0008): accepted, kept for a person, or of no use here."""

    ACCEPTED = "AA"
    ERROR = "AE"
    REJECTED = "AR"


@dataclass(frozen=True)
class Header:
    """The header (MSH) of a message, however wrong the rest of it is; what cannot be read is "".

    `sender` is MSH-3 and MSH-4, `to` is MSH-5 and MSH-6; fields as they stand, in the marks of MSH-1 and 2.
    """

    marks: str = USUAL_MARKS
    sender: tuple[str, str] = ("", "")
    to: tuple[str, str] = ("", "")
    kind: str = ""
    event: str = ""
    control_id: str = ""
    processing: str = ""
    version: str = ""

    @property
    def hospital_code(self) -> str:
        """Return the code of who sends (MSH-4)."""
        return self.sender[1].split(self.marks[1])[0]


def read_header(raw: bytes) -> Header | None:
    """Return the header of a message, None where it has none that could be answered."""
    begins = raw.lstrip(b"\x0b\r\n\t ").removeprefix(BOM_UTF8)
    line = re.split(rb"[\r\n]", begins, maxsplit=1)[0].decode("latin-1")
    marks = line[3:8]
    if not line.startswith("MSH") or len(set(marks)) < len(USUAL_MARKS) or any(map(str.isalnum, marks)):
        return None
    fields = [UNPRINTABLE.sub("", field)[:LONGEST_FIELD] for field in line.split(marks[0])]
    fields += [""] * (12 - len(fields))
    kind, _, rest = fields[8].partition(marks[1])
    return Header(
        marks=marks,
        sender=(fields[2], fields[3]),
        to=(fields[4], fields[5]),
        kind=kind,
        event=rest.split(marks[1])[0],
        control_id=fields[9],
        processing=fields[10].split(marks[1])[0],
        version=fields[11].split(marks[1])[0],
    )


def acknowledgement(header: Header | None, code: Code, said: str, at: datetime) -> bytes:
    """Return the message that goes back, without its frame: `said` is a sentence of ours, about nobody."""
    one = header or Header()
    field, part = one.marks[0], one.marks[1]
    event = f"ACK{part}{one.event}" if one.event else "ACK"
    moment = f"{in_utc(at):%Y%m%d%H%M%S}"
    sender = (*one.to, *one.sender)
    plain = "".join(letter for letter in said if letter not in one.marks)
    ours = f"{moment}{one.control_id}"[-20:]  # MSH-10 holds 20 characters
    lines = (
        (
            "MSH",
            one.marks[1:],
            *sender,
            f"{moment}+0000",
            "",
            event,
            ours,
            one.processing or "P",
            one.version or "2.4",
        ),
        ("MSA", code, one.control_id, plain if code is not Code.ACCEPTED else ""),
    )
    return "".join(field.join(line) + "\r" for line in lines).encode("latin-1", "replace")
