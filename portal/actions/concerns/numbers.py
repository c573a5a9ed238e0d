"""Whom to phone now: the numbers that people have entered for each place, and none from anywhere else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fhir import kept_people, kept_teams
from fhir.store import Reader, Store
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import place_numbers
from plans.places import Organisation
from plans.school_form import NotWhole
from plans.shown import on_one_line
from plans.team import NEVER_CLOSES
from portal.actions.clocks import HolidaysFor
from portal.actions.inbox.sight import leads_of
from portal.person import Person

LONGEST = 100  # characters
FEWEST_DIGITS = 3


class Purpose(StrEnum):
    """What a number is for."""

    OUT_OF_HOURS = "out-of-hours"
    SAFEGUARDING = "safeguarding"


PURPOSES: Mapping[Purpose, str] = {
    Purpose.OUT_OF_HOURS: "Out of hours, or on call",
    Purpose.SAFEGUARDING: "Safeguarding team",
}
IN_THE_DAY = "In the day"


@dataclass(frozen=True)
class ToPhone:
    """A number of a place and for what it is. `closed` says why it may not answer now, "" where it should."""

    place: str
    what: str
    name: str
    phone: str
    closed: str


@dataclass(frozen=True)
class Missing:
    """What nobody has entered a number for at a place; `may_enter` whether the reader can put it in."""

    place: str
    what: tuple[str, ...]
    may_enter: bool


@dataclass(frozen=True)
class Phones:
    """Whom to phone, who answers now first, and which numbers nobody has entered."""

    numbers: tuple[ToPhone, ...]
    missing: tuple[Missing, ...]


def to_phone(
    reader: Reader, *organisation_ids: str, person: Person, now: datetime, holidays_for: HolidaysFor
) -> Phones:
    """Return whom `person` can phone at these places, each once: who answers now first, then as they come.

    The number of the day is that of a surgery while it is open; a team that never closes answers it always.
    Nobody says when a safeguarding team is there, so that only the hours of its place are counted on.
    """
    numbers: list[ToPhone] = []
    missing: list[Missing] = []
    for id in dict.fromkeys(one for one in organisation_ids if one):
        found = list(_of_place(reader, id, now, holidays_for))
        numbers += (one for one in found if one.phone)
        lacks = tuple(one.what for one in found if not one.phone)
        if lacks:
            may = id == person.organisation_id and may_enter(reader, person)
            missing.append(Missing(found[0].place, lacks, may))
    return Phones(tuple(sorted(numbers, key=lambda one: bool(one.closed))), tuple(missing))


def numbers_here(reader: Reader, person: Person) -> dict[Purpose, place_numbers.Number]:
    """Return the numbers that somebody's place has entered."""
    kept = place_numbers.of_place(reader, person.organisation_id)
    return {purpose: kept[purpose] for purpose in Purpose if purpose in kept}


def may_enter(reader: Reader, person: Person) -> bool:
    """Return whether somebody enters the numbers of their place: its lead, or anybody where nobody leads."""
    return person.leads or not leads_of(reader, person.organisation_id)


def keep_numbers(store: Store, typed: Mapping[Purpose, tuple[str, str]], *, by: Person, at: datetime) -> None:
    """Keep the name and number for each purpose; without a number there is none from now on.

    Raises NotWhole, and ResourceNotFound for who may not enter them.
    """
    with store.write(by=by.ref, at=at) as write:
        if not may_enter(write, by):
            raise ResourceNotFound
        for purpose, (name, phone) in typed.items():
            _check(purpose, name, phone)
            place_numbers.keep(write, by.organisation_id, purpose, on_one_line(name), on_one_line(phone))
        write.audit("U", f"Organization/{by.organisation_id}", detail="enter whom to phone")


def _of_place(reader: Reader, id: str, now: datetime, holidays_for: HolidaysFor) -> Iterator[ToPhone]:
    try:
        place: Organisation = kept_people.organisation(reader, id)
        team = kept_teams.team(reader, id)
    except ResourceNotFound:
        return
    kept = place_numbers.of_place(reader, id)
    is_always_there = team.kind in NEVER_CLOSES
    is_open = is_always_there or team.is_there(now, holidays_for(team.nation))
    closed = {
        Purpose.OUT_OF_HOURS: "only when the team is closed" if is_open and not is_always_there else "",
        Purpose.SAFEGUARDING: "" if is_open else "may be closed now",
    }
    yield ToPhone(place.name, IN_THE_DAY, place.name, place.phone, "" if is_open else "closed now")
    for purpose, what in PURPOSES.items():
        number = kept.get(purpose)
        name, phone = (number.name, number.phone) if number else ("", "")
        yield ToPhone(place.name, what, name, phone, closed[purpose])


def _check(purpose: Purpose, name: str, phone: str) -> None:
    if len(name) > LONGEST or len(phone) > LONGEST:
        raise NotWhole(f"{purpose}-phone", "Write no more than 100 letters in each box.")
    if name.strip() and not phone.strip():
        raise NotWhole(f"{purpose}-phone", "Enter the number of this team, or leave both boxes empty.")
    if phone.strip() and sum(letter.isdigit() for letter in phone) < FEWEST_DIGITS:
        raise NotWhole(f"{purpose}-phone", "Enter a telephone number, such as 0121 496 0101.")
    if phone.strip() and not name.strip():
        raise NotWhole(f"{purpose}-name", "Say whom one reaches under this number.")
