"""Names and quotes in a real browser: steps, places, phones."""

from collections.abc import Callable

import pytest
from watching import Watched

pytestmark = pytest.mark.e2e
Browse = Callable[..., Watched]
CHART = ".js-plotly-plot"


def test_a_quote_opens_its_article_at_the_place(address: str, browse: Browse):
    watched = browse()
    watched.open(f"{address}/quotes?speaker=sergei-lavrov")
    watched.page.locator('[data-testid="stPageLink"] a').nth(1).click()
    watched.page.wait_for_url("**/article?**")
    watched.settle()
    place = watched.page.locator("#ww-place")
    assert place.inner_text() == "spoke on "  # the mark of Syria begins behind it
    watched.page.get_by_role("link", name="Show in the text").click()
    assert place.is_visible()


def test_a_cell_of_the_matrix_opens_the_articles_that_name_both(address: str, browse: Browse):
    watched = browse()
    watched.open(f"{address}/entities?tz=UTC")
    cells = watched.page.locator(f"{CHART} .scatterlayer .textpoint")
    cells.first.wait_for(timeout=60_000)
    number = cells.nth(1).text_content()
    box = cells.nth(1).bounding_box()
    assert box is not None
    watched.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    watched.page.wait_for_url("**/articles?**")
    watched.settle()
    assert f"{number} articles, newest first" in watched.page.inner_text('[data-testid="stMain"]')


def test_a_hostile_name_and_quote_make_no_request(address: str, browse: Browse):
    watched = browse()
    watched.open(
        f"{address}/quotes?speaker=person%3A%3Cimg%20src%3Dhttp%3A%2F%2Ftracker.example%2Fy%3E"
    )
    assert watched.page.locator("blockquote").count() == 1
    assert watched.page.locator("blockquote img").count() == 0
