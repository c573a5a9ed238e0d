"""How long a sweep takes among very many open reviews of which ten are due: `python -m bench.sweep`."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from uuid import uuid4

import click

from fhir import kept_reviews, kept_stays
from fhir.encounter import Stay
from fhir.patient import to_patient
from fhir.store import Store, Write, open_store
from fhir.store.copying.whole import open_new
from fhir.store.sqlite import SqliteEngine
from fhir.store.tables import marks, next_looks
from plans.people import Child
from plans.places import Organisation, OrganisationKind, Role
from plans.review import Review
from plans.review_events import SYSTEM
from portal.actions.accounts import NewAccount, add_account
from portal.actions.sweep import SEEN_WHOLE, sweep
from portal.calendar import holidays_for
from tests.postgres import SAFE, running_server

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
SIZES = (10_000, 1_000_000)
DUE, TIMES = 10, 9
MOST_MS, MOST_TIMES = 100, 1.5
LEFT = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
NOW = LEFT + timedelta(hours=24)  # the first rung falls
FAR = 10_000_000  # the keys of what is copied begin here: no other row has them
HEADING = "## A sweep among very many open reviews\n"
PRACTICE = Organisation("", OrganisationKind.PRACTICE, "Larkhill Surgery", "Y99901")
HOSPITAL = Organisation("", OrganisationKind.HOSPITAL, "Ash Hospital", "Y99903")
# One open review is copied so often, with all that finds it; its text is kept once, as no sweep reads it.
NUMBERS = "WITH RECURSIVE numbers (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < {count})"
COPIES = (
    "INSERT INTO resources (key, type, id, version, last_updated, sequence, child){own_key} {numbers}"
    " SELECT {far} + i, r.type, 'open-' || i, 1, r.last_updated, {far} + i, 'child-' || i"
    " FROM numbers CROSS JOIN resources AS r WHERE r.id = '{id}'",
    "INSERT INTO versions (sequence, resource, version, last_updated, written_by, text){own_key} {numbers}"
    " SELECT {far} + i, {far} + i, 1, v.last_updated, v.written_by, '{{}}'"
    " FROM numbers CROSS JOIN resources AS r JOIN versions AS v ON v.resource = r.key WHERE r.id = '{id}'",
    "INSERT INTO token_index (resource, type, parameter, code, system) {numbers}"
    " SELECT {far} + i, t.type, t.parameter, t.code, t.system FROM numbers CROSS JOIN token_index AS t"
    " WHERE t.resource = (SELECT key FROM resources WHERE id = '{id}') AND t.parameter IN ('code', 'status')",
    "INSERT INTO reference_index (resource, type, parameter, target_type, target_id, target_version)"
    " {numbers}"
    " SELECT {far} + i, t.type, t.parameter, t.target_type, t.parameter || i, '' FROM numbers"
    " CROSS JOIN reference_index AS t WHERE t.resource = (SELECT key FROM resources WHERE id = '{id}')"
    " AND t.parameter IN ('encounter', 'subject')",
    "INSERT INTO next_looks (kind, id, at) {numbers}"
    " SELECT '{kind}', 'open-' || i, '2026-12-01T00:00:00.000000Z' FROM numbers",
)


@dataclass(frozen=True)
class Took:
    """What a sweep took with so many open reviews on one engine, in milliseconds."""

    engine: str
    reviews: int
    middle: float
    slowest: float


@dataclass(frozen=True)
class Places:
    """Whose the reviews are, by their ids."""

    practice_id: str
    hospital_id: str


def fill(store: Store, count: int) -> Places:
    """Keep so many open reviews of which none is due; return whose they are."""
    places = Places(_staffed(store, Role.CLINICIAN, PRACTICE), _staffed(store, Role.HOSPITAL, HOSPITAL))
    with store.write(by=SYSTEM, at=LEFT) as write:
        id = _begin_review(write, places)
        next_looks.put(write, kept_reviews.LOOK, id, NOW + timedelta(days=30))
        marks.put(write, SEEN_WHOLE, NOW.date().isoformat())
        own_key = "" if isinstance(store.engine, SqliteEngine) else " OVERRIDING SYSTEM VALUE"
        numbers = NUMBERS.format(count=count)
        for sql in COPIES:
            write.db.execute(
                sql.format(own_key=own_key, numbers=numbers, far=FAR, id=id, kind=kept_reviews.LOOK)
            )
    store.db.execute("ANALYZE")
    return places


def sweeps(store: Store, places: Places, times: int) -> Iterator[float]:
    """Yield how many milliseconds each sweep took that found ten due and raised the alert of each."""
    for _ in range(times):
        with store.write(by=SYSTEM, at=LEFT) as write:
            for _ in range(DUE):
                _begin_review(write, places)
        start = perf_counter()
        raised = sweep(store, now=NOW, holidays_for=holidays_for)
        took = (perf_counter() - start) * 1000
        if len(raised) != DUE:
            raise ValueError(f"{len(raised)} raised where {DUE} were due")
        yield took


def section(found: Sequence[Took]) -> str:
    """Return the section of the page."""
    lines = [
        HEADING,
        "Measured by `python -m bench.sweep`, which `make bench` runs too. Ten of the open reviews are due:",
        "each is looked at and its alert raised with its message and audit, in a transaction of its own. The",
        f"limits that we hold it to: {MOST_MS} ms, and {MOST_TIMES} times what it takes among the fewest.\n",
        "| Open reviews | Engine | A sweep (the slowest) | As times of the fewest |",
        "| ---: | --- | ---: | ---: |",
    ]
    fewest = {one.engine: one.middle for one in sorted(found, key=lambda one: -one.reviews)}
    lines += [
        f"| {one.reviews:,} | {one.engine} | {one.middle:.0f} ms ({one.slowest:.0f} ms) "
        f"| {one.middle / fewest[one.engine]:.2f} |"
        for one in found
    ]
    return "\n".join(lines) + "\n"


@click.command()
@click.option("--page", is_flag=True, help="Write it into docs/performance.md.")
@click.option("--reviews", "sizes", type=int, multiple=True, default=SIZES, show_default=True)
def main(page: bool, sizes: tuple[int, ...]) -> None:
    """Measure a sweep among so many open reviews on both engines."""
    said = section([took for size in sizes for took in _measured(size)])
    click.echo(said)
    if page:
        before = PAGE.read_text(encoding="utf-8").partition(HEADING)[0].rstrip()
        PAGE.write_text(f"{before}\n\n{said}", encoding="utf-8")


def measure(store: Store, engine: str, reviews: int) -> Took:
    """Fill an empty store and return what a sweep takes; the first, which loads all code, is not counted."""
    places = fill(store, reviews)
    _, *took = sweeps(store, places, TIMES + 1)
    return Took(engine, reviews, median(took), max(took))


def _measured(reviews: int) -> Iterator[Took]:
    with tempfile.TemporaryDirectory() as folder, closing(open_store(Path(folder))) as store:
        yield measure(store, "SQLite", reviews)
    with (
        running_server(SAFE) as server,
        tempfile.TemporaryDirectory() as folder,
        closing(open_new(Path(folder), server.new_database())) as store,
    ):
        yield measure(store, "PostgreSQL", reviews)


def _staffed(store: Store, role: Role, place: Organisation) -> str:
    """Let somebody work at a place, and return its id."""
    somebody = NewAccount(role=role, username=role.value, name="Ada Lee", job="-", organisation=place)
    return add_account(store, somebody, "elm and oak and ash", by=SYSTEM, at=LEFT).organisation_id


def _begin_review(write: Write, places: Places) -> str:
    child = Child(str(uuid4()), "Robin", "Example", date(2019, 3, 14), practice_id=places.practice_id)
    write.create(to_patient(child))
    left = Stay(id=str(uuid4()), child_id=child.id, discharged_at=LEFT)
    stay = kept_stays.keep(write, left)
    review = Review(
        id=str(uuid4()),
        child_id=child.id,
        encounter_id=stay["id"],
        discharged_at=LEFT,
        due=date(2026, 11, 24),
        owner_id=places.practice_id,
        requester_id=places.hospital_id,
    )
    kept_reviews.keep(write, review)
    write.audit("C", f"Task/{review.id}", f"Patient/{child.id}", "start the review")
    return review.id


if __name__ == "__main__":
    main()
