"""The names of the fields of a draft: what the form shows, a draft keeps and a problem points at."""

import re

from plans.plan import Slot

ALLERGIES = range(1, 9)
UNKNOWNS = range(1, 10)

SLOT_FIELDS = (
    "product", "name", "strength", "device", "colour",
    "morning", "evening", "when-needed", "most-a-day", "spacer", "source", "confirmed",
)  # fmt: skip

# What a form sends besides: read by others, and no part of a plan.
IGNORED = frozenset({"csrf_token", "submit"})

PLAIN = (
    "diagnosis", "trial-until", "regimen", "override-reason", "override-by", "exercise-puffs",
    "worse-puffs", "worse-hours", "increase-morning", "increase-evening", "increase-days",
    "steroids-supplied", "steroids-product", "steroids-milligrams", "steroids-amount", "steroids-days",
    "steroids-start", "steroids-below", "steroids-start-words", "steroid-card",
    "attack-inhaler", "attack-puffs", "attack-gap-seconds", "attack-maximum",
    "weaning-puffs", "weaning-hours", "weaning-days",
    "nebuliser-at-home", "nebuliser-specialist", "nebuliser-hospital",
    "use-peak-flow", "peak-flow-best", "peak-flow-measured-on", "peak-flow-scale",
    "peak-flow-worse-below", "peak-flow-attack-below",
    "allergy-plan-confirmed", "pens-expire-on", "no-pens-reason",
    "school-inhaler-place", "school-spacer", "school-emergency-consent",
    "school-contact-name", "school-contact-phone",
    "surgery-phone", "open-access-phone", "child-words",
    "language", "language-spoken", "interpreter", "review-by", "replaces",
    "given-to", "taught-to", "technique", "teach-back-every-day", "teach-back-attack", "teach-back-emergency",
    "control-tool", "control-score", "control-on", "attacks-in-year",
)  # fmt: skip

FIELDS = frozenset(
    [
        *PLAIN,
        *(f"{slot}-{part}" for slot in Slot for part in SLOT_FIELDS),
        *(f"allergy-{number}-{part}" for number in ALLERGIES for part in ("name", "severe")),
        *(f"unknown-{number}{part}" for number in UNKNOWNS for part in ("", "-choice")),
    ]
)

KEYED = re.compile(r"(trigger|wording|reason)-[a-z0-9]+(-[a-z0-9]+)*")


def is_field(name: str) -> bool:
    """Return whether a draft may have a field of this name."""
    return name in FIELDS or KEYED.fullmatch(name) is not None
