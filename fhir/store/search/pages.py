"""A search in pages, with what its matches point to and what points to them."""

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fhir.store.children import child_in
from fhir.store.engine import Database
from fhir.store.errors import PageNotUnderstood, UnknownSearchParameter
from fhir.store.search.conditions import Arguments
from fhir.store.search.parameters import Kind, parameters_of
from fhir.store.search.searching import EVERY_ONE, NEWEST_FIRST, answers, is_seen, named, ordered_by, whole
from fhir.store.sight import OPEN_TYPES, Sight
from fhir.store.validation.plain_form import NOT_TEXT

USUAL_COUNT, MOST = 50, 1000
WITH = ("_include", "_revinclude")
POINTED_TO = (
    "SELECT DISTINCT kept.sequence, kept.text, r.sequence, r.child FROM reference_index AS f"
    " JOIN resources AS r ON r.type = f.target_type AND r.id = f.target_id"
    " JOIN versions AS kept ON kept.resource = r.key"
    " AND (kept.sequence = r.sequence AND f.target_version = ''"
    " OR CAST(kept.version AS TEXT) = f.target_version)"
)
POINTING = (
    "SELECT DISTINCT kept.sequence, kept.text, r.sequence, r.child FROM resources AS m"
    " JOIN reference_index AS f ON f.target_id = m.id AND f.target_type = m.type"
    " JOIN resources AS r ON r.key = f.resource"
    " JOIN versions AS kept ON kept.sequence = r.sequence"
)


@dataclass(frozen=True)
class Page:
    """The texts of some of the matches, and of what was to be included; `next` asks for the page after."""

    matches: tuple[str, ...]
    included: tuple[str, ...]
    next: str = ""


def found_page(
    db: Database, resource_type: str, params: Mapping[str, Any], sight: Sight | None, after: str = ""
) -> Page:
    """Return one page: `_count` matches, 50 unless it says so and 1,000 at most, after the page before.

    Raises UnknownSearchParameter, SearchNotUnderstood, and PageNotUnderstood if `after` is not `next` of
    a page of the same search.
    """
    included = {name: params[name] for name in WITH if name in params}
    asked = named(resource_type, {name: value for name, value in params.items() if name not in WITH})
    rows = _rows(db, resource_type, asked, sight, after)
    count = min(whole(asked, "_count", USUAL_COUNT), MOST)
    shown = rows[:count]
    more = _token(resource_type, asked, shown[-1]) if len(rows) > count and shown else ""
    keys = [key for key, *_ in shown]
    found = {
        sequence: text
        for sequence, text in _around(db, resource_type, included, keys, sight)
        if sequence not in {each for _, _, each, _ in shown}
    }
    return Page(tuple(text for *_, text in shown), tuple(found.values()), more)


def _rows(
    db: Database, resource_type: str, asked: Mapping[str, Any], sight: Sight | None, after: str
) -> Sequence[tuple[int, str, int, str]]:
    """Return key, place in the order, sequence and text of each match of the page, and one more."""
    value, way, value_arguments = ordered_by(resource_type, asked.get("_sort", NEWEST_FIRST))
    source, arguments = answers(db, resource_type, asked, sight)
    beyond, last = "", ()
    if after:
        beyond = f" AND ({value}, r.sequence) {'<' if way == 'DESC' else '>'} (?, ?)"
        last = (*value_arguments, *_read_token(resource_type, asked, after))
    sql = (
        f"SELECT r.key, {value}, r.sequence, kept.text"
        f" FROM {source.format('JOIN versions AS kept ON kept.sequence = r.sequence')}{beyond}"
        f" ORDER BY {value} {way}, r.sequence {way} LIMIT ?"
    )
    count = min(whole(asked, "_count", USUAL_COUNT), MOST)
    return db.execute(sql, (*value_arguments, *arguments, *last, *value_arguments, count + 1)).fetchall()


def _around(
    db: Database,
    resource_type: str,
    included: Mapping[str, Any],
    keys: Sequence[int],
    sight: Sight | None,
) -> Iterator[tuple[int, str]]:
    for name in included.get("_include", ()):
        parameter = _pointer(name, resource_type, "_include")
        test = "f.type = ? AND f.parameter = ?"
        yield from _joined(db, POINTED_TO, "f.resource", test, (resource_type, parameter), keys, sight)
    for name in included.get("_revinclude", ()):
        other = name.partition(":")[0]
        parameter = _pointer(name, other, "_revinclude")
        test = "f.type = ? AND f.parameter = ?"
        yield from _joined(db, POINTING, "m.key", test, (other, parameter), keys, sight)


def _joined(
    db: Database,
    source: str,
    column: str,
    test: str,
    arguments: Arguments,
    keys: Sequence[int],
    sight: Sight | None,
) -> list[tuple[int, str]]:
    listed = json.dumps([[key] for key in keys])
    where = f"{column} IN (SELECT CAST(wanted.value ->> 0 AS BIGINT) FROM {db.each_of}) AND {test}"
    seen, seen_arguments = "", ()
    if sight is not None:
        is_open = ", ".join(f"'{each}'" for each in sorted(OPEN_TYPES))
        is_shown, seen_arguments = is_seen(db, "r", sight)
        seen = f" AND (r.type IN ({is_open}) OR {is_shown})"
    sql = f"{source} WHERE {where}{seen} ORDER BY kept.sequence"
    found = db.execute(sql, (listed, *arguments, *seen_arguments)).fetchall()
    return [
        (sequence, text)
        for sequence, text, current, child in found
        if sight is None or sequence == current or child_in(json.loads(text)) == child
    ]  # what is about a child whom somebody sees may have been about another once


def _pointer(name: str, resource_type: str, which: str) -> str:
    """Return the reference parameter that `Type:parameter` names; raises UnknownSearchParameter."""
    said, _, parameter = name.partition(":")
    known = [each for each, one in parameters_of(said).items() if one.kind is Kind.REFERENCE]
    if said != resource_type or parameter not in known:
        raise UnknownSearchParameter(said, f"{which}={name}", [f"{said}:{each}" for each in known])
    return parameter


def _token(resource_type: str, asked: Mapping[str, Any], last: tuple[int, str, int, str]) -> str:
    _, place, sequence, _ = last
    said = json.dumps([_digest(resource_type, asked), place, sequence])
    return base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")


def _read_token(resource_type: str, asked: Mapping[str, Any], token: str) -> tuple[str, int]:
    try:
        digest, place, sequence = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except (ValueError, TypeError, RecursionError):
        raise PageNotUnderstood from None
    if digest != _digest(resource_type, asked) or type(place) is not str or type(sequence) is not int:
        raise PageNotUnderstood
    if not 0 < sequence < EVERY_ONE or NOT_TEXT.search(place):
        raise PageNotUnderstood
    return place, sequence


def _digest(resource_type: str, asked: Mapping[str, Any]) -> str:
    search = {name: value for name, value in sorted(asked.items()) if name != "_count"}
    return hashlib.sha256(json.dumps([resource_type, search]).encode()).hexdigest()[:16]
