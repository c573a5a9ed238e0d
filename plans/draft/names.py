"""The names of the fields of a draft: what the form shows, a draft keeps and a problem points at."""

import re

from plans.plan import Slot

ALLERGIES = range(1, 9)
UNKNOWNS = range(1, 10)

SLOT_FIELDS = ("product", "colour", "morning", "evening", "when-needed", "spacer", "source", "confirmed")

# What a form sends besides: read by others, and no part of a plan.
IGNORED = frozenset({"csrf_token", "submit"})

PLAIN = (
    "regimen", "worse-puffs", "worse-hours", "attack-puffs", "attack-gap-seconds", "attack-maximum",
    "use-peak-flow", "peak-flow-best", "peak-flow-measured-on", "peak-flow-scale",
    "peak-flow-worse-below", "peak-flow-attack-below",
    "allergy-plan-confirmed", "pens-expire-on", "no-pens-reason",
    "school-inhaler-place", "school-spacer", "school-emergency-consent",
    "school-contact-name", "school-contact-phone",
    "surgery-phone", "child-words", "language", "review-by", "taught-to", "replaces",
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
