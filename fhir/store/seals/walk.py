"""Walking along the chain of seals, a page at a time, and telling apart what was done to a link of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from fhir.store.engine import Database
from fhir.store.seals.chain import BEFORE_THE_FIRST, Sealed, digest_of, fits, seal_of
from fhir.store.seals.faults import Fault, FaultKind
from fhir.store.seals.sealing import NO_HEAD, Head

PAGE = 1000  # seals, with the text of their entries
MOST_TO_PLACE = (
    32  # links that do not fit and are tried in each other's places; any more are named as changed
)
LOWEST = -(2**63)
LINKS = (
    "SELECT s.number, s.seal, s.digest, s.sealed_at, r.type, r.id, v.version, v.text FROM audit_seals AS s"
    " LEFT JOIN resources AS r ON r.key = s.resource"
    " LEFT JOIN versions AS v ON v.resource = s.resource AND v.version = 1"
    " WHERE s.number > ? ORDER BY s.number LIMIT ?"
)


@dataclass(frozen=True)
class Link:
    """One seal as it is kept, and its entry as that is kept: `text` and `about` are None where it is gone."""

    number: int
    seal: str
    digest: str
    id: str
    text: str | None
    about: Sealed | None


@dataclass(frozen=True)
class _Broken:
    link: Link
    before: str


@dataclass
class Walk:
    """Takes the links in order. `sealed` counts them, `faulty` those with a fault, `head` is the last."""

    key: bytes
    head: Head = NO_HEAD
    sealed: int = 0
    faulty: int = 0
    _should_be: str | None = None
    _broken: list[_Broken] = field(default_factory=list)

    def take(self, link: Link) -> Iterator[Fault]:
        """Yield what is wrong with the next link and with the place before it."""
        before, expected = self.head.seal, self.head.number + 1
        is_after_a_gap = link.number > expected
        if is_after_a_gap:
            last = link.number - 1
            yield Fault(FaultKind.MISSING_NUMBER, expected, last=last if last > expected else None)
        found = None if is_after_a_gap or self._joins(link, before) else _Broken(link, before)
        should_be = seal_of(self.key, before, link.about) if link.about and not is_after_a_gap else None
        self._should_be = should_be
        self.sealed, self.head = self.sealed + 1, Head(link.number, link.seal)
        if found and len(self._broken) < MOST_TO_PLACE:
            self._broken.append(found)
        else:
            yield from self._named(link, FaultKind.CHANGED_SEAL if found else _of_entry(link))

    def end(self) -> Iterator[Fault]:
        """Yield what is wrong with the links that did not fit, once all of the chain is known."""
        for one in self._broken:
            yield from self._named(one.link, self._displaced(one))

    def _joins(self, link: Link, before: str) -> bool:
        """Return whether a link fits the one before it as it is or should be; a gone entry cannot tell."""
        candidates = [before] if self._should_be is None else [before, self._should_be]
        return link.about is None or any(fits(self.key, one, link.about, link.seal) for one in candidates)

    def _named(self, link: Link, kind: FaultKind | None) -> Iterator[Fault]:
        if kind:
            self.faulty += 1
            yield Fault(kind, link.number, link.id)

    def _displaced(self, one: _Broken) -> FaultKind | None:
        """Return what was done to a link that does not fit; None where only its neighbours were moved."""
        seals = {seal for other in self._broken for seal in (other.before, other.link.seal)}
        here = one.link.number
        numbers = [here, here - 1, here + 1, *(other.link.number for other in self._broken)]
        place = next((number for number in numbers if self._fits_at(one.link, number, seals)), None)
        if place is None:
            return FaultKind.CHANGED_SEAL
        return _of_entry(one.link) if place == here else FaultKind.WRONG_ORDER

    def _fits_at(self, link: Link, number: int, seals: set[str]) -> bool:
        if link.about is None:
            return False
        moved = Sealed(**vars(link.about) | {"number": number})
        return any(fits(self.key, seal, moved, link.seal) for seal in seals)


def links(db: Database) -> Iterator[Link]:
    """Yield every link of the chain in the order of its numbers; one page of them is held at a time."""
    after = LOWEST
    while page := db.execute(LINKS, (after, PAGE)).fetchall():
        yield from map(_link, page)
        after = page[-1][0]


def is_of(key: bytes, first: list[Link]) -> bool:
    """Return whether any of the first links was made with this key."""
    befores = chain([BEFORE_THE_FIRST], (link.seal for link in first))
    return any(
        fits(key, before, link.about, link.seal)
        for before, link in zip(befores, first, strict=False)
        if link.about
    )


def _link(row: tuple[Any, ...]) -> Link:
    number, seal, digest, sealed_at, kind, id, version, text = row
    about = None if text is None or kind is None else Sealed(number, kind, id, version, digest, sealed_at)
    return Link(number, str(seal), digest, id or "", None if text is None else str(text), about)


def _of_entry(link: Link) -> FaultKind | None:
    if link.about is None or link.text is None:
        return FaultKind.MISSING_ENTRY
    return None if digest_of(link.text) == link.digest else FaultKind.CHANGED_TEXT
