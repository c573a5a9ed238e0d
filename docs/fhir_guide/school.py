"""What school writes down, as examples of the FHIR guide: invented, like all of them."""

from datetime import timedelta

from docs.fhir_guide import invented as of
from docs.fhir_guide.invented import SEEN_AT, uid
from fhir.medication_administration import to_medication_administration
from fhir.school_consent import to_emergency_consent
from fhir.school_inhaler import to_inhaler_form
from fhir.school_kit import to_kit_form
from fhir.school_observation import to_absence, to_school_event
from plans.month_year import MonthYear
from plans.school_consent import EmergencyConsent
from plans.school_inhaler import SchoolInhaler, Spacer
from plans.school_kit import KitCheck, KitItem
from plans.school_log import EntryKind, Inhaler, SchoolEntry, Why
from plans.school_term import Absence, term_of

POST = uid(f"post of {of.NURSE.id}")


def inhaler_form() -> dict:
    """Return the check of a child's own inhaler at school."""
    found = SchoolInhaler(
        of.CHILD.id,
        of.SCHOOL.id,
        is_there=True,
        spacer=Spacer.THERE,
        checked_by=POST,
        checked_at=SEEN_AT,
        place="In the green box in the office",
        expires=MonthYear(2027, 11),
        doses_left=120,
    )
    return to_inhaler_form(found, is_first=True)


def kit_form() -> dict:
    """Return the check of a school's emergency kit."""
    found = KitCheck(
        of.SCHOOL.id,
        "The hall",
        checked_by=POST,
        checked_at=SEEN_AT,
        inhalers=1,
        batch="AB1234",
        expires=MonthYear(2027, 5),
        spacers=2,
        has=frozenset(KitItem) - {KitItem.LEAFLET},
    )
    return to_kit_form(found, is_first=False)


def emergency_consent() -> dict:
    """Return a parent's written answer."""
    answer = EmergencyConsent(
        of.CHILD.id, of.SCHOOL.id, is_given=True, answered_by=of.MOTHER.name, answered_on=SEEN_AT.date()
    )
    return to_emergency_consent(answer)


def reliever() -> dict:
    """Return a reliever that school gave, with all that can be said of it."""
    entry = SchoolEntry(
        uid("reliever at school"),
        of.CHILD.id,
        EntryKind.RELIEVER,
        SEEN_AT - timedelta(hours=1),
        kept_by=POST,
        words="Better after ten minutes.",
        told_by="The school office, by phone",
        puffs=2,
        inhaler=Inhaler.EMERGENCY,
        why=Why.SYMPTOMS,
        given_by="The teacher of class 2",
        school_id=of.SCHOOL.id,
    )
    return to_medication_administration(entry)


def attack() -> dict:
    """Return an attack at school, kept from the family's page."""
    return to_school_event(
        SchoolEntry(
            uid("attack at school"),
            of.CHILD.id,
            EntryKind.ATTACK,
            SEEN_AT,
            kept_by=POST,
            words="Could not finish a sentence. The ambulance came.",
            is_hidden=True,
            called_999=True,
            school_id=of.SCHOOL.id,
        )
    )


def missed_pe() -> dict:
    """Return PE that was missed, which was then withdrawn."""
    return to_school_event(
        SchoolEntry(
            uid("missed PE"), of.CHILD.id, EntryKind.MISSED_PE, SEEN_AT, POST, error="It was another child."
        )
    )


def absence() -> dict:
    """Return the sessions missed in a term."""
    figures = Absence(of.CHILD.id, term_of(SEEN_AT.date()), 14, 120, kept_by=POST, kept_at=SEEN_AT)
    return to_absence(figures, is_first=True)
