"""What of a file was used and what is doubtful about it, noted while it is read."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from fhir.intake.bundle import Bundle, Entry
from fhir.intake.elements import day_of, identifiers, words
from fhir.security_label import is_restricted
from plans.partial_date import PartialDate

# Resources of which two alike mean that something was entered twice.
COUNTED = frozenset(
    {
        "AllergyIntolerance",
        "Appointment",
        "Condition",
        "Encounter",
        "MedicationDispense",
        "MedicationRequest",
        "Observation",
    }
)


class Ledger:
    """Notes on one bundle about one child. Reading notes each resource that it used."""

    def __init__(self, bundle: Bundle, child: Entry) -> None:
        self.bundle = bundle
        self.child = child
        self.used: dict[int, Entry] = {child.number: child}
        self.doubtful: list[str] = []
        self.has_imprecise_dates = False
        self.entries, again = _without_repeats(bundle.entries)
        self.twice = tuple(entry.kind for entry in (*bundle.twice, *again) if entry.kind in COUNTED)
        self.restricted: set[int] = set()  # numbers of entries that families and schools must not see
        self._of_somebody_else: set[int] = set()

    def about_the_child(self, *kinds: str) -> Iterator[Entry]:
        """Give the entries of these types that are about the child, each thing once."""
        for entry in self.entries:
            if entry.kind in kinds:
                if self._is_about_the_child(entry.resource):
                    yield entry
                else:
                    self._of_somebody_else.add(entry.number)

    def use(self, entry: Entry) -> None:
        """Note that an entry was understood, whether or not it counts."""
        self.used[entry.number] = entry

    def restrict(self, entry: Entry) -> None:
        """Note that families and schools must never see an entry."""
        self.restricted.add(entry.number)

    def is_hidden(self, resource: dict) -> bool:
        """Return whether the file marks a resource, or the visit that it belongs to, as hidden from home."""
        visit = self.bundle.at(resource.get("encounter") or resource.get("context"))
        return is_restricted(resource) or (visit is not None and is_restricted(visit.resource))

    def doubt(self, sentence: str) -> None:
        """Note once what somebody should look at."""
        if sentence not in self.doubtful:
            self.doubtful.append(sentence)

    def day(self, text: str | None) -> PartialDate | None:
        """Return the day of a date that counts, and note if it is a year or a month only."""
        day = day_of(text)
        self.has_imprecise_dates |= day is not None and not day.is_exact
        return day

    def used_counts(self) -> dict[str, int]:
        """Return how many resources of each type were used."""
        return dict(sorted(Counter(entry.kind for entry in self.used.values()).items()))

    def ignored_counts(self) -> dict[str, int]:
        """Return how many resources were left out, by type and, within one, by what they are."""
        left = (entry for entry in self.bundle.entries if entry.number not in self.used)
        return dict(sorted(Counter(self._label(entry) for entry in left).items()))

    def _label(self, entry: Entry) -> str:
        if entry.number in self._of_somebody_else:
            return f"{entry.kind}: about somebody else"
        concept = entry.resource.get("code") if entry.kind in COUNTED else None
        label = words(concept) if isinstance(concept, dict) else ""
        return f"{entry.kind}: {label}" if label else entry.kind

    def _is_about_the_child(self, resource: dict) -> bool:
        if resource["resourceType"] == "Appointment":
            actors = [one.get("actor") for one in resource.get("participant", ())]
            return any(self.bundle.at(actor) is self.child for actor in actors)
        return self.bundle.at(resource.get("subject") or resource.get("patient")) is self.child


def names_of(resource: dict) -> tuple[tuple[str, ...], ...]:
    """Return what a resource is known by: its identifiers, with the class of a visit beside its number."""
    kind = resource["resourceType"]
    within = (resource.get("class", {}).get("code", ""),) if kind == "Encounter" else ()
    return tuple((kind, system, value, *within) for system, value in identifiers(resource))


def _without_repeats(entries: Iterable[Entry]) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Return the entries, each thing once, and the repeats: same identifier, or the same in every word."""
    seen: set[tuple[str, ...]] = set()
    first: list[Entry] = []
    again: list[Entry] = []
    for entry in entries:
        known_by = (names_of(entry.resource) or [_content(entry.resource)]) if entry.kind in COUNTED else []
        names = set(known_by)
        is_repeat = not seen.isdisjoint(names)
        seen |= names
        (again if is_repeat else first).append(entry)
    return tuple(first), tuple(again)


def _content(resource: dict) -> tuple[str, ...]:
    said = {name: value for name, value in resource.items() if name not in {"id", "meta", "text"}}
    return (json.dumps(said, sort_keys=True),)
