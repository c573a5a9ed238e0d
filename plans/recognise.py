"""Which product a record means, from its dm+d codes and its words; never a guess."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from plans.medicine_words import named, strength_numbers, telling_words
from plans.medicines import Code, CodeKind, read_medicines
from plans.products import Ingredient, Product

LOOKS_LIKE_AN_INHALER = re.compile(
    r"inhaler|/actuat|haler\b|easi-breathe|respimat|ellipta|spiromax|forspiro", re.IGNORECASE
)
BECLOMETASONE = re.compile(r"\bbeclometh?asone\b", re.IGNORECASE)


class MatchKind(StrEnum):
    EXACT = "exact"
    BRAND_MISSING = "brand-missing"  # beclometasone: brands differ in potency, so the brand is mandatory
    CHOOSE = "choose"  # another generic, that several products may be
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Match:
    """What a record's medicine is: `product` only if exact; otherwise a clinician chooses one.

    `ingredients` are given whenever everything recognised agrees on them.
    """

    kind: MatchKind
    product: Product | None = None
    ingredients: tuple[Ingredient, ...] = ()

    @property
    def choices(self) -> tuple[Product, ...]:
        """The products with these ingredients, for a clinician to choose from."""
        return read_medicines().of(self.ingredients) if self.ingredients else ()


def match(codes: Sequence[str], text: str) -> Match:
    """Return the product that dm+d codes and words mean; where they disagree it is unknown.

    `codes` must be SNOMED CT or dm+d codes: codes of other systems may look alike.

    Source: clinical reference 5.3, and safety trap 6 (beclometasone needs its brand).
    """
    medicines = read_medicines()
    said = named(text)
    found = [entry for code in codes if (entry := medicines.code(code)) and entry.kind is not CodeKind.SPACER]
    found += [said] if said else []
    if not found:
        return _beclometasone(text)
    generics = [entry for entry in found if entry.kind is CodeKind.GENERIC]
    brands = {entry.key for entry in found if entry.kind is not CodeKind.GENERIC}
    if not brands:
        return _generic(generics)
    product = medicines.by_key(brands.pop())
    if product is None or brands or not all(_is_generic_of(entry, product) for entry in generics):
        return Match(MatchKind.UNKNOWN, None, _shared_ingredients(found))
    return Match(MatchKind.EXACT, product, product.ingredients)


def looks_like_an_inhaler(text: str) -> bool:
    """Whether the words are those of an inhaler, known or not."""
    return LOOKS_LIKE_AN_INHALER.search(text) is not None


def _generic(generics: Sequence[Code]) -> Match:
    product = read_medicines().by_key(generics[0].key)
    if product and all(entry.key == product.key for entry in generics):
        return Match(MatchKind.EXACT, product, product.ingredients)
    return _to_choose(_shared_ingredients(generics))


def _beclometasone(text: str) -> Match:
    """Know beclometasone without a brand even where its words stand in no list."""
    words = telling_words(text)
    if not BECLOMETASONE.search(text) or not looks_like_an_inhaler(text) or "nasal" in words:
        return Match(MatchKind.UNKNOWN)
    if any(product.brand.lower().split()[0] in words for product in read_medicines()):
        return Match(MatchKind.UNKNOWN)
    alone = (Ingredient.BECLOMETASONE,)
    return _to_choose((*alone, Ingredient.FORMOTEROL) if Ingredient.FORMOTEROL in words else alone)


def _to_choose(ingredients: tuple[Ingredient, ...]) -> Match:
    if not ingredients:
        return Match(MatchKind.UNKNOWN)
    needs_brand = Ingredient.BECLOMETASONE in ingredients
    return Match(MatchKind.BRAND_MISSING if needs_brand else MatchKind.CHOOSE, None, ingredients)


def _shared_ingredients(found: Iterable[Code]) -> tuple[Ingredient, ...]:
    shared = {_ingredients(entry) for entry in found}
    return shared.pop() if len(shared) == 1 else ()


def _ingredients(entry: Code) -> tuple[Ingredient, ...]:
    product = read_medicines().by_key(entry.key)
    return product.ingredients if product else entry.ingredients


def _is_generic_of(generic: Code, product: Product) -> bool:
    """Whether a generic term agrees with a brand: the same ingredients, and the numbers of its strength."""
    same = generic.ingredients == product.ingredients
    return same and strength_numbers(product) <= set(telling_words(generic.term))
