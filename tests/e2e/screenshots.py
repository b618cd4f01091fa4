"""Take the pictures of docs/screenshots from the demo: `make screenshots`."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

_ROOT = Path(__file__).resolve().parents[2]
_FOLDER = _ROOT / "docs" / "screenshots"
_PORT = 8599
_PAGES = {
    "overview": "?topic=syria&topic=ukraine&topic=unsc",
    "compare": "compare?topic=syria&topic=unsc&search=veto*&search=drone*",
    "entities": "entities?topic=syria",
    "entity": "entity?name=ahmed-al-sharaa",
    "countries": "countries?topic=syria&sense=about",
    "quotes": "quotes?topic=syria",
    "articles": "articles?topic=syria&date=2024-12-08&date=2024-12-08",
    "topics": "topics?subject=syria",
    "coverage": "coverage",
    "reports": "reports?topic=syria",
    "add": "add",
}
_VIEWS = {
    "": (1440, 900, "light"),
    "-dark": (1440, 900, "dark"),
    "-phone": (390, 844, "light"),
}


def main() -> None:
    """Fill a demo store, serve it, and write one picture a page and view."""
    _FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        store = str(Path(folder) / "demo-store")
        demo = [sys.executable, "-m", "pipelines", "demo", "--store", store]
        subprocess.run([*demo, "--no-serve"], cwd=_ROOT, check=True)
        with subprocess.Popen([*demo, "--port", str(_PORT)], cwd=_ROOT, env=os.environ) as app:
            try:
                _wait()
                with sync_playwright() as driver:
                    browser = driver.chromium.launch(
                        executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
                    )
                    _picture(browser, "?tz=UTC", "", "warm-up", save=False)
                    for page, path in _PAGES.items():
                        for view in _VIEWS:
                            _picture(browser, path, view, page)
            finally:
                app.terminate()


def _picture(browser: Browser, path: str, view: str, name: str, *, save: bool = True) -> None:
    width, height, theme = _VIEWS[view]
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=theme)
    page.goto(f"http://127.0.0.1:{_PORT}/{path}")
    page.wait_for_selector("h1", timeout=120_000)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(3000)  # plotly draws after the network is quiet
    if save:
        page.screenshot(path=_FOLDER / f"{name}{view}.png")
    page.close()


def _wait() -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{_PORT}/_stcore/health", timeout=5).close()
        except OSError:
            time.sleep(0.3)
        else:
            return
    raise SystemExit("the dashboard did not answer within 90 seconds")


if __name__ == "__main__":
    main()
