"""What one product is: brand, strength and device, what it may do on a plan, and how sure each fact is."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Tag(StrEnum):
    """How sure a fact is. What is in conflict or not confirmed waits for a clinician, never silently used."""

    READ = "V"
    SECOND_HAND = "V2"
    CONFLICT = "C"
    UNCONFIRMED = "U"

    @property
    def is_sure(self) -> bool:
        """Whether the fact may stand without a clinician confirming it."""
        return self in {Tag.READ, Tag.SECOND_HAND}


TAG_WORDS: Mapping[Tag, str] = {
    Tag.READ: "read in the source named",
    Tag.SECOND_HAND: "read in a second-hand source",
    Tag.CONFLICT: "sources disagree",
    Tag.UNCONFIRMED: "not confirmed",
}


class Device(StrEnum):
    PMDI = "pmdi"  # pressurised aerosol, used with a spacer
    BREATH_ACTUATED = "bai"
    DRY_POWDER = "dpi"
    CAPSULE_DRY_POWDER = "capsule-dpi"
    SOFT_MIST = "smi"
    ORAL = "oral"


class Role(StrEnum):
    """What a product may be on a plan. MAINTENANCE_ONLY stands beside PREVENTER: never taken as needed."""

    RELIEVER = "reliever"
    PREVENTER = "preventer"
    COMBINATION_MART = "combination-mart"
    COMBINATION_AIR = "combination-air"
    MAINTENANCE_ONLY = "maintenance-only"
    ADD_ON = "add-on"
    ATTACK_COURSE = "attack-course"


class Ingredient(StrEnum):
    BECLOMETASONE = "beclometasone"
    BUDESONIDE = "budesonide"
    CICLESONIDE = "ciclesonide"
    FLUTICASONE_FUROATE = "fluticasone-furoate"
    FLUTICASONE_PROPIONATE = "fluticasone-propionate"
    FORMOTEROL = "formoterol"
    GLYCOPYRRONIUM = "glycopyrronium"
    INDACATEROL = "indacaterol"
    MOMETASONE = "mometasone"
    MONTELUKAST = "montelukast"
    PREDNISOLONE = "prednisolone"
    SALBUTAMOL = "salbutamol"
    SALMETEROL = "salmeterol"
    TERBUTALINE = "terbutaline"
    TIOTROPIUM = "tiotropium"
    VILANTEROL = "vilanterol"


STEROIDS = frozenset(
    {
        Ingredient.BECLOMETASONE,
        Ingredient.BUDESONIDE,
        Ingredient.CICLESONIDE,
        Ingredient.FLUTICASONE_FUROATE,
        Ingredient.FLUTICASONE_PROPIONATE,
        Ingredient.MOMETASONE,
    }
)


# What stands beside a steroid in one inhaler and opens the airways for long.
LONG_ACTING = frozenset(
    {Ingredient.FORMOTEROL, Ingredient.SALMETEROL, Ingredient.VILANTEROL, Ingredient.INDACATEROL}
)


class Says(StrEnum):
    """What the sources say of a product on a regimen; NOTHING where it is not in their table."""

    YES = "yes"
    NO = "no"
    CONFLICT = "conflict"
    NOTHING = ""


@dataclass(frozen=True)
class Listed:
    """What the sources say of a product on MART or AIR: surely from one age, perhaps from an earlier one."""

    says: Says
    from_age: int | None
    tag: Tag | None
    unsure_from: int | None = None
    unsure_tag: Tag | None = None


@dataclass(frozen=True)
class Maxima:
    """The usual UK maxima of a MART or AIR inhaler, in puffs: for a clinician to read, never filled in."""

    at_once: int | None
    a_day: int | None
    a_day_for_a_time: int | None
    from_age: int | None
    tag: Tag | None


@dataclass(frozen=True)
class Product:
    """One brand, strength and device. None and "" mean that the sources say nothing; ages are in years.

    A fact with a `_tag` beside it is only as sure as that tag. `colour` is a hint, never an identifier.
    `doses` are puffs in a full device, or tablets or sachets in a pack. `life_months` begins at opening or
    dispensing, as the note says. `amp_codes` are its dm+d brand codes.
    """

    key: str
    brand: str
    strength: str
    ingredients: tuple[Ingredient, ...]
    device: Device | None
    roles: frozenset[Role]
    extra_fine: bool
    half_size_puff: bool
    doses: int | None
    doses_tag: Tag | None
    colour: str
    colour_tag: Tag | None
    min_age: Decimal | None
    max_age: Decimal | None
    age_tag: Tag | None
    copd_only: bool
    copd_only_tag: Tag | None
    mart: Listed
    air: Listed
    maxima: Maxima
    life_months: int | None
    life_tag: Tag | None
    amp_codes: tuple[str, ...]
    code_tag: Tag | None
    licence_source: str
    source: str
    note: str

    @property
    def printed_name(self) -> str:
        """Brand and strength as they stand on the box."""
        return f"{self.brand} {self.strength}".strip()

    @property
    def is_dpi(self) -> bool:
        """Whether it is a dry powder inhaler, which a young or very breathless child may not manage."""
        return self.device in {Device.DRY_POWDER, Device.CAPSULE_DRY_POWDER}

    @property
    def needs_spacer(self) -> bool:
        """Whether it is a pressurised aerosol: those go with a spacer.

        Source: clinical reference, section 4.
        """
        return self.device is Device.PMDI

    @property
    def may_be_offered(self) -> bool:
        """Whether a list of choices may show it: for asthma, with its strength and device known."""
        return bool(self.strength) and self.device is not None and not self.copd_only


def unlisted_product(key: str, name: str, strength: str, device: Device | None) -> Product:
    """Return a product that is in no list: it may do nothing by itself, and no fact about it is known."""
    nothing = Listed(Says.NOTHING, None, None)
    return Product(
        key=key,
        brand=name,
        strength=strength,
        ingredients=(),
        device=device,
        roles=frozenset(),
        extra_fine=False,
        half_size_puff=False,
        doses=None,
        doses_tag=None,
        colour="",
        colour_tag=None,
        min_age=None,
        max_age=None,
        age_tag=None,
        copd_only=False,
        copd_only_tag=None,
        mart=nothing,
        air=nothing,
        maxima=Maxima(None, None, None, None, None),
        life_months=None,
        life_tag=None,
        amp_codes=(),
        code_tag=None,
        licence_source="",
        source="",
        note="",
    )
