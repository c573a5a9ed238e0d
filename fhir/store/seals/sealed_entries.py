"""What was sealed, in the order of the seals: whoever remembers a number misses none and reads none twice."""

from fhir.store.reader import Reader

# CROSS JOIN, because SQLite would else begin at every version there is.
AFTER = (
    "SELECT s.number, v.text FROM audit_seals AS s CROSS JOIN versions AS v"
    " WHERE s.number > ? AND v.resource = s.resource AND v.version = 1 ORDER BY s.number LIMIT ?"
)


def sealed_after(reader: Reader, number: int, count: int) -> list[tuple[int, str]]:
    """Return the number of each seal after this one, and the text of its audit entry."""
    return [(found, text) for found, text in reader.db.execute(AFTER, (number, count)).fetchall()]
