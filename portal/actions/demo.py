"""The invented demo: people, places and plans, made by the same acts as real ones, and made only once."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from fhir import kept_people
from fhir.codes import NHS_NUMBER
from fhir.patient import to_patient
from fhir.related_person import to_related_person
from fhir.store import Store
from fhir.store.tables import accounts, marks, teams
from fhir.store.tables.drafts import Draft
from plans.confirmations import needed
from plans.consent import How, Word
from plans.diagnosis import Asthma
from plans.discharge_notice import DischargeNotice, VisitKind
from plans.draft import read_draft
from plans.errors import PuffinError
from plans.medicines import read_medicines
from plans.people import Child, FamilyMember
from plans.places import Organisation, OrganisationKind, Role
from plans.review_events import SYSTEM
from plans.sharing import Basis, Reader, may_read_as
from plans.team_task import TaskKind
from plans.working_days import uk_day
from portal.actions.accounts import NewAccount, account_of, add_account, people_of
from portal.actions.circle.deciding import deciding
from portal.actions.circle.sharing import Wanted, share
from portal.actions.concerns.numbers import Purpose, keep_numbers, numbers_here
from portal.actions.demo_school import tell_of_school
from portal.actions.discharge.told import News, Told
from portal.actions.discharges import record_discharge
from portal.actions.drafts import save_draft, start_draft
from portal.actions.inbox.tasks import NewTask, raise_task
from portal.actions.places import by_code
from portal.actions.plans import sign_draft
from portal.actions.posts import let_lead
from portal.calendar import holidays_for
from portal.person import Person

DEMO = Path(__file__).parent.parent / "demo.toml"
PASSWORD = "puffin-demo-2026"  # noqa: S105  everybody may know it: nobody behind it is real


class RealPeopleHere(PuffinError):
    """The store has accounts that are not of the demo."""

    def __init__(self) -> None:
        super().__init__(
            "This store has real accounts, so the demo was not added. Set PUFFIN_DATA to another folder."
        )


@dataclass(frozen=True)
class Circle:
    """Who the demo's acts are done by and shared with."""

    gp: Person
    nurse: Person
    school: Person
    ward: Person


def seed(store: Store, *, at: datetime) -> list[str]:
    """Add whatever of the demo is not there yet; return who can sign in, a line each.

    Raises RealPeopleHere and changes nothing where anybody real may sign in.
    """
    if any(not account.demo for account in accounts.all_accounts(store)):
        raise RealPeopleHere
    demo = tomllib.loads(DEMO.read_text(encoding="utf-8"))
    with store.write(by=SYSTEM, at=at) as write:
        marks.put(write, marks.DEMO, "yes")
    people = [_person(store, entry, at) for entry in demo["accounts"]]
    by_name = {person.username: person for person in people}
    circle = Circle(*(by_name[name] for name in ("gp", "nurse", "school", "ward")))
    for entry in demo["children"]:
        if not store.count("Patient", identifier=f"{NHS_NUMBER}|{entry['nhs_number']}"):
            _tell(store, entry, circle, at)
    for entry in demo["cover"]:
        _cover(store, entry, at)
    for entry in demo["numbers"]:
        _enter_numbers(store, entry, by_name[entry["by"]], at)
    return [f"{one.username}: {one.name}, {one.job}, {one.organisation_name}" for one in people] + [
        f"The password of all of them is {PASSWORD}"
    ]


def _person(store: Store, entry: Mapping[str, Any], at: datetime) -> Person:
    account = accounts.by_username(store, entry["username"])
    if account is None:
        return _add(store, entry, at)
    people = people_of(store, account.id)
    if not people:
        raise RealPeopleHere
    return people[0]


def _add(store: Store, entry: Mapping[str, Any], at: datetime) -> Person:
    place, role = _place(store, entry["place"]), Role(entry["role"])
    new = NewAccount(entry["username"], entry["name"], entry["job"], role, place, demo=True)
    person = add_account(store, new, PASSWORD, by=SYSTEM, at=at)
    if entry.get("leads"):
        let_lead(
            store,
            account_of(store, person.username),
            role,
            replace(place, id=person.organisation_id),
            leads=True,
            by=SYSTEM,
            at=at,
        )
    return person


def _place(store: Store, said: Mapping[str, str]) -> Organisation:
    team = by_code(store, said["nursed_by"]) if "nursed_by" in said else None
    return Organisation(
        "",
        OrganisationKind(said["kind"]),
        said["name"],
        said["code"],
        said["phone"],
        nursing_team_id=team.id if team else "",
    )


def _cover(store: Store, said: Mapping[str, str], at: datetime) -> None:
    """Keep who covers a team, unless its people have said so themselves."""
    team, cover = by_code(store, said["team"]), by_code(store, said["by"])
    if team is None or cover is None or teams.covered_by(store, team.id):
        return
    with store.write(by=SYSTEM, at=at) as write:
        teams.cover(write, team.id, cover.id)
        write.audit("U", f"Organization/{team.id}", detail="name the team that covers")


def _enter_numbers(store: Store, said: Mapping[str, Any], by: Person, at: datetime) -> None:
    """Keep whom to phone at a place, unless its people have said so themselves."""
    if not numbers_here(store, by):
        numbers = {one: (said[one]["name"], said[one]["phone"]) for one in Purpose if one in said}
        keep_numbers(store, numbers, by=replace(by, leads=True), at=at)


