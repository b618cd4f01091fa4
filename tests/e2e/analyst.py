"""Somebody at work in the browser, who counts each step: a click, a choice, words and Enter.

Opening a list and picking from it is one choice. Waiting and looking are no steps.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from watching import Watched

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

CHART = ".js-plotly-plot"
_DRAWN = """chart => chart.calcdata.filter(line => line[0].trace.name).map(line => [
    line[0].trace.name, line.filter(point => point.y !== undefined).map(point => point.y)])"""


@dataclass
class Analyst:
    """One browser page, and how many steps were taken in it."""

    watched: Watched
    steps: int = 0

    @property
    def page(self) -> "Page":
        """Return the browser's page."""
        return self.watched.page

    def click(self, place: "Locator", **how: object) -> None:
        """Click; one step."""
        place.click(**how)  # type: ignore[arg-type]  # playwright's own names
        self._done()

    def choose(self, label: str, option: str) -> None:
        """Pick an option of a list; one step."""
        self.page.get_by_role("combobox", name=label).click()
        self.page.get_by_role("option", name=option, exact=True).click()
        self.page.keyboard.press("Escape")
        self._done()

    def type(self, label: str, words: str) -> None:
        """Type words into a box and press Enter; one step."""
        box = self.page.get_by_role("combobox", name=label)
        box.fill(words)
        box.press("Enter")
        if self.page.get_by_role("listbox").count():  # a list of several stays open over the rest
            self.page.keyboard.press("Escape")
        self._done()

    def write(self, label: str, words: str) -> None:
        """Write into a box of text and be done with it; one step."""
        box = self.page.get_by_role("textbox", name=label)
        box.fill(words)
        box.press("Control+Enter")
        self._done()

    def drop(self, files: Sequence[Path]) -> None:
        """Drop files on the page; one step."""
        self.page.locator('input[type="file"]').set_input_files([str(one) for one in files])
        self._done()

    def download(self, button: str) -> bytes:
        """Click a button that hands out a file, and return it; one step."""
        with self.page.expect_download() as waiting:
            self.click(self.page.get_by_role("button", name=button, exact=True))
        return Path(waiting.value.path()).read_bytes()

    def drawn(self) -> dict[str, list[float]]:
        """Return the points of each line of the first chart; no step."""
        self.page.wait_for_selector(f"{CHART} .scatterlayer .trace", state="attached")
        return dict(self.page.locator(CHART).first.evaluate(_DRAWN))

    def _done(self) -> None:
        self.steps += 1
        self.watched.settle()
