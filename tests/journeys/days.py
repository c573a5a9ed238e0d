"""A date in three boxes, as a person types it."""

from datetime import date

from playwright.sync_api import Page


def choose_day(page: Page, name: str, day: date) -> None:
    for part in ("day", "month", "year"):
        page.locator(f"#{name}-{part}").fill(str(getattr(day, part)))
