"""Whose languages a plan goes by: somebody at home who may see it, else the child."""

from plans.gp_record import GpRecord
from plans.people import FamilyMember
from plans.similar_names import is_same_name

# One language, one name: Gurmukhi is how Punjabi is written unless somebody says otherwise.
SAME_LANGUAGE = {"pa-Guru": "pa"}


def reader_of(record: GpRecord) -> FamilyMember | None:
    """Return the first with parental responsibility, and not barred, whose language to read is known.

    Somebody of the name of one who is barred is barred too: another export may bring the same person again.
    """
    barred = [one.name for one in record.family if one.barred]
    readers = (
        one
        for one in record.family
        if one.with_parental_responsibility
        and one.reads
        and not one.barred
        and not any(is_same_name(one.name, name) for name in barred)
    )
    return next(readers, None)


def language_for(record: GpRecord) -> str:
    """Return what this person reads, else what the child reads: BCP 47, "" if unknown."""
    reader = reader_of(record)
    read = reader.reads if reader else record.reads
    return SAME_LANGUAGE.get(read, read)


def language_spoken(record: GpRecord) -> str:
    """Return what the same person speaks, as the record words it; "" where the record does not say."""
    reader = reader_of(record)
    return record.spoken.get(reader.id if reader else "", "")
