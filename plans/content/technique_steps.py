"""How to use each kind of inhaler: a table, one row for a kind."""

from collections.abc import Mapping
from enum import StrEnum

from plans.sections import Kind, Line
from plans.sentences import Sentence, say
from plans.sources import Source

READ = Source.SPACER_LEAFLET
UNREAD = Source.TECHNIQUE

# No source settles these ways: the sentences of each are confirmed together.
AEROSOL = "technique-aerosol"
TURBOHALER = "technique-turbohaler"
EASYHALER = "technique-easyhaler"
ACCUHALER = "technique-accuhaler"
OPEN_COVER = "technique-open-cover"
BREATH_ACTUATED = "technique-breath-actuated"
SOFT_MIST = "technique-soft-mist"
AS_SHOWN = "technique-as-shown"


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


def _step(picture: str, *words: Sentence) -> Line:
    return Line(Kind.STEP, words, picture)


def _breathe_out(confirm: str) -> Line:
    return _step("breathe-out", say("Breathe out, away from the inhaler.", source=UNREAD, confirm=confirm))


def _breathe_in_hard(confirm: str) -> Line:
    words = say("Lips round it. Breathe in hard and deep.", source=UNREAD, confirm=confirm)
    return _step("breathe-in", words)


def _hold(confirm: str) -> Line:
    return _step("hold", say("Hold your breath for up to 10 seconds.", source=UNREAD, confirm=confirm))


CHECK_CAP = _step("cap-off", say("Sit up. Take the cap off and look inside.", source=READ))
SHAKE_AND_FIT = _step("shake", say("Shake it. Fit it into the spacer.", source=READ))
SHAKE_AGAIN = _step("wait", say("Wait 30 to 60 seconds. Shake again before the next puff.", source=READ))

# The same words as with a spacer, for which alone they were read.
CHECK_CAP_OF_AN_AEROSOL = _step(
    "cap-off", say("Sit up. Take the cap off and look inside.", source=UNREAD, confirm=AEROSOL)
)
SHAKE_AN_AEROSOL_AGAIN = _step(
    "wait", say("Wait 30 to 60 seconds. Shake again before the next puff.", source=UNREAD, confirm=AEROSOL)
)

# Without seconds, for plans whose attack steps have another wait: two waits side by side would be mixed up.
NO_WAIT = (
    (SHAKE_AGAIN, _step("shake", say("Shake it again before the next puff.", source=READ))),
    (
        SHAKE_AN_AEROSOL_AGAIN,
        _step("shake", say("Shake it again before the next puff.", source=UNREAD, confirm=AEROSOL)),
    ),
)

