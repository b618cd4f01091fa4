"""A link says the whole question: read back, shared and opened again it is the same."""

import re
from collections.abc import Callable
from dataclasses import fields
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from watching import Watched

from pipelines.query import Query, query_from_params

pytestmark = pytest.mark.e2e
Browse = Callable[..., Watched]
LINKS = (
    "topic=syria&topic=unsc&entity=sergei-lavrov&outlet_country=RU&outlet_country=GB&mentioned=SY"
    "&about=SY&dateline=CH&lang=en&lang=ru&outlet=vestnik&outlet=daily-echo&within=Syria"
    "&date=2015-05-04&date=2015-07-11&interval=week&unit=texts&measure=share&tz=Europe%2FMoscow"
    "&guesses=1&snap=1",
    "q=talks+OR+%22Sergei+Lavrov%22&last=all&interval=month&previous=1",
    "topic=syria&placement=undated",
)


def test_the_links_below_speak_of_every_field_of_a_query():
    asked = [query_from_params(parse_qsl(link))[0] for link in LINKS]
    for field in fields(Query):
        assert any(getattr(one, field.name) != getattr(Query(), field.name) for one in asked)


@pytest.mark.parametrize("link", LINKS, ids=["every filter", "free text", "without a date"])
def test_a_link_is_read_back_shared_and_opened_again(address: str, browse: Browse, link: str):
    watched = browse()
    watched.open(f"{address}/articles?{link}")
    assert watched.page.locator('[data-testid="stAlert"]').count() == 0  # nothing left out
    assert parse_qs(urlsplit(watched.page.url).query) == parse_qs(link)
    asked, notes = query_from_params(parse_qsl(link))
    watched.page.get_by_role("button", name="Share").click()
    shared = watched.page.locator('[data-testid="stPopoverBody"] code').nth(1).inner_text()
    again, more = query_from_params(parse_qsl(urlsplit(shared).query))
    assert not notes + more
    assert again == Query(**{**_as_dict(asked), "snap": None})
    watched.open(shared)
    back, _ = query_from_params(parse_qsl(urlsplit(watched.page.url).query))
    assert back == again


def test_filters_stay_when_another_page_is_chosen_before_the_sidebar_stands(
    address: str, browse: Browse
):
    """On a slow line the widgets come after the page; nothing was chosen in them till then."""
    watched, held = browse(), []
    watched.page.route(
        re.compile(r"/(Multiselect|Selectbox|TextInput)\b.*\.js"), lambda route: held.append(route)
    )
    watched.page.goto(f"{address}/?topic=syria&date=2015-05-04&date=2015-06-07&within=Syria")
    watched.wait_for_script()
    headline = watched.page.inner_text("h1")
    watched.page.get_by_role("link", name="Countries").click()
    watched.page.wait_for_url("**/countries?**")
    watched.wait_for_script()
    assert held
    for script in held:
        script.continue_()
    watched.page.get_by_role("combobox", name="Topics").wait_for()
    watched.settle()
    watched.page.get_by_text("Place guessed dates too").click()
    watched.page.wait_for_url("**guesses=1**")
    watched.settle()
    assert watched.page.inner_text("h1") == headline


def _as_dict(query: Query) -> dict[str, object]:
    return {field.name: getattr(query, field.name) for field in fields(query)}


@pytest.mark.parametrize(
    ("link", "box"),
    [
        ("?topic=syria&last=7d", "ww_interval"),
        ("quotes?speaker=sergei-lavrov&last=30d", "ww_own_speaker"),
    ],
)
def test_an_option_whose_words_change_with_the_filters_stays_chosen(
    address: str, browse: Browse, link: str, box: str
):
    """The browser knows an option by its words: "Auto: week", "Sergei Lavrov: 38 quotes"."""
    watched = browse()
    watched.open(f"{address}/{link}")
    chosen = watched.page.locator(f".st-key-{box} input")
    before = chosen.input_value()
    watched.page.get_by_role("combobox", name="Period").click()
    watched.page.get_by_role("option", name="All", exact=True).click()
    watched.page.wait_for_url("**last=all**")
    watched.settle()
    assert chosen.input_value() not in ("", before)
    watched.page.get_by_text("Place guessed dates too").click()
    watched.page.wait_for_url("**guesses=1**")
    watched.settle()
    assert watched.page.locator('[data-testid="stException"]').count() == 0
    assert watched.page.locator('[data-testid="stAlert"]').count() == 0
    assert "interval=" not in watched.page.url
    assert ("speaker=sergei-lavrov" in watched.page.url) == ("speaker" in link)


@pytest.mark.parametrize(
    "link", ["?topic=syria&topic=unsc&last=all", "compare?topic=syria&search=veto&each=1&last=all"]
)
def test_the_way_back_leads_to_the_view_that_was_left(address: str, browse: Browse, link: str):
    """Streamlit leaves an entry of the new filters under the old page's name in the history."""
    watched = browse()
    watched.open(f"{address}/{link}")
    left, headline = _asked(watched), watched.page.inner_text("h1")
    watched.page.locator(".scatterlayer .trace .points path").first.click(force=True)
    watched.page.wait_for_url("**/articles?**")
    watched.settle()
    opened = _asked(watched)
    for _ in range(2):
        watched.page.go_back()
        watched.settle()
        assert _asked(watched) == left
        assert watched.page.inner_text("h1") == headline
        watched.page.go_forward()
        watched.settle()
        assert _asked(watched) == opened


@pytest.mark.parametrize(
    "link", ["countries?topic=syria&sense=mentioned", "articles?q=Syria&list=2"]
)
def test_the_way_back_from_the_navigation_leads_to_all_that_was_chosen(
    address: str, browse: Browse, link: str
):
    watched = browse()
    watched.open(f"{address}/{link}")
    left = _asked(watched)
    watched.page.get_by_role("link", name="Quotes").click()
    watched.page.wait_for_url("**/quotes?**")
    watched.settle()
    while "/quotes" in watched.page.url:  # on a busy machine Streamlit notes the bare page first
        watched.page.go_back()
        watched.settle()
    assert _asked(watched) == left


def _asked(watched: Watched) -> tuple[str, dict[str, list[str]]]:
    address = urlsplit(watched.page.url)
    return address.path, parse_qs(address.query)
