"""The child's own copy, in "I" sentences: pictures for the younger, more words for those of 10 and over."""

from collections.abc import Iterator

from plans.content.own_older import older_sections
from plans.content.own_younger import younger_sections
from plans.content.readers import People, Subject
from plans.sections import Section

OLDER = 10  # years: from then on a child reads more, and does more alone


def own_sections(subject: Subject, people: People) -> Iterator[Section]:
    """Yield the child's own copy for the age at which the plan was signed."""
    if subject.age < OLDER:
        yield from younger_sections(subject)
    else:
        yield from older_sections(subject, people)
