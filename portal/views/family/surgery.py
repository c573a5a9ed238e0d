"""The surgery's phone number, at the foot of every page behind the code."""

import re
from typing import Any

from plans.content.family import surgery_phone
from portal.actions import originals
from portal.actions.family.link import Opened
from portal.parts import parts

ONE_NUMBER = re.compile(r"\+?[0-9]{3,15}")  # Source: ITU-T E.164, 15 digits at most


def number_of(opened: Opened) -> dict[str, Any]:
    """Return the number as it is read and as it is dialled, for a page; "" for none."""
    original = originals.in_store(parts().store, opened.plan.id, url=parts().settings.url)
    return numbers(surgery_phone(original.plan, original.people))


def numbers(phone: str) -> dict[str, Any]:
    """Return a number as typed, and what a phone dials for it; "" where it is not plainly one number."""
    number = phone.replace(" ", "")
    return {"phone": phone, "dialled": number if ONE_NUMBER.fullmatch(number) else ""}
