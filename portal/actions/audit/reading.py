"""The audit as an organisation's privacy lead reads it: of a child, a person, some days; in plain words."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from fhir import kept_audit, kept_people
from fhir.actor import Actor, Purpose
from fhir.audit_event import AuditEntry
from fhir.codes import NHS_NUMBER, id_in
from fhir.patient import from_patient
from fhir.sights import SIGHT_OF, with_plan
from fhir.store import Reader, Store
from fhir.store.errors import ResourceNotFound
from fhir.store.search.audit_pages import Asked
from fhir.store.sight import Sight
from plans.errors import NhsNumberInvalid, PuffinError
from plans.people import Child, nhs_number
from plans.places import Role
from plans.working_days import uk_moment
from portal.actions.children import found_by
from portal.audit_words import ACTIONS, KINDS, PURPOSES, ROLES
from portal.person import Person

ITSELF = frozenset({"system", "portal"})
ID = re.compile(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
CODE = re.compile(r"\b[a-z]+(-[a-z0-9]+)+\b")
AT_HOME = "Somebody at home"
PAGE = 50  # entries
MOST_DAYS = 31  # without a child: more would be read for one page than the store does at once


class NoSuchChild(PuffinError):
    def __init__(self) -> None:
        super().__init__("No child here has this name or NHS number. Check it and try again.")


class SeveralChildren(PuffinError):
    def __init__(self) -> None:
        super().__init__("More than one child has this name. Enter the NHS number.")


class TooManyDays(PuffinError):
    def __init__(self) -> None:
        super().__init__("Choose no more than 31 days, or name one child to look further back.")


class DaysTurnedRound(PuffinError):
    def __init__(self) -> None:
        super().__init__("The last day must not be before the first day.")


class NoSuchPerson(PuffinError):
    def __init__(self) -> None:
        super().__init__("Choose somebody from the list.")


@dataclass(frozen=True)
class Wanted:
    """What a privacy lead asks for; `child` as typed, `who` a Practitioner id, `kind` of KINDS; or ""."""

    first: date
    last: date
    child: str = ""
    who: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Line:
    """One entry in plain words; `child` is "" where it is about none.

    `refs` are whom and what the entry itself names: two children of one name are two.
    """

    at: datetime
    who: str
    role: str
    place: str
    did: str
    child: str
    why: str
    failed: bool
    in_emergency: bool
    refs: tuple[str, ...] = ()

    def cells(self) -> tuple[str, ...]:
        """Return it as a row of a file, its time as UTC."""
        done = "no" if self.failed else "yes"
        return (self.at.isoformat(), self.who, self.role, self.place, self.did, self.child, self.why, done)


CELLS = ("When (UTC)", "Who", "Role", "Organisation", "What they did", "Child", "Why", "Done")


@dataclass(frozen=True)
class Lines:
    """One page; `next` is where the page after begins, None at the end."""

    lines: tuple[Line, ...]
    next: tuple[str, int] | None


def plain(detail: str) -> str:
    """Return the words of an entry without the ids in them, and codes such as direct-care as words."""
    return CODE.sub(lambda found: found[0].replace("-", " "), ID.sub("", detail)).strip()


def people_here(reader: Reader, organisation_id: str) -> dict[str, str]:
    """Return the name of everybody who works or worked for an organisation, by Practitioner id."""
    roles = reader.search("PractitionerRole", organization=f"Organization/{organisation_id}")
    found = {id_in(one.get("practitioner")) for one in roles} - {""}
    names = {id: kept_people.name_of_professional(reader, id) for id in found}
    return dict(sorted(names.items(), key=lambda one: one[1].casefold()))


def asked_for(reader: Reader, wanted: Wanted, *, by: Person, now: datetime) -> Asked:
    """Return what the store is asked: what the place's people did, and what was done about its own patients.

    Of a child whose plan is shared with it, what others did is not the place's to read: it may be hidden.
    Raises NoSuchChild, SeveralChildren, NoSuchPerson, TooManyDays and DaysTurnedRound.
    """
    child = _meant(reader, wanted.child, _named(by, now)).id if wanted.child.strip() else ""
    if wanted.last < wanted.first:
        raise DaysTurnedRound
    if not child and (wanted.last - wanted.first).days >= MOST_DAYS:
        raise TooManyDays
    if wanted.who and wanted.who not in people_here(reader, by.organisation_id):
        raise NoSuchPerson
    return Asked(
        place=by.organisation_id,
        sight=_own(by, now),
        since=uk_moment(wanted.first, time.min),
        before=uk_moment(wanted.last + timedelta(days=1), time.min),
        child=child,
        who=f"Practitioner/{wanted.who}" if wanted.who else "",
        actions=KINDS.get(wanted.kind, ()),
    )


def read_page(
    store: Store, asked: Asked, *, by: Person, at: datetime, after: tuple[str, int] | None = None
) -> Lines:
    """Return one page of the audit in plain words; this reading is itself in the audit."""
    _note(store, asked, by, at, "look at the audit")
    page = kept_audit.page(store, asked, PAGE, after)
    return Lines(tuple(_lines(store, page.entries, by, at)), page.next)


def read_all(store: Store, asked: Asked, *, by: Person, at: datetime) -> Iterator[Line]:
    """Yield all of it, for a file, with no more than some entries in memory; it is in the audit at once."""
    _note(store, asked, by, at, "save the audit as a file")
    return _lines(store, kept_audit.each(store, asked), by, at)


def _named(by: Person, now: datetime) -> Sight:
    """Return the children whose names a privacy lead reads: those whose plan their place may read."""
    return with_plan(f"Organization/{by.organisation_id}", now)


def _own(by: Person, now: datetime) -> Sight:
    """Return the children of the lead's own practice."""
    return SIGHT_OF[Role.CLINICIAN](f"Organization/{by.organisation_id}", now)


