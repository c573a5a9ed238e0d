"""The audit on a page: the same act by the same person about the same child, again and again, as one line."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from portal.actions.audit.reading import Line

WITHIN = timedelta(minutes=10)  # between one time and the next


@dataclass(frozen=True)
class Fold:
    """Lines that say the same but for when, the newest first: none is left out."""

    lines: tuple[Line, ...]

    @property
    def newest(self) -> Line:
        return self.lines[0]


def folded(lines: Iterable[Line]) -> list[Fold]:
    """Return the lines, the newest first, each with those before it that repeat it within minutes."""
    folds: list[list[Line]] = []
    moment = datetime.min.replace(tzinfo=UTC)  # of all alike, to compare the rest
    last: dict[Line, int] = {}
    for line in lines:
        same = replace(line, at=moment)
        place = last.get(same)
        if place is not None and folds[place][-1].at - line.at <= WITHIN:
            folds[place].append(line)
        else:
            last[same] = len(folds)
            folds.append([line])
    return [Fold(tuple(some)) for some in folds]