def _tell(store: Store, entry: Mapping[str, Any], circle: Circle, at: datetime) -> None:
    """Make one child with the story that the entry tells."""
    child = Child(
        id=str(uuid4()),
        given=entry["given"],
        family=entry["family"],
        born=entry["born"],
        nhs_number=entry["nhs_number"],
        practice_id=circle.gp.organisation_id,
        school_id=circle.school.organisation_id if entry.get("at_school") else "",
        reads=entry.get("reads", ""),
        speaks=tuple(entry.get("speaks", ())),
    )
    _keep(store, child, entry, at)
    if "draft" in entry:
        _draft(store, child, entry["draft"], circle.gp, at)
    if "plan" in entry:
        _sign(store, child, entry, circle.gp, at)
    if "share" in entry:
        _share(store, child, entry, circle, at)
    if "no_inhaler" in entry:
        _ask_for_inhaler(store, child, entry["no_inhaler"], at)
    if "discharged_days_ago" in entry:
        _discharge(store, child, entry, circle.ward, at)
    if entry.get("school_wrote"):
        tell_of_school(store, child, circle.school, at)


def _keep(store: Store, child: Child, entry: Mapping[str, Any], at: datetime) -> None:
    with store.write(by=SYSTEM, at=at) as write:
        write.create(to_patient(child))
        for one in entry["home"]:
            write.create(
                to_related_person(
                    FamilyMember(
                        id=str(uuid4()),
                        child_id=child.id,
                        name=one["name"],
                        relationship=one["relationship"],
                        with_parental_responsibility=True,
                        phone=one["phone"],
                        phone_is_safe=True,
                        reads=one["reads"],
                    )
                )
            )
        write.audit("C", f"Patient/{child.id}", f"Patient/{child.id}", "add an invented child")


def _draft(store: Store, child: Child, fields: Mapping[str, str], gp: Person, at: datetime) -> Draft:
    begun = start_draft(store, child.id, by=gp, at=at)
    return save_draft(store, begun.id, {**begun.fields, **fields}, begun.version, by=gp, at=at)


def _sign(store: Store, child: Child, entry: Mapping[str, Any], gp: Person, at: datetime) -> None:
    """Sign as a clinician would who has read and confirmed each wording."""
    today = uk_day(at)
    fields = dict(entry["plan"])
    fields["review-by"] = (today + timedelta(days=entry["review_in_days"])).isoformat()
    if "pens_expire_in_days" in entry:
        fields["pens-expire-on"] = (today + timedelta(days=entry["pens_expire_in_days"])).isoformat()
    plan = read_draft(fields, draft_id=str(uuid4()), child_id=child.id).plan
    wordings = needed(plan, child.age_on(today), read_medicines())
    typed = _draft(store, child, fields, gp, at)
    # Only now: a tick counts for words as they read on the saved draft.
    confirmed = {**typed.fields, **{f"wording-{one.key}": "yes" for one in wordings}}
    draft = save_draft(store, typed.id, confirmed, typed.version, by=gp, at=at)
    sign_draft(store, draft.id, draft.version, by=gp, at=at, today=today)


def _share(store: Store, child: Child, entry: Mapping[str, Any], circle: Circle, at: datetime) -> None:
    family = [one for one in kept_people.family(store, child.id) if may_read_as(Reader.FAMILY, one)]
    decides = deciding(store, child, uk_day(at))
    who = decides.who[0]
    word = Word(who.ref, who.name, How.IN_PERSON, uk_day(at))
    own, at_home = (word, Basis.CONSENT) if decides.is_the_young_person else (None, Basis.DIRECT_CARE)
    wanted = {
        "nurses": [Wanted(Reader.SCHOOL_NURSE, circle.nurse.organisation_id, Basis.DIRECT_CARE)],
        "school": [Wanted(Reader.SCHOOL, circle.school.organisation_id, Basis.CONSENT, consent=word)],
        "hospital": [Wanted(Reader.HOSPITAL, circle.ward.organisation_id, Basis.DIRECT_CARE)],
        "family": [Wanted(Reader.FAMILY, one.id, at_home, consent=own) for one in family],
    }
    readers = [one for name in entry["share"] for one in wanted[name]]
    share(store, child.id, readers, by=circle.gp, at=at)


def _ask_for_inhaler(store: Store, child: Child, said: Mapping[str, str], at: datetime) -> None:
    """Raise the task as whoever at home is named would."""
    family = kept_people.family(store, child.id)
    who = f"RelatedPerson/{next(one.id for one in family if one.relationship == said['from'])}"
    new = NewTask(TaskKind.NO_INHALER, child.practice_id, child.id, about=who, words=said["words"])
    with store.write(by=who, at=at) as write:
        raise_task(write, new)


def _discharge(store: Store, child: Child, entry: Mapping[str, Any], ward: Person, at: datetime) -> None:
    left = at - timedelta(days=entry["discharged_days_ago"])
    notice = DischargeNotice(
        nhs_number=child.nhs_number,
        given=child.given,
        family=child.family,
        born=child.born,
        practice_code="",
        nation=None,
        visit="",
        hospital_code="",
        hospital_name="",
        kind=VisitKind.STAY,
        admitted_at=None,
        discharged_at=left,
        asthma=Asthma.YES,
    )
    told = Told(News.DISCHARGED, notice, text="", hospital_id=ward.organisation_id)
    record_discharge(store, told, by=ward.ref, at=left, holidays_for=holidays_for)
