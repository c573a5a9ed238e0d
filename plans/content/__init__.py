"""What a copy of a plan says: sections of sentences, in no language yet."""

from plans.content.copies import Copy, sections
from plans.content.discharge import discharge_sheet
from plans.content.readers import People

__all__ = ["Copy", "People", "discharge_sheet", "sections"]
