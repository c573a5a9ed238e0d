"""The list of medicines as a page: grouped by what they are for, each fact with how sure it is."""

from collections.abc import Mapping
from dataclasses import dataclass

from plans.medicines import Medicines
from plans.products import Listed, Product, Role, Says, Tag
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
    name: str
    device: str
    ages: str
    mart: str
    air: str
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
        ages=_tagged(_ages(product), product.copd_only_tag if product.copd_only else product.age_tag),
        mart=_listed(product.mart),
        air=_listed(product.air),
        note=product.note,
        source=product.licence_source or product.source,
    )


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
