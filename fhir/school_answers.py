"""What somebody ticked and wrote on a form at school: the items of a QuestionnaireResponse, and back."""

from collections.abc import Iterator, Mapping
from typing import Any

Answers = Mapping[str, tuple[str, str, Any]]


def to_items(said: Answers) -> list[dict]:
    """Return the items, by linkId the words of the question, the value[x] and the value; None is left out."""
    return [
        {"linkId": name, "text": words, "answer": [{key: value}]}
        for name, (words, key, value) in said.items()
        if value is not None
    ]


def read_items(response: dict) -> dict[str, Any]:
    """Return the value of each answer by its linkId."""
    return dict(_values(response))


def _values(response: dict) -> Iterator[tuple[str, Any]]:
    for item in response.get("item", ()):
        for answer in item.get("answer", ()):
            yield item["linkId"], next(value for key, value in answer.items() if key.startswith("value"))
