"""Opening a FHIR bundle from elsewhere: read whole, checked, every reference found, or refused."""

import gzip
import io
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from fhir.codes import NHS_NUMBER
from fhir.intake.addresses import broken_reference, pointed_at
from fhir.intake.errors import (
    BrokenReference,
    FileNotThere,
    FileTooBig,
    NotABundle,
    NotJson,
    RepeatedKey,
    ResourceNotUnderstood,
    TwoVersions,
)
from fhir.intake.shape import check_depth, check_shape
from plans.people import nhs_number

MEGABYTES = 20  # a thick record of one child is below 2
MOST_FIGURES = 300  # of a whole number; a double, which is what other readers have, ends soon after
TYPES = frozenset({"collection", "transaction", "document", "searchset"})
GZIP = b"\x1f\x8b"


@dataclass(frozen=True)
class Entry:
    """One resource of a bundle; `number` counts from 1 as a reader of the file would."""

    number: int
    address: str
    resource: dict

    @property
    def kind(self) -> str:
        return self.resource["resourceType"]

    @property
    def where(self) -> str:
        """Return how a message names it: without its content."""
        return f"{self.kind} (entry {self.number})"


@dataclass(frozen=True)
class Bundle:
    """A bundle whose references hold; `twice` are entries left out, because another says exactly the same."""

    entries: tuple[Entry, ...]
    twice: tuple[Entry, ...] = ()
    by_address: Mapping[str, Entry] = field(default_factory=dict, repr=False)

    def of(self, *kinds: str) -> tuple[Entry, ...]:
        """Return the entries of these resource types, in the order of the file."""
        return tuple(entry for entry in self.entries if entry.kind in kinds)

    def at(self, reference: object) -> Entry | None:
        """Return the entry that a FHIR Reference points to, None if it points elsewhere or nowhere."""
        target = reference.get("reference") if isinstance(reference, dict) else None
        return self.by_address.get(pointed_at(target)) if isinstance(target, str) else None


def open_bundle(path: Path) -> Bundle:
    """Return the bundle in a .json or .json.gz file.

    Raises a subclass of IntakeError, or NhsNumberInvalid: then nothing of it may be kept.
    """
    return _bundle_in(read_json(path))


def parse_bundle(raw: bytes) -> Bundle:
    """Return the bundle in these bytes, packed with gzip or not; raises as open_bundle does."""
    return _bundle_in(_content(raw))


def read_json(path: Path) -> Any:
    """Return what a .json or .json.gz file holds; raises a subclass of IntakeError."""
    try:
        return _content(path.read_bytes() if path.stat().st_size <= MEGABYTES * 10**6 else _too_big())
    except OSError as error:
        raise FileNotThere from error


def _content(raw: bytes) -> Any:
    if len(raw) > MEGABYTES * 10**6:
        _too_big()
    return _json(_unpacked(raw) if raw.startswith(GZIP) else raw)


def _bundle_in(content: Any) -> Bundle:
    if not _is_bundle(content):
        raise NotABundle
    return bundle_of(content.get("entry", []))


def bundle_of(entries: Iterable[dict]) -> Bundle:
    """Return checked entries, each a dict with `resource` and perhaps `fullUrl`, as a bundle."""
    found: list[Entry] = []
    for number, entry in enumerate(entries, start=1):
        if "resource" in entry:  # a transaction may also delete: nothing to read
            found.append(_entry(number, entry))
    bundle = _indexed(found)
    for one in bundle.entries:
        _check(one, bundle)
    return bundle


def _entry(number: int, entry: dict) -> Entry:
    resource, address = entry["resource"], entry.get("fullUrl")
    where = f"Entry {number}"
    check_shape(resource, where)
    if address is not None and not isinstance(address, str):
        raise ResourceNotUnderstood(where)
    address = address or f"{resource['resourceType']}/{resource.get('id', number)}"
    return Entry(number, address, _with_plain_number(resource))


def _with_plain_number(resource: dict) -> dict:
    """Return the resource; a Patient with an NHS number as 10 digits, by which a child is found again."""
    if resource["resourceType"] != "Patient" or "identifier" not in resource:
        return resource
    return resource | {"identifier": [_plain(one) for one in resource["identifier"]]}


def _plain(identifier: dict) -> dict:
    if identifier.get("system") != NHS_NUMBER or not identifier.get("value"):
        return identifier
    return identifier | {"value": nhs_number(identifier["value"])}


def _check(entry: Entry, bundle: Bundle) -> None:
    missing = broken_reference(entry.resource, bundle.by_address)
    if missing:
        raise BrokenReference(entry.where, missing)


def _indexed(entries: list[Entry]) -> Bundle:
    kept: list[Entry] = []
    twice: list[Entry] = []
    by_address: dict[str, Entry] = {}
    for entry in entries:
        id = entry.resource.get("id")
        names = [entry.address, *([f"{entry.kind}/{id}"] if id else [])]
        same = next((by_address[name] for name in names if name in by_address), None)
        if same and same.resource != entry.resource:
            raise TwoVersions(entry.where)
        by_address |= dict.fromkeys(names, same or entry)
        (twice if same else kept).append(entry)
    return Bundle(tuple(kept), tuple(twice), by_address)


def _is_bundle(content: object) -> bool:
    return (
        isinstance(content, dict)
        and content.get("resourceType") == "Bundle"
        and isinstance(content.get("type"), str)
        and content["type"] in TYPES
        and isinstance(content.get("entry", []), list)
        and all(isinstance(entry, dict) for entry in content.get("entry", []))
    )


def _unpacked(raw: bytes) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(raw)) as file:
            content = file.read(MEGABYTES * 10**6 + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise NotJson from error
    return content if len(content) <= MEGABYTES * 10**6 else _too_big()


def _json(raw: bytes) -> dict:
    try:
        content = json.loads(
            raw.decode("utf-8-sig"),
            object_pairs_hook=_without_repeats,
            parse_constant=_not_a_number,
            parse_int=_whole_number,
        )
        check_depth(content)
    except (ValueError, RecursionError) as error:
        raise NotJson from error
    return content


def _without_repeats(pairs: list[tuple[str, object]]) -> dict:
    said = dict(pairs)
    if len(said) != len(pairs):
        raise RepeatedKey
    # FHIR has no null values: a name without one says nothing.
    return {name: value for name, value in pairs if value is not None} if None in said.values() else said


def _whole_number(text: str) -> int:
    return int(text) if len(text) <= MOST_FIGURES else _not_a_number(text)


def _not_a_number(name: str) -> NoReturn:
    raise ValueError(name)


def _too_big() -> NoReturn:
    raise FileTooBig(MEGABYTES)