# Source: clinical reference 4.
STEPS: Mapping[Technique, tuple[Line, ...]] = {
    Technique.SPACER_MOUTHPIECE: (
        CHECK_CAP,
        SHAKE_AND_FIT,
        _step("seal", say("Close the lips tight round the mouthpiece.", source=READ)),
        _step("breathe", say("Press once. Breathe slowly in and out 5 times.", source=READ)),
        SHAKE_AGAIN,
    ),
    Technique.SPACER_MASK: (
        CHECK_CAP,
        SHAKE_AND_FIT,
        _step(
            "mask-on",
            say("Hold the mask tight over nose and mouth.", source=READ),
            say("Tilt the spacer up a little.", source=READ),
        ),
        _step(
            "breathe",
            say("Press once. Wait for 5 breaths, or count slowly to 10.", source=READ),
        ),
        SHAKE_AGAIN,
    ),
    Technique.AEROSOL: (
        CHECK_CAP_OF_AN_AEROSOL,
        _step("shake", say("Shake it.", source=UNREAD, confirm=AEROSOL)),
        _step("breathe-out", say("Breathe out. Close the lips round it.", source=UNREAD, confirm=AEROSOL)),
        _step("press", say("Press once while you breathe in slowly.", source=UNREAD, confirm=AEROSOL)),
        _hold(AEROSOL),
        SHAKE_AN_AEROSOL_AGAIN,
    ),
    Technique.TURBOHALER: (
        _step("turbohaler", say("Hold it upright. Unscrew the cover.", source=UNREAD, confirm=TURBOHALER)),
        _step(
            "again", say("Twist the base one way, then back to the click.", source=UNREAD, confirm=TURBOHALER)
        ),
        _breathe_out(TURBOHALER),
        _breathe_in_hard(TURBOHALER),
        _hold(TURBOHALER),
        _step(
            "no-shake", say("Do not shake it. You may not taste anything.", source=UNREAD, confirm=TURBOHALER)
        ),
    ),
    Technique.EASYHALER: (
        _step("shake", say("Take the cap off. Shake it upright.", source=UNREAD, confirm=EASYHALER)),
        _step(
            "easyhaler", say("Press once until it clicks. Keep it upright.", source=UNREAD, confirm=EASYHALER)
        ),
        _breathe_out(EASYHALER),
        _breathe_in_hard(EASYHALER),
        _step("hold", say("Hold your breath. Put the cap back on.", source=UNREAD, confirm=EASYHALER)),
    ),
    Technique.ACCUHALER: (
        _step("accuhaler", say("Keep it level. Open it.", source=UNREAD, confirm=ACCUHALER)),
        _step("press", say("Slide the lever until it clicks.", source=UNREAD, confirm=ACCUHALER)),
        _breathe_out(ACCUHALER),
        _step(
            "breathe-in",
            say("Lips round it. Breathe in steadily and deeply.", source=UNREAD, confirm=ACCUHALER),
        ),
        _step("hold", say("Hold your breath. Close it.", source=UNREAD, confirm=ACCUHALER)),
    ),
    Technique.OPEN_COVER: (
        _step(
            "open-cover",
            say("Open the cover fully, once. That loads a dose.", source=UNREAD, confirm=OPEN_COVER),
        ),
        _breathe_out(OPEN_COVER),
        _step("seal", say("Lips round it. Keep the air holes clear.", source=UNREAD, confirm=OPEN_COVER)),
        _step("breathe-in", say("Breathe in deeply.", source=UNREAD, confirm=OPEN_COVER)),
        _step("hold", say("Hold your breath. Close the cover.", source=UNREAD, confirm=OPEN_COVER)),
    ),
    Technique.BREATH_ACTUATED: (
        _step(
            "shake", say("Shake it. Open the cap, or lift the lever.", source=UNREAD, confirm=BREATH_ACTUATED)
        ),
        _breathe_out(BREATH_ACTUATED),
        _step(
            "seal",
            say("Lips round it. Breathe in slowly and steadily.", source=UNREAD, confirm=BREATH_ACTUATED),
        ),
        _step("breathe-in", say("It clicks. Keep breathing in.", source=UNREAD, confirm=BREATH_ACTUATED)),
        _hold(BREATH_ACTUATED),
    ),
    Technique.SOFT_MIST: (
        _step("again", say("Cap closed: turn the base until it clicks.", source=UNREAD, confirm=SOFT_MIST)),
        _step("breathe-out", say("Open the cap. Breathe out.", source=UNREAD, confirm=SOFT_MIST)),
        _step(
            "seal",
            say("Lips round it. Point it to the back of the throat.", source=UNREAD, confirm=SOFT_MIST),
        ),
        _step("breathe-in", say("Press, and breathe in slowly.", source=UNREAD, confirm=SOFT_MIST)),
        _hold(SOFT_MIST),
    ),
    Technique.AS_SHOWN: (
        Line(
            Kind.NOTE,
            (
                say("Use it as you were shown.", source=Source.NONE_FOUND, confirm=AS_SHOWN),
                say("Not sure? Ask a nurse or a pharmacist.", source=Source.NONE_FOUND, confirm=AS_SHOWN),
            ),
        ),
    ),
}


def steps_of(technique: Technique, *, with_wait: bool) -> tuple[Line, ...]:
    """Return how an inhaler is used; `with_wait` if the plan's attack steps wait 30 to 60 seconds too."""
    if with_wait:
        return STEPS[technique]
    return tuple(_without_wait(line) for line in STEPS[technique])


def _without_wait(line: Line) -> Line:
    return next((other for waiting, other in NO_WAIT if waiting is line), line)
