"""A draft of a plan: begun from what is known of the child, saved as it is typed, and checked."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from fhir import kept_deaths, kept_people, kept_plans
from fhir.store import Reader, Store
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import drafts, marks
from fhir.store.tables.drafts import Draft
from plans.checks import Situation, check, open_problems
from plans.confirmations import needed
from plans.draft import DraftReading, fields_of, read_draft
from plans.gp_record import GpRecord
from plans.medicine_kinds import Kind
from plans.medicines import read_medicines
from plans.people import Child
from plans.plan import Plan, Slot
from plans.prefill import prefill
from plans.prefill_facts import control
from plans.problems import Problem
from plans.record_medicines import lines_of
from plans.regimens import Script, attack_script
from plans.risk import count
from plans.sentences import Sentence
from plans.working_days import uk_day
from portal.actions.child_record import heights_on, readings_on
from portal.actions.importing.record import kept_record
from portal.actions.originals import Original, people_around, place
from portal.person import Person

Wordings = Mapping[str, tuple[Sentence, ...]]


# What one tick confirms.
PARTS_OF_A_DOSE = ("product", "name", "strength", "device", "morning", "evening", "when-needed", "most-a-day")


@dataclass(frozen=True)
class CheckedDraft:
    """A draft, whose it is, what it says so far, and all that a check finds in it."""

    draft: Draft
    child: Child
    live: Plan | None
    reading: DraftReading
    situation: Situation

    @property
    def plan(self) -> Plan:
        """Return what the draft says, under the version that it would be signed as."""
        return self.reading.plan

    @property
    def script(self) -> Script:
        """Return which attack steps the plan prints as it stands."""
        return attack_script(self.plan, self.situation.age, self.situation.medicines)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Return every problem, those that have a reason too."""
        return check(self.plan, self.situation)

    @cached_property
    def open_problems(self) -> tuple[Problem, ...]:
        """Return what still stands between this draft and a signature."""
        return open_problems(self.plan, self.situation)


def start_draft(store: Store, child_id: str, *, by: Person, at: datetime) -> Draft:
    """Begin a draft: from the child's live plan, else from the GP record kept here, else nearly empty.

    Beside a live plan the record gives only the last control score, which a plan never copies.

    Raises ResourceNotFound for a child of another practice, and ChildHasDied.
    """
    with store.write(by=by.ref, at=at) as write:
        child = child_of_ours(write, child_id, by)
        kept_deaths.must_not_be_confirmed(write, child_id)
        draft = drafts.create(write, child_id, _first_fields(write, child, at))
        write.audit("C", f"CarePlan/{draft.id}", f"Patient/{child_id}", "start a draft plan")
        return draft


def save_draft(
    store: Store, draft_id: str, fields: Mapping[str, str], if_version: int, *, by: Person, at: datetime
) -> Draft:
    """Keep what was typed as the next version of a draft, and return it.

    What a record said and reasons already given stay, unless `fields` says otherwise. A confirmation of
    words that read differently since is gone, and so is that of a copied dose that changed since: each was
    for what stood there before.
    Raises StaleVersion, DraftClosed, and ResourceNotFound for a child of another practice.
    """
    with store.write(by=by.ref, at=at) as write:
        kept = drafts.read(write, draft_id)
        age = child_of_ours(write, kept.child_id, by).age_on(uk_day(at))
        typed = _carried(kept.fields) | dict(fields)
        changed = _changed_wordings(_wordings(kept.fields, age), _wordings(typed, age))
        doses = _changed_doses(kept.fields, typed)
        still = {name: text for name, text in _without(changed, typed).items() if name not in doses}
        saved = drafts.save(write, draft_id, still, if_version)
        write.audit("U", f"CarePlan/{draft_id}", f"Patient/{kept.child_id}", "save a draft plan")
        return saved


def no_longer_confirmed(sent: Mapping[str, str], kept: Mapping[str, str]) -> bool:
    """Return whether a tick for a copied dose was sent and not kept, so that a page must show it empty."""
    return any(sent.get(f"{slot}-confirmed") and not kept.get(f"{slot}-confirmed") for slot in Slot)


def drop_draft(store: Store, draft_id: str, if_version: int, *, by: Person, at: datetime) -> Draft:
    """Close a draft that nobody wants, and return it; raises what `save_draft` raises."""
    with store.write(by=by.ref, at=at) as write:
        draft = drafts.read(write, draft_id)
        child_of_ours(write, draft.child_id, by)
        drafts.drop(write, draft_id, if_version)
        write.audit("D", f"CarePlan/{draft_id}", f"Patient/{draft.child_id}", "drop a draft plan")
        return draft


