"""Searching resources: every parameter must hold; one that is not known is refused, never ignored.

What somebody may not see is left out by the same statement that finds, counts and parts into pages.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fhir.store.engine import Database
from fhir.store.errors import SearchNotUnderstood, SearchTooLong, UnknownSearchParameter
from fhir.store.search.conditions import RANK, Arguments, Condition, condition, date_tests
from fhir.store.search.parameters import OTHER_NAME, Kind, parameters_of
from fhir.store.sight import OPEN_TYPES, Sight, Witness
from fhir.store.validation.plain_form import NOT_TEXT

NEWEST_FIRST = "-_lastUpdated"
FOR_EVERY_TYPE = ("_id", "_lastUpdated")
FOR_PAGES = ("_count", "_offset", "_sort")
EVERY_ONE = 2**62
WHOLE = re.compile(r"[0-9]{1,18}")  # an engine counts no further
# Asked of each resource that is left: PostgreSQL would weigh every order of joins, for minutes, or take all
# that answer for few and find them first.
EXISTS = "EXISTS ({} LIMIT 1 OFFSET 0) IS TRUE"
MOST_CONDITIONS = 100
WIDE = (RANK[Kind.URI], 0)  # from here on, the children whom somebody sees have fewer resources
LONG_LIST = 20  # values: from here on, finding all that answer costs less than asking one by one
BEFORE_ALL, AFTER_ALL = "", "~"  # where a resource without the date stands: after all that have one

Part = tuple[str, Arguments]


def found_texts(
    db: Database, resource_type: str, params: Mapping[str, Any], sight: Sight | None = None
) -> list[str]:
    """Return the JSON text of each resource that answers, newest first unless `_sort` says otherwise."""
    asked = named(resource_type, params)
    source, arguments = answers(db, resource_type, asked, sight)
    value, way, value_arguments = ordered_by(resource_type, asked.get("_sort", NEWEST_FIRST))
    sql = (
        f"SELECT kept.text FROM {source.format('JOIN versions AS kept ON kept.sequence = r.sequence')}"
        f" ORDER BY {value} {way}, r.sequence {way} LIMIT ? OFFSET ?"
    )
    page = (whole(asked, "_count", EVERY_ONE), whole(asked, "_offset", 0))
    return [text for (text,) in db.execute(sql, (*arguments, *value_arguments, *page)).fetchall()]


def found_count(
    db: Database, resource_type: str, params: Mapping[str, Any], sight: Sight | None = None
) -> int:
    """Return how many resources answer, whatever the page asked for."""
    source, arguments = answers(db, resource_type, named(resource_type, params), sight)
    [(number,)] = db.execute(f"SELECT count(*) FROM {source.format('')}", arguments).fetchall()
    return number


def named(resource_type: str, params: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters under the names of the table; raises UnknownSearchParameter."""
    return {_name(resource_type, name): value for name, value in params.items()}


def answers(db: Database, resource_type: str, asked: Mapping[str, Any], sight: Sight | None) -> Part:
    """Return what follows FROM, with a place `{}` for another join; the narrowest condition comes first."""
    conditions, tests = _asked_of(db, "r", resource_type, asked)
    start: Part = ("resources AS r", ())
    narrows = sight if sight is not None and resource_type not in OPEN_TYPES else None
    if "_id" in asked:
        start = _by_id(db, asked["_id"])
        tests += [("r.id = start.id", ()), *(_narrow("r", each) for each in conditions)]
    elif conditions and (narrows is None or conditions[0].rank < WIDE):
        start = _start("r", conditions[0])
        tests.append(("r.key = start.resource", ()))
        tests += [_narrow("r", each) for each in conditions[1:]]
    elif narrows is not None:
        start = _seen(db, narrows)
        tests += [("r.child = seen.child", ()), *(_narrow("r", each) for each in conditions)]
        narrows = None
    if narrows is not None:
        tests.append(is_seen(db, "r", narrows))
    return _joined(f"{start[0]} {{}} WHERE", start[1], tests)


def _by_id(db: Database, value: Any) -> Part:
    """Return the ids that are asked for as the source: `IN` would read every resource of the type."""
    ids = json.dumps([[each] for each in next(_wanted("_id", value))])
    some = f"SELECT DISTINCT wanted.value ->> 0 AS id FROM {db.each_of}"
    return f"({some}) AS start CROSS JOIN resources AS r", (ids,)


def is_seen(db: Database, alias: str, sight: Sight) -> Part:
    """Return the test that the child of a resource is one that somebody may see."""
    ways = [_joined("", (), [_witnessed(db, alias, each) for each in way]) for way in sight.ways]
    test = " OR ".join(f"({sql})" for sql, _ in ways) or "FALSE"
    return f"({test})", tuple(value for _, some in ways for value in some)


