"""Somebody who writes a plan by keyboard alone, while each screen and each input is counted."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, Response

MOST_TABS = 25  # from one input to the next
PAGES = frozenset({"document", "xhr", "fetch"})
IS_HERE = "element => element === document.activeElement"
# The ring of the NHS frontend: around the thing itself, or drawn before the label of a small box.
SHOWS_FOCUS = """element => {
  const drawn = [getComputedStyle(element)]
  const label = element.labels?.[0]
  const isSmall = element.matches("[type=radio], [type=checkbox]")
  if (label && isSmall) drawn.push(getComputedStyle(label, "::before"))
  const hasRing = ({ boxShadow, outlineStyle, outlineWidth }) =>
    boxShadow !== "none" || (outlineStyle !== "none" && outlineWidth !== "0px")
  return element.matches(":focus-visible") && drawn.some(hasRing)
}"""
# Neither outside the window nor behind something. A small box may lie behind its own label.
IS_SEEN = """element => {
  const { left, top, width, height } = element.getBoundingClientRect()
  const found = document.elementFromPoint(left + width / 2, top + height / 2)
  return [element, ...element.labels ?? []].some(part => part.contains(found))
}"""


@dataclass
class Counted:
    """What was met and done, by name.

    An input is a field typed, a choice made, a box ticked or a button pressed. A copied dose that is
    confirmed is not among them, but in `confirmed`. `tabs` holds how many presses of Tab led to each.
    """

    page: Page
    screens: list[str] = field(default_factory=list)
    inputs: list[str] = field(default_factory=list)
    confirmed: list[str] = field(default_factory=list)
    tabs: list[int] = field(default_factory=list)

    def begin(self, screen: str) -> None:
        """Count from the page that is open now."""
        self.screens.append(screen)
        self.page.on("response", self._meet)

    def type(self, name: str, text: str) -> None:
        """Type a text, or the beginning of a choice of a list."""
        self._go_to(self.page.locator(f"#{name}"))
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)
        self.inputs.append(name)

    def tick(self, name: str) -> None:
        """Tick a box, or choose the first answer of a question."""
        self._space_on(name)
        self.inputs.append(name)

    def answer_second(self, name: str) -> None:
        """Choose the second answer of a question."""
        self._go_to(self.page.locator(f"#{name}"))
        self.page.keyboard.press("ArrowDown")
        self.inputs.append(name)

    def confirm_dose(self, name: str) -> None:
        self._space_on(name)
        self.confirmed.append(name)

    def press(self, button: str) -> None:
        """Press the button that says this, whatever it says further to those who hear it."""
        says = re.compile(rf"^{re.escape(button)}(?! \w)")
        self._go_to(self.page.get_by_role("button", name=says))
        self.page.keyboard.press("Enter")
        self.inputs.append(button)

    @property
    def figures(self) -> str:
        """Return the counts, and what was counted."""
        counted = {"screens": self.screens, "inputs": self.inputs, "doses confirmed": self.confirmed}
        lines = [f"  {len(names)} {what}: {', '.join(names)}" for what, names in counted.items()]
        far = f"  {sum(self.tabs)} Tab presses, {max(self.tabs)} at most from one input to the next"
        return "\n".join([*lines, far])

    def _space_on(self, name: str) -> None:
        self._go_to(self.page.locator(f"#{name}"))
        self.page.keyboard.press("Space")

    def _go_to(self, wanted: Locator) -> None:
        """Press Tab until what is wanted has the focus, and is seen to have it."""
        for presses in range(MOST_TABS + 1):
            if wanted.evaluate(IS_HERE):
                assert wanted.evaluate(SHOWS_FOCUS), f"nobody sees the focus on {wanted}"
                assert wanted.evaluate(IS_SEEN), f"something hides {wanted}"
                self.tabs.append(presses)
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"more than {MOST_TABS} Tab presses to {wanted}")

    def _meet(self, answer: Response) -> None:
        """Count an answer that fills the window: no redirect, and no part of a page that a check swaps in."""
        is_page = (answer.header_value("content-type") or "").startswith("text/html")
        sends_on = 300 <= answer.status < 400 or answer.header_value("hx-redirect") is not None
        path = urlsplit(answer.url).path
        if is_page and answer.request.resource_type in PAGES and not sends_on and not path.endswith("/check"):
            self.screens.append(_named(path))


def _named(path: str) -> str:
    """Return which page it is, without whose."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "...", path)
