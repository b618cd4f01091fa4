"""Time the dashboard in a browser: what the reader waits for, and what comes over the wire.

Usage: python -m tests.bench.browser_times [--articles N] [--rounds N] [--folder FOLDER]

Prints, over drawn articles as `dashboard_speed` has them: bytes of a first visit, from a warm load
to the chart, and from a choice to the redrawn chart, each choice new, so that no cache answers.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.dashboard_speed import choices
from tests.bench.tagged_corpus import write_tagged_store
from tests.bench.wire import wire_to
from tests.e2e.serving import serving

CHROMIUM = "/usr/bin/chromium"
# What a plot draws, as the heights of all its lines; waits for one that draws something else. Not
# `wait_for_function`: that evaluates a string in the page, which its policy forbids.
_DRAWN = """before => new Promise(done => {
    const look = () => {
        const plot = document.querySelector('.js-plotly-plot');
        const drawn = plot && plot._fullData && plot.querySelector('.scatterlayer')
            ? JSON.stringify(plot._fullData.map(one => [one.name, Array.from(one.y || [])])) : '';
        if (drawn && drawn !== before) done(drawn); else requestAnimationFrame(look);
    };
    look();
})"""


def first_visit(browser: Browser, address: str) -> tuple[float, float, float]:
    """Return MB of a first visit, seconds to its chart, and seconds of the next load to it."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    with wire_to(address) as wire:
        cold = _load(page, wire.address)
        page.wait_for_timeout(2000)
        size = wire.received / 1e6
    _load(page, address)  # the wire's files are another address's
    warm = _load(page, address)
    context.close()
    return size, cold, warm


def _load(page: Page, address: str) -> float:
    begun = time.perf_counter()
    page.goto(address)
    page.evaluate(_DRAWN, "")
    return time.perf_counter() - begun


def redrawn(page: Page, label: str, names: str) -> float:
    """Choose names in a filter; return ms until the chart shows something else."""
    box = page.get_by_role("combobox", name=label)
    box.click()
    box.fill(names)
    before = page.evaluate(_DRAWN, "")
    begun = time.perf_counter()
    box.press("Enter")
    page.evaluate(_DRAWN, before)
    spent = (time.perf_counter() - begun) * 1000
    page.wait_for_timeout(1500)  # the rest of the page
    return spent


def wanted() -> Iterator[str]:
    """Yield two topics as they are typed, each pair once."""
    seen = set()
    for topics, _ in choices():
        if (pair := frozenset(topics)) not in seen:
            seen.add(pair)
            yield ", ".join(topics)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.browser_times")
    parser.add_argument("--articles", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--folder", type=Path, help="keeps the articles for the next run")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        store = (asked.folder or Path(temporary)) / f"store-{asked.articles}"
        if not store.exists():
            write_tagged_store(store, asked.articles)
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        with serving(store) as address:
            first_visit(browser, address)  # opens the store, compresses the files
            size, cold, warm = first_visit(browser, address)
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            _load(page, address)
            names = wanted()
            spent = [redrawn(page, "Topics", next(names)) for _ in range(asked.rounds)]
        browser.close()
    print(f"{asked.articles:,} articles, Chromium")
    print(f"first visit, MB on the wire     {size:8.2f}")
    print(f"first visit to the chart, s     {cold:8.2f}")
    print(f"warm load to the chart, s       {warm:8.2f}")
    print(f"choice to redrawn chart, ms     {np.median(spent):8.0f}  (95th {_high(spent):.0f})")


def _high(numbers: list[float]) -> float:
    return float(np.percentile(numbers, 95))


if __name__ == "__main__":
    main()
