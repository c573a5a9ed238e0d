"""What a signed plan says in plain English, for readers of its FHIR: the narrative, and each zone's words."""

from collections.abc import Iterator, Mapping
from datetime import date

from fhir.zones import ATTACK, EVERY_DAY, WORSE, ZoneWords
from plans.content import Copy, People, sections
from plans.leaflet.languages import SOURCE
from plans.leaflet.linear import rows
from plans.leaflet.page import narrative
from plans.leaflet.wording import Wording, in_language
from plans.medicines import read_medicines
from plans.people import Child
from plans.places import Organisation
from plans.plan import Plan
from plans.sections import Band, Kind, Section
from plans.working_days import uk_day

ZONE_OF: Mapping[Band, str] = {Band.EVERYDAY: EVERY_DAY, Band.WORSE: WORSE, Band.ATTACK: ATTACK}
SIGNS = frozenset({Kind.SIGN.value, Kind.DANGER.value})


def narrative_of(plan: Plan, child: Child, practice: Organisation | None) -> str:
    """Return the whole plan as an XHTML div: the words of the record's copy."""
    return narrative(_sections(plan, child, practice, Copy.RECORD), in_language(SOURCE))


def zone_words(plan: Plan, child: Child, practice: Organisation) -> tuple[ZoneWords, ...]:
    """Return the words of each zone, in the order of the family's copy."""
    english = in_language(SOURCE)
    return tuple(
        ZoneWords(
            code=ZONE_OF[section.band],
            heading=english.say(section.heading),
            applies_when="; ".join(_said(section, english, signs=True)),
            steps=tuple(_said(section, english, signs=False)),
        )
        for section in _sections(plan, child, practice, Copy.FAMILY)
        if section.band in ZONE_OF
    )


def _sections(plan: Plan, child: Child, practice: Organisation | None, copy: Copy) -> tuple[Section, ...]:
    people = People(child, practice, plan.author)
    return sections(plan, people, copy, read_medicines(), _signed_on(plan))


def _signed_on(plan: Plan) -> date:
    if plan.signed_at is None:
        raise ValueError("only a signed plan has words for FHIR")
    return uk_day(plan.signed_at)


def _said(section: Section, english: Wording, *, signs: bool) -> Iterator[str]:
    for row in rows(section):
        if (row.kind in SIGNS) == signs:
            yield " ".join(row.texts(english))
