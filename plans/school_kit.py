"""A school's emergency inhaler kit: what belongs in it, and when it is looked at again.

Source: clinical reference 9 (guidance on emergency salbutamol inhalers in schools; Buckinghamshire and
numarknet, tag V). A kit is optional for a school; with several sites there are several kits.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from plans.month_year import MonthYear
from plans.school_form import NotWhole

LEAST_SPACERS = 2
MOST_OF_ANYTHING = 99  # a slip of the pen
LONGEST_TEXT = 100  # letters


class KitItem(StrEnum):
    """What belongs to a kit, beside the inhaler and the spacers, and how it is kept."""

    HOW_TO_USE = "how-to-use"
    HOW_TO_CLEAN = "how-to-clean"
    LEAFLET = "leaflet"
    REPLACEMENT = "replacement"
    LIST_OF_CHILDREN = "list-of-children"
    RECORD_OF_USE = "record-of-use"
    NOT_LOCKED = "not-locked"


ITEMS: Mapping[KitItem, str] = {
    KitItem.HOW_TO_USE: "How to use the inhaler and the spacer, on paper",
    KitItem.HOW_TO_CLEAN: "How to clean and store the inhaler, on paper",
    KitItem.LEAFLET: "The maker's leaflet",
    KitItem.REPLACEMENT: "What to do to replace the inhaler and the spacers",
    KitItem.LIST_OF_CHILDREN: "The list of children who may have it, printed from here",
    KitItem.RECORD_OF_USE: "A record of each use",
    KitItem.NOT_LOCKED: "The kit is not locked away",
}


@dataclass(frozen=True)
class KitCheck:
    """What one check found at one site. `is_kept` is false once there is no kit at that site any more."""

    school_id: str
    site: str
    checked_by: str
    checked_at: datetime
    inhalers: int = 0
    batch: str = ""
    expires: MonthYear | None = None
    spacers: int = 0
    has: frozenset[KitItem] = frozenset()
    is_kept: bool = True


def checked(found: KitCheck) -> KitCheck:
    """Return the check; raises NotWhole for one without site, counts, batch or expiry."""
    if not found.site.strip() or len(found.site) > LONGEST_TEXT:
        raise NotWhole("site", "Write where the kit is kept, in up to 100 letters.")
    if not found.is_kept:
        return found
    if not (0 <= found.inhalers <= MOST_OF_ANYTHING and 0 <= found.spacers <= MOST_OF_ANYTHING):
        raise NotWhole("inhalers", "Count the inhalers and the spacers: numbers from 0 to 99.")
    if found.inhalers and (not found.batch.strip() or len(found.batch) > LONGEST_TEXT):
        raise NotWhole("batch", "Write the batch number as on the inhaler.")
    if found.inhalers and found.expires is None:
        raise NotWhole(
            "expires-month", "Enter the month and the year of expiry as on the inhaler, like 11 2027."
        )
    return found


def lacking(kit: KitCheck, today: date) -> Iterator[str]:
    """Yield what has to be put right, in plain sentences; nothing for a kit that is no longer kept."""
    if not kit.is_kept:
        return
    if not kit.inhalers:
        yield "There is no salbutamol inhaler in the kit."
    elif kit.expires and kit.expires.last_day < today:
        yield "The inhaler in the kit has expired."
    if kit.spacers < LEAST_SPACERS:
        yield f"There are fewer than {LEAST_SPACERS} spacers in the kit."
    for item, words in ITEMS.items():
        if item not in kit.has:
            yield f"Not ticked: {words[0].lower()}{words[1:]}."


def next_check(day: date) -> date:
    """Return the day by which a kit that was checked on `day` is checked again: a month later."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))
