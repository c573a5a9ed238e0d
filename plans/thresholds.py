"""From which number on a fact is one for a professional to look at: one file, each row dated and sourced.

A row without a number says where a rule comes from that asks for none. A row with a `bound` may be moved by a
local policy, from its number towards the bound: that makes somebody look sooner, and nothing makes them look
later.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from plans.products import Tag

FILE_NAME = "thresholds.csv"
OF_RULE = {"under-5-emergency-visits": "under-5-refer"}  # rows that may be moved, and whose rule has its own


class Comparison(StrEnum):
    """How a number is held to a threshold."""

    AT_LEAST = "at-least"
    MORE_THAN = "more-than"
    BELOW = "below"
    AT_MOST = "at-most"


TURNED_ROUND = frozenset(
    {Comparison.BELOW, Comparison.AT_MOST}
)  # the lower the number, the further it is past


@dataclass(frozen=True)
class Threshold:
    """One row. `test` is None where the rule asks for no number, `bound` where no local policy moves it."""

    name: str
    source: str
    read_on: date
    tag: Tag
    test: Comparison | None = None
    value: int = 0
    unit: str = ""
    bound: int | None = None

    def is_met(self, amount: float) -> bool:
        """Return whether a number is one to look at; always where the rule asks for none."""
        match self.test:
            case Comparison.AT_LEAST:
                return amount >= self.value
            case Comparison.MORE_THAN:
                return amount > self.value
            case Comparison.BELOW:
                return amount < self.value
            case Comparison.AT_MOST:
                return amount <= self.value
        return True

    def extent(self, amount: float) -> float:
        """Return the number so that a greater one is further past the threshold."""
        return -amount if self.test in TURNED_ROUND else amount


@dataclass(frozen=True)
class Thresholds:
    """What is in force: the standard, moved by a local policy or not; `said` names it in words."""

    rows: Mapping[str, Threshold]
    said: str

    def __getitem__(self, name: str) -> Threshold:
        return self.rows[name]

    def moved(self, numbers: Mapping[str, int], source: str) -> "Thresholds":
        """Return these with the numbers of a local policy, which its reader has held to the bounds.

        What is found by such a number names who set it and what the standard is: nobody has published it.
        """
        rows = dict(self.rows)
        for name, value in numbers.items():
            published = self[name]
            if value != published.value:
                said = f"{source}; standard: {published.value}, {published.source}"
                of_rule = OF_RULE.get(name, name)
                rows[of_rule] = replace(self[of_rule], source=said, tag=Tag.UNCONFIRMED)
                rows[name] = replace(published, value=value, source=said, tag=Tag.UNCONFIRMED)
        if rows == self.rows:
            return self
        return Thresholds(rows, f"{self.said}; made sooner by {source}")


@cache
def standard() -> Thresholds:
    """Return the thresholds as published, read from the file beside this module once."""
    rows = {row.name: row for row in _rows()}
    read_on = max(row.read_on for row in rows.values())
    return Thresholds(rows, f"as published, sources read on {read_on.day} {read_on:%B %Y}")


def movable() -> dict[str, Threshold]:
    """Return the rows that a local policy may move, by name."""
    return {name: row for name, row in standard().rows.items() if row.bound is not None}


def _rows() -> Iterator[Threshold]:
    with (Path(__file__).parent / FILE_NAME).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, strict=True):
            yield Threshold(
                name=row["name"],
                source=row["source"],
                read_on=date.fromisoformat(row["read_on"]),
                tag=Tag(row["tag"]),
                test=Comparison(row["test"]) if row["test"] else None,
                value=int(row["value"] or 0),
                unit=row["unit"],
                bound=int(row["bound"]) if row["bound"] else None,
            )
