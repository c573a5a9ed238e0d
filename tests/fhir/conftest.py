"""What every test of this room may use: an empty store on each engine, a moment, makers of resources."""

import shutil
from datetime import UTC, datetime

import pytest

from fhir.store import open_store
from fhir.store.postgres import PostgresEngine
from fhir.store.sqlite import SqliteEngine

NOW = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
DR_LEE = "Practitioner/7d4b0f0e-63a3-4b59-9d64-0b2f5b1f3a10"


@pytest.fixture(scope="session")
def new_store_file(tmp_path_factory):
    """The file of a new store, made once: each test begins with a copy of it."""
    made = open_store(tmp_path_factory.mktemp("new"))
    made.close()
    return made.engine.file


@pytest.fixture
def new_folder(tmp_path, new_store_file):
    """A folder with an empty embedded store."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    shutil.copyfile(new_store_file, folder / new_store_file.name)
    return folder


@pytest.fixture(params=["sqlite", "postgres"])
def store_place(request, tmp_path):
    """Where an empty store is, on each engine: its folder, and its address if it is elsewhere."""
    if request.param == "sqlite":
        yield request.getfixturevalue("new_folder"), ""
        return
    with request.getfixturevalue("postgres_server").lent_store() as url:
        yield tmp_path, url


@pytest.fixture
def store(store_place):
    """An empty store, closed at the end."""
    opened = open_store(*store_place)
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


@pytest.fixture
def embedded(new_folder):
    """An empty store on the embedded engine, for what only that one has."""
    opened = open_store(new_folder)
    yield opened
    opened.close()


REFUSING = {
    SqliteEngine: ["CREATE TRIGGER full BEFORE INSERT ON {} BEGIN SELECT RAISE(ABORT, 'disk full'); END"],
    PostgresEngine: [
        "CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql"
        " AS $$ BEGIN RAISE EXCEPTION 'disk full'; END $$",
        "CREATE TRIGGER refused BEFORE INSERT ON {} FOR EACH ROW EXECUTE FUNCTION disk_full()",
    ],
}


@pytest.fixture
def refuse_rows(store):
    """Make the engine refuse every new row of a table, as if the disk were full."""

    def refuse(table: str) -> None:
        for statement in REFUSING[type(store.engine)]:
            store.db.execute(statement.format(table))

    return refuse