def check_draft(reader: Reader, draft_id: str, *, by: Person, today: date) -> CheckedDraft:
    """Return a draft with what it says and every problem it has; `today` is the day in the UK.

    Words that read differently since it was saved, because of a birthday, are no longer confirmed.
    Raises ResourceNotFound, also for a child of another practice.
    """
    kept = drafts.read(reader, draft_id)
    child = child_of_ours(reader, kept.child_id, by)
    draft = _still_confirmed(kept, child, today)
    live = kept_plans.live_plan(reader, child.id)
    reading = _with_next_version(reader, read_draft(draft.fields, draft_id=draft_id, child_id=child.id))
    record = kept_record(reader, child.id)
    situation = Situation(
        child=child,
        today=today,
        medicines=read_medicines(),
        live_plan_id=live.id if live else "",
        unread=reading.problems,
        unknown=reading.unknown,
        readings=readings_on(record, today),
        heights=heights_on(record, today),
        steroid_courses=count(record, today).steroid_courses_12m if record else 0,
        has_nebuliser_liquid=bool(record and _names_nebuliser_liquid(record, today)),
    )
    return CheckedDraft(draft, child, live, reading, situation)


def preview(reader: Reader, checked: CheckedDraft, by: Person) -> Original:
    """Return the draft as the plan it would be if `by` signed it, to be read before that."""
    around = people_around(reader, checked.child, checked.plan)
    people = replace(around, author=by.professional)
    return Original(checked.plan, people, is_demo=marks.is_demo(reader))


def child_of_ours(reader: Reader, child_id: str, by: Person) -> Child:
    """Return a child of this person's practice; raises ResourceNotFound for any other."""
    child = kept_people.child(reader, child_id)
    if child.practice_id != by.organisation_id:
        raise ResourceNotFound
    return child


def _names_nebuliser_liquid(record: GpRecord, today: date) -> bool:
    """Return whether liquid for a nebuliser was supplied in 12 months or is to be taken now."""
    is_supplied = count(record, today).nebuliser_liquid_12m > 0
    return is_supplied or bool(lines_of(record, today, Kind.NEBULISER_LIQUID))


def _first_fields(reader: Reader, child: Child, at: datetime) -> dict[str, str]:
    live, today = kept_plans.live_plan(reader, child.id), uk_day(at)
    record = kept_record(reader, child.id)
    if live:
        # Which plan a new one replaces is for its signer to say, each time.
        copied = {name: text for name, text in fields_of(live, today=today).items() if name != "replaces"}
        return copied | (control(record, today) if record else {})
    practice = place(reader, child.practice_id)
    phone = {"surgery-phone": practice.phone} if practice and practice.phone else {}
    return phone | (prefill(record, today) if record else {})


def _changed_doses(before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    """Return the ticks of copied doses that were confirmed before and read differently now."""
    return {
        f"{slot}-confirmed"
        for slot in Slot
        if before.get(f"{slot}-confirmed") and _dose(before, slot) != _dose(after, slot)
    }


def _dose(fields: Mapping[str, str], slot: Slot) -> tuple[str, ...]:
    return tuple(fields.get(f"{slot}-{part}", "").strip() for part in PARTS_OF_A_DOSE)


def _carried(fields: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in fields.items() if _is_carried(name)}


def _is_carried(name: str) -> bool:
    from_the_record = name.endswith("-source") or name.startswith("unknown-")
    return (from_the_record and not name.endswith("-choice")) or name.startswith("reason-")


def _still_confirmed(draft: Draft, child: Child, today: date) -> Draft:
    """Return the draft without the confirmations of words that read otherwise at the age of today."""
    then, now = child.age_on(uk_day(draft.saved_at)), child.age_on(today)
    if then == now:
        return draft
    changed = _changed_wordings(_wordings(draft.fields, then), _wordings(draft.fields, now))
    return replace(draft, fields=_without(changed, draft.fields))


def _without(changed: Set[str], fields: Mapping[str, str]) -> dict[str, str]:
    """Return the fields without the confirmations of these words."""
    names = {f"wording-{key}" for key in changed}
    return {name: text for name, text in fields.items() if name not in names}


def _changed_wordings(before: Wordings, after: Wordings) -> set[str]:
    """Return the keys of words to confirm that were shown before and read differently now."""
    return {key for key in before.keys() & after.keys() if before[key] != after[key]}


def _wordings(fields: Mapping[str, str], age: int) -> Wordings:
    plan = read_draft(fields, draft_id="", child_id="").plan
    return {wording.key: wording.sentences for wording in needed(plan, age, read_medicines())}


def _with_next_version(reader: Reader, reading: DraftReading) -> DraftReading:
    """Return the reading of a plan that is numbered after every plan the child has had."""
    former = kept_plans.plans_of(reader, reading.plan.child_id)
    version = max((plan.version for plan in former), default=0) + 1
    return replace(reading, plan=replace(reading.plan, version=version))
