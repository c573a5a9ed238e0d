"""When two ways of writing are one product's name: the same words and numbers, in any order."""

import re
from collections.abc import Mapping
from functools import cache

from plans.medicines import Code, CodeKind, read_medicines
from plans.products import Device, Product, Tag

# Words that say nothing about which product it is. "inhaler" is not one: without it, it may be anything.
FILLERS = frozenset({"microgram", "micrograms", "mcg", "dose", "cfc", "free", "cfc-free"})
MAKER = re.compile(r"\s*\((?:[^()]|\([^()]*\))*\b(?:ltd|limited|plc|mylan)\)$", re.IGNORECASE)
WORD = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+(?:-[^\W\d_]+)*")
# What records add to a product's printed name, as dm+d terms do.
ADDED: Mapping[Device, tuple[str, ...]] = {
    Device.PMDI: ("", "inhaler"),
    Device.BREATH_ACTUATED: ("", "inhaler", "breath actuated inhaler"),
    Device.DRY_POWDER: ("", "inhaler", "dry powder inhaler"),
    Device.CAPSULE_DRY_POWDER: ("",),
    Device.SOFT_MIST: ("", "inhaler"),
    Device.ORAL: ("",),
}
Words = tuple[str, ...]


def telling_words(text: str) -> Words:
    """Return the words and numbers that tell a product from others, in one order, without the maker."""
    words = WORD.findall(MAKER.sub("", text.strip()).lower())
    return tuple(sorted(word for word in words if word not in FILLERS))


def strength_numbers(product: Product) -> frozenset[str]:
    """Return the numbers of a product's strength."""
    return frozenset(word for word in telling_words(product.strength) if word[0].isdigit())


def named(text: str) -> Code | None:
    """Return the term that these words are, None if they are no term and no printed name of the list."""
    return _names().get(telling_words(text))


@cache
def _names() -> Mapping[Words, Code]:
    """Every name of the list. A brand's term comes before a printed name, and a generic's before both."""
    medicines = read_medicines()
    names = {words: _printed(product) for product in medicines for words in _printed_as(product)}
    for kind in (CodeKind.WORDS, CodeKind.BRAND, CodeKind.GENERIC):
        names |= {telling_words(entry.term): entry for entry in medicines.codes if entry.kind is kind}
    return names


def _printed_as(product: Product) -> list[Words]:
    if not product.strength or product.device is None:
        return []
    return [telling_words(f"{product.printed_name} {added}") for added in ADDED[product.device]]


def _printed(product: Product) -> Code:
    return Code(
        code="",
        term=product.printed_name,
        kind=CodeKind.WORDS,
        key=product.key,
        ingredients=product.ingredients,
        later_code="",
        tag=Tag.UNCONFIRMED,
        source="",
    )
