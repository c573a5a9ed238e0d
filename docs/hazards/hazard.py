"""One hazard of the log: what could hurt a child, what stands against it, and the tests that prove that."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How much of what a hazard asks for is there."""

    BUILT = "Built and tested"
    PARTLY = "Partly built"
    NOT_BUILT = "Not built yet"


@dataclass(frozen=True)
class Control:
    """What stands against a hazard, the modules that hold it, and tests that fail without it.

    A test is named as pytest does: its file, two colons, its class if it has one, its name.
    """

    says: str
    held_by: tuple[str, ...]
    tests: tuple[str, ...]


@dataclass(frozen=True)
class Hazard:
    """What could hurt a child, in one plain line; `not_built` says what nothing stands against yet."""

    number: int
    harm: str
    controls: tuple[Control, ...] = ()
    not_built: tuple[str, ...] = ()

    @property
    def state(self) -> State:
        if not self.controls:
            return State.NOT_BUILT
        return State.PARTLY if self.not_built else State.BUILT
