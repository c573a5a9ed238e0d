"""A draft is what was typed so far: field by field in, a plan and its problems out, and back again."""

from plans.draft.copying import every_field, fields_of
from plans.draft.entries import UNREADABLE
from plans.draft.names import FIELDS, is_field
from plans.draft.reading import DraftReading, UnknownChoice, UnknownMedicine, read_draft

__all__ = [
    "FIELDS",
    "UNREADABLE",
    "DraftReading",
    "UnknownChoice",
    "UnknownMedicine",
    "every_field",
    "fields_of",
    "is_field",
    "read_draft",
]
