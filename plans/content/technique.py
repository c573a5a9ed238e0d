"""How to use each kind of inhaler, and how to look after a spacer: a table, one row for a kind."""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from plans.content.readers import Subject
from plans.plan import Medicine, Spacer
from plans.products import Device, Product
from plans.sections import Band, Kind, Line, Section
from plans.sentences import Exact, Sentence, say


class Technique(StrEnum):
    """A way of using an inhaler; those from a source are first, the others are confirmed by a clinician."""

    SPACER_MOUTHPIECE = "spacer-mouthpiece"
    SPACER_MASK = "spacer-mask"
    AEROSOL = "aerosol"
    TURBOHALER = "turbohaler"
    EASYHALER = "easyhaler"
    ACCUHALER = "accuhaler"
    OPEN_COVER = "open-cover"
    BREATH_ACTUATED = "breath-actuated"
    SOFT_MIST = "soft-mist"
    AS_SHOWN = "as-shown"


BY_WORD_OF_BRAND: Mapping[str, Technique] = {
    "Turbohaler": Technique.TURBOHALER,
    "Easyhaler": Technique.EASYHALER,
    "Accuhaler": Technique.ACCUHALER,
    "NEXThaler": Technique.OPEN_COVER,
    "Spiromax": Technique.OPEN_COVER,
    "Ellipta": Technique.OPEN_COVER,
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
    known = (BY_WORD_OF_BRAND[word] for word in product.brand.split() if word in BY_WORD_OF_BRAND)
    return next(known, Technique.AS_SHOWN)


def techniques(subject: Subject) -> Iterator[Section]:
    """Yield how to use each kind of inhaler on the plan, once, and the care of the spacer."""
    brands: dict[Technique, list[str]] = {}
    for medicine in subject.plan.medicines.values():
        product = subject.product(medicine)
        technique = technique_of(product, medicine) if product else None
        if product and technique and product.brand not in brands.setdefault(technique, []):
            brands[technique].append(product.brand)
    for technique, names in brands.items():
        named = say("How to use {medicine}", medicine=Exact(", ".join(names)))
        heading = named if len(brands) > 1 else say("How to use the inhaler")
        yield Section(technique.value, Band.UNDERSTANDING, heading, STEPS[technique], technique.value)
    if brands.keys() & {Technique.SPACER_MOUTHPIECE, Technique.SPACER_MASK}:
        yield SPACER_CARE


def _steps(*steps: tuple[Sentence, ...]) -> tuple[Line, ...]:
    return tuple(Line(Kind.STEP, words) for words in steps)


BY_SPACER: Mapping[Spacer, Technique] = {
    Spacer.MOUTHPIECE: Technique.SPACER_MOUTHPIECE,
    Spacer.MASK: Technique.SPACER_MASK,
}

CHECK_CAP = say("Sit up. Take the cap off and look inside.")
SHAKE_AND_FIT = say("Shake it. Fit it into the spacer.")
SHAKE_AGAIN = say("Wait 30 to 60 seconds. Shake again before the next puff.")
HOLD = say("Hold your breath for up to 10 seconds.")

STEPS: Mapping[Technique, tuple[Line, ...]] = {
    Technique.SPACER_MOUTHPIECE: _steps(
        (CHECK_CAP,),
        (SHAKE_AND_FIT,),
        (say("Close the lips tight round the mouthpiece."),),
        (say("Press once. Breathe slowly in and out 5 times."),),
        (SHAKE_AGAIN,),
    ),
    Technique.SPACER_MASK: _steps(
        (CHECK_CAP,),
        (SHAKE_AND_FIT,),
        (say("Hold the mask tight over nose and mouth."), say("Tilt the spacer up a little.")),
        (say("Press once. Wait for 5 breaths, or count slowly to 10."),),
        (SHAKE_AGAIN,),
    ),
    Technique.AEROSOL: _steps(
        (CHECK_CAP, say("Shake it.", confirm="technique-aerosol")),
        (say("Breathe out. Close the lips round it.", confirm="technique-aerosol"),),
        (say("Press once while you breathe in slowly.", confirm="technique-aerosol"),),
        (say("Hold your breath for up to 10 seconds.", confirm="technique-aerosol"),),
        (SHAKE_AGAIN,),
    ),
    Technique.TURBOHALER: _steps(
        (say("Hold it upright. Unscrew the cover.", confirm="technique-turbohaler"),),
        (say("Twist the base one way, then back to the click.", confirm="technique-turbohaler"),),
        (say("Breathe out, away from the inhaler.", confirm="technique-turbohaler"),),
        (say("Lips round it. Breathe in hard and deep.", confirm="technique-turbohaler"),),
        (say("Hold your breath for up to 10 seconds.", confirm="technique-turbohaler"),),
        (say("Do not shake it. You may not taste anything.", confirm="technique-turbohaler"),),
    ),
    Technique.EASYHALER: _steps(
        (say("Take the cap off. Shake it upright.", confirm="technique-easyhaler"),),
        (say("Press once until it clicks. Keep it upright.", confirm="technique-easyhaler"),),
        (say("Breathe out, away from the inhaler.", confirm="technique-easyhaler"),),
        (say("Lips round it. Breathe in hard and deep.", confirm="technique-easyhaler"),),
        (say("Hold your breath. Put the cap back on.", confirm="technique-easyhaler"),),
    ),
    Technique.ACCUHALER: _steps(
        (say("Keep it level. Open it.", confirm="technique-accuhaler"),),
        (say("Slide the lever until it clicks.", confirm="technique-accuhaler"),),
        (say("Breathe out, away from the inhaler.", confirm="technique-accuhaler"),),
        (say("Lips round it. Breathe in steadily and deeply.", confirm="technique-accuhaler"),),
        (say("Hold your breath. Close it.", confirm="technique-accuhaler"),),
    ),
    Technique.OPEN_COVER: _steps(
        (say("Open the cover fully, once. That loads a dose.", confirm="technique-open-cover"),),
        (say("Breathe out, away from the inhaler.", confirm="technique-open-cover"),),
        (say("Lips round it. Keep the air holes clear.", confirm="technique-open-cover"),),
        (say("Breathe in deeply.", confirm="technique-open-cover"),),
        (say("Hold your breath. Close the cover.", confirm="technique-open-cover"),),
    ),
    Technique.BREATH_ACTUATED: _steps(
        (say("Shake it. Open the cap, or lift the lever.", confirm="technique-breath-actuated"),),
        (say("Breathe out, away from the inhaler.", confirm="technique-breath-actuated"),),
        (say("Lips round it. Breathe in slowly and steadily.", confirm="technique-breath-actuated"),),
        (say("It clicks. Keep breathing in.", confirm="technique-breath-actuated"),),
        (say("Hold your breath for up to 10 seconds.", confirm="technique-breath-actuated"),),
    ),
    Technique.SOFT_MIST: _steps(
        (say("Cap closed: turn the base until it clicks.", confirm="technique-soft-mist"),),
        (say("Open the cap. Breathe out.", confirm="technique-soft-mist"),),
        (say("Lips round it. Point it to the back of the throat.", confirm="technique-soft-mist"),),
        (say("Press, and breathe in slowly.", confirm="technique-soft-mist"),),
        (say("Hold your breath for up to 10 seconds.", confirm="technique-soft-mist"),),
    ),
    Technique.AS_SHOWN: (
        Line(Kind.NOTE, (say("Use it as you were shown."), say("Not sure? Ask a nurse or a pharmacist."))),
    ),
}

SPACER_CARE = Section(
    "spacer-care",
    Band.UNDERSTANDING,
    say("Look after the spacer"),
    (
        Line(Kind.NOTE, (say("Wash it before first use, then once a month.", confirm="spacer-care"),)),
        Line(Kind.NOTE, (say("Use warm water and washing-up liquid."),)),
        Line(Kind.NOTE, (say("Do not scrub or wipe it. Let it dry in the air."),)),
        Line(Kind.NOTE, (say("Get a new one each year, or when it is worn.", confirm="spacer-care"),)),
    ),
)
