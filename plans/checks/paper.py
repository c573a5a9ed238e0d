"""Whether the paper can be used: who to phone, in which language, and until when."""

from collections.abc import Iterator

from plans.checks.situation import Check, Situation
from plans.plan import Plan
from plans.problems import Kind
from plans.triggers import TRIGGERS
from plans.years import year_after

SHORTEST_PHONE = 10  # digits of a UK number with its area code


def _phone_missing(plan: Plan, _: Situation) -> Iterator[str]:
    if not plan.surgery_phone:
        yield "surgery-phone"


def _phone_too_short(plan: Plan, _: Situation) -> Iterator[str]:
    phones = {
        "surgery-phone": plan.surgery_phone,
        "open-access-phone": plan.open_access_phone,
        "school-contact-phone": plan.school.contact_phone,
    }
    for field, phone in phones.items():
        if phone and sum(character in "0123456789" for character in phone) < SHORTEST_PHONE:
            yield field


def _language_missing(plan: Plan, _: Situation) -> Iterator[str]:
    if not plan.language:
        yield "language"


def _trigger_not_listed(plan: Plan, _: Situation) -> Iterator[str]:
    yield from (f"trigger-{key}" for key in plan.triggers if key not in TRIGGERS)


def _review_missing(plan: Plan, _: Situation) -> Iterator[str]:
    if plan.review_by is None:
        yield "review-by"


def _review_past(plan: Plan, situation: Situation) -> Iterator[str]:
    if plan.review_by is not None and plan.review_by < situation.today:
        yield "review-by"


def _review_too_late(plan: Plan, situation: Situation) -> Iterator[str]:
    if plan.review_by is not None and plan.review_by > year_after(situation.today):
        yield "review-by"


CHECKS = (
    Check(
        "surgery-phone-missing",
        Kind.MUST_BE_PUT_RIGHT,
        "Type the surgery's phone number.",
        "Clinical reference 2.1: who to call",
        _phone_missing,
    ),
    Check(
        "phone-too-short",
        Kind.MUST_BE_PUT_RIGHT,
        "Type the whole {what}, with its area code.",
        "Clinical reference 2.1: who to call",
        _phone_too_short,
    ),
    Check(
        "language-missing",
        Kind.MUST_BE_PUT_RIGHT,
        "Choose the language that the family reads.",
        "Hazard 11 of the safety list; clinical reference, section 12",
        _language_missing,
    ),
    Check(
        "trigger-not-listed",
        Kind.MUST_BE_PUT_RIGHT,
        "Choose the triggers again: one is not in the list.",
        "Clinical reference 6.2",
        _trigger_not_listed,
    ),
    Check(
        "review-date-missing",
        Kind.MUST_BE_PUT_RIGHT,
        "Type the day by which this plan is reviewed.",
        "Clinical reference 2.1",
        _review_missing,
    ),
    Check(
        "review-date-past",
        Kind.MUST_BE_PUT_RIGHT,
        "This day is past: type a review date from today on.",
        "Clinical reference 2.1",
        _review_past,
    ),
    Check(
        "review-after-12-months",
        Kind.MUST_BE_PUT_RIGHT,
        "A plan is reviewed at least once a year: type a day within 12 months.",
        "Clinical reference 2.1: review by, at most 12 months",
        _review_too_late,
    ),
)
