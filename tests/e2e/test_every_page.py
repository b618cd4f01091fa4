"""Every page: stands without an error, fits a phone, and axe-core finds nothing new in it.

axe-core comes as a file with `axe-playwright-python`; nothing is fetched. What it finds in parts
that Streamlit draws is listed with its reason, so that a new finding fails.
"""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest
from watching import PAGES, Watched

pytestmark = pytest.mark.e2e
Browse = Callable[..., Watched]
# rule -> (what the element or one around it must match, why it stands)
UPSTREAM: dict[str, tuple[str, str]] = {
    "presentation-role-conflict": (
        '[data-testid="stFileUploaderDropzone"]',
        "Streamlit's place to drop files has the role of decoration and a label; its button works",
    ),
}


def _axe() -> str:
    found = find_spec("axe_playwright_python")
    if found is None or not found.submodule_search_locations:
        pytest.skip("install axe-core: pip install -r .ci/requirements.txt")
    return (Path(found.submodule_search_locations[0]) / "axe.min.js").read_text(encoding="utf-8")


_RUN = """known => axe.run().then(found => found.violations.flatMap(one => one.nodes
    .filter(node => !(known[one.id]
        && document.querySelector(node.target[0]).closest(known[one.id])))
    .map(node => `${one.id}: ${node.target} ${node.html.slice(0, 200)}`)))"""


def findings(watched: Watched) -> list[str]:
    """Return what axe-core finds on the page and is not known, one line for each element."""
    watched.page.evaluate(_axe())
    known = {rule: where for rule, (where, _) in UPSTREAM.items()}
    return list(watched.page.evaluate(_RUN, known))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_stands_is_accessible_and_fits_a_phone(address: str, browse: Browse, page: str):
    watched = browse()
    watched.open(f"{address}/{page}")
    assert watched.page.locator('[data-testid="stException"]').count() == 0
    assert findings(watched) == []
    watched.page.set_viewport_size({"width": 390, "height": 844})
    watched.settle()
    main = watched.page.locator('[data-testid="stMain"]')
    assert main.evaluate("one => one.scrollWidth - one.clientWidth") == 0
    assert watched.page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("page", ["?topic=syria&topic=unsc", "article?article=1000", "coverage"])
def test_contrast_holds_in_the_dark(address: str, browse: Browse, page: str):
    watched = browse(theme="dark")
    watched.open(f"{address}/{page}")
    assert findings(watched) == []
