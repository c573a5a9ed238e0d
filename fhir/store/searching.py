"""Searching resources: every parameter must hold; one that is not known is refused, never ignored."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from fhir.store.conditions import Arguments, Condition, condition, date_tests
from fhir.store.engine import Database
from fhir.store.errors import SearchNotUnderstood, UnknownSearchParameter
from fhir.store.search_parameters import OTHER_NAME, Kind, parameters_of

NEWEST_FIRST = "-_lastUpdated"
FOR_EVERY_TYPE = ("_id", "_lastUpdated")
FOR_PAGES = ("_count", "_offset", "_sort")
EVERY_ONE = 2**62
LONG_LIST = 20  # values: from here on, finding all that answer costs less than asking one by one

Part = tuple[str, Arguments]


def found_texts(db: Database, resource_type: str, params: dict[str, Any]) -> list[str]:
    """Return the JSON text of each resource that answers, newest first unless `_sort` says otherwise."""
    asked = {_name(resource_type, name): value for name, value in params.items()}
    source, arguments = _answers(db, resource_type, asked)
    order, order_arguments = _order(resource_type, asked.get("_sort", NEWEST_FIRST))
    sql = (
        f"SELECT kept.text FROM {source.format('JOIN versions AS kept ON kept.sequence = r.sequence')}"
        f" ORDER BY {order} LIMIT ? OFFSET ?"
    )
    page = (_whole(asked, "_count", EVERY_ONE), _whole(asked, "_offset", 0))
    return [text for (text,) in db.execute(sql, (*arguments, *order_arguments, *page)).fetchall()]


def found_count(db: Database, resource_type: str, params: dict[str, Any]) -> int:
    """Return how many resources answer, whatever the page asked for."""
    asked = {_name(resource_type, name): value for name, value in params.items()}
    source, arguments = _answers(db, resource_type, asked)
    [(number,)] = db.execute(f"SELECT count(*) FROM {source.format('')}", arguments).fetchall()
    return number


def _name(resource_type: str, name: str) -> str:
    """Return a parameter's name as the table has it: `general_practitioner` is `general-practitioner`."""
    if name in FOR_EVERY_TYPE or name in FOR_PAGES:
        return name
    known = parameters_of(resource_type)
    hyphened = name.replace("_", "-")
    for each in (hyphened, OTHER_NAME.get(hyphened, "")):
        if each in known:
            return each
    raise UnknownSearchParameter(resource_type, name, (*known, *FOR_EVERY_TYPE, *FOR_PAGES))


def _answers(db: Database, resource_type: str, asked: dict[str, Any]) -> Part:
    """Return what follows FROM, with a place `{}` for another join; the narrowest condition comes first."""
    conditions: list[Condition] = []
    tests: list[Part] = [("r.type = ?", (resource_type,))]
    for name, value in asked.items():
        for wanted in _wanted(name, value):
            if name == "_id":
                ids = json.dumps([[each] for each in wanted])
                tests.append((f"r.id IN (SELECT wanted.value ->> 0 FROM {db.each_of})", (ids,)))
            elif name == "_lastUpdated":
                tests.append(date_tests(name, wanted, low="r.last_updated", high="r.last_updated"))
            elif name not in FOR_PAGES:
                parameter = parameters_of(resource_type)[name]
                conditions.append(condition(db, resource_type, name, parameter, wanted))
    conditions.sort(key=lambda each: each.rank)
    start, start_arguments = _start(conditions[0]) if conditions else ("resources AS r", ())
    if conditions:
        tests.append(("r.key = start.resource", ()))
    tests += [_narrow(each) for each in conditions[1:]]
    where = " AND ".join(test for test, _ in tests)
    return f"{start} {{}} WHERE {where}", (*start_arguments, *(each for _, some in tests for each in some))


def _wanted(name: str, value: Any) -> Iterator[Sequence[str]]:
    """Yield lists of which any value will do; a tuple is several conditions that must all hold."""
    for each in value if isinstance(value, tuple) else (value,):
        wanted = each if isinstance(each, list) else [each]
        if name not in FOR_PAGES and not all(isinstance(text, str) and text.strip() for text in wanted):
            raise SearchNotUnderstood(name)
        yield wanted


def _start(first: Condition) -> Part:
    some = f"SELECT DISTINCT found.resource FROM {first.source} WHERE {first.test}"
    return f"({some}) AS start CROSS JOIN resources AS r", first.arguments


def _narrow(other: Condition) -> Part:
    if other.rank[1] > LONG_LIST:
        return f"r.key IN (SELECT found.resource FROM {other.source} WHERE {other.test})", other.arguments
    one = f"SELECT 1 FROM {other.source} WHERE found.resource = r.key AND {other.test}"
    return f"EXISTS ({one})", other.arguments


def _order(resource_type: str, sort: str) -> Part:
    """Return what follows ORDER BY; resources without the date come last."""
    name, newest = sort.removeprefix("-"), sort.startswith("-")
    way = "DESC" if newest else "ASC"
    if name == "_lastUpdated":
        return f"r.last_updated {way}, r.sequence {way}", ()
    known = parameters_of(resource_type)
    dates = [each for each, parameter in known.items() if parameter.kind is Kind.DATE]
    if name not in dates:
        raise UnknownSearchParameter(resource_type, f"_sort={sort}", (*dates, "_lastUpdated"))
    end = "max(high)" if newest else "min(low)"
    one = f"SELECT {end} FROM date_index WHERE resource = r.key AND type = r.type AND parameter = ?"
    return f"({one}) {way} NULLS LAST, r.sequence {way}", (name,)


def _whole(asked: dict[str, Any], name: str, otherwise: int) -> int:
    """Return a whole number from 0 that was asked for, as a number or as text."""
    value = asked.get(name, otherwise)
    if name in asked and not (str(value).isascii() and str(value).isdigit()):
        raise SearchNotUnderstood(name)
    return int(value)
