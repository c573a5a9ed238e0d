"""How somebody at home is reached, as a form: what was typed, and what is wrong with it."""

import re
from collections.abc import Mapping

from plans.problems import Kind, Problem
from portal.actions.family.contacts import Contacts

NUMBER = re.compile(r"\+?[0-9]{10,15}")  # Source: ITU-T E.164, 15 digits at most; 10 are the fewest of the UK
ADDRESS = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")
BETWEEN_DIGITS = str.maketrans("", "", " ()-.")


def contacts(form: Mapping[str, str]) -> Contacts:
    """Return the phone and the e-mail address as typed, each safe only where that was ticked."""
    phone, email = form.get("phone", "").strip(), form.get("email", "").strip()
    return Contacts(
        phone=phone,
        email=email,
        phone_is_safe=bool(phone and form.get("phone-safe")),
        email_is_safe=bool(email and form.get("email-safe")),
    )


def faults(wanted: Contacts) -> list[Problem]:
    """Return what is no phone number and no e-mail address, each at its field."""
    found = []
    if wanted.phone and not NUMBER.fullmatch(wanted.phone.translate(BETWEEN_DIGITS)):
        found.append(_problem("phone", "Write the phone number in digits, such as 07700 900123."))
    if wanted.email and not ADDRESS.fullmatch(wanted.email):
        found.append(_problem("email", "Write the e-mail address with an @, such as sana@example.com."))
    return found


def _problem(field: str, sentence: str) -> Problem:
    return Problem("contacts", Kind.MUST_BE_PUT_RIGHT, field, sentence)
