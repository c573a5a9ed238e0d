"""The entries of a FHIR transaction, read and checked one by one before anything of it is done."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fhir.store.errors import ResourceNotValid
from fhir.store.resources import AUDIT
from fhir.store.transaction.errors import (
    AddressNotUnderstood,
    AuditIsWrittenHere,
    EntryRefused,
    MethodNotTaken,
    NotATransaction,
    NotForThisMethod,
    ResourceDiffers,
    SameAddress,
    VersionNotUnderstood,
)
from fhir.store.validation.checking import check, is_type, must_have_an_end, must_have_an_id
from plans.errors import PuffinError


class Method(StrEnum):
    """What an entry asks for. To delete and to patch are not among it: here nothing ever goes."""

    POST = "POST"
    PUT = "PUT"
    GET = "GET"


@dataclass(frozen=True)
class Form:
    """How an entry of a method is written: its address, and what it may have beside method and url."""

    address: re.Pattern[str]
    wanted: str
    parts: frozenset[str]
    request: frozenset[str]


TYPE, ID = r"(?P<type>[A-Z][A-Za-z]+)", r"(?P<id>[^/?#]+)"
WITH_RESOURCE = frozenset({"fullUrl", "request", "resource"})
FORMS = {
    Method.POST: Form(re.compile(TYPE), "a type, such as Patient", WITH_RESOURCE, frozenset({"ifNoneExist"})),
    Method.PUT: Form(
        re.compile(f"{TYPE}/{ID}"),
        "a type and an id, such as Patient/ID",
        WITH_RESOURCE,
        frozenset({"ifMatch"}),
    ),
    Method.GET: Form(
        re.compile(rf"{TYPE}(?:/{ID}(?:/_history/(?P<version>[^/?#]+))?|(?:\?(?P<query>.*))?)", re.DOTALL),
        "Patient/ID or Patient?family=Name",
        frozenset({"request"}),
        frozenset(),
    ),
}
ALWAYS = frozenset({"method", "url"})
ETAG = re.compile(r'W/"([^"]+)"')
PLACE_IN_ENTRY = re.compile(r"entry\.(\d+)\.?(.*)")


@dataclass(frozen=True)
class Entry:
    """One entry; `number` counts from 1. A text is empty if its method lacks it, or it does not say it."""

    number: int
    method: Method
    type: str
    id: str
    version: str
    query: str
    full_url: str
    resource: dict[str, Any]
    if_match: str
    if_none_exist: str


@contextmanager
def blaming(number: int) -> Iterator[None]:
    """Say of every refusal inside which entry it is about; raises EntryRefused."""
    try:
        yield
    except PuffinError as fault:
        raise EntryRefused(number, fault) from fault


def read_entries(bundle: dict) -> tuple[Entry, ...]:
    """Return the entries of a transaction Bundle; raises NotATransaction and EntryRefused."""
    if not isinstance(bundle, dict) or bundle.get("resourceType") != "Bundle":
        raise NotATransaction
    entries = bundle.get("entry", [])
    if bundle.get("type") != "transaction" or not isinstance(entries, list):
        raise NotATransaction
    _check_envelope(bundle, entries)
    read = []
    for number, entry in enumerate(entries, start=1):
        with blaming(number):
            read.append(_entry(number, entry))
    _must_differ(read)
    return tuple(read)


def _check_envelope(bundle: dict, entries: list) -> None:
    """Refuse what is no FHIR around the resources; each of these is checked when it is kept."""
    for number, entry in enumerate(entries, start=1):
        with blaming(number):
            if not isinstance(entry, dict) or not isinstance(entry.get("request"), dict):
                raise ResourceNotValid("entry", ["request"])
            must_have_an_end(entry)
    around = [{name: each for name, each in entry.items() if name != "resource"} for entry in entries]
    try:
        check(bundle | ({"entry": around} if around else {}))
    except ResourceNotValid as fault:
        found = next(filter(None, map(PLACE_IN_ENTRY.fullmatch, fault.places)), None)
        if not found:
            raise
        raise EntryRefused(int(found[1]) + 1, ResourceNotValid("entry", [found[2] or "all of it"])) from None


def _entry(number: int, entry: dict) -> Entry:
    request = entry.get("request", {})
    method = _method(request)
    form = FORMS[method]
    for name in sorted({*(entry.keys() - form.parts), *(request.keys() - form.request - ALWAYS)}):
        raise NotForThisMethod(method, name)
    address = form.address.fullmatch(request.get("url", ""))
    if not address:
        raise AddressNotUnderstood(method, form.wanted)
    said = {name: text or "" for name, text in address.groupdict().items()}
    read = Entry(
        number,
        method,
        said["type"],
        said.get("id", ""),
        said.get("version", ""),
        said.get("query", ""),
        entry.get("fullUrl", ""),
        entry.get("resource", {}),
        _version(request),
        request.get("ifNoneExist", ""),
    )
    _must_fit(read)
    return read


def _method(request: dict) -> Method:
    try:
        return Method(request.get("method", ""))
    except ValueError:
        raise MethodNotTaken from None


def _version(request: dict) -> str:
    if "ifMatch" not in request:
        return ""
    etag = ETAG.fullmatch(request["ifMatch"])
    if not etag:
        raise VersionNotUnderstood
    return etag[1]


def _must_fit(entry: Entry) -> None:
    """Refuse an id that is none, a resource that its address does not name, and a sender's own audit."""
    if not is_type(entry.type):
        raise AddressNotUnderstood(entry.method, FORMS[entry.method].wanted)
    if entry.id:
        must_have_an_id({"resourceType": entry.type, "id": entry.id})
    if entry.method is Method.GET:
        return
    if not isinstance(entry.resource, dict) or entry.resource.get("resourceType") != entry.type:
        raise ResourceDiffers
    if entry.type == AUDIT:
        raise AuditIsWrittenHere
    if entry.method is Method.PUT and entry.resource.get("id") != entry.id:
        raise ResourceDiffers
    must_have_an_id(entry.resource)


def _must_differ(entries: list[Entry]) -> None:
    known: dict[str, int] = {}
    for entry in entries:
        if entry.full_url in known:
            raise EntryRefused(entry.number, SameAddress(known[entry.full_url]))
        if entry.full_url:
            known[entry.full_url] = entry.number
