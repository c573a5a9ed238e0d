"""Posts: where somebody with an account works, and as what. One that ended stays, as what they did stays."""

from dataclasses import dataclass
from datetime import datetime

from fhir.store.errors import ResourceNotFound
from fhir.store.moments import moment, moment_or_none, moment_text
from fhir.store.reader import Reader
from fhir.store.store import Write
from fhir.store.tables.rows import Row, change, insert, many, one


@dataclass(frozen=True)
class NewPost:
    """What must be known of a post before it is added; `id` is that of its PractitionerRole."""

    id: str
    account_id: str
    role: str
    organisation_id: str
    leads: bool = False


@dataclass(frozen=True)
class Post:
    """Somebody's work at one place until `ended_at`; who `leads` is told what nobody there has looked at."""

    id: str
    account_id: str
    role: str
    organisation_id: str
    leads: bool
    started_at: datetime
    ended_at: datetime | None


def add(write: Write, new: NewPost) -> Post:
    """Add a post and return it."""
    insert(write, "posts", vars(new) | {"started_at": moment_text(write.at)})
    return by_id(write, new.id)


def by_id(reader: Reader, post_id: str) -> Post:
    """Return a post, ended or not; raises ResourceNotFound."""
    row = one(reader, "SELECT * FROM posts WHERE id = ?", post_id)
    if row is None:
        raise ResourceNotFound
    return _post(row)


def of_account(reader: Reader, account_id: str) -> list[Post]:
    """Return the posts of an account, those that have ended too, the first one first."""
    return _posts(reader, "account_id = ?", account_id)


def at(reader: Reader, organisation_id: str) -> list[Post]:
    """Return the posts at a place, those that have ended too, the first one first."""
    return _posts(reader, "organisation_id = ?", organisation_id)


def places(reader: Reader) -> set[str]:
    """Return the ids of the places where somebody works now."""
    sql = "SELECT DISTINCT organisation_id FROM posts WHERE ended_at IS NULL"
    return {row["organisation_id"] for row in many(reader, sql)}


def end(write: Write, post_id: str) -> None:
    """End a post; one that has ended before keeps its moment. Raises ResourceNotFound."""
    if by_id(write, post_id).ended_at is None:
        change(write, "posts", post_id, {"ended_at": moment_text(write.at)})


def lead(write: Write, post_id: str, *, leads: bool) -> None:
    """Keep whether the person in this post leads the place; raises ResourceNotFound."""
    change(write, "posts", post_id, {"leads": leads})


def _posts(reader: Reader, test: str, value: str) -> list[Post]:
    sql = f"SELECT * FROM posts WHERE {test} ORDER BY started_at, id"
    return [_post(row) for row in many(reader, sql, value)]


def _post(row: Row) -> Post:
    times = {"started_at": moment(row["started_at"]), "ended_at": moment_or_none(row["ended_at"])}
    return Post(**row | times | {"leads": bool(row["leads"])})
