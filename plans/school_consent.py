"""Whether staff may use the school's own emergency inhaler for a child: who said so, when, and in writing.

Source: clinical reference 9 (Human Medicines (Amendment No. 2) Regulations 2014, and guidance on them): a
child with diagnosed asthma or a prescribed reliever, and written parental consent.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plans.school_form import NotWhole

LONGEST_NAME = 200  # letters


class ConsentState(StrEnum):
    """What is known of the consent."""

    YES = "yes"
    NO = "no"
    NOT_ASKED = "not-asked"
    DIFFERS = "differs"


@dataclass(frozen=True)
class EmergencyConsent:
    """What somebody with parental responsibility, or a young person, answered school in writing.

    `answered_by` is a name as the form has it. The answer is for the inhaler of that school alone.
    """

    child_id: str
    school_id: str
    is_given: bool
    answered_by: str
    answered_on: date


def checked(answer: EmergencyConsent, *, is_written: bool, today: date) -> EmergencyConsent:
    """Return the answer; raises NotWhole for one without name, of a day to come, or a spoken yes."""
    if not answer.answered_by.strip() or len(answer.answered_by) > LONGEST_NAME:
        raise NotWhole("answered-by", "Write who answered, as on the form.")
    if answer.answered_on > today:
        raise NotWhole("answered-day", "Enter the day on the form. It cannot be after today.")
    if answer.is_given and not is_written:
        raise NotWhole(
            "is-written", "The law asks for written consent. Keep a yes once you have it in writing."
        )
    return answer


def consent_state(at_school: EmergencyConsent | None, on_plan: bool | None, school_id: str) -> ConsentState:
    """Return what school's own form and the plan come to; where they say different things, that they do."""
    on_form = at_school.is_given if at_school and at_school.school_id == school_id else None
    answers = {answer for answer in (on_form, on_plan) if answer is not None}
    if len(answers) > 1:
        return ConsentState.DIFFERS
    if not answers:
        return ConsentState.NOT_ASKED
    return ConsentState.YES if True in answers else ConsentState.NO


def is_permitted(consent: ConsentState, *, has_asthma: bool, has_reliever: bool) -> bool:
    """Return whether the child belongs on the list that goes with the emergency kit."""
    return consent is ConsentState.YES and (has_asthma or has_reliever)
