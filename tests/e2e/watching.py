"""A browser page that is watched: requests that leave the machine, errors of the console."""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Dialog, Page, Request

PAGES = (
    "",
    "compare?topic=syria&search=veto",
    "entities",
    "entity?name=sergei-lavrov",
    "countries",
    "quotes",
    "articles",
    "article?article=1904",
    "topics",
    "coverage",
    "reports",
    "add",
)
# On a sub-page Streamlit's client first asks for these below the page's own path; upstream habit.
_PAGES = "compare|articles|article|entities|entity|quotes|countries|coverage|topics|reports|add"
_GUESSES = re.compile(rf"/({_PAGES})/_stcore/(health|host-config)")

# Half a second without a change of the page.
_STILL = """() => new Promise(done => {
    let timer = 0;
    const seen = new MutationObserver(() => wait());
    const end = () => { seen.disconnect(); done(); };
    const wait = () => { clearTimeout(timer); timer = setTimeout(end, 500); };
    seen.observe(document.body, {childList: true, subtree: true});
    wait();
})"""


@dataclass
class Watched:
    """A browser page, and what it must not have done."""

    page: "Page"
    left: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, address: str) -> None:
        """Go to `address` and wait until the page stands."""
        self.page.goto(address)
        self.settle()

    def settle(self) -> None:
        """Wait until the script has run, everything is drawn, and nothing moves any more.

        What is clicked while parts still come in is not always what was aimed at.
        """
        self.wait_for_script()
        self.page.wait_for_selector('[data-testid="stSkeleton"]', state="detached")
        self.page.evaluate(_STILL)
        self.wait_for_script()

    def wait_for_script(self) -> None:
        """Wait until the script has run, whatever of its result is drawn."""
        self.page.wait_for_selector("h1")
        self.page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')

    def where(self) -> str:
        """Return the address the page is at, and its headline."""
        return f"{self.page.url} {self.page.locator('h1').all_inner_texts()}"

    def take_request(self, request: "Request") -> None:
        """Note a request that leaves the machine."""
        if not re.match(r"(http|ws)://(127\.0\.0\.1|localhost)[:/]|data:|blob:", request.url):
            self.left.append(request.url)

    def take_message(self, message: "ConsoleMessage") -> None:
        """Note an error of the console."""
        if message.type == "error" and not _GUESSES.search(str(message.location)):
            self.errors.append(message.text)

    def take_dialog(self, dialog: "Dialog") -> None:
        """Note a dialog that the page opened; none of ours does."""
        self.errors.append(f"dialog: {dialog.message}")
        dialog.dismiss()
