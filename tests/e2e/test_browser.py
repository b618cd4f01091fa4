"""What only a browser can tell; after each test nothing left the machine, no error was logged."""

import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from serving import ROOT
from watching import Watched

from dashboard.charts.theme import DARK, LIGHT

pytestmark = pytest.mark.e2e
Browse = Callable[..., Watched]
CHART = ".js-plotly-plot"
MARKS = f"{CHART} .scatterlayer .trace .points path"


def _query(watched: Watched) -> dict[str, list[str]]:
    return parse_qs(urlsplit(watched.page.url).query)


def _download(watched: Watched, label: str) -> bytes:
    with watched.page.expect_download() as waiting:
        watched.page.get_by_role("button", name=label).click()
    return Path(waiting.value.path()).read_bytes()


def _cli(store: Path, *arguments: str) -> bytes:
    command = [sys.executable, "-m", "pipelines", *arguments, "--store", str(store)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    return done.stdout


def test_the_chart_stands_on_the_first_page(address: str, browse: Browse):
    watched = browse()
    watched.open(address)
    watched.page.wait_for_selector(CHART)
    assert watched.page.locator("h1").inner_text() == (
        "Syria and UN Security Council, 2015-05-04 to 2015-07-11"
    )
    assert watched.page.locator('[data-testid="stException"]').count() == 0


def test_the_downloaded_csv_is_the_frame_of_the_command_line(
    address: str, store: Path, browse: Browse
):
    watched = browse()
    watched.open(f"{address}/?topic=syria")
    content = _download(watched, "CSV: attention")
    printed = _cli(store, "attention", "--topic", "syria", "--format", "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.removeprefix(b"\xef\xbb\xbf") == printed


@pytest.mark.parametrize("what", ["articles", "mentions"])
def test_the_list_and_its_evidence_are_those_of_the_command_line(
    address: str, store: Path, browse: Browse, what: str
):
    watched = browse()
    watched.open(f"{address}/articles?topic=syria&date=2015-05-04&date=2015-05-10")
    content = _download(watched, f"CSV: {what}")
    period = ("--from", "2015-05-04", "--to", "2015-05-10")
    printed = _cli(store, what, "--topic", "syria", *period, "--format", "csv")
    assert content.removeprefix(b"\xef\xbb\xbf") == printed


def test_a_point_opens_its_articles(address: str, browse: Browse):
    watched = browse()
    watched.open(f"{address}/?topic=syria")
    watched.page.locator(MARKS).first.click(force=True)
    watched.page.wait_for_url("**/articles?**")
    watched.settle()
    assert _query(watched)["date"] == ["2015-05-04", "2015-05-10"]
    assert "17 articles, newest first" in watched.page.inner_text('[data-testid="stMain"]')


def test_the_way_back_keeps_filters_and_stays(address: str, browse: Browse):
    watched = browse()
    watched.open(f"{address}/?topic=syria")
    watched.page.locator(MARKS).first.click(force=True)
    watched.page.wait_for_url("**/articles?**")
    watched.settle()
    watched.page.get_by_role("link", name="Overview").click()
    watched.page.wait_for_selector(CHART)
    watched.settle()
    assert _query(watched)["topic"] == ["syria"]
    assert "/articles" not in watched.page.url


def test_a_link_comes_back_after_reload(address: str, browse: Browse):
    watched = browse()
    link = "topic=syria&topic=unsc&outlet_country=RU&interval=week&measure=share"
    watched.open(f"{address}/?{link}")
    before = _query(watched)
    watched.page.reload()
    watched.settle()
    assert _query(watched) == before == parse_qs(link)


def test_a_choice_changes_the_link_and_page_switch_keeps_it(address: str, browse: Browse):
    watched = browse()
    watched.open(f"{address}?topic=syria")
    box = watched.page.get_by_role("combobox", name="Topics")
    box.click()
    watched.page.get_by_role("option", name="UN Security Council").click()
    watched.page.keyboard.press("Escape")
    watched.page.wait_for_url("**topic=syria&topic=unsc")
    watched.page.get_by_role("link", name="Articles").click()
    watched.page.wait_for_url("**/articles?topic=syria&topic=unsc")
    watched.settle()
    assert watched.page.locator("h1").inner_text().startswith("Syria and UN Security Council, ")


def test_a_name_typed_and_entered_is_one_name(address: str, browse: Browse):
    """Streamlit would offer to choose both that have these letters: the UN SEcuRity Council too."""
    watched = browse()
    watched.open(f"{address}/articles")
    box = watched.page.get_by_role("combobox", name="People, organisations, places")
    box.click()
    box.press_sequentially("ser")
    box.press("Enter")
    watched.page.wait_for_url("**entity=**")
    assert _query(watched) == {"entity": ["sergei-lavrov"]}


def test_undated_articles_are_one_click_away(address: str, browse: Browse):
    watched = browse()
    watched.open(f"{address}?tz=UTC")
    watched.page.get_by_role("button", name="left out, undated").click()
    watched.page.wait_for_url("**/articles?placement=undated")
    watched.settle()
    watched.page.get_by_role("button", name="Back to the dated articles").click()
    watched.page.wait_for_selector("text=378 articles, newest first")


def test_a_hostile_headline_makes_no_request_and_no_link(address: str, browse: Browse):
    watched = browse()
    watched.open(f"{address}/article?article=1904")
    heading = watched.page.locator("h1")
    assert "![x](http://tracker.example/x.png)" in heading.inner_text().replace("\u2060", "")
    assert heading.locator("img").count() == 0
    assert heading.get_by_role("link", name="tracker").count() == 0


@pytest.mark.parametrize(
    ("theme", "colour"), [("light", LIGHT.series[0]), ("dark", DARK.series[0])]
)
def test_lines_have_the_colours_of_the_theme(address: str, browse: Browse, theme, colour):
    watched = browse(theme=theme)
    watched.open(f"{address}/?topic=syria")
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    style = watched.page.locator(f"{CHART} .scatterlayer .js-line").first.get_attribute("style")
    assert f"rgb({red}, {green}, {blue})" in str(style)


def test_the_map_is_drawn_from_this_host(address: str, browse: Browse):
    watched = browse()
    maps: list[str] = []
    watched.page.on("response", lambda one: maps.append(one.url) if "topojson" in one.url else None)
    watched.open(f"{address}/countries?topic=syria")
    watched.page.wait_for_selector(f"{CHART} .choroplethlayer path")
    assert maps == [f"{address}/app/static/topojson/world_110m.json"]


def test_a_country_on_the_map_opens_its_articles(address: str, browse: Browse):
    watched = browse()
    watched.open(f"{address}/countries?topic=syria")
    watched.page.wait_for_selector(f"{CHART} .choroplethlayer path")
    box = watched.page.locator(f"{CHART} .choroplethlayer path").first.bounding_box()
    assert box is not None
    watched.page.mouse.click(box["x"] + 0.6 * box["width"], box["y"] + 0.5 * box["height"])
    watched.page.wait_for_url("**/articles?**")
    watched.settle()
    assert _query(watched)["outlet_country"] in (["RU"], ["GB"])


def test_a_cell_of_the_matrix_opens_its_articles(address: str, browse: Browse):
    watched = browse()
    watched.open(f"{address}/countries?topic=syria")
    watched.page.get_by_role("button", name="CSV: country matrix").scroll_into_view_if_needed()
    watched.page.wait_for_selector(f"{CHART} .heatmaplayer image")
    box = watched.page.locator(f"{CHART} .heatmaplayer image").bounding_box()
    assert box is not None
    watched.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 10)
    watched.page.wait_for_url("**/articles?**")
    watched.settle()
    assert _query(watched)["mentioned"] == ["SY"]
    assert "outlet_country" in _query(watched)


def test_on_a_phone_the_chart_is_above_the_fold(address: str, browse: Browse):
    watched = browse(390, 844)
    watched.open(f"{address}/?topic=syria&topic=unsc")
    box = watched.page.locator(CHART).bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 844


def test_every_answer_says_that_nothing_may_leave_the_host(address: str):
    with urllib.request.urlopen(address) as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe-eval" not in policy
        assert answer.headers["Referrer-Policy"] == "no-referrer"
