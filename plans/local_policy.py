"""A local policy: numbers that make somebody look sooner than the standard does, never later.

Each section is a table of the standard numbers, by name, in STANDARD. To let a local policy change a number
of yours, add a section or a row there, and ask `policy_here()` of portal/policy.py for it by section and
name: without a local policy that is the standard. In the file a section is dated and sourced:

    [ladder]
    source = "Elm care board, asthma pathway, version 3"
    dated = 2026-10-01
    accept = 12
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from plans.concern import HOURS as CONCERN_HOURS
from plans.errors import PuffinError
from plans.gp_document import WAITS
from plans.ladder import HOURS
from plans.thresholds import movable

LONGEST_SOURCE = 200  # characters


@dataclass(frozen=True)
class Number:
    """A number of the standard. Whoever acts on it looks sooner the lower it is, unless higher is sooner.

    `unit` is what it counts, in words. A local one lies between the standard and `bound`.
    """

    standard: int
    unit: str
    bound: int = 1

    def is_no_later(self, value: int) -> bool:
        return min(self.bound, self.standard) <= value <= max(self.bound, self.standard)


STANDARD: Mapping[str, Mapping[str, Number]] = {
    "ladder": {name: Number(hours, "hours") for name, hours in HOURS.items()},
    "signals": {name: Number(row.value, row.unit, row.bound or 1) for name, row in movable().items()},
    "concern": {name: Number(hours, "hours") for name, hours in CONCERN_HOURS.items()},
    "gp-document": {
        name: Number(wait, "working days" if name == "accepted" else "hours") for name, wait in WAITS.items()
    },
}


class PolicyRefused(PuffinError):
    """A local policy that cannot be followed; its sentence names what to put right."""

    def __init__(self, sentence: str) -> None:
        super().__init__(f"The local policy was not taken. {sentence}")


@dataclass(frozen=True)
class Section:
    """What a policy says of one section: where that comes from, from when it is, and its own numbers."""

    source: str
    dated: date
    numbers: Mapping[str, int]


@dataclass(frozen=True)
class LocalPolicy:
    """What holds here: the standard, but for the sections that a local policy has."""

    sections: Mapping[str, Section] = field(default_factory=dict)

    def number(self, section: str, name: str) -> int:
        """Return the local number, else that of the standard."""
        return self.numbers(section)[name]

    def numbers(self, section: str) -> dict[str, int]:
        """Return every number of a section by its name."""
        standard = {name: number.standard for name, number in STANDARD[section].items()}
        local = self.sections.get(section)
        return standard | (dict(local.numbers) if local else {})


def read_policy(fields: Mapping[str, object]) -> LocalPolicy:
    """Return the policy that was written down so.

    Raises PolicyRefused for what is not known, for what would make anybody look later than the standard does,
    and for a section without a date or a source.
    """
    return LocalPolicy({name: _section(name, said) for name, said in fields.items()})


def _section(name: str, said: object) -> Section:
    if name not in STANDARD:
        raise PolicyRefused(f"There is no section {name}. The sections are {', '.join(STANDARD)}.")
    if not isinstance(said, dict):
        raise PolicyRefused(f"{name} is no section. Write [{name}] on a line of its own.")
    numbers = {key: value for key, value in said.items() if key not in ("source", "dated")}
    return Section(
        _source(name, said.get("source")),
        _dated(name, said.get("dated")),
        {key: _number(name, key, value) for key, value in numbers.items()},
    )


def _source(section: str, said: object) -> str:
    if not isinstance(said, str) or not 0 < len(said.strip()) <= LONGEST_SOURCE:
        raise PolicyRefused(f"Say in the section {section} what its source is, in up to 200 characters.")
    return said.strip()


def _dated(section: str, said: object) -> date:
    if type(said) is not date:
        raise PolicyRefused(f"Say in the section {section} from when it is, such as dated = 2026-10-01.")
    return said


def _number(section: str, name: str, said: object) -> int:
    known = STANDARD[section].get(name)
    if known is None:
        raise PolicyRefused(
            f"The section {section} has no number {name}. Its numbers are {', '.join(STANDARD[section])}."
        )
    if type(said) is not int or not known.is_no_later(said):
        raise PolicyRefused(
            f"{name} in the section {section} must be a whole number of {known.unit} from {known.bound} to "
            f"{known.standard}: a local policy can only make us look sooner than the standard."
        )
    return said
