"""What every test of this room may use: an empty store, a moment, and makers of small resources."""

import shutil
from datetime import UTC, datetime

import pytest

from fhir.store import open_store

NOW = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
DR_LEE = "Practitioner/7d4b0f0e-63a3-4b59-9d64-0b2f5b1f3a10"


@pytest.fixture(scope="session")
def new_store_file(tmp_path_factory):
    """The file of a new store, made once: each test begins with a copy of it."""
    made = open_store(tmp_path_factory.mktemp("new"))
    made.close()
    return made.file


@pytest.fixture
def store(tmp_path, new_store_file):
    """An empty store, closed at the end."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    shutil.copyfile(new_store_file, folder / new_store_file.name)
    opened = open_store(folder)
    yield opened
    opened.close()


@pytest.fixture
def keep(store):
    """Keep one resource as Dr Lee, with its audit entry, and return it as kept."""

    def make(resource: dict, at: datetime = NOW) -> dict:
        with store.write(by=DR_LEE, at=at) as write:
            kept = write.create(resource)
            write.audit("C", f"{kept['resourceType']}/{kept['id']}")
        return kept

    return make
