"""References inside a transaction: to an entry by fullUrl, to what an identifier finds, to what is kept."""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from fhir.store.transaction.entries import Entry
from fhir.store.transaction.errors import NoSuchVersionYet, PointsNowhere, ReferenceNotUnderstood

TYPE, ID = "[A-Z][A-Za-z]+", r"(?!\.+(?:/|$))[A-Za-z0-9\-.]{1,64}"
HERE = re.compile(f"(?P<type>{TYPE})/(?P<id>{ID})(?:/_history/(?P<version>{ID}))?")
VERSION = re.compile(f"(?P<address>.+)/_history/(?P<version>{ID})", re.DOTALL)
SEARCH = re.compile(rf"({TYPE})\?(.+)", re.DOTALL)
ELSEWHERE = re.compile(r"(?!urn:)[A-Za-z][A-Za-z0-9+.\-]*:\S+")
# Elements of type uri or url that may hold the address of an entry, beside references themselves.
ADDRESSES = frozenset({"url", "valueUri", "valueUrl"})
LINK = re.compile(r"""(\b(?:href|src)\s*=\s*)(["'])(.*?)\2""", re.DOTALL)


@dataclass(frozen=True)
class Place:
    """Where an entry's resource is or will be; with PUT the sender knows its id and versions."""

    reference: str
    versions_known: bool


@dataclass(frozen=True)
class Settled:
    """A resource as the store keeps it, and the references that must lead to what is kept at the end."""

    resource: dict
    needed: frozenset[str]


@dataclass(frozen=True)
class References:
    """What an entry of a transaction may point to: entries by fullUrl, and what a type and a query find."""

    places: dict[str, Place]
    find: Callable[[str, str], str]

    def settled(self, entry: Entry) -> Settled:
        """Return an entry's resource with every reference as the store keeps it.

        Raises PointsNowhere, NoSuchVersionYet, ReferenceNotUnderstood, and what `find` raises.
        """
        settling = _Settling(self, _root(entry.full_url))
        return Settled(settling.rewritten(entry.resource), frozenset(settling.needed))


def references_in(value: Any) -> Iterator[str]:
    """Yield the text of every reference, however deep."""
    if isinstance(value, list):
        for each in value:
            yield from references_in(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            if name == "reference" and isinstance(each, str):
                yield each
            else:
                yield from references_in(each)


@dataclass(frozen=True)
class _Settling:
    """One entry: the address of its server, which its relative references go on from, and what it needs."""

    known: References
    root: str
    needed: set[str] = field(default_factory=set)

    def rewritten(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self.rewritten(each) for each in value]
        if isinstance(value, dict):
            return {name: self._element(name, each) for name, each in value.items()}
        return value

    def _element(self, name: str, value: Any) -> Any:
        if not isinstance(value, str):
            return self.rewritten(value)
        if name == "reference":
            return self._reference(value)
        if name in ADDRESSES:
            return self._in_transaction(value) or value
        if name == "div":
            return LINK.sub(self._link, value)
        return value

    def _reference(self, text: str) -> str:
        if text.startswith("#"):
            return text
        found = self._in_transaction(text)
        if found:
            return found
        search = SEARCH.fullmatch(text)
        if search:
            return self.known.find(search[1], search[2])
        if text.startswith("urn:"):
            raise PointsNowhere
        if HERE.fullmatch(text):
            self.needed.add(text)
        elif not ELSEWHERE.fullmatch(text):
            raise ReferenceNotUnderstood
        return text

    def _in_transaction(self, text: str) -> str | None:
        """Return where an address leads if it is that of an entry, with its version if it names one."""
        versioned = VERSION.fullmatch(text)
        address = versioned["address"] if versioned else text
        place = self.known.places.get(address) or self.known.places.get(self.root + address)
        if place is None:
            return None
        if versioned is None:
            return place.reference
        if not place.versions_known:
            raise NoSuchVersionYet
        reference = f"{place.reference}/_history/{versioned['version']}"
        self.needed.add(reference)
        return reference

    def _link(self, found: re.Match[str]) -> str:
        reference = self._in_transaction(html.unescape(found[3]))
        return f"{found[1]}{found[2]}{reference}{found[2]}" if reference else found[0]


def _root(full_url: str) -> str:
    """Return what stands before Type/id in an address: "" if it is a urn, or nothing stands there."""
    server, *rest = full_url.rsplit("/", 2)
    return f"{server}/" if len(rest) == 2 and HERE.fullmatch("/".join(rest)) else ""
