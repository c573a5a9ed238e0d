"""What a child's page says of school: the same words for school, its nurses and the practice."""

from plans.school_inhaler import NEED_WORDS
from plans.school_log import INHALER_WORDS, KIND_WORDS, WHY_WORDS
from plans.school_register import TAGS
from portal.actions.school.day import SchoolDay


def words_of_school(day: SchoolDay) -> dict[str, object]:
    """Return what the templates about a child at school say it with."""
    return {
        "school": day,
        "tags": TAGS,
        "need_words": NEED_WORDS,
        "kind_words": KIND_WORDS,
        "inhaler_words": INHALER_WORDS,
        "why_words": WHY_WORDS,
    }
