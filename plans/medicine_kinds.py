"""What a line of a record is: reliever, preventer, steroid course, spacer, pen, or other."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from plans.medicines import CodeKind, read_medicines
from plans.products import Ingredient, Product, Role
from plans.recognise import looks_like_an_inhaler, match


class Kind(StrEnum):
    RELIEVER = "reliever"
    PREVENTER = "preventer"
    COMBINATION = (
        "combination"  # a steroid with formoterol: how it is taken says whether MART, AIR or neither
    )
    ADD_ON = "add-on"
    STEROID_COURSE = "steroid-course"
    SPACER = "spacer"
    ADRENALINE_PEN = "adrenaline-pen"
    NEBULISER_LIQUID = "nebuliser-liquid"
    UNKNOWN_INHALER = "unknown-inhaler"
    OTHER = "other"


STEROID_AND_FORMOTEROL = 2  # ingredients; with a third it is a triple inhaler, never MART or AIR

# The first of these that a product may be decides its kind.
KIND_OF_ROLE: Mapping[Role, Kind] = {
    Role.RELIEVER: Kind.RELIEVER,
    Role.PREVENTER: Kind.PREVENTER,
    Role.ADD_ON: Kind.ADD_ON,
    Role.ATTACK_COURSE: Kind.STEROID_COURSE,
}

# Whatever has no code in the list is known by its words; the first that fits decides.
KIND_OF_WORDS: Mapping[Kind, re.Pattern[str]] = {
    Kind.SPACER: re.compile(r"\bspacer\b|aerochamber", re.IGNORECASE),
    Kind.ADRENALINE_PEN: re.compile(r"auto-?injector|epipen", re.IGNORECASE),
    Kind.NEBULISER_LIQUID: re.compile(r"nebuliser liquid|\bnebules?\b", re.IGNORECASE),
    Kind.ADD_ON: re.compile(r"\b(montelukast|singulair)\b", re.IGNORECASE),
    Kind.STEROID_COURSE: re.compile(r"\bprednisolone\b.*\b(tablets?|oral)\b", re.IGNORECASE),
}


def kind_of(text: str, codes: Sequence[str] = ()) -> Kind:
    """Return what a medicine or device of a record is, from its words and its SNOMED CT or dm+d codes.

    A preventer and a combination both count as a preventer supplied; a combination is never a blue reliever.
    """
    if any(_is_spacer(code) for code in codes):
        return Kind.SPACER
    found = match(codes, text)
    products = (found.product,) if found.product else found.choices
    if products:
        return kind_of_product(products[0])
    fitting = (kind for kind, words in KIND_OF_WORDS.items() if words.search(text))
    return next(fitting, Kind.UNKNOWN_INHALER if looks_like_an_inhaler(text) else Kind.OTHER)


def kind_of_product(product: Product) -> Kind:
    """Return what a product of the list is."""
    ingredients = product.ingredients
    if Ingredient.FORMOTEROL in ingredients and len(ingredients) == STEROID_AND_FORMOTEROL:
        return Kind.COMBINATION
    return next(kind for role, kind in KIND_OF_ROLE.items() if role in product.roles)


def is_montelukast(text: str, codes: Sequence[str] = ()) -> bool:
    """Whether it is montelukast, which carries a warning about sleep and mood (clinical reference 2.6)."""
    by_words = KIND_OF_WORDS[Kind.ADD_ON].search(text) is not None
    return by_words or match(codes, text).ingredients == (Ingredient.MONTELUKAST,)


def _is_spacer(code: str) -> bool:
    entry = read_medicines().code(code)
    return entry is not None and entry.kind is CodeKind.SPACER
