"""How to use each kind of inhaler, and how to look after a spacer: a table, one row for a kind."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
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


def _step(picture: str, *words: Sentence) -> Line:
    return Line(Kind.STEP, words, picture)


def _unsettled(key: str, *steps: Line) -> tuple[Line, ...]:
    """Return steps that no source settles: all their sentences are confirmed together."""
    return tuple(replace(step, words=tuple(replace(s, confirm=key) for s in step.words)) for step in steps)


BY_SPACER: Mapping[Spacer, Technique] = {
    Spacer.MOUTHPIECE: Technique.SPACER_MOUTHPIECE,
    Spacer.MASK: Technique.SPACER_MASK,
}

CHECK_CAP = _step("cap-off", say("Sit up. Take the cap off and look inside."))
SHAKE_AND_FIT = _step("shake", say("Shake it. Fit it into the spacer."))
SHAKE_AGAIN = _step("wait", say("Wait 30 to 60 seconds. Shake again before the next puff."))
BREATHE_OUT = _step("breathe-out", say("Breathe out, away from the inhaler."))
BREATHE_IN_HARD = _step("breathe-in", say("Lips round it. Breathe in hard and deep."))
HOLD = _step("hold", say("Hold your breath for up to 10 seconds."))

# The steps with a spacer are from a source; of the others it says that they are for a clinician to confirm.
# Source: clinical reference 4.
STEPS: Mapping[Technique, tuple[Line, ...]] = {
    Technique.SPACER_MOUTHPIECE: (
        CHECK_CAP,
        SHAKE_AND_FIT,
        _step("seal", say("Close the lips tight round the mouthpiece.")),
        _step("breathe", say("Press once. Breathe slowly in and out 5 times.")),
        SHAKE_AGAIN,
    ),
    Technique.SPACER_MASK: (
        CHECK_CAP,
        SHAKE_AND_FIT,
        _step(
            "mask-on", say("Hold the mask tight over nose and mouth."), say("Tilt the spacer up a little.")
        ),
        _step("breathe", say("Press once. Wait for 5 breaths, or count slowly to 10.")),
        SHAKE_AGAIN,
    ),
    Technique.AEROSOL: _unsettled(
        "technique-aerosol",
        CHECK_CAP,
        _step("shake", say("Shake it.")),
        _step("breathe-out", say("Breathe out. Close the lips round it.")),
        _step("press", say("Press once while you breathe in slowly.")),
        HOLD,
        SHAKE_AGAIN,
    ),
    Technique.TURBOHALER: _unsettled(
        "technique-turbohaler",
        _step("turbohaler", say("Hold it upright. Unscrew the cover.")),
        _step("again", say("Twist the base one way, then back to the click.")),
        BREATHE_OUT,
        BREATHE_IN_HARD,
        HOLD,
        _step("no-shake", say("Do not shake it. You may not taste anything.")),
    ),
    Technique.EASYHALER: _unsettled(
        "technique-easyhaler",
        _step("shake", say("Take the cap off. Shake it upright.")),
        _step("easyhaler", say("Press once until it clicks. Keep it upright.")),
        BREATHE_OUT,
        BREATHE_IN_HARD,
        _step("hold", say("Hold your breath. Put the cap back on.")),
    ),
    Technique.ACCUHALER: _unsettled(
        "technique-accuhaler",
        _step("accuhaler", say("Keep it level. Open it.")),
        _step("press", say("Slide the lever until it clicks.")),
        BREATHE_OUT,
        _step("breathe-in", say("Lips round it. Breathe in steadily and deeply.")),
        _step("hold", say("Hold your breath. Close it.")),
    ),
    Technique.OPEN_COVER: _unsettled(
        "technique-open-cover",
        _step("open-cover", say("Open the cover fully, once. That loads a dose.")),
        BREATHE_OUT,
        _step("seal", say("Lips round it. Keep the air holes clear.")),
        _step("breathe-in", say("Breathe in deeply.")),
        _step("hold", say("Hold your breath. Close the cover.")),
    ),
    Technique.BREATH_ACTUATED: _unsettled(
        "technique-breath-actuated",
        _step("shake", say("Shake it. Open the cap, or lift the lever.")),
        BREATHE_OUT,
        _step("seal", say("Lips round it. Breathe in slowly and steadily.")),
        _step("breathe-in", say("It clicks. Keep breathing in.")),
        HOLD,
    ),
    Technique.SOFT_MIST: _unsettled(
        "technique-soft-mist",
        _step("again", say("Cap closed: turn the base until it clicks.")),
        _step("breathe-out", say("Open the cap. Breathe out.")),
        _step("seal", say("Lips round it. Point it to the back of the throat.")),
        _step("breathe-in", say("Press, and breathe in slowly.")),
        HOLD,
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
