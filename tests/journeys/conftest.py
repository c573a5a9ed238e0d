"""Journeys: a real portal, a browser for each person, and somebody who looks at every page."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from portal.actions.demo import PASSWORD
from tests.journeys.onlooker import Onlooker
from tests.journeys.served import Puffin, served_demo
from tests.portal.conftest import ENGINES

SECONDS_TO_ANSWER = 30  # two cores, busy with other tests
Browsers = Callable[..., Page]


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A window on a desk in the UK."""
    window = {"width": 1280, "height": 900}
    return browser_context_args | {"locale": "en-GB", "timezone_id": "Europe/London", "viewport": window}


@pytest.fixture(scope="session")
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a new database if the journeys are to go over PostgreSQL."""
    if os.environ.get("PUFFIN_TEST_ENGINE", ENGINES[0]) == ENGINES[0]:
        return ""
    return request.getfixturevalue("postgres_server").new_database()


@pytest.fixture(scope="session")
def puffin(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Iterator[Puffin]:
    with served_demo(tmp_path_factory.mktemp("data"), database_url) as served:
        yield served


@pytest.fixture
def onlooker(tmp_path: Path) -> Onlooker:
    """Pictures go where `make pictures` says, else away with the test."""
    return Onlooker(Path(os.environ.get("PUFFIN_PICTURES", tmp_path)))


@pytest.fixture
def open_browser(new_context: Callable[..., BrowserContext], onlooker: Onlooker) -> Browsers:
    """Open a browser of its own, with nobody signed in."""

    def open_one(**settings: Any) -> Page:
        context = new_context(**settings)
        context.set_default_timeout(SECONDS_TO_ANSWER * 1000)
        expect.set_options(timeout=SECONDS_TO_ANSWER * 1000)
        return onlooker.follow(context.new_page())

    return open_one


@pytest.fixture
def sign_in(puffin: Puffin, open_browser: Browsers) -> Browsers:
    """Open a browser of its own for somebody of the demo, at the first page of their role."""

    def sign_in_as(username: str, **settings: Any) -> Page:
        page = open_browser(**settings)
        page.goto(puffin.url)
        page.get_by_label("Username").fill(username)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Sign out").wait_for()
        return page

    return sign_in_as
