"""Keeps whatever is written to a store or handed out as a bundle; as a plugin of pytest, in files."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from conformance.gathered import as_line
from fhir.store import Write
from portal.actions import exporting


@contextmanager
def kept_by(keep: Callable[[dict], object]) -> Iterator[None]:
    """Give `keep` every resource as the store keeps it, and every bundle that is exported."""
    create, update, to_bundle = Write.create, Write.update, exporting.to_bundle

    def and_keep(resource: dict) -> dict:
        keep(resource)
        return resource

    with (
        patch.object(Write, "create", lambda self, resource: and_keep(create(self, resource))),
        patch.object(
            Write, "update", lambda self, resource, if_match: and_keep(update(self, resource, if_match))
        ),
        patch.object(exporting, "to_bundle", lambda *parts, **said: and_keep(to_bundle(*parts, **said))),
    ):
        yield


def pytest_configure(config):
    """Keep what this process writes in a file of its own, in the folder PUFFIN_RESOURCES."""
    file = (Path(os.environ["PUFFIN_RESOURCES"]) / f"{os.getpid()}.ndjson").open("w", encoding="utf-8")
    capture = kept_by(lambda resource: file.write(as_line(resource) + "\n"))
    capture.__enter__()
    config.add_cleanup(file.close)
    config.add_cleanup(lambda: capture.__exit__(None, None, None))
