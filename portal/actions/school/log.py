"""The log of a school: what happened is kept, and reaches the child's clinician the same day."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from fhir import kept_people, kept_school_log, kept_team_tasks
from fhir.kept_school_log import reference_to
from fhir.store import Reader, Store, Write
from fhir.store.errors import ResourceNotFound
from plans.hidden_notes import HiddenNote
from plans.places import Role
from plans.school_form import NotWhole
from plans.school_log import EntryKind, SchoolEntry, checked, line, withdrawn
from plans.team_task import LONGEST_TEXT, TaskKind, task_id
from plans.working_days import uk_day, uk_time
from portal.actions.hidden_notes import keep_with
from portal.actions.inbox.tasks import NewTask, raise_task
from portal.actions.school.places import school_written_for, schools_read, who_acts
from portal.person import Person

MORE = "There is more in the log of school."
SHOWN_TO_FAMILY = 5
SENT_TWICE = timedelta(minutes=1)  # between two sendings of one form that names no time
SENT_BEFORE = (
    "This form was sent before and is kept as it was. Did it happen again? Open a new form. Was it wrong? "
    "Mark it as an error in the log."
)


def record(
    store: Store, entry: SchoolEntry, *, hidden: HiddenNote | None = None, by: Person, at: datetime
) -> None:
    """Keep what happened and tell the child's practice; the same form sent again changes nothing.

    What is `hidden` is kept with it, as a note of its own. Raises NotWhole, also for a form that says
    something else than when it was sent before, and what hidden_notes.keep_with raises.
    """
    checked(entry, at)
    with store.write(by=by.ref, at=at) as write:
        if hidden:
            keep_with(write, hidden, by=by)
        entry = replace(entry, school_id=school_written_for(write, entry.child_id, by, at))
        if kept_school_log.is_kept(write, entry):
            _must_say_the_same(entry, kept_school_log.entry(write, entry.child_id, entry.id))
            return
        kept_school_log.keep(write, entry)
        _note(write, entry, "C", f"write down at school: {entry.kind}")
        _tell(write, entry, _line(entry), by)


def withdraw(store: Store, child_id: str, id: str, reason: str, *, by: Person, at: datetime) -> None:
    """Keep that an entry was made in error, and tell the practice; raises NotWhole, ResourceNotFound."""
    said = withdrawn(reason)
    with store.write(by=by.ref, at=at) as write:
        entry = _seen(write, child_id, id, by)
        if not entry.stands:
            return
        changed = replace(entry, error=said)
        kept_school_log.keep_changed(write, changed)
        _note(write, changed, "U", "withdraw what was written down at school")
        _tell(write, changed, f"Written in error, do not count it: {_line(entry)}", by)


def say_told(store: Store, child_id: str, id: str, told_by: str, *, by: Person, at: datetime) -> None:
    """Keep who has told a parent; raises NotWhole without a name, and ResourceNotFound."""
    if not told_by.strip():
        raise NotWhole("told-by", "Write who told a parent.")
    with store.write(by=by.ref, at=at) as write:
        entry = replace(_seen(write, child_id, id, by), told_by=told_by.strip())
        kept_school_log.keep_changed(write, checked(entry, at))
        _note(write, entry, "U", "keep that a parent was told")


def entries_seen(reader: Reader, child_id: str, *, by: Person, now: datetime) -> list[SchoolEntry]:
    """Return what somebody may read of the log of school, the newest first.

    School staff read what staff of their own school wrote there; a nurse what happened at the schools of her
    team, or of one that she covers, and what names no school; others, who see the record, all of it.
    """
    return seen_among(reader, kept_school_log.entries_of(reader, child_id), by=by, now=now)


def seen_among(
    reader: Reader, entries: Iterable[SchoolEntry], *, by: Person, now: datetime
) -> list[SchoolEntry]:
    """Return those of these entries that somebody may read, in their order, as `entries_seen` says."""
    schools = schools_read(reader, by, now)
    found = [one for one in entries if schools is None or one.school_id in schools]
    if by.role is not Role.SCHOOL_STAFF:
        return found
    own = kept_school_log.written_at(reader, found, by.organisation_id)
    return [one for one in found if one.id in own]


def for_the_family(reader: Reader, child_id: str) -> list[SchoolEntry]:
    """Return the last relievers that school gave, for the family: what is hidden is not among them.

    They say nothing about who was told or by whom: that may be of another home.
    """
    given = (one for one in kept_school_log.entries_of(reader, child_id) if _is_for_the_family(one))
    return [replace(one, words="", told_by="", given_by="", kept_by="") for one in given][:SHOWN_TO_FAMILY]


def _seen(write: Write, child_id: str, id: str, by: Person) -> SchoolEntry:
    """Return an entry that somebody may read; raises ResourceNotFound."""
    for one in entries_seen(write, child_id, by=by, now=write.at):
        if one.id == id:
            return one
    raise ResourceNotFound


def _must_say_the_same(entry: SchoolEntry, kept: SchoolEntry) -> None:
    """Raise NotWhole where a form that was sent before now tells of something else: nothing gets lost."""
    again = replace(entry, at=kept.at, kept_by=kept.kept_by, told_by=kept.told_by, school_id=kept.school_id)
    if again != kept or abs(entry.at - kept.at) > SENT_TWICE:
        raise NotWhole("day", SENT_BEFORE)


def _is_for_the_family(entry: SchoolEntry) -> bool:
    return entry.kind is EntryKind.RELIEVER and entry.stands and not entry.is_hidden


def _tell(write: Write, entry: SchoolEntry, words: str, by: Person) -> None:
    """Tell the practice: an attack in a task of its own, all else of a day in one task for the child."""
    child = kept_people.child(write, entry.child_id)
    owner = who_acts(write, child, otherwise=by.organisation_id)
    if entry.kind is not EntryKind.ATTACK:
        _gather(write, NewTask(TaskKind.USED_AT_SCHOOL, owner, child.id, words=words))
        return
    once = f"{entry.id}/{'error' if entry.error else 'new'}"
    said = _most(words, entry.words)
    raise_task(write, NewTask(TaskKind.USED_AT_SCHOOL, owner, child.id, reference_to(entry), said, once=once))


def _gather(write: Write, new: NewTask) -> None:
    """Add the words to the task of this child and day; once that is done, begin the next."""
    once = f"{new.child_id}/{uk_day(write.at)}"
    while kept_team_tasks.is_raised(write, id := task_id(new.kind, new.owner_id, once)):
        task = kept_team_tasks.task(write, id)
        if task.is_open:
            kept_team_tasks.keep_changed(write, replace(task, words=_most(task.words, new.words)))
            write.audit("U", f"Task/{task.id}", f"Patient/{new.child_id}", f"add to a task: {new.kind}")
            return
        once = f"{once}/next"
    raise_task(write, replace(new, once=once))


def _most(before: str, words: str) -> str:
    """Return both, as far as a task holds them; the log itself has all."""
    whole = f"{before}\n{words}".strip()
    if len(whole) <= LONGEST_TEXT:
        return whole
    return before if before.endswith(MORE) else f"{before[: LONGEST_TEXT - len(MORE) - 1]}\n{MORE}"


def _line(entry: SchoolEntry) -> str:
    local = uk_time(entry.at)
    return line(entry, f"{local.day} {local:%B} at {local:%H:%M}")


def _note(write: Write, entry: SchoolEntry, action: str, detail: str) -> None:
    write.audit(action, reference_to(entry), f"Patient/{entry.child_id}", detail)
