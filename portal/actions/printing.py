"""Printing for the command line: a copy of a plan in the store, or of one in a bundle file, as PDF bytes."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fhir.store import Store
from plans.content import Copy
from plans.working_days import uk_day
from portal.actions.copies import note_given, pdf_of
from portal.actions.exporting import read_export
from portal.actions.originals import Original, in_bundle, in_store
from portal.actions.school.own_class import AtSchool, at_school


@dataclass(frozen=True)
class Wanted:
    """Which copy, in which language (BCP 47), and whether with English beside it.

    `at_school` is what a school knows itself, on a copy that it prints.
    """

    copy: Copy
    language: str
    bilingual: bool = False
    at_school: AtSchool = AtSchool()


def print_plan(store: Store, plan_id: str, wanted: Wanted, *, url: str, by: str, at: datetime) -> bytes:
    """Return the PDF of a signed plan, and record that it was printed; nothing is recorded of a refusal.

    Raises PlanNotFound, DraftHasNoCopies and what `leaflet_of` raises.
    """
    original = at_school(in_store(store, plan_id, url=url), wanted.at_school)
    printed = _printed(original, wanted, at)
    note_given(store, original.plan, wanted.copy, wanted.language, doing="print", by=by, at=at)
    return printed


def print_bundle(file: Path, wanted: Wanted, *, url: str, at: datetime) -> bytes:
    """Return the PDF of the plan in a file that `export` wrote; no store is needed.

    Raises NotAPlanBundle, CopySaysTooLittle and what `leaflet_of` raises.
    """
    return _printed(in_bundle(read_export(file), url=url), wanted, at)


def _printed(original: Original, wanted: Wanted, at: datetime) -> bytes:
    return pdf_of(original, wanted.copy, wanted.language, today=uk_day(at), bilingual=wanted.bilingual)
