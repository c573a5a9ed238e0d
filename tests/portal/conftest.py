"""The portal for tests: a store of its own, a clock that stands still, and browsers for each role."""

import os
import re
import shutil
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import session
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.test import TestResponse

from fhir.store import open_store
from fhir.store.copying.backup import restore_to_database
from fhir.store.copying.whole import side_of
from plans.places import Organisation, OrganisationKind, Role
from portal import create_app, passwords
from portal.actions import copies, demo
from portal.actions.accounts import NewAccount, add_account
from portal.parts import Parts
from portal.security import CONTENT_SECURITY_POLICY
from portal.settings import Settings
from tests.fhir.conftest import refuse_rows  # noqa: F401 (a fixture)
from tests.portal import page_law

ENGINES = ("sqlite", "postgres")
on_the_embedded_engine = pytest.mark.parametrize("engine", ENGINES[:1])  # for what only that one has
MONDAY_9AM = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PASSWORD = "elm and oak and ash"
SETTINGS = Settings(data=Path("unused"), url="http://127.0.0.1:8000", secret_key="s" * 32)
TOKEN = re.compile(r'"X-CSRFToken": "([^"]+)"')

HOMES = {
    Role.CLINICIAN: Organisation("", OrganisationKind.PRACTICE, "Elm Surgery", "X99001", "0121 496 0101"),
    Role.HOSPITAL: Organisation("", OrganisationKind.HOSPITAL, "Ash Hospital", "X99003", "0121 496 0103"),
    Role.SCHOOL_NURSE: Organisation(
        "", OrganisationKind.NURSING_TEAM, "Oak School Nurses", "X99004", "0121 496 0104"
    ),
    Role.COMMUNITY_NURSE: Organisation(
        "", OrganisationKind.NURSING_TEAM, "Ash Community Nurses", "X99005", "0121 496 0105"
    ),
    Role.PHARMACIST: Organisation("", OrganisationKind.PHARMACY, "Elm Pharmacy", "X99006", "0121 496 0106"),
    Role.SOCIAL_WORKER: Organisation(
        "", OrganisationKind.SOCIAL_CARE, "Elm Children's Services", "X99007", "0121 496 0107"
    ),
    Role.SCHOOL_STAFF: Organisation("", OrganisationKind.SCHOOL, "Oak School", "X99002", "0121 496 0102"),
    Role.PRIVACY_LEAD: Organisation("", OrganisationKind.PRACTICE, "Elm Surgery", "X99001", "0121 496 0101"),
}
NAMES = {
    Role.CLINICIAN: ("dr.lee", "Dr Ada Lee", "GP"),
    Role.HOSPITAL: ("sister.hill", "Rose Hill", "Ward sister"),
    Role.SCHOOL_NURSE: ("nurse.rowe", "Lena Rowe", "School nurse"),
    Role.COMMUNITY_NURSE: ("nurse.dale", "Isla Dale", "Community children's nurse"),
    Role.PHARMACIST: ("pharmacist.ford", "Sam Ford", "Pharmacist"),
    Role.SOCIAL_WORKER: ("worker.lane", "Nia Lane", "Social worker"),
    Role.SCHOOL_STAFF: ("office.may", "May Brook", "Asthma lead"),
    Role.PRIVACY_LEAD: ("lead.stone", "Tom Stone", "Privacy lead"),
}


class Compiled(BytecodeCache):
    """Templates compiled once for all tests, which takes longer than most tests do."""

    kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


class StillClock:
    """A clock that shows the same time until a test lets some pass."""

    def __init__(self, now: datetime = MONDAY_9AM) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def let_pass(self, **time: float) -> None:
        """Move on by `minutes=20`, `hours=2` and the like."""
        self.now += timedelta(**time)


class Browser(FlaskClient):
    """A client that sends the token of our forms, and looks at each page as every page must be."""

    _token = ""

    def open(self, *args: Any, with_token: bool = True, **kwargs: Any) -> TestResponse:
        if with_token and kwargs.get("method") in {"POST", "PUT", "PATCH", "DELETE"}:
            kwargs["headers"] = dict(kwargs.get("headers") or {}) | {"X-CSRFToken": self._own_token()}
        response = super().open(*args, **kwargs | {"buffered": True})
        if "Set-Cookie" in response.headers:
            self._token = ""
        if response.mimetype == "text/html" and response.text.lstrip().startswith("<!DOCTYPE"):
            self._look_at(response)
        return response

    def _own_token(self) -> str:
        """Return the token that any page would have, without making one."""
        if not self._token:
            with self.session_transaction() as kept:
                kept.setdefault("csrf_token", "t" * 40)
            with self.application.test_request_context():
                session["csrf_token"] = kept["csrf_token"]
                self._token = generate_csrf()
        return self._token

    def _look_at(self, response: TestResponse) -> None:
        found = TOKEN.search(response.text)
        self._token = found[1] if found else self._token
        assert page_law.faults(response.text) == [], response.request.path
        assert response.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY


@pytest.fixture(scope="session", autouse=True)
def quick_passwords():
    """Hash passwords in no time; the portal takes its time on purpose."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="session", autouse=True)
def same_paper():
    """Print what is word for word the same document once: a PDF follows from its document alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(copies, "pdf", lru_cache(maxsize=50)(copies.pdf))
        yield


@pytest.fixture
def clock():
    return StillClock()


@pytest.fixture(scope="session")
def empty_store_file(tmp_path_factory):
    """The file of a new store, made once."""
    made = open_store(tmp_path_factory.mktemp("new"))
    made.close()
    return made.engine.file


