"""The kinds of rows in the table of a plan's fields, and the ways in which a value is shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from plans.choice_words import DEVICE_WORDS
from plans.confirmations import WORDINGS
from plans.draft.copying import MONTHS
from plans.medicines import Medicines
from plans.plan import UNLISTED, Allergy, Medicine, Unlisted
from plans.products import Device
from plans.triggers import TRIGGERS

NOT_SAID = "not said"


@dataclass(frozen=True)
class Names:
    """What keys and codes stand for: products, and languages by code. `unit` is what a dose is counted in."""

    medicines: Medicines
    languages: Mapping[str, str]
    unit: str = "puff"

    def product(self, key: str) -> str:
        """Return the brand and strength of a product, or its key where it is in no list."""
        found = self.medicines.by_key(key)
        return found.printed_name if found else key


Show = Callable[[Any, Names], str]


@dataclass(frozen=True)
class Value:
    """A field that is one value. None and "" are shown as not said."""

    words: str
    show: Show


@dataclass(frozen=True)
class Parts:
    """A field that is a record, or None: each part of it is a row of its own, in the table of `kind`.

    `words` and `there` say whether there is such a record at all, where that alone means something.
    """

    kind: type
    words: str = ""
    there: tuple[str, str] = ("no", "yes")


@dataclass(frozen=True)
class Items:
    """A field that lists things in no order: `key` tells two of them apart, and each is said by itself."""

    words: Callable[[Any], str]
    key: Callable[[Any], str]
    show: Show


@dataclass(frozen=True)
class Slots:
    """The medicines, by the place that each takes."""


Row = Value | Parts | Items | Slots


def count(one: str, many: str = "") -> Show:
    """Return what shows a number with its unit."""
    return lambda n, _names: f"{n} {one if n == 1 else many or f'{one}s'}"


def choice(words: Mapping[Any, str]) -> Show:
    """Return what shows one of a few choices."""
    return lambda value, _names: words[value]


def text(value: object, _names: Names) -> str:
    return str(value)


def yes_no(value: bool, _names: Names) -> str:
    return "yes" if value else "no"


def day(day: date, _names: Names) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def dose(n: int, names: Names) -> str:
    return f"{n} {names.unit}{'' if n == 1 else 's'}"


def product(key: str, names: Names) -> str:
    return "written by hand" if key == UNLISTED else names.product(key)


def written(written: Unlisted, _names: Names) -> str:
    device = DEVICE_WORDS[written.device] if written.device else ""
    return ", ".join(part for part in (written.name, written.strength, device) if part) or NOT_SAID


def language(code: str, names: Names) -> str:
    return names.languages.get(code, code)


def allergy(allergy: Allergy, _names: Names) -> str:
    return f"{allergy.name} (severe)" if allergy.severe else allergy.name


def trigger(key: str, _names: Names) -> str:
    return TRIGGERS[key].words.english() if key in TRIGGERS else key


def wording(key: str, _names: Names) -> str:
    return WORDINGS[key].about if key in WORDINGS else key


def unit_of(medicine: Medicine, names: Names) -> str:
    """Return what a dose of this medicine is counted in: puffs, or tablets or sachets of one by mouth."""
    product = names.medicines.product_of(medicine)
    if product is None or product.device is not Device.ORAL:
        return "puff"
    return "sachet" if "granules" in product.brand else "tablet"
