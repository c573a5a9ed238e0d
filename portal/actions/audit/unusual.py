"""Looking through the audit as it is sealed, for what stands out; and what a privacy lead found about it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from fhir import kept_audit, kept_people, kept_shares, kept_team_tasks
from fhir.actor import Actor, Purpose
from fhir.audit_event import Action, AuditEntry
from fhir.record import SIMILAR_NAME
from fhir.sights import as_begun_by, sight_of, with_plan
from fhir.store import Reader, Store, Write
from fhir.store.errors import ResourceNotFound
from fhir.store.search.audit_pages import Asked
from fhir.store.sight import Sight
from fhir.store.tables import marks, teams, unusual_accesses
from plans.people import Child
from plans.places import Role
from plans.review_events import SYSTEM
from plans.team_task import TaskKind
from plans.unusual_access import (
    MANY,
    AboutYourself,
    Look,
    Rule,
    Unusual,
    checked_note,
    is_many,
    line_id,
    rules_of,
)
from portal.actions.audit.reading import Names
from portal.actions.inbox.tasks import settle
from portal.person import Person

MARK = "audit-looked-through"  # the number of the last seal that was looked through
BATCH = 500  # entries a write
MOST_BATCHES = 20  # a round: the rest waits for the next one
HOUR = timedelta(hours=1)
SHOWN = 200
NOBODYS = Sight(())


def look_through(
    store: Store, *, now: datetime, most: int = MANY, must_stop: Callable[[], bool] = lambda: False
) -> int:
    """List what stands out in the entries that were sealed since; return how many were looked through.

    Each batch lands with the mark of how far it went, so that none is missed and none is listed twice.
    """
    count = 0
    for _ in range(MOST_BATCHES):
        if must_stop() or not kept_audit.sealed(store, _mark(store), 1):
            break
        with store.write(by=SYSTEM, at=now) as write:
            found = kept_audit.sealed(write, _mark(write), BATCH)
            _judge(write, [entry for _, entry in found], most)
            marks.put(write, MARK, str(found[-1][0]) if found else str(_mark(write)))
        count += len(found)
    return count


def lines(reader: Reader, organisation_id: str, *, is_open: bool) -> list[Unusual]:
    """Return the newest lines of an organisation, those still to be looked at or the others; 200 at most."""
    return unusual_accesses.of_organisation(reader, organisation_id, is_open=is_open, count=SHOWN)


def review(store: Store, id: str, note: str, *, by: Person, at: datetime) -> None:
    """Keep what the privacy lead found about a line.

    Raises NoteMissing, AboutYourself for a line about what they did themselves, in whatever post, and
    ResourceNotFound for another organisation's; one that is done stays as it was.
    """
    with store.write(by=by.ref, at=at) as write:
        line = unusual_accesses.by_id(write, id)
        if line.organisation_id != by.organisation_id:
            raise ResourceNotFound
        if line.who == by.ref:
            raise AboutYourself
        said = checked_note(note)
        if line.is_open:
            unusual_accesses.review(write, id, said)
            child = f"Patient/{line.child_id}" if line.child_id else None
            write.audit("U", f"unusual-access/{id}", child, f"look into what stood out: {line.rule}")
            _settle_task(write, line, said)


def _settle_task(write: Write, line: Unusual, said: str) -> None:
    """Close the task of the inbox about the same opening: it has been looked into here."""
    if line.rule is not Rule.EMERGENCY:
        return
    for task in kept_team_tasks.tasks_about(write, line.child_id):
        if task.kind is TaskKind.ACCESS_IN_EMERGENCY and line_id(Rule.EMERGENCY, task.about) == line.id:
            settle(write, task, said)


def _mark(reader: Reader) -> int:
    return int(marks.get(reader, MARK) or 0)


def _judge(write: Write, entries: Iterable[AuditEntry], most: int) -> None:
    looks, opened = [], []
    for entry in entries:
        if not isinstance(entry.by, Actor) or not entry.by.organisation_id or entry.outcome != "0":
            continue
        if entry.child and entry.action is Action.READ and entry.by.purpose is not Purpose.OVERSIGHT:
            looks.append(entry)
        if entry.child and entry.action is Action.EXECUTE and _in_emergency(entry):
            opened.append(entry)
    for entry in opened:
        _keep_emergency(write, entry)
    # One request notes several; at another moment the same person may have looked without a relation.
    once = {(one.by, _in_emergency(one), _place(one), one.child, one.at): one for one in looks}
    for entry in once.values():
        _keep_look(write, entry)
    for place, hour in {(_place(one), _hour(one.at)) for one in looks}:
        _keep_many(write, place, hour, most)


def _keep_emergency(write: Write, entry: AuditEntry) -> None:
    child = _child(write, entry)
    unusual_accesses.keep(
        write,
        Unusual(
            id=line_id(Rule.EMERGENCY, entry.what or ""),
            rule=Rule.EMERGENCY,
            organisation_id=child.practice_id or _place(entry),
            who=str(entry.by),
            place=_place(entry),
            at=entry.at,
            child_id=child.id,
        ),
    )


def _keep_look(write: Write, entry: AuditEntry) -> None:
    try:
        child = _child(write, entry)
    except ResourceNotFound:
        return  # a patient that came with somebody else's record and is no child here
    place, who = _place(entry), str(entry.by)
    look = Look(
        who=who,
        place=place,
        child_id=child.id,
        practice_id=child.practice_id,
        who_name=_name(write, who),
        child_family_name=child.family,
        has_relation=_has_relation(write, entry, child),
        in_emergency=_in_emergency(entry),
    )
    for rule in rules_of(look):
        day = entry.at.date().isoformat() if rule is Rule.NO_RELATION else ""
        whose = (child.practice_id or place) if rule is Rule.NO_RELATION else place
        id = line_id(rule, who, place, child.id, day)
        unusual_accesses.keep(write, Unusual(id, rule, whose, who, place, entry.at, child.id))


def _keep_many(write: Write, place: str, hour: datetime, most: int) -> None:
    """Count by the index of the place, in order of time, the children whom each of its people opened."""
    asked = Asked(place, NOBODYS, since=hour, before=hour + HOUR, actions=(Action.READ,))
    opened: dict[str, set[str]] = {}
    for entry in kept_audit.each(write, asked):
        if entry.child and entry.detail != SIMILAR_NAME:
            opened.setdefault(str(entry.by), set()).add(entry.child)
    for who, children in opened.items():
        if is_many(len(children), most):
            id = line_id(Rule.MANY_CHILDREN, who, place, hour.isoformat())
            line = Unusual(id, Rule.MANY_CHILDREN, place, who, place, hour, children=len(children))
            unusual_accesses.keep(write, line)


def _has_relation(reader: Reader, entry: AuditEntry, child: Child) -> bool:
    """Return whether this place saw the child then, as one or as cover, or was asked to do something."""
    place = f"Organization/{_place(entry)}"
    role = Role(entry.by.role) if isinstance(entry.by, Actor) else None
    sights = [with_plan(place, entry.at)]
    sights += [sight_of(reader, role, _place(entry), entry.at)] if role else []
    begun = [as_begun_by(sight, entry.at) for sight in sights]
    if any(reader.count("Patient", sight, _id=child.id) for sight in begun if sight.ways):
        return True
    if _has_task(reader, _place(entry), child):
        return True
    shares = kept_shares.shares_of(reader, child.id)
    return any(
        one.reader_id == _place(entry)
        and one.since <= entry.at
        and (one.stopped_at is None or entry.at <= one.stopped_at)
        and (one.until is None or entry.at.date() <= one.until)
        for one in shares
    )


def _has_task(reader: Reader, place: str, child: Child) -> bool:
    """Return whether a task about the child was ever raised for this place, or for a team that it covers."""
    owners = {place, *teams.covered_teams(reader, place)}
    return any(one.owner_id in owners for one in kept_team_tasks.tasks_about(reader, child.id))


def _child(reader: Reader, entry: AuditEntry) -> Child:
    return kept_people.child(reader, (entry.child or "").removeprefix("Patient/"))


def _name(reader: Reader, who: str) -> str:
    try:
        return kept_people.name_of_professional(reader, who.removeprefix("Practitioner/"))
    except ResourceNotFound:
        return ""


def _place(entry: AuditEntry) -> str:
    return entry.by.organisation_id if isinstance(entry.by, Actor) else ""


def _in_emergency(entry: AuditEntry) -> bool:
    return isinstance(entry.by, Actor) and entry.by.purpose is Purpose.EMERGENCY


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


@dataclass(frozen=True)
class Facts:
    """The names of a line: `child` is "" where it is about many, or about none that this lead may know."""

    who: str
    place: str
    child: str
    reviewer: str


class Seen:
    """The names that the lines of a page need; that they were seen is in the audit, once for each child."""

    def __init__(self, store: Store, *, by: Person, at: datetime) -> None:
        self._store, self._by, self._at = store, by, at
        self._names = Names(store, by, at)
        self._noted: set[str] = set()
        self._note(f"Organization/{by.organisation_id}", None)

    def facts(self, line: Unusual) -> Facts:
        """Return who, where and whose record a line is about."""
        if line.child_id:
            self._note(f"Patient/{line.child_id}", f"Patient/{line.child_id}")
        reviewer = self._names.who(line.reviewed_by) if line.reviewed_by else ""
        child = self._names.child(line.child_id)
        return Facts(self._names.who(line.who), self._names.place(line.place), child, reviewer)

    def _note(self, what: str, child: str | None) -> None:
        if what not in self._noted:
            with self._store.write_beside(by=self._by.ref, at=self._at) as write:
                write.audit("R", what, child, "look at what stood out in the audit")
            self._noted.add(what)