def _note(store: Store, asked: Asked, by: Person, at: datetime, detail: str) -> None:
    child = f"Patient/{asked.child}" if asked.child else None
    with store.write_beside(by=by.ref, at=at) as write:
        write.audit("R", f"Organization/{by.organisation_id}", child, detail)


def _meant(reader: Reader, text: str, sight: Sight) -> Child:
    found = _children(reader, text, sight)
    if not found:
        raise NoSuchChild
    if len(found) > 1:
        raise SeveralChildren
    return found[0]


def _children(reader: Reader, text: str, sight: Sight) -> list[Child]:
    try:
        number = f"{NHS_NUMBER}|{nhs_number(text)}"
    except NhsNumberInvalid:
        return found_by(text, [from_patient(one) for one in reader.search("Patient", sight)])
    return [from_patient(one) for one in reader.search("Patient", sight, identifier=number)]


class Names:
    """The names of people, places and children as a privacy lead reads them, each looked up once.

    Who of a family it was is read by the lead of the child's own practice alone.
    """

    def __init__(self, reader: Reader, by: Person, now: datetime) -> None:
        self._reader, self._sight, self._own = reader, _named(by, now), _own(by, now)
        self._known: dict[tuple[str, str], str] = {}

    def who(self, ref: str) -> str:
        """Return the name of a professional; what stands in the entry where it names nobody."""
        kind, _, id = ref.partition("/")
        if kind == "RelatedPerson":
            return self._once("home", id, self._at_home)
        if kind == "Practitioner":
            return self._once("who", id, self._professional)
        return "Puffin" if ref in ITSELF else ref.capitalize()

    def place(self, id: str) -> str:
        """Return the name of an organisation, "" where it is not known."""
        return self._once("place", id, self._organisation)

    def child(self, id: str) -> str:
        """Return the name of a child within sight; of another, only that it is one of somebody else's."""
        return self._once("child", id, self._child) if id else ""

    def _once(self, kind: str, id: str, look_up: Callable[[str], str]) -> str:
        if (kind, id) not in self._known:
            self._known[kind, id] = look_up(id)
        return self._known[kind, id]

    def _at_home(self, id: str) -> str:
        try:
            member = kept_people.family_member(self._reader, id)
        except ResourceNotFound:
            return AT_HOME
        if not self._reader.count("Patient", self._own, _id=member.child_id):
            return AT_HOME
        return f"{member.name} ({member.relationship})" if member.relationship else member.name

    def _professional(self, id: str) -> str:
        try:
            return kept_people.name_of_professional(self._reader, id)
        except ResourceNotFound:
            return "Somebody not known here"

    def _organisation(self, id: str) -> str:
        try:
            return kept_people.organisation(self._reader, id).name
        except ResourceNotFound:
            return ""

    def _child(self, id: str) -> str:
        found = self._reader.search("Patient", self._sight, _id=id)
        return from_patient(found[0]).name if found else "A child who is not yours to see"


def _line(entry: AuditEntry, names: Names) -> Line:
    actor = entry.by if isinstance(entry.by, Actor) else None
    said = plain(entry.detail) or ACTIONS[entry.action]
    return Line(
        at=entry.at,
        who=names.who(str(entry.by)),
        role=ROLES.get(actor.role, "") if actor else "",
        place=names.place(actor.organisation_id) if actor and actor.organisation_id else "",
        did=said[:1].upper() + said[1:],
        child=names.child((entry.child or "").removeprefix("Patient/")),
        why=PURPOSES[actor.purpose] if actor else "",
        failed=entry.outcome != "0",
        in_emergency=actor is not None and actor.purpose is Purpose.EMERGENCY,
        refs=(str(entry.by), entry.what or "", entry.child or ""),
    )


def _lines(reader: Reader, entries: Iterable[AuditEntry], by: Person, now: datetime) -> Iterator[Line]:
    names = Names(reader, by, now)
    return (_line(entry, names) for entry in entries)
