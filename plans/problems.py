"""What a check found: a code, the field it is about, and one sentence that says what to do."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    MUST_BE_PUT_RIGHT = "must-be-put-right"
    MUST_BE_EXPLAINED = "must-be-explained"


@dataclass(frozen=True)
class Problem:
    """One thing that stands between a draft and a signature; `field` is the id of its form field."""

    code: str
    kind: Kind
    field: str
    sentence: str
    source: str = ""
