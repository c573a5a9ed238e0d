"""What every test of this room may use: an empty store, a moment, and makers of small resources."""

from datetime import UTC, datetime

import pytest

from fhir.store import open_store

NOW = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
DR_LEE = "Practitioner/7d4b0f0e-63a3-4b59-9d64-0b2f5b1f3a10"


@pytest.fixture
def store(tmp_path):
    """An empty store, closed at the end."""
    opened = open_store(tmp_path / "data")
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