@pytest.fixture(scope="session")
def new_store_file(empty_store_file):
    """The file with which each test begins: it works on a copy, or on a database with the same in it."""
    return empty_store_file


@pytest.fixture(scope="session")
def demo_store_file(tmp_path_factory, quick_passwords):
    """The file of a store with the demo, likewise; tests that begin with it give it as `new_store_file`."""
    made = open_store(tmp_path_factory.mktemp("demo"))
    demo.seed(made, at=MONDAY_9AM)
    made.close()
    return made.engine.file


@pytest.fixture(scope="session")
def store_file_with(tmp_path_factory, empty_store_file, quick_passwords):
    """Give the file of a store that `fill` fills, and what that returns: made once for a file of tests.

    Its ids are the same in every copy, and so is what is printed of it.
    """

    def make(fill):
        folder = tmp_path_factory.mktemp("filled")
        shutil.copyfile(empty_store_file, folder / empty_store_file.name)
        made = open_store(folder)
        filled = fill(made)
        made.close()
        return made.engine.file, filled

    return make


def begin_with(fill):
    """Return the fixtures of a file whose tests begin with what `fill` keeps; `world` is what it returns."""

    @pytest.fixture(scope="session", name="kept_before")
    def kept_before(store_file_with):
        return store_file_with(fill)

    @pytest.fixture(scope="session", name="new_store_file")
    def new_store_file(kept_before):
        return kept_before[0]

    @pytest.fixture(name="world")
    def world(kept_before):
        return kept_before[1]

    return kept_before, new_store_file, world


def parts_of_world(*names):
    """Return a fixture for each of these parts of `world`."""
    return [_part(name) for name in names]


def _part(name):
    return pytest.fixture(name=name)(lambda world: getattr(world, name))


@pytest.fixture
def engine():
    """The engine of this run's stores; files where the engines could differ have `on_both_engines`."""
    return os.environ.get("PUFFIN_TEST_ENGINE", ENGINES[0])


def on_both_engines():
    """Return a fixture `engine` for a file whose tests run on each engine, in any run."""
    return pytest.fixture(params=ENGINES, name="engine")(lambda request: request.param)


@pytest.fixture
def database_url(engine, request, new_store_file, empty_store_file):
    """The address of a new store on PostgreSQL, "" where stores are in a folder."""
    if engine == ENGINES[0]:
        yield ""
        return
    server = request.getfixturevalue("postgres_server")
    if new_store_file == empty_store_file:
        with server.lent_store() as url:
            yield url
        return
    url = server.new_database()
    restore_to_database(url, new_store_file)
    yield url


@pytest.fixture(autouse=True)
def engine_of_commands(database_url, monkeypatch):
    """Let the commands and processes that a test starts find the same store."""
    monkeypatch.setenv("PUFFIN_DATABASE_URL", database_url)
    if database_url:
        monkeypatch.setenv("PUFFIN_AUDIT_KEY", "k" * 32)  # a database has no folder to keep one in


def open_as_commands_do(folder):
    """Return the store that a command finds which is told of this folder."""
    return open_store(folder, os.environ["PUFFIN_DATABASE_URL"])


def all_that_is_kept(store):
    """Return every row of every table, as text."""
    side = side_of(store.engine)
    return [repr(row) for table in side.tables() for row in side.rows(table)]


@pytest.fixture
def store(tmp_path, new_store_file, database_url):
    if not database_url:
        shutil.copyfile(new_store_file, tmp_path / new_store_file.name)
    store = open_store(tmp_path, database_url)
    yield store
    store.close()


def new_portal(store, clock):
    app = create_app(store, clock, None, SETTINGS)
    app.testing = True
    app.jinja_env.bytecode_cache = Compiled()
    app.test_client_class = Browser
    return app


@pytest.fixture(scope="session")
def shared_portal():
    """A portal without a store: to make one takes longer than most tests do."""
    made = new_portal(None, StillClock())
    made.test_client().get("/static/css/puffin.css")  # from its first answer on, Flask lets nobody add a page
    return made


@pytest.fixture
def portal(shared_portal, store, clock):
    """The portal over the store of this test. Tests that add a page begin with `own_portal`."""
    shared_portal.extensions["puffin"] = Parts(store, clock, None, SETTINGS)
    return shared_portal


@pytest.fixture
def own_portal(store, clock):
    """A portal for this test alone."""
    return new_portal(store, clock)


def new_person(store, role=Role.CLINICIAN, **changes):
    """Add somebody of a role, who signs in with PASSWORD; name only what your test is about."""
    username, name, job = NAMES[role]
    account = {"username": username, "name": name, "job": job, "organisation": HOMES[role]} | changes
    return add_account(store, NewAccount(role=role, **account), PASSWORD, by="system", at=MONDAY_9AM)


@pytest.fixture
def make_person(store):
    """Add somebody to this test's store, likewise."""
    return partial(new_person, store)


@pytest.fixture
def client_for(portal, make_person):
    """Return the browser of somebody who is signed in; `browser.person` says who."""
    made = {}

    def client(role, person=None):
        browser = portal.test_client()
        browser.person = person or made.get(role) or made.setdefault(role, make_person(role))
        answer = browser.post("/sign-in", data={"username": browser.person.username, "password": PASSWORD})
        assert answer.status_code == 303, answer.text
        return browser

    return client


@pytest.fixture
def stranger(portal):
    """The browser of somebody who is not signed in."""
    return portal.test_client()
