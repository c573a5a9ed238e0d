"""The parts of a plan's form that most plans do not need: folded until something stands in them."""

from collections.abc import Iterable, Mapping

from plans.plan import Regimen
from plans.problems import Problem

# Each part with the beginnings of the names of its fields.
PARTS: Mapping[str, tuple[str, ...]] = {
    "trial": ("diagnosis", "trial-"),
    "exercise": ("exercise-",),
    "steroid-card": ("steroid-card",),
    "increase": ("increase-",),
    "steroids": ("steroids-",),
    "own-steps": ("attack-",),
    "weaning": ("weaning-",),
    "nebuliser": ("nebuliser-",),
    "allergy-care": ("allergy-plan-confirmed", "pens-", "no-pens-"),
    "peak-flow": ("peak-flow-",),
    "open-access": ("open-access-",),
}


def open_parts(fields: Mapping[str, str], problems: Iterable[Problem]) -> frozenset[str]:
    """Return the parts that stand open: something was typed there, or a problem is about them.

    The numbers of peak flow stay folded on a plan by symptoms, although a record may have filled them.
    """
    named = {problem.field for problem in problems}
    filled = {name for name, text in fields.items() if text.strip()}
    by_symptoms = {"peak-flow"} if fields.get("use-peak-flow") != "yes" else set()
    own = {"own-steps"} if fields.get("regimen") == Regimen.OTHER else set()
    asked = {part for part, starts in PARTS.items() if any(name.startswith(starts) for name in named)}
    used = {part for part, starts in PARTS.items() if any(name.startswith(starts) for name in filled)}
    return frozenset(asked | own | (used - by_symptoms))
