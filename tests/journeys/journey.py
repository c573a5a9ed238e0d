"""One story: who sits at which browser, who looks on, and what is handed from one person to the next."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Page

from tests.journeys.onlooker import Onlooker
from tests.journeys.served import Puffin


@dataclass
class Journey:
    puffin: Puffin
    onlooker: Onlooker
    sign_in: Callable[..., Page]
    open_browser: Callable[..., Page]
    folder: Path
    pages: dict[str, Page] = field(default_factory=dict)
    child_id: str = ""
    family_link: str = ""
    links: dict[str, str] = field(default_factory=dict)  # of those at home, by name
    left_hospital_at: datetime = datetime.min.replace(tzinfo=UTC)

    def at(self, username: str) -> Page:
        """Return the browser of somebody of the demo, who signs in the first time."""
        if username not in self.pages:
            self.pages[username] = self.sign_in(username)
        return self.pages[username]

    def look_at(self, page: Page) -> None:
        self.onlooker.look_at(page)
