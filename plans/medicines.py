"""The products a plan may name and their dm+d codes, read from the two .csv files beside this module."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path

from plans.plan import UNLISTED, Medicine
from plans.products import Device, Ingredient, Listed, Maxima, Product, Role, Says, Tag, unlisted_product

HERE = Path(__file__).parent
Row = Mapping[str, str]


class CodeKind(StrEnum):
    BRAND = "brand"  # dm+d AMP
    GENERIC = "generic"  # dm+d VMP: names a product only where the generic itself is one
    WORDS = "words"  # as GP records write it, where no code is confirmed
    SPACER = "spacer"


@dataclass(frozen=True)
class Code:
    """A dm+d code with its term; `key` is the product it names, "" where a brand must be chosen."""

    code: str
    term: str
    kind: CodeKind
    key: str
    ingredients: tuple[Ingredient, ...]
    later_code: str  # dm+d replaced this code by that one
    tag: Tag
    source: str


@dataclass(frozen=True)
class Medicines:
    """All products and codes, in the order of their files."""

    products: tuple[Product, ...]
    codes: tuple[Code, ...]

    def __iter__(self) -> Iterator[Product]:
        return iter(self.products)

    def __len__(self) -> int:
        return len(self.products)

    def by_key(self, key: str) -> Product | None:
        """Return the product with this key, None if there is none."""
        return self._by_key.get(key)

    @cached_property
    def _by_key(self) -> Mapping[str, Product]:
        return {product.key: product for product in self.products}

    def product_of(self, medicine: Medicine) -> Product | None:
        """Return the product that a plan's medicine is: from the list, or as it was written by hand.

        None if it names none. Of one written by hand nothing is known beside its name, strength and device.
        """
        if medicine.product != UNLISTED:
            return self.by_key(medicine.product)
        written = medicine.unlisted
        if written is None or not written.name:
            return None
        return unlisted_product(UNLISTED, written.name, written.strength, written.device)

    def by_code(self, code: str) -> Product | None:
        """Return the one product that a dm+d code names, None if unknown or if a brand must be chosen."""
        found = self.code(code)
        return self.by_key(found.key) if found else None

    def code(self, code: str) -> Code | None:
        """Return what a dm+d code stands for, None if it is not in the list."""
        return next((entry for entry in self.codes if code and entry.code == code), None)

    def that_may(self, role: Role) -> tuple[Product, ...]:
        """Return the products that a plan may offer in this role."""
        return tuple(product for product in self.products if role in product.roles and product.may_be_offered)

    def of(self, ingredients: tuple[Ingredient, ...]) -> tuple[Product, ...]:
        """Return the products that a plan may offer with exactly these ingredients."""
        return tuple(p for p in self.products if p.ingredients == ingredients and p.may_be_offered)


@cache
def read_medicines() -> Medicines:
    """Return the list of products and codes; the files are read once."""
    codes = tuple(_code(row) for row in _rows("medicine_codes.csv"))
    amps: dict[str, tuple[str, ...]] = {}
    for entry in codes:
        if entry.kind is CodeKind.BRAND:
            amps[entry.key] = (*amps.get(entry.key, ()), entry.code)
    return Medicines(tuple(_product(row, amps.get(row["key"], ())) for row in _rows("medicines.csv")), codes)


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def _code(row: Row) -> Code:
    return Code(
        code=row["code"],
        term=row["term"],
        kind=CodeKind(row["kind"]),
        key=row["key"],
        ingredients=_ingredients(row),
        later_code=row["later_code"],
        tag=Tag(row["tag"]),
        source=row["source"],
    )


def _product(row: Row, amp_codes: tuple[str, ...]) -> Product:
    return Product(
        key=row["key"],
        brand=row["brand"],
        strength=row["strength"],
        ingredients=_ingredients(row),
        device=Device(row["device"]) if row["device"] else None,
        roles=frozenset(Role(role) for role in row["roles"].split()),
        extra_fine=_flag(row, "extra_fine"),
        half_size_puff=_flag(row, "half_size_puff"),
        doses=_whole(row, "doses"),
        doses_tag=_tag(row, "doses_tag"),
        colour=row["colour"],
        colour_tag=_tag(row, "colour_tag"),
        min_age=_age(row, "min_age"),
        max_age=_age(row, "max_age"),
        age_tag=_tag(row, "age_tag"),
        copd_only=_flag(row, "copd_only"),
        copd_only_tag=_tag(row, "copd_only_tag"),
        mart=_mart(row),
        air=Listed(Says(row["air"]), _whole(row, "air_from"), _tag(row, "air_tag")),
        maxima=_maxima(row),
        life_months=_whole(row, "life_months"),
        life_tag=_tag(row, "life_tag"),
        amp_codes=amp_codes,
        code_tag=_tag(row, "code_tag"),
        licence_source=row["licence_source"],
        source=row["source"],
        note=row["note"],
    )


def _mart(row: Row) -> Listed:
    return Listed(
        says=Says(row["mart"]),
        from_age=_whole(row, "mart_from"),
        tag=_tag(row, "mart_tag"),
        unsure_from=_whole(row, "mart_unsure_from"),
        unsure_tag=_tag(row, "mart_unsure_tag"),
    )


def _maxima(row: Row) -> Maxima:
    return Maxima(
        at_once=_whole(row, "max_at_once"),
        a_day=_whole(row, "max_a_day"),
        a_day_for_a_time=_whole(row, "max_for_a_time"),
        from_age=_whole(row, "max_from_age"),
        tag=_tag(row, "max_tag"),
    )


def _ingredients(row: Row) -> tuple[Ingredient, ...]:
    return tuple(Ingredient(name) for name in row["ingredients"].split())


def _flag(row: Row, column: str) -> bool:
    return {"yes": True, "": False}[row[column]]


def _whole(row: Row, column: str) -> int | None:
    return int(row[column]) if row[column] else None


def _age(row: Row, column: str) -> Decimal | None:
    return Decimal(row[column]) if row[column] else None


def _tag(row: Row, column: str) -> Tag | None:
    return Tag(row[column]) if row[column] else None
