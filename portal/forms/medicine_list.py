"""The list of medicines as a page: grouped by what they are for, each fact with how sure it is."""

from collections.abc import Mapping
from dataclasses import dataclass

from plans.medicines import Medicines
from plans.products import Listed, Maxima, Product, Role, Says, Tag
from portal.forms.about_products import maxima_in_words
from portal.forms.medicine_places import DEVICES

TITLES: Mapping[Role, str] = {
    Role.RELIEVER: "Relievers",
    Role.PREVENTER: "Preventers",
    Role.COMBINATION_MART: "One inhaler for MART",
    Role.COMBINATION_AIR: "One inhaler for AIR",
    Role.ADD_ON: "Add-on medicines",
    Role.ATTACK_COURSE: "Courses for an attack",
}
SAYS: Mapping[Says, str] = {
    Says.YES: "yes",
    Says.NO: "no",
    Says.CONFLICT: "sources disagree",
    Says.NOTHING: "",
}


@dataclass(frozen=True)
class Row:
    """One product: each fact in words, with the letters of its tag behind it."""

    name: str
    device: str
    holds: str
    colour: str
    ages: str
    mart: str
    air: str
    maximum: str
    codes: str
    note: str
    source: str


@dataclass(frozen=True)
class Group:
    id: str
    title: str
    rows: tuple[Row, ...]


def groups(medicines: Medicines) -> tuple[Group, ...]:
    """Return every product under each thing that it is for, as the file orders them."""
    found = (
        Group(role.value, title, tuple(_row(product) for product in medicines if role in product.roles))
        for role, title in TITLES.items()
    )
    return tuple(group for group in found if group.rows)


def _row(product: Product) -> Row:
    return Row(
        name=product.printed_name,
        device=DEVICES[product.device] if product.device else "not known",
        holds=_tagged(str(product.doses), product.doses_tag) if product.doses else "not known",
        colour=_tagged(product.colour, product.colour_tag) if product.colour else "not known",
        ages=_tagged(_ages(product), product.copd_only_tag if product.copd_only else product.age_tag),
        mart=_listed(product.mart),
        air=_listed(product.air),
        maximum=_maximum(product.maxima),
        codes=_tagged(", ".join(product.amp_codes), product.code_tag) if product.amp_codes else "none found",
        note=product.note,
        source="; ".join(filter(None, (product.source, product.licence_source))),
    )


def _maximum(maxima: Maxima) -> str:
    if maxima.from_age is None:
        return ""
    return f"From age {maxima.from_age}. {_tagged(maxima_in_words(maxima), maxima.tag)}"


def _ages(product: Product) -> str:
    if product.copd_only:
        return "not for asthma"
    if product.min_age is None:
        return "not known"
    until = f" to {product.max_age:f}" if product.max_age is not None else " and over"
    return f"{product.min_age:f}{until}"


def _listed(listed: Listed) -> str:
    said = SAYS[listed.says]
    from_age = f" from {listed.from_age}" if listed.says is Says.YES and listed.from_age is not None else ""
    perhaps = f", perhaps from {listed.unsure_from} [{listed.unsure_tag}]" if listed.unsure_from else ""
    return f"{_tagged(said + from_age, listed.tag)}{perhaps}" if said else ""


def _tagged(text: str, tag: Tag | None) -> str:
    return f"{text} [{tag}]" if tag else text
