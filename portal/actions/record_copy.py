"""What only the record's copy adds to a plan: the signals of this moment, and the family's printed copy."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from fhir import kept_stays
from fhir.detected_issue import Detected, to_detected_issue
from fhir.document import Printed, to_document
from fhir.flag import has_banner, to_flag
from fhir.store import Reader
from plans.content import Copy
from plans.errors import LanguageLacksSentence, LanguageNotSignedOff, PuffinError, UnknownLanguage
from plans.leaflet.languages import SOURCE, language
from plans.plan import Status
from plans.record_facts import RecordFacts
from plans.record_reviews import LATE_STATES, ReviewState
from plans.working_days import uk_day
from portal.actions.copies import pdf_of
from portal.actions.facts.about import facts_about
from portal.actions.importing.record import HolidaysFor
from portal.actions.originals import Original

# The signals that rest on a stay in hospital, by how the review after it stands.
RESTS_ON_STAYS: Mapping[str, frozenset[ReviewState]] = {
    "review-after-attack-late": LATE_STATES,
    "review-after-attack-running": frozenset({ReviewState.RUNNING}),
}


class SignalsNotCounted(PuffinError):
    """The signals cannot be counted, and a copy without them would look as if nothing was found."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{why} Until then, export another copy of this plan with --copy family.")


def signals_now(
    reader: Reader, original: Original, *, at: datetime, holidays_for: HolidaysFor
) -> Iterator[dict]:
    """Yield what a professional should look at, as of `at`: a DetectedIssue each, and a Flag where it is due.

    They are computed from the record and never kept, so that none goes stale. Raises SignalsNotCounted.
    """
    child = original.people.child
    facts = facts_about(reader, child, today=uk_day(at), holidays_for=holidays_for)
    if not facts.has_record:
        return
    if facts.findings is None:
        raise SignalsNotCounted(facts.refused)
    for signal in facts.findings.signals:
        evidence = tuple(_evidence(reader, child.id, signal.name, facts.findings))
        found = Detected(child.id, signal, at, evidence)
        yield to_detected_issue(found)
        if has_banner(found):
            yield to_flag(found)


def printed_for_the_family(original: Original, *, at: datetime) -> Iterator[dict]:
    """Yield the family's copy as documents: in English, and in their language if it may be printed."""
    author = original.plan.author
    if author is None:
        raise ValueError("only a signed plan is printed")
    for code in dict.fromkeys((SOURCE, original.plan.language or SOURCE)):
        pdf = _printed(original, code, at)
        if pdf:
            yield from to_document(
                Printed(
                    plan_id=original.plan.id,
                    child_id=original.plan.child_id,
                    copy=Copy.FAMILY,
                    language=code,
                    pdf=pdf,
                    at=at,
                    author_id=author.id,
                    author_name=author.name,
                    is_current=original.plan.status is Status.SIGNED,
                    is_final=language(code).is_signed_off,
                )
            )


def _evidence(reader: Reader, child_id: str, signal: str, facts: RecordFacts) -> Iterator[str]:
    states = RESTS_ON_STAYS.get(signal, frozenset())
    for one in facts.discharges:
        stay = kept_stays.find_stay(reader, child_id, one.visit, one.ended) if one.review in states else None
        if stay:
            yield f"Encounter/{stay['id']}"


def _printed(original: Original, code: str, at: datetime) -> bytes:
    """Return the PDF, b"" in a language that this plan cannot be printed in."""
    try:
        return pdf_of(original, Copy.FAMILY, code, today=uk_day(at))
    except (LanguageLacksSentence, LanguageNotSignedOff, UnknownLanguage):
        return b""
