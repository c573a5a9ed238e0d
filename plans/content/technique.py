"""Which way of using an inhaler fits each medicine of a plan, and the care of its spacer."""

from collections.abc import Iterator, Mapping

from plans.content.readers import Subject
from plans.content.spacer_care import SPACER_CARE
from plans.content.technique_steps import Technique, steps_of
from plans.plan import Medicine, Spacer
from plans.products import Device, Product
from plans.regimens import Script
from plans.sections import Band, Section
from plans.sentences import Exact, say
from plans.sources import Source

BY_WORD_OF_BRAND: Mapping[str, Technique] = {
    "Turbohaler": Technique.TURBOHALER,
    "Easyhaler": Technique.EASYHALER,
    "Accuhaler": Technique.ACCUHALER,
    "NEXThaler": Technique.OPEN_COVER,
    "Spiromax": Technique.OPEN_COVER,
    "Ellipta": Technique.OPEN_COVER,
}
BY_SPACER: Mapping[Spacer, Technique] = {
    Spacer.MOUTHPIECE: Technique.SPACER_MOUTHPIECE,
    Spacer.MASK: Technique.SPACER_MASK,
}


def technique_of(product: Product, medicine: Medicine) -> Technique | None:
    """Return how this inhaler is used, None for what is swallowed."""
    if product.device in {None, Device.ORAL}:
        return None
    if product.device is Device.PMDI:
        return BY_SPACER.get(medicine.spacer or Spacer.NONE, Technique.AEROSOL)
    if product.device is Device.BREATH_ACTUATED:
        return Technique.BREATH_ACTUATED
    if product.device is Device.SOFT_MIST:
        return Technique.SOFT_MIST
    brand = product.brand.casefold()  # one written by hand may be in small letters
    known = (technique for word, technique in BY_WORD_OF_BRAND.items() if word.casefold() in brand)
    return next(known, Technique.AS_SHOWN)


def techniques(subject: Subject) -> Iterator[Section]:
    """Yield how to use each kind of inhaler on the plan, once, and the care of the spacer."""
    brands: dict[Technique, list[str]] = {}
    for medicine in subject.plan.medicines.values():
        product = subject.product(medicine)
        technique = technique_of(product, medicine) if product else None
        if product and technique and product.brand not in brands.setdefault(technique, []):
            brands[technique].append(product.brand)
    with_wait = subject.script is Script.A
    for technique, names in brands.items():
        named = say("How to use {medicine}", source=Source.LAYOUT, medicine=Exact(", ".join(names)))
        heading = named if len(brands) > 1 else say("How to use the inhaler", source=Source.LAYOUT)
        steps = steps_of(technique, with_wait=with_wait)
        yield Section(technique.value, Band.UNDERSTANDING, heading, steps, technique.value)
    if brands.keys() & {Technique.SPACER_MOUTHPIECE, Technique.SPACER_MASK}:
        yield SPACER_CARE