def _seen(db: Database, sight: Sight) -> Part:
    """Return all children that somebody may see, as the source to start from."""
    ways = [_shown(db, first, others) for first, *others in sight.ways]
    union = " UNION ".join(sql for sql, _ in ways) or "SELECT NULL AS child"
    return f"({union}) AS seen CROSS JOIN resources AS r", tuple(value for _, some in ways for value in some)


def _shown(db: Database, first: Witness, others: Sequence[Witness]) -> Part:
    source, arguments = answers(db, first.resource_type, named(first.resource_type, first.asked), None)
    tests = [_witnessed(db, "r", each) for each in others]
    return _joined(f"SELECT r.child FROM {source.format('')} AND r.child IS NOT NULL AND", arguments, tests)


def _witnessed(db: Database, alias: str, witness: Witness) -> Part:
    """Return the test that a witness about the same child is kept."""
    conditions, tests = _asked_of(db, "w", witness.resource_type, named(witness.resource_type, witness.asked))
    tests += [_narrow("w", each) for each in conditions]
    sql, arguments = _joined(f"SELECT 1 FROM resources AS w WHERE w.child = {alias}.child AND", (), tests)
    return EXISTS.format(sql), arguments


def _joined(head: str, arguments: Arguments, tests: Sequence[Part]) -> Part:
    """Return one statement of a beginning and tests that must all hold."""
    where = " AND ".join(sql for sql, _ in tests) or "TRUE"
    return f"{head} {where}", (*arguments, *(value for _, some in tests for value in some))


def _asked_of(
    db: Database, alias: str, resource_type: str, asked: Mapping[str, Any]
) -> tuple[list[Condition], list[Part]]:
    """Return what is asked of index rows, the narrowest first, and what of the resource's own row."""
    conditions: list[Condition] = []
    tests: list[Part] = [(f"{alias}.type = ?", (resource_type,))]
    for name, value in asked.items():
        for wanted in _wanted(name, value):
            if name == "_id":
                ids = json.dumps([[each] for each in wanted])
                tests.append((f"{alias}.id IN (SELECT wanted.value ->> 0 FROM {db.each_of})", (ids,)))
            elif name == "_lastUpdated":
                moment = f"{alias}.last_updated"
                tests.append(date_tests(name, wanted, low=moment, high=moment))
            elif name not in FOR_PAGES:
                parameter = parameters_of(resource_type)[name]
                conditions.append(condition(db, resource_type, name, parameter, wanted))
    if len(conditions) + len(tests) > MOST_CONDITIONS:
        raise SearchTooLong
    return sorted(conditions, key=lambda each: each.rank), tests


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


def _wanted(name: str, value: Any) -> Iterator[Sequence[str]]:
    """Yield lists of which any value will do; a tuple is several conditions that must all hold."""
    if value == ():  # that all of nothing hold is true of every resource
        raise SearchNotUnderstood(name)
    for each in value if isinstance(value, tuple) else (value,):
        wanted = each if isinstance(each, list) else [each]
        if name not in FOR_PAGES and not all(isinstance(text, str) and _is_said(text) for text in wanted):
            raise SearchNotUnderstood(name)
        yield wanted


def _is_said(text: str) -> bool:
    return bool(text.strip()) and not NOT_TEXT.search(text)


def _start(alias: str, first: Condition) -> Part:
    some = f"SELECT DISTINCT found.resource FROM {first.source} WHERE {first.test}"
    return f"({some}) AS start CROSS JOIN resources AS {alias}", first.arguments


def _narrow(alias: str, other: Condition) -> Part:
    if other.rank[1] > LONG_LIST:
        some = f"SELECT found.resource FROM {other.source} WHERE {other.test}"
        return f"{alias}.key IN ({some})", other.arguments
    one = f"SELECT 1 FROM {other.source} WHERE found.resource = {alias}.key AND {other.test}"
    return EXISTS.format(one), other.arguments


def ordered_by(resource_type: str, sort: str) -> tuple[str, str, Arguments]:
    """Return the value that resources stand in the order of, and which way; those without it come last."""
    name, newest = sort.removeprefix("-"), sort.startswith("-")
    way = "DESC" if newest else "ASC"
    if name == "_lastUpdated":
        return "r.last_updated", way, ()
    known = parameters_of(resource_type)
    dates = [each for each, parameter in known.items() if parameter.kind is Kind.DATE]
    if name not in dates:
        raise UnknownSearchParameter(resource_type, f"_sort={sort}", (*dates, "_lastUpdated"))
    end, otherwise = ("max(high)", BEFORE_ALL) if newest else ("min(low)", AFTER_ALL)
    one = f"SELECT {end} FROM date_index WHERE resource = r.key AND type = r.type AND parameter = ?"
    return f"coalesce(({one}), '{otherwise}')", way, (name,)


def whole(asked: Mapping[str, Any], name: str, otherwise: int) -> int:
    """Return a whole number from 0 that was asked for, as a number or as text."""
    value = asked.get(name, otherwise)
    if name in asked and not WHOLE.fullmatch(str(value)):
        raise SearchNotUnderstood(name)
    return int(value)
