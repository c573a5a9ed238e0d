"""Which children somebody may see, said so that the store itself can leave all others out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# Places, professionals and definitions: they tell nothing of a child, and whoever may search sees them.
OPEN_TYPES = frozenset(
    {"Location", "Medication", "Organization", "Practitioner", "PractitionerRole", "SearchParameter"}
)


@dataclass(frozen=True)
class Witness:
    """A resource that shows its child: one of this type that answers these search parameters."""

    resource_type: str
    asked: Mapping[str, Any]


@dataclass(frozen=True)
class Sight:
    """The children of whom every witness of any one way is kept; no way at all shows no child."""

    ways: tuple[tuple[Witness, ...], ...]
