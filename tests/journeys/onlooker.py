"""Somebody who looks at each page of a journey: for barriers, in a narrow window, and for a picture."""

import re
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import ConsoleMessage, Frame, Page
from playwright.sync_api import TimeoutError as Overdue

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW = 320  # CSS pixels. Source: WCAG 2.2, success criterion 1.4.10
CHANGES = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/f/)[\w-]{20,}")
# What a browser says of every answer that is a refusal. Refusals are part of the journey.
REFUSAL = "Failed to load resource: the server responded with a status of 4"
# axe leaves empty style attributes behind, and htmx copies them into what it swaps in.
LEFT_BY_AXE = "Applying inline style violates"
FITS = "width => document.scrollingElement.scrollWidth <= width"
PICTURE = {"width": 1200, "height": 900}  # pixels
PAPER = 900  # pixels across
COLOURS = 48  # enough for our pages, and a third of the bytes


class Onlooker:
    """`met` and `looked_at` hold kinds of page: their address without what differs from child to child."""

    def __init__(self, pictures: Path) -> None:
        self.pictures = pictures
        self.met: set[str] = set()
        self.looked_at: set[str] = set()
        self.complaints: list[str] = []

    def follow(self, page: Page) -> Page:
        """Keep which pages this browser meets, and what goes wrong in their scripts."""
        page.on("framenavigated", self._meet)
        page.on("console", self._hear)
        page.on("pageerror", lambda fault: self.complaints.append(str(fault)))
        return page

    def look_at(self, page: Page) -> None:
        """Find no barrier in the page as it is now, and no sideways scroll in a narrow window."""
        page.wait_for_load_state()
        found = Axe().run(page, options={"resultTypes": ["violations"], "runOnly": RULES})
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
        self._narrow(page)
        self.looked_at.add(_kind(page.url))

    def picture(self, page: Page, name: str, top: str = "body") -> None:
        """Keep what a window shows as a picture for the README, scrolled to `top`."""
        usual, file = page.viewport_size, self._file(name)
        page.set_viewport_size(PICTURE)
        page.locator(top).evaluate("top => top.scrollIntoView()")
        page.screenshot(path=file, animations="disabled", caret="hide")
        page.set_viewport_size(usual or PICTURE)
        _in_few_colours(file)

    def picture_of_paper(self, pdf: bytes, name: str) -> None:
        """Keep page one of a PDF as a picture for the README."""
        size = ["-scale-to-x", str(PAPER), "-scale-to-y", "-1"]
        command = ["pdftoppm", "-png", "-singlefile", "-f", "1", *size, "-", self.pictures / name]
        subprocess.run(command, input=pdf, check=True)
        _in_few_colours(self._file(name))

    def _file(self, name: str) -> Path:
        self.pictures.mkdir(parents=True, exist_ok=True)
        return self.pictures / f"{name}.png"

    def _narrow(self, page: Page) -> None:
        usual = page.viewport_size
        assert usual is not None
        page.set_viewport_size({"width": NARROW, "height": usual["height"]})
        try:
            page.wait_for_function(FITS, arg=NARROW)  # the menu folds itself up a moment later
        except Overdue:
            raise AssertionError(f"{page.url} scrolls sideways in a window of {NARROW} pixels") from None
        page.set_viewport_size(usual)

    def _meet(self, frame: Frame) -> None:
        if frame.parent_frame is None and frame.url.startswith("http"):
            self.met.add(_kind(frame.url))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith((REFUSAL, LEFT_BY_AXE)):
            self.complaints.append(message.text)


def _kind(url: str) -> str:
    return CHANGES.sub("...", urlsplit(url).path)


def _in_few_colours(file: Path) -> None:
    with Image.open(file) as picture:
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(file, optimize=True)
