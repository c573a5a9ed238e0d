"""Resources to validate: each that is different, whatever its ids, versions and moments are."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
CODE = re.compile(r"[a-z][a-z-]*|https?://[^\s0-9]+")
VERSION = re.compile(r'"versionId":"\d+"')


@dataclass(frozen=True)
class Sample:
    """A resource, and how many were gathered that differ from it by ids, versions and moments at most."""

    resource: dict
    times: int

    @property
    def kind(self) -> str:
        return self.resource["resourceType"]

    @property
    def profiles(self) -> tuple[str, ...]:
        """The profiles that it claims itself; those in a Bundle are claimed by what is inside."""
        return tuple(self.resource.get("meta", {}).get("profile", ()))


def different(resources: Iterable[dict]) -> list[Sample]:
    """Return the resources that differ, by type; what is in a bundle also by itself."""
    first: dict[str, dict] = {}
    times: dict[str, int] = {}
    for resource in _with_what_is_inside(resources):
        key = _shape(resource)
        first.setdefault(key, resource)
        times[key] = times.get(key, 0) + 1
    samples = [Sample(resource, times[key]) for key, resource in first.items()]
    return sorted(samples, key=lambda sample: (sample.kind, sample.profiles))


def unlike(samples: Iterable[Sample]) -> list[Sample]:
    """Return one of all that have the same elements and codes, whatever their words, numbers and dates."""
    return list({json.dumps(_skeleton(sample.resource)): sample for sample in samples}.values())


def read_folder(folder: Path) -> list[dict]:
    """Return the resources of every .ndjson file of a folder, one a line."""
    return [
        json.loads(line)
        for file in sorted(folder.glob("*.ndjson"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]


def as_line(resource: dict) -> str:
    """Return a resource as one line of JSON."""
    return json.dumps(resource, ensure_ascii=False, separators=(",", ":"))


def _skeleton(element: object) -> object:
    match element:
        case dict():
            return {name: _skeleton(value) for name, value in element.items()}
        case list():
            return sorted({json.dumps(_skeleton(item)) for item in element})
        case str() if CODE.fullmatch(element):
            return element
    return type(element).__name__


def _with_what_is_inside(resources: Iterable[dict]) -> Iterator[dict]:
    for resource in resources:
        yield resource
        if resource["resourceType"] == "Bundle":
            yield from (entry["resource"] for entry in resource.get("entry", ()))


def _shape(resource: dict) -> str:
    return VERSION.sub("", MOMENT.sub("", UUID.sub("", as_line(resource))))
