"""The extensions of our own: what each means, from a table, and where it stands, from the examples."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from typing import get_args, get_type_hints

from docs.fhir_guide.examples import EXAMPLES
from fhir.codes import OWN
from fhir.plan_details import ALWAYS, PARTS, SOMETIMES
from plans.concern import ORDER, Happened, When
from plans.confirmations import WORDINGS
from plans.consent import How
from plans.plan import Spacer, Status
from plans.products import Tag
from plans.review_events import EventKind
from plans.sharing import Reader
from plans.signals import Visibility
from plans.triggers import TRIGGERS

BEGINNING = f"{OWN}StructureDefinition/"
USES = ("every-day", "morning", "evening", "when-needed", "worse", "attack")

# Name: what it means, and its allowed values where it has a list of them.
EXTENSIONS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "attack-inhaler-chosen": ("The clinician chose this inhaler for an attack.", ()),
    "back-on": ("The first day on which people work again after a weekend or a holiday.", ()),
    "bar-lifted-because": ("Why somebody is no longer barred from a child's plan.", ()),
    "bar-reason": (
        "Why somebody is barred from a child's plan. Only bars that the practice recorded have it.",
        (),
    ),
    "answer-by": ("By when an alert has to be acknowledged, before the next team is told.", ()),
    "colour-word": ("The colour of the inhaler, as the plan names it.", ()),
    "concern-event": (
        "Something that happened to a concern: `id`, `kind`, `at`, `by`, `place` and `words`.",
        tuple(Happened),
    ),
    "concern-how-safe": (
        "How safe somebody said that the child is, from 0 (not safe) to 10 (safe). Nobody computes it.",
        (),
    ),
    "concern-raised-as": ("What whoever raised a concern did there.", tuple(sorted(ORDER))),
    "concern-when": ("By when somebody must act, as whoever raised a concern said it.", tuple(When)),
    "consent-how": ("How somebody agreed to a share, or withdrew their consent.", tuple(How)),
    "dosage-use": ("What one Dosage is for. Read this before you read a dose.", USES),
    "dosage-attack": (
        "The one inhaler of MART or AIR in an attack, as a clinician wrote it: `puffs`, `gap-seconds`, "
        "`maximum`, and `by-a-clinician`, which is there even where every number is missing.",
        (),
    ),
    "dosage-worse": (
        "The one inhaler of MART or AIR when asthma gets worse: `puffs`, and `hours` between them.",
        (),
    ),
    "dose-confirmed": ("Whether a clinician confirmed this line, which a copied dose needs.", ()),
    "dose-source": ("Where a copied dose came from, and when.", ()),
    "due-day": ("The last day on which a review is on time, in the UK.", ()),
    "fact-day": ("The last day of what a fact rested on, as somebody looked at it.", ()),
    "fact-extent": (
        "The number of a fact as somebody looked at it, turned round where less is more to look at. Compare "
        "it with the same fact alone.",
        (),
    ),
    "happened-at-school": ("The school at which something happened to a child, as it was then.", ()),
    "job-title": ("The signer's job, as it is printed.", ()),
    "plan-details": ("What a clinician entered that FHIR R4 has no element for: see below.", ()),
    "look-again": ("The day on which somebody looks at a fact again.", ()),
    "nursing-team": ("The nursing team that looks after a school.", ()),
    "parent-told-by": ("Who told a parent what happened at school. Without it, nobody has yet.", ()),
    "practice-known": (
        "Whether the owner is the child's practice; if not, the hospital keeps the review.",
        (),
    ),
    "review-event": (
        "One thing that happened to a review: `id`, `kind`, `at`, `by`, `reason`, and `withdraws`, the id of "
        "an event that was recorded in error. These decide whether the review is done.",
        tuple(EventKind),
    ),
    "safe-to-message": (
        "Whether it is safe to write to this phone or e-mail address of somebody at home.",
        (),
    ),
    "refused-because": ("Why somebody said no to a reader before the plan was shared.", ()),
    "refused-reader": ("To what kind of reader somebody said no. Only our refusals have it.", tuple(Reader)),
    "share-reader": ("What kind of reader a share is for. Only our own shares have it.", tuple(Reader)),
    "share-reason": ("Why the plan is shared, in the words of whoever shared it.", ()),
    "share-until": ("The last day of a share.", ()),
    "signal-source": ("Where the rule that found a signal was published.", ()),
    "signal-source-tag": ("How sure that source is.", tuple(Tag)),
    "signal-visibility": (
        "Who may see a signal. None is for a family, a school or paper; `private` is the young person's own.",
        tuple(Visibility),
    ),
    "spacer": ("The spacer that goes with the inhaler.", tuple(Spacer)),
    "told-apart-at": (
        "When a clinician said that this is another person. A bar of the name that is recorded later counts.",
        (),
    ),
    "told-apart-because": (
        "How a clinician knows that this is another person than the one of the same name who is barred.",
        (),
    ),
    "unlisted-medicine": ("A medicine that is in no list: `name`, `strength` and `device`.", ()),
}

# Parts of plan-details of which there is more to say: their allowed values, or where these are.
PARTS_SAY: Mapping[str, str] = {
    "status": ", ".join(Status),
    "trigger": ", ".join(TRIGGERS),
    "peak-flow-scale": "EU or Wright",
    "peak-flow-worse-below": "L/min",
    "peak-flow-attack-below": "L/min",
    "family-language": "BCP 47",
    "wording-confirmed": ", ".join(WORDINGS),
    "check-fired": "a code of [what a plan is checked for](../checks.md)",
    "reason": "`check`, a code of the same page, and `text`",
}


@dataclass(frozen=True)
class Use:
    """Where an extension stands, and which value[x] holds what it says."""

    element: str
    value: str


@cache
def uses() -> Mapping[str, tuple[Use, ...]]:
    """Return where the examples use each extension, by its name."""
    found: dict[str, dict[Use, None]] = {}
    for example in EXAMPLES:
        if example.type != "Bundle":
            for name, use in _in_element(example.make(), example.type):
                found.setdefault(name, {})[use] = None
    return {name: tuple(places) for name, places in found.items()}


def parts() -> Iterator[tuple[str, str, str]]:
    """Yield each part of plan-details: its name, its value[x], and its allowed values or its own parts."""
    for name, value in PARTS.items():
        record = {**ALWAYS, **SOMETIMES}.get(name)
        inside = ", ".join(_fields(record)) if record else PARTS_SAY.get(name, "")
        yield name, "parts" if value == "extension" else value, inside


def _fields(record: type) -> Iterator[str]:
    hints = get_type_hints(record)
    for one in fields(record):
        kinds = [kind for kind in (hints[one.name], *get_args(hints[one.name])) if isinstance(kind, type)]
        values = [value for kind in kinds if issubclass(kind, StrEnum) for value in kind]
        yield f"`{one.name.replace('_', '-')}`" + (f" ({', '.join(values)})" if values else "")


def _in_element(element: object, place: str) -> Iterator[tuple[str, Use]]:
    match element:
        case {"url": str() as url, **rest} if url.startswith(BEGINNING):
            value = str(next(iter(rest), ""))
            use = Use(place.removesuffix(".extension"), "parts" if value == "extension" else value)
            yield url.removeprefix(BEGINNING), use
        case dict():
            for name, inner in element.items():
                yield from _in_element(inner, f"{place}.{name}")
        case list():
            for inner in element:
                yield from _in_element(inner, place)
