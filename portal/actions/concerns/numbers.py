"""Whom to phone now: the numbers that people have entered for each place, and none from anywhere else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fhir import kept_people
from fhir.store import Reader, Store
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import place_numbers
from plans.places import Organisation
from plans.school_form import NotWhole
from plans.shown import on_one_line
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


@dataclass(frozen=True)
class ToPhone:
    """Whom to phone for what; `phone` is "" where nobody has entered one for this place."""

    place: str
    what: str
    name: str = ""
    phone: str = ""


def to_phone(reader: Reader, *organisation_ids: str) -> list[ToPhone]:
    """Return whom to phone at these places, each once, those of the first place first."""
    return [one for id in dict.fromkeys(organisation_ids) if id for one in _of_place(reader, id)]


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


def _of_place(reader: Reader, id: str) -> Iterator[ToPhone]:
    try:
        place: Organisation = kept_people.organisation(reader, id)
    except ResourceNotFound:
        return
    yield ToPhone(place.name, "In the day", place.name, place.phone)
    kept = place_numbers.of_place(reader, id)
    for purpose, what in PURPOSES.items():
        number = kept.get(purpose)
        yield ToPhone(place.name, what, number.name if number else "", number.phone if number else "")


def _check(purpose: Purpose, name: str, phone: str) -> None:
    if len(name) > LONGEST or len(phone) > LONGEST:
        raise NotWhole(f"{purpose}-phone", "Write no more than 100 letters in each box.")
    if name.strip() and not phone.strip():
        raise NotWhole(f"{purpose}-phone", "Enter the number of this team, or leave both boxes empty.")
    if phone.strip() and sum(letter.isdigit() for letter in phone) < FEWEST_DIGITS:
        raise NotWhole(f"{purpose}-phone", "Enter a telephone number, such as 0121 496 0101.")
    if phone.strip() and not name.strip():
        raise NotWhole(f"{purpose}-name", "Say whom one reaches under this number.")
