"""A form filled in by somebody who uses no mouse."""

from playwright.sync_api import Page

MOST_TABS = 150  # from one field to the next one that is meant
HERE = "document.activeElement.id"


def tab_to(page: Page, field: str) -> None:
    """Go on to the field with this id, as Tab goes."""
    for _ in range(MOST_TABS):
        if page.evaluate(HERE) == field:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {field}, but to {page.evaluate(HERE)}")


def type_into(page: Page, field: str, text: str) -> None:
    """Type a text, or the beginning of a choice of a list, in place of what is there."""
    tab_to(page, field)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)


def tick(page: Page, field: str) -> None:
    tab_to(page, field)
    page.keyboard.press("Space")
