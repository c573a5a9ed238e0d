"""Which resource each entry of a transaction is about, and which one a search by identifier means in it."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from fhir.store.errors import ResourceNotFound
from fhir.store.reader import Reader
from fhir.store.search.queries import parameters_in
from fhir.store.transaction.entries import Entry, Method, blaming
from fhir.store.transaction.errors import NoneMatches, NotByOneIdentifier, SameResource, SeveralMatch


@dataclass(frozen=True)
class Home:
    """Which resource a POST or PUT is about, and that as it is kept before the transaction, if it is."""

    entry: Entry
    id: str
    former: dict | None

    @property
    def type(self) -> str:
        return self.entry.type

    @property
    def is_written(self) -> bool:
        """Say whether the entry writes: a POST that found what it was not to add twice only uses that."""
        return self.former is None or self.entry.method is Method.PUT


def homes_of(reader: Reader, entries: Sequence[Entry]) -> list[Home]:
    """Return the resource of each POST and PUT; raises EntryRefused, as where two are about one resource."""
    found: dict[tuple[str, str], Home] = {}
    for entry in entries:
        if entry.method is Method.GET:
            continue
        with blaming(entry.number):
            home = _home(reader, entry)
            other = found.setdefault((home.type, home.id), home)
            if other is not home:
                raise SameResource(other.entry.number)
    return list(found.values())


def _home(reader: Reader, entry: Entry) -> Home:
    if entry.method is Method.PUT:
        return Home(entry, entry.id, _kept(reader, entry.type, entry.id))
    if not entry.if_none_exist:
        return Home(entry, str(uuid.uuid4()), None)
    matches = reader.search(entry.type, **parameters_in(entry.if_none_exist))
    if len(matches) > 1:
        raise SeveralMatch(entry.type)
    return Home(entry, matches[0]["id"], matches[0]) if matches else Home(entry, str(uuid.uuid4()), None)


def _kept(reader: Reader, resource_type: str, resource_id: str) -> dict | None:
    try:
        return reader.read(resource_type, resource_id)
    except ResourceNotFound:
        return None


def finder(reader: Reader, homes: list[Home]) -> Callable[[str, str], str]:
    """Return what finds the reference of the one resource that a type and a query by identifier mean.

    It looks at what the transaction will leave. Raises NotByOneIdentifier, NoneMatches and SeveralMatch.
    """
    written = [home for home in homes if home.is_written]

    @cache
    def find(resource_type: str, query: str) -> str:
        wanted = _one_identifier(query)
        ours = [home for home in written if home.type == resource_type]
        found = {one["id"] for one in reader.search(resource_type, identifier=wanted)}
        found -= {home.id for home in ours}
        found |= {home.id for home in ours if _has_identifier(home.entry.resource, wanted)}
        if len(found) != 1:
            raise SeveralMatch(resource_type) if found else NoneMatches(resource_type)
        return f"{resource_type}/{found.pop()}"

    return find


def _one_identifier(query: str) -> str:
    match parameters_in(query):
        case {"identifier": ([value],), **others} if not others:
            return value
    raise NotByOneIdentifier


def _has_identifier(resource: dict, wanted: str) -> bool:
    """Compare as the search does, in a resource that is not checked yet."""
    system, bar, code = wanted.partition("|")
    held = resource.get("identifier", [])
    return any(
        isinstance(each, dict)
        and each.get("value") == (code if bar else wanted)
        and (not bar or each.get("system", "") == system)
        for each in (held if isinstance(held, list) else [held])
    )
