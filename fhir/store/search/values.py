"""What resources are found by, without reading the resources: for lists of very many of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fhir.store.engine import Database
from fhir.store.search.indexing import TABLES
from fhir.store.search.parameters import Kind, parameters_of
from fhir.store.search.searching import answers, named
from fhir.store.sight import Sight

COLUMNS = {Kind.STRING: "f.value", Kind.DATE: "f.high"}


@dataclass(frozen=True)
class Value:
    """One value of one parameter of a resource: `id` of the resource, `child` in whose record it is."""

    id: str
    child: str
    text: str


def found_values(
    db: Database, resource_type: str, parameter: str, params: Mapping[str, Any], sight: Sight | None
) -> list[Value]:
    """Return the values of a text, or the ends of a date, of every resource that answers, as indexed."""
    table = parameters_of(resource_type)[parameter].kind
    source, arguments = answers(db, resource_type, named(resource_type, params), sight)
    join = f"CROSS JOIN {TABLES[table][0]} AS f"  # in this order: first the resources, then their values
    sql = (
        f"SELECT r.id, r.child, {COLUMNS[table]} FROM {source.format(join)}"
        " AND f.resource = r.key AND f.type = r.type AND f.parameter = ?"
    )
    return [Value(*row) for row in db.execute(sql, (*arguments, parameter)).fetchall()]
