"""Whose languages a plan goes by: those at home who may see it, else the child."""

from plans.gp_record import GpRecord
from plans.people import FamilyMember
from plans.similar_names import is_same_name

# One language, one name: Gurmukhi is how Punjabi is written unless somebody says otherwise.
SAME_LANGUAGE = {"pa-Guru": "pa"}


def parents_of(record: GpRecord) -> tuple[FamilyMember, ...]:
    """Return those with parental responsibility who are not barred, in no order that means anything.

    Somebody of the name of one who is barred is barred too: another export may bring the same person again.
    """
    barred = [one.name for one in record.family if one.barred]
    return tuple(
        one
        for one in record.family
        if one.with_parental_responsibility
        and not one.barred
        and not any(is_same_name(one.name, name) for name in barred)
    )


def languages_read(record: GpRecord) -> frozenset[str]:
    """Return what the parents read, else what the child reads: BCP 47."""
    read = {one.reads for one in parents_of(record)} - {""} or {record.reads} - {""}
    return frozenset(SAME_LANGUAGE.get(one, one) for one in read)


def language_for(record: GpRecord) -> str:
    """Return the one language that they read; "" where they read none, or each another: a person chooses."""
    read = languages_read(record)
    return next(iter(read)) if len(read) == 1 else ""


def language_spoken(record: GpRecord) -> str:
    """Return what the parents speak as the record words it, with who speaks it where they differ.

    Where the record names no parent it is what the child speaks; "" where nobody says.
    """
    parents = parents_of(record)
    if not parents:
        return ", ".join(record.spoken.get("", ()))
    spoken = {one: ", ".join(record.spoken[one.id]) for one in parents if one.id in record.spoken}
    if len(set(spoken.values())) <= 1:
        return next(iter(spoken.values()), "")
    return "; ".join(sorted(f"{words} ({one.relationship or 'parent'})" for one, words in spoken.items()))
