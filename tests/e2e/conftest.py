"""The real command in a process, and a real browser in front of it."""

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from serving import ROOT, serving
from watching import Watched

if TYPE_CHECKING:
    import playwright.sync_api

_HINT = "install the browser: pip install playwright, and Debian's chromium (apt install chromium)"
_CHROMIUM = shutil.which("chromium") or ""
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of ten weeks, the one the pages are tested with."""
    sys.path.insert(0, str(ROOT / "tests" / "dashboard"))
    from stores import write_store

    return write_store(tmp_path_factory.mktemp("e2e") / "store")


@pytest.fixture(scope="session")
def address(store: Path) -> Iterator[str]:
    """Start `streamlit run dashboard/app.py` on a free port and return where it answers."""
    with serving(store) as started:
        yield started


@pytest.fixture(scope="module")
def browser() -> Iterator["playwright.sync_api.Browser"]:
    """Return Debian's Chromium.

    For one module only: the driver holds an event loop open in this thread as long as it lives, and
    the tests of fetching need the thread's loop to be free.
    """
    playwright = pytest.importorskip("playwright.sync_api", reason=_HINT)
    if not _CHROMIUM:
        pytest.skip(_HINT)
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=_CHROMIUM, args=list(_QUIET))
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def window(
    browser: "playwright.sync_api.Browser",
) -> Iterator["playwright.sync_api.BrowserContext"]:
    """Return one browser window for all pages of a module: it fetches Streamlit's files once."""
    context = browser.new_context(accept_downloads=True)
    yield context
    context.close()


@pytest.fixture
def browse(window: "playwright.sync_api.BrowserContext") -> Iterator[Callable[..., Watched]]:
    """Return a function that opens a fresh browser page; in the end nothing left the machine."""
    opened: list[Watched] = []

    def fresh(width: int = 1440, height: int = 900, theme: str = "light") -> Watched:
        watched = Watched(window.new_page())
        watched.page.set_default_timeout(120_000)  # other tests may run on the same cores
        watched.page.set_viewport_size({"width": width, "height": height})
        watched.page.emulate_media(color_scheme=theme)
        watched.page.on("request", watched.take_request)
        watched.page.on("console", watched.take_message)
        watched.page.on("dialog", watched.take_dialog)
        opened.append(watched)
        return watched

    yield fresh
    for watched in opened:
        print(watched.where())  # pytest shows it beside a failure
        watched.page.close()
        assert watched.left == []
        assert watched.errors == []
