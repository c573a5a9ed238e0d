"""The family's sheet after hospital, as a PDF: it needs a discharge, and no plan."""

from datetime import datetime

from fhir import kept_people
from fhir.store import Store, marks
from plans.content import Copy, People
from plans.leaflet.languages import SOURCE
from plans.leaflet.page import Leaflet, document
from plans.leaflet.pdf import pdf
from plans.leaflet.wording import in_language
from plans.review import Review
from portal.actions.copies import sheet_after
from portal.actions.originals import Discharge, place


def print_sheet(
    store: Store, review: Review, language: str, *, bilingual: bool, by: str, at: datetime
) -> bytes:
    """Return the sheet of one discharge as a PDF, and record that it was printed.

    Raises UnknownLanguage, LanguageLacksSentence, and outside a demo LanguageNotSignedOff.
    """
    child = kept_people.child(store, review.child_id)
    people = People(child, place(store, review.owner_id), None)
    sections = sheet_after(people, Discharge(review, place(store, review.requester_id)))
    wording = in_language(language, sections, demo=marks.is_demo(store))
    beside = in_language(SOURCE) if bilingual and language != SOURCE else None
    printed = pdf(document(Leaflet(sections, wording, Copy.DISCHARGE, beside=beside)))
    with store.write(by=by, at=at) as write:
        detail = f"print the sheet after hospital, {language}"
        write.audit("R", f"Task/{review.id}", f"Patient/{child.id}", detail)
    return printed
