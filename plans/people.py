"""The people around a child: who they are, and the NHS number that names them."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from plans.errors import NhsNumberInvalid


@dataclass(frozen=True)
class Professional:
    """Somebody who writes or signs. `id` is their Practitioner id; `job` as they want it printed."""

    id: str
    name: str
    job: str
    organisation_id: str


NOT_TRACED = "02"  # UK Core, NHS number verification status of England: number present but not traced


@dataclass(frozen=True)
class Child:
    """A child with a record here. `practice_id` and `school_id` are Organization ids, "" when not known.

    `nhs_number_status` says whether anybody looked the number up. `reads` and `speaks` are the child's own
    languages as BCP 47, "" and () when nobody said.
    """

    id: str
    given: str
    family: str
    born: date
    nhs_number: str = ""
    practice_id: str = ""
    school_id: str = ""
    nhs_number_status: str = NOT_TRACED
    reads: str = ""
    speaks: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}".strip()

    def age_on(self, day: date) -> int:
        """Return whole years on `day`; somebody born on 29 February has a birthday on 1 March."""
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))


@dataclass(frozen=True)
class FamilyMember:
    """Somebody around a child. Who is `barred` gets no link, and who lacks responsibility the card alone.

    Nothing is sent to a phone or e-mail address of which nobody has said that it is safe to write to. Who
    `is_themself` is the young person, with a contact of their own that no parent sees.
    """

    id: str
    child_id: str
    name: str
    relationship: str
    with_parental_responsibility: bool = False
    barred: bool = False
    phone: str = ""
    reads: str = ""
    speaks: tuple[str, ...] = ()
    email: str = ""
    phone_is_safe: bool = False
    email_is_safe: bool = False
    is_themself: bool = False


@dataclass(frozen=True)
class Contact:
    """Where a message to one person goes: "phone" or "email", and the number or address."""

    way: str
    address: str


def safe_contact(member: FamilyMember, family: Iterable[FamilyMember]) -> Contact | None:
    """Return where a message to this person may go, their phone before their e-mail; None if nowhere.

    A number or address that somebody else at home has too is not this person's own: who is barred, or is
    the parent of a young person, would read what is sent there.
    """
    others = [one for one in family if one.id != member.id]
    phones = {phone_digits(one.phone) for one in others}
    addresses = {one.email.strip().casefold() for one in others}
    if member.phone_is_safe and member.phone and phone_digits(member.phone) not in phones:
        return Contact("phone", member.phone)
    if member.email_is_safe and member.email and member.email.strip().casefold() not in addresses:
        return Contact("email", member.email)
    return None


def phone_digits(phone: str) -> str:
    """Return the digits of a number as they differ between people: 07700 900123 is +44 7700 900123.

    For what holds no digit it is "".
    """
    return "".join(c for c in phone if c.isdecimal()).removeprefix("00").removeprefix("44").removeprefix("0")


NHS_NUMBER_DIGITS = 10


def nhs_number(text: str) -> str:
    """Return `text` as 10 digits, without the spaces and dashes that people type.

    Raises NhsNumberInvalid for anything else: wrong length, letters, a wrong check digit
    (modulus 11, NHS data dictionary), or one digit ten times, which the sum would let through.
    """
    digits = "".join(c for c in text if not (c.isspace() or unicodedata.category(c) == "Pd"))
    if len(digits) != NHS_NUMBER_DIGITS or not (digits.isascii() and digits.isdigit()):
        raise NhsNumberInvalid
    if len(set(digits)) == 1 or not _check_digit_fits(digits):
        raise NhsNumberInvalid
    return digits


def spaced_nhs_number(number: str) -> str:
    """Return 9991234567 as 999 123 4567, the way that people read it out."""
    return f"{number[:3]} {number[3:6]} {number[6:]}" if number else ""


def _check_digit_fits(digits: str) -> bool:
    weighted = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True))
    return (11 - weighted % 11) % 11 == int(digits[9])
