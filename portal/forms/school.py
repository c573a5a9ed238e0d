"""What school filled in, as what is wanted of it, or the one thing that must be put right first."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar
from uuid import UUID, uuid4

from plans.month_year import MonthYear, NotAMonth, month_year
from plans.people import Child
from plans.school_consent import EmergencyConsent
from plans.school_form import NotWhole
from plans.school_inhaler import SchoolInhaler, Spacer
from plans.school_kit import KitCheck, KitItem
from plans.school_log import EntryKind, Inhaler, SchoolEntry, Why
from plans.school_term import Absence, Term, terms_before
from plans.working_days import uk_day
from portal.forms.days import NotADay, NotATime, typed_day, typed_moment
from portal.person import Person

Choice = TypeVar("Choice", bound=StrEnum)
Form = Mapping[str, str]
TERMS = 3  # this one and the two before it can be filled in


def typed_inhaler(form: Form, child: Child, *, by: Person, at: datetime) -> SchoolInhaler:
    """Return what a check of the child's own inhaler found; raises NotWhole."""
    is_there = _yes_or_no(form, "there", "Say whether the inhaler is at school.")
    spacer = _choice(form, "spacer", Spacer, "Say whether the spacer is at school.")
    found = SchoolInhaler(child.id, child.school_id, is_there, spacer, by.post_id, at)
    if not is_there:
        return found
    return SchoolInhaler(
        **{
            **vars(found),
            "place": _text(form, "place"),
            "expires": _month(form, at),
            "doses_left": _number(form, "doses-left", "Enter the doses left as a number, or leave it empty."),
        }
    )


def typed_kit(form: Form, school_id: str, *, by: Person, at: datetime) -> KitCheck:
    """Return what a check of an emergency kit found; raises NotWhole."""
    site = _text(form, "site")
    if not _yes_or_no(form, "kept", "Say whether there is a kit at this place."):
        return KitCheck(school_id, site, by.post_id, at, is_kept=False)
    count = "Count the inhalers and the spacers: numbers from 0 to 99."
    return KitCheck(
        school_id,
        site,
        by.post_id,
        at,
        inhalers=_needed_number(form, "inhalers", count),
        batch=_text(form, "batch"),
        expires=_month(form, at),
        spacers=_needed_number(form, "spacers", count),
        has=frozenset(item for item in KitItem if form.get(item) == "yes"),
    )


def typed_consent(form: Form, child: Child) -> tuple[EmergencyConsent, bool]:
    """Return the answer, and whether it is in writing; raises NotWhole."""
    is_given = _yes_or_no(form, "answer", "Say what the answer is.")
    try:
        day = typed_day(form, "answered")
    except NotADay:
        day = None
    if day is None:
        raise NotWhole("answered-day", "Enter the day on the form, like 20 11 2026.")
    answer = EmergencyConsent(child.id, child.school_id, is_given, _text(form, "answered-by"), day)
    return answer, form.get("is-written") == "yes"


def typed_entry(form: Form, child_id: str, kind: EntryKind, *, by: Person, at: datetime) -> SchoolEntry:
    """Return what happened at school; raises NotWhole."""
    is_reliever = kind is EntryKind.RELIEVER
    return SchoolEntry(
        id=_id(form),
        child_id=child_id,
        kind=kind,
        at=_moment(form, at),
        kept_by=by.post_id,
        words=_text(form, "words"),
        told_by=_text(form, "told-by"),
        is_hidden=form.get("hidden") == "yes",
        puffs=_needed_number(form, "puffs", "Enter how many puffs were given, as a number.")
        if is_reliever
        else None,
        inhaler=_choice(form, "inhaler", Inhaler, "Say which inhaler was given.") if is_reliever else None,
        why=_choice(form, "why", Why, "Say whether it was for symptoms or before exercise.")
        if is_reliever
        else None,
        given_by=_text(form, "given-by") if is_reliever else "",
        called_999=kind is EntryKind.ATTACK and form.get("called-999") == "yes",
    )


def typed_figures(form: Form, child_id: str, *, by: Person, at: datetime) -> Absence:
    """Return the sessions missed in one of the last terms; raises NotWhole."""
    terms = {term.key: term for term in offered_terms(uk_day(at))}
    term = terms.get(form.get("term", ""))
    if term is None:
        raise NotWhole("term", "Choose the term.")
    return Absence(
        child_id,
        term,
        missed=_needed_number(form, "missed", "Enter how many sessions were missed, as a number."),
        possible=_needed_number(form, "possible", "Enter how many sessions were possible, as a number."),
        kept_by=by.post_id,
        kept_at=at,
    )


def offered_terms(today: date) -> list[Term]:
    """Return the terms whose figures can be filled in, the newest first."""
    return list(terms_before(today, TERMS))


def _yes_or_no(form: Form, name: str, sentence: str) -> bool:
    if form.get(name) not in {"yes", "no"}:
        raise NotWhole(name, sentence)
    return form[name] == "yes"


def _choice(form: Form, name: str, kind: type[Choice], sentence: str) -> Choice:
    try:
        return kind(form.get(name, ""))
    except ValueError:
        raise NotWhole(name, sentence) from None


def _text(form: Form, name: str) -> str:
    return form.get(name, "").strip()


def _number(form: Form, name: str, sentence: str) -> int | None:
    typed = _text(form, name)
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 4):
        raise NotWhole(name, sentence)
    return int(typed)


def _needed_number(form: Form, name: str, sentence: str) -> int:
    number = _number(form, name, sentence)
    if number is None:
        raise NotWhole(name, sentence)
    return number


def _month(form: Form, at: datetime) -> MonthYear | None:
    month, year = _text(form, "expires-month"), _text(form, "expires-year")
    if not (month or year):
        return None
    try:
        return month_year(month, year, today=uk_day(at))
    except NotAMonth as refusal:
        raise NotWhole("expires-month", str(refusal)) from None


def _moment(form: Form, now: datetime) -> datetime:
    try:
        day = typed_day(form, "day")
        return typed_moment(day.isoformat() if day else "", form.get("time", ""), otherwise=now)
    except (NotADay, NotATime):
        raise NotWhole("day", "Give the day and the time, or leave both empty for now.") from None


def _id(form: Form) -> str:
    """Return the id that the form was made with; a new one where that is none of ours."""
    try:
        return str(UUID(form.get("entry", "")))
    except ValueError:
        return str(uuid4())
