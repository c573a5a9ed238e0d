"""One copy of a plan, for one kind of reader and in one language: as a page, and as a PDF."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from markupsafe import Markup

from fhir.store import Store
from plans.content import Copy, People, discharge_sheet
from plans.content import sections as sections_of_plan
from plans.content.copies import COPIES, copies_for
from plans.content.readers import subject
from plans.errors import CardHasOneLanguage, CopyNeedsDischarge, PuffinError
from plans.leaflet.languages import SOURCE
from plans.leaflet.page import Leaflet, article, document
from plans.leaflet.pdf import pdf
from plans.leaflet.wording import in_language
from plans.medicines import read_medicines
from plans.plan import Plan, Status
from plans.sections import Section
from plans.seen_by import seen_by
from portal.actions.originals import Discharge, Original

# From the copy that is at hand, those that say no more than it does.
CAN_BECOME: Mapping[Copy, frozenset[Copy]] = {
    Copy.RECORD: frozenset(Copy) - {Copy.DISCHARGE},
    Copy.FAMILY: frozenset(Copy) - {Copy.DISCHARGE, Copy.RECORD},
    Copy.SCHOOL: frozenset({Copy.SCHOOL, Copy.EMERGENCY, Copy.WALLET}),
    Copy.CHILD: frozenset({Copy.CHILD}),
    Copy.WALLET: frozenset({Copy.WALLET}),
    Copy.EMERGENCY: frozenset({Copy.EMERGENCY, Copy.WALLET}),
    Copy.MEDICINES: frozenset({Copy.MEDICINES}),
    Copy.DISCHARGE: frozenset(),  # it is not made from a plan
}

CARDS = frozenset({Copy.WALLET, Copy.EMERGENCY})  # with room for one language


class CopySaysTooLittle(PuffinError):
    """A copy was asked of another one that does not hold all it says."""

    def __init__(self, holds: Copy, wanted: Copy) -> None:
        super().__init__(
            f"This file is a {holds} copy, which does not hold all that a {wanted} copy says. "
            f"Export the plan again with --copy {wanted}."
        )


def page_of(original: Original, copy: Copy, language: str, *, today: date) -> Markup:
    """Return a copy as a part of a web page, with the words of its PDF; `today` is the day in the UK.

    Raises what `leaflet_of` raises.
    """
    return article(leaflet_of(original, copy, language, today=today))


def pdf_of(original: Original, copy: Copy, language: str, *, today: date, bilingual: bool = False) -> bytes:
    """Return a copy as a PDF, with English beside it if `bilingual`; raises what `leaflet_of` raises."""
    return pdf(document(leaflet_of(original, copy, language, today=today, bilingual=bilingual)))


def leaflet_of(
    original: Original, copy: Copy, language: str, *, today: date, bilingual: bool = False
) -> Leaflet:
    """Return a copy as it is laid out, built from what its reader may see and nothing else.

    Raises UnknownLanguage, LanguageLacksSentence, LanguageNotSignedOff outside a demo, CopySaysTooLittle,
    CopyNotForThisAge, CardHasOneLanguage, and CopyNeedsDischarge where no review after hospital is open.
    """
    if bilingual and copy in CARDS:
        raise CardHasOneLanguage
    sections = sections_of(original, copy, today=today)
    wording = in_language(language, sections, demo=original.is_demo)
    beside = in_language(SOURCE) if bilingual and language != SOURCE else None
    return Leaflet(sections, wording, copy, _code_url(original, copy, language), beside)


def sections_of(original: Original, copy: Copy, *, today: date) -> Sequence[Section]:
    """Return what a copy says, in no language yet.

    Raises CopySaysTooLittle, CopyNotForThisAge and CopyNeedsDischarge.
    """
    if copy is Copy.DISCHARGE:
        return _discharge_sections(original, today)
    if copy not in CAN_BECOME[original.holds]:
        raise CopySaysTooLittle(original.holds, copy)
    people = people_seen_by(copy, original.people)
    return sections_of_plan(seen_by(copy, original.plan), people, copy, read_medicines(), today)


def copies_there_are(original: Original, *, today: date) -> tuple[Copy, ...]:
    """Return the copies that can be had of this plan: those for its owner's age, after hospital a sheet."""
    about = subject(original.plan, original.people.child, read_medicines(), today)
    sheet = (Copy.DISCHARGE,) if original.discharge else ()
    return (*copies_for(about.age), *sheet)


def people_seen_by(copy: Copy, people: People) -> People:
    """Return the people as readers of this copy may see them.

    Copies without the NHS number have no more of the child than the name and the date of birth.
    """
    if COPIES[copy].with_nhs_number:
        return people
    return replace(people, child=replace(people.child, nhs_number="", reads="", speaks=()))


def note_given(
    store: Store, plan: Plan, copy: Copy, language: str, *, doing: str, by: str, at: datetime
) -> None:
    """Record that a copy was given out; `doing` says how, such as "print"."""
    with store.write_beside(by=by, at=at) as write:
        detail = f"{doing} the {copy} copy, {language}"
        write.audit("R", f"CarePlan/{plan.id}", f"Patient/{plan.child_id}", detail)


def _discharge_sections(original: Original, today: date) -> Sequence[Section]:
    if original.discharge is None:
        raise CopyNeedsDischarge
    has_plan = original.plan.status is Status.SIGNED
    return sheet_after(original.people, original.discharge, has_plan=has_plan, today=today)


def sheet_after(people: People, discharge: Discharge, *, has_plan: bool, today: date) -> Sequence[Section]:
    """Return the family's sheet after this discharge, in no language yet; a child may have no live plan.

    `today` is the day in the UK: once the day of the review has passed the sheet says so.
    """
    review = discharge.review
    return discharge_sheet(
        people.child,
        people.practice if review.owner_id else None,
        due=review.due,
        discharged_at=review.discharged_at,
        hospital=discharge.hospital,
        has_plan=has_plan,
        today=today,
    )


def _code_url(original: Original, copy: Copy, language: str) -> str:
    """Return where the code on this copy leads: it is answered in the language of the copy."""
    if copy is Copy.DISCHARGE or not original.code_url:
        return ""
    return original.code_url if language == SOURCE else f"{original.code_url}?lang={language}"
