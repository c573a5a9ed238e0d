"""The audit in the store, as the privacy lead of one organisation may read it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from fhir.audit_event import AuditEntry, from_audit_event
from fhir.codes import id_in
from fhir.store import Reader
from fhir.store.seals.sealed_entries import sealed_after
from fhir.store.search.audit_pages import Asked, found_entries, latest_by_place, latest_without_place

MOST = 1000  # entries of one page that is read to the end, such as for a file


@dataclass(frozen=True)
class AuditPage:
    """Some entries, the newest first; `next` is where the page after begins, None at the end."""

    entries: tuple[AuditEntry, ...]
    next: tuple[str, int] | None


def page(reader: Reader, asked: Asked, count: int, after: tuple[str, int] | None = None) -> AuditPage:
    """Return one page of the entries that are asked for, after the page whose `next` it was."""
    found = found_entries(reader, asked, count, after)
    return AuditPage(tuple(_entry(text) for text in found.texts), found.next)


def each(reader: Reader, asked: Asked) -> Iterator[AuditEntry]:
    """Yield every entry that is asked for, the newest first; no more than one page is in memory."""
    after: tuple[str, int] | None = None
    while True:
        one = page(reader, asked, MOST, after)
        yield from one.entries
        if one.next is None:
            return
        after = one.next


def places_that_looked(reader: Reader, child_id: str) -> dict[str, datetime]:
    """Return each organisation (its id) whose people used a child's record, with when they last did.

    An entry from before places were kept counts for every place where that person has ever worked.
    """
    last = latest_by_place(reader, child_id)
    for practitioner, at in latest_without_place(reader, child_id).items():
        for post in reader.search("PractitionerRole", practitioner=f"Practitioner/{practitioner}"):
            place = id_in(post.get("organization"))
            last[place] = max(at, last.get(place, at))
    return last


def sealed(reader: Reader, after: int, count: int) -> list[tuple[int, AuditEntry]]:
    """Return the next entries in the order of their seals, each with the number of its seal."""
    return [(number, _entry(text)) for number, text in sealed_after(reader, after, count)]


def _entry(text: str) -> AuditEntry:
    return from_audit_event(json.loads(text))
