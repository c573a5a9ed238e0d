"""How many messages of each kind were heard: of one that asks nothing of us, a number and nothing else."""

from fhir.store import Reader, Write
from fhir.store.tables import marks

COUNTED = "messages-heard"
MOST_KINDS = 50  # a sender that makes kinds up fills no store
OTHERS = "others"


def count(write: Write, kind: str) -> None:
    """Count one more message of this kind, such as A04."""
    known = heard(write)
    name = kind if kind in known or len(known) < MOST_KINDS and kind.isprintable() else OTHERS
    known[name] = known.get(name, 0) + 1
    marks.put(write, COUNTED, "\n".join(f"{name}\t{number}" for name, number in sorted(known.items())))


def heard(reader: Reader) -> dict[str, int]:
    """Return how many messages of each kind were heard."""
    lines = (marks.get(reader, COUNTED) or "").splitlines()
    return {name: int(number) for name, number in (line.split("\t") for line in lines)}
