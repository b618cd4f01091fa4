"""The real command in a process, and a real browser in front of it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from watching import ROOT, Watched

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
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["-m", "streamlit", "run", "dashboard/app.py", "--server.port", str(port)]
    streamlit = shutil.which("streamlit", path=str(Path(sys.executable).parent))
    start = [streamlit, *command[2:]] if streamlit else [sys.executable, *command]
    environ = {key: value for key, value in os.environ.items() if not key.startswith("PYTHONPATH")}
    environ |= {
        "WIREWATCH_STORE": str(store),
        "WIREWATCH_NOTICE": "Sample data: all outlets are invented.",
    }
    with subprocess.Popen(start, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL) as process:
        try:
            yield _answering(f"http://127.0.0.1:{port}", process)
        finally:
            process.terminate()
            process.wait(20)


def _answering(address: str, process: "subprocess.Popen[bytes]") -> str:
    for _ in range(300):
        assert process.poll() is None, "streamlit ended; run the command by hand to see why"
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5):
                return address
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"no answer from {address} within a minute")


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


@pytest.fixture
def browse(browser: "playwright.sync_api.Browser") -> Iterator[Callable[..., Watched]]:
    """Return a function that opens a fresh browser page; in the end nothing left the machine."""
    opened: list[Watched] = []

    def fresh(width: int = 1440, height: int = 900, theme: str = "light") -> Watched:
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=theme, accept_downloads=True
        )
        watched = Watched(context.new_page())
        watched.page.on("request", watched.take_request)
        watched.page.on("console", watched.take_message)
        opened.append(watched)
        return watched

    yield fresh
    for watched in opened:
        watched.page.context.close()
        assert watched.left == []
        assert watched.errors == []
