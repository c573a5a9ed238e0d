"""The family's sheet after hospital, as a PDF: it needs a discharge, and no plan."""

from collections.abc import Sequence
from datetime import datetime

from fhir import kept_people, kept_plans
from fhir.store import Reader, Store
from fhir.store.tables import marks
from plans.confirmations import unsettled_in
from plans.content import Copy, People
from plans.leaflet.languages import SOURCE
from plans.leaflet.page import Leaflet, document
from plans.leaflet.pdf import pdf
from plans.leaflet.wording import in_language
from plans.review import Review
from plans.review_events import closing_event
from plans.sections import Section
from plans.working_days import uk_day
from portal.actions.copies import sheet_after
from portal.actions.originals import Discharge, place


def print_sheet(
    store: Store, review: Review, language: str, *, bilingual: bool, by: str, at: datetime
) -> bytes:
    """Return the sheet of one discharge as a PDF, and record who printed it and so confirmed its words.

    Raises UnknownLanguage, LanguageLacksSentence, and outside a demo LanguageNotSignedOff.
    """
    sections = _sections(store, review, at)
    wording = in_language(language, sections, demo=marks.is_demo(store))
    beside = in_language(SOURCE) if bilingual and language != SOURCE else None
    printed = pdf(document(Leaflet(sections, wording, Copy.DISCHARGE, beside=beside)))
    with store.write_beside(by=by, at=at) as write:
        confirmed = ", ".join(one.key for one in unsettled_in(sections))
        detail = f"print the sheet after hospital, {language}; words confirmed: {confirmed}"
        write.audit("R", f"Task/{review.id}", f"Patient/{review.child_id}", detail)
    return printed


def pdf_of_sheet(reader: Reader, review: Review, *, at: datetime) -> bytes:
    """Return the sheet of one discharge as an English PDF; whoever hands it over records that."""
    sections = _sections(reader, review, at)
    return pdf(document(Leaflet(sections, in_language(SOURCE), Copy.DISCHARGE)))


def words_to_confirm(reader: Reader, review: Review, now: datetime) -> list[tuple[str, list[str]]]:
    """Return what no source settles on the sheet: what each is about, and its exact English words."""
    english, sections = in_language(SOURCE), _sections(reader, review, now)
    return [
        (one.unsettled.about, [english.say(sentence) for sentence in one.sentences])
        for one in unsettled_in(sections)
    ]


def _sections(reader: Reader, review: Review, now: datetime) -> Sequence[Section]:
    people = People(kept_people.child(reader, review.child_id), place(reader, review.owner_id), None)
    has_plan = kept_plans.live_plan(reader, review.child_id) is not None
    discharge = Discharge(review, place(reader, review.requester_id))
    is_closed = closing_event(review.events, review.discharged_at, now) is not None
    # Once a review is recorded its sheet is what it was, and late no more.
    today = review.due if is_closed else uk_day(now)
    return sheet_after(people, discharge, has_plan=has_plan, today=today)
