"""The page of quotes and the quotes of an article, run as Streamlit runs them."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from stores import HOSTILE_NAME
from streamlit.testing.v1 import AppTest

Open = Callable[..., AppTest]
LAVROV = "sergei-lavrov"


def _texts(app: AppTest) -> str:
    kinds = (app.title, app.header, app.caption, app.text, app.warning, app.error, app.code)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def _cards(app: AppTest) -> list[str]:
    return [block.proto.body for block in app.get("html") if "<blockquote" in block.proto.body]


def _html(app: AppTest) -> str:
    return "\n".join(block.proto.body for block in app.get("html"))


def test_quotes_are_cards_with_words_speaker_outlet_and_date(open_app: Open, full_store: Path):
    app = open_app(full_store, "quotes", speaker=LAVROV)
    card = _cards(app)[0]
    assert "“spoke on Syria in Geneva”" in card
    assert ">Sergei Lavrov</b>" in card
    assert "(sure, from the page&#x27;s data)" in card
    assert "word for word" in card


def test_a_page_has_fifty_quotes(open_app: Open, full_store: Path):
    app = open_app(full_store, "quotes", tz="UTC")
    assert len(_cards(app)) == 50


def test_an_uncertain_speaker_is_never_shown_as_certain(open_app: Open, full_store: Path):
    cards = _cards(open_app(full_store, "quotes", speaker="person:Jane Doe"))
    assert all("speaker uncertain: Drivers, perhaps Jane Doe" in card for card in cards)
    assert all("“" not in card for card in cards)  # reported, not word for word


def test_only_certain_speakers_on_request(open_app: Open, full_store: Path):
    app = open_app(full_store, "quotes", tz="UTC")
    app.toggle(key="ww_own_certain").set_value(True).run()
    assert app.query_params["certain"] in ("1", ["1"])
    assert not any("speaker uncertain" in card for card in _cards(app))


def test_what_lavrov_said_on_syria_is_one_choice_on_the_page(open_app: Open, full_store: Path):
    app = open_app(full_store, tz="UTC")
    app.query_params = {}  # as the browser does when another page is chosen: the first step
    app.switch_page("app_pages/quotes.py").run()
    box = app.selectbox(key="ww_own_speaker")
    wanted = next(one for one in box.options if one.startswith("Sergei Lavrov on Syria: "))
    box.set_value(f"{LAVROV}\nsyria").run()  # the second
    assert not app.exception
    assert app.title[0].value.startswith("Syria, ")
    found = wanted.partition(": ")[2]
    assert f"{found} of Sergei Lavrov that name Syria, newest first" in _texts(app)
    assert all("names Syria" in card for card in _cards(app))


def test_the_choice_comes_back_from_its_link(open_app: Open, full_store: Path):
    link = {"topic": "syria", "speaker": LAVROV, "in_quote": "1", "certain": "1"}
    app = open_app(full_store, "quotes", **link)
    assert app.selectbox(key="ww_own_speaker").value == f"{LAVROV}\nsyria"
    assert app.toggle(key="ww_own_in_quote").value
    assert app.toggle(key="ww_own_certain").value
    assert {key: app.query_params[key] for key in link} in (
        link,
        {key: [value] for key, value in link.items()},
    )


def test_the_link_to_share_has_the_page_s_own_part(open_app: Open, full_store: Path):
    app = open_app(full_store, "quotes", topic="syria", speaker=LAVROV, in_quote="1")
    pinned = next(block.value for block in app.code if "snap=" in block.value)
    pairs = dict(parse_qsl(pinned.split("?")[1]))
    assert (pairs["speaker"], pairs["in_quote"], pairs["topic"]) == (LAVROV, "1", "syria")


def test_a_speaker_without_a_quote_is_said_and_can_be_taken_back(open_app: Open, full_store: Path):
    app = open_app(full_store, "quotes", speaker="vladimir-putin")
    assert "no quote of Vladimir Putin" in _texts(app)
    next(one for one in app.button if one.label == "Quotes of anybody").click().run()
    assert _cards(app)


def test_a_speaker_nobody_knows_is_left_out_with_a_note(open_app: Open, full_store: Path):
    app = open_app(full_store, "quotes", speaker="atlantis")
    assert "“atlantis”" in app.warning[0].value
    assert _cards(app)


def test_no_match_offers_to_widen(open_app: Open, full_store: Path):
    app = open_app(full_store, "quotes", within='"nobody wrote this"')
    assert "removes most" in _texts(app)


def test_a_store_without_quotes_says_so(open_app: Open, tmp_path: Path):
    from stores import write_one_article

    app = open_app(write_one_article(tmp_path / "store"), "quotes")
    assert app.title[0].value.startswith("All coverage")
    assert not app.exception


def test_a_hostile_quote_and_name_are_text(open_app: Open, full_store: Path):
    app = open_app(full_store, "quotes", speaker=f"person:{HOSTILE_NAME}")
    (card,) = _cards(app)
    assert "<img" not in card
    assert "&lt;img" in card


def test_the_place_of_a_quote_is_marked_in_its_article(open_app: Open, full_store: Path):
    app = open_app(full_store, "article", article="1000", at="42-66")
    html = _html(app)
    assert html.count('id="ww-place"') == 1
    assert 'href="#ww-place"' in html


@pytest.mark.parametrize("at", ["66-42", "1-99999", "x", "-", "１-２"])
def test_a_place_that_is_none_marks_nothing(open_app: Open, full_store: Path, at):
    assert "ww-place" not in _html(open_app(full_store, "article", article="1000", at=at))


def test_an_article_lists_its_quotes_and_its_countries(open_app: Open, full_store: Path):
    app = open_app(full_store, "article", article="1005")
    table = app.dataframe[0].value
    assert list(table["Quote"]) == ["“spoke on Syria in Geneva”"]
    assert list(table["Speaker"]) == ["Sergei Lavrov"]
    assert "About Syria · filed from Switzerland" in _texts(app)
    (places,) = [one for one in app.text if one.value.startswith("About Syria")]
    assert places.help.startswith("Syria is named ")


def test_a_switch_without_a_topic_to_name_is_off(open_app: Open, full_store: Path):
    app = open_app(full_store, "quotes", in_quote="1", tz="UTC")
    assert not app.toggle(key="ww_own_in_quote").value
    assert len(_cards(app)) == 50


def test_two_speakers_of_one_label_can_be_told_apart():
    from dashboard.parts.quotes_listed import _told_apart

    options = {"person:Jordan": "Jordan: 1 quote", "place:Jordan": "Jordan: 1 quote", "": "Anybody"}
    assert _told_apart(options) == {
        "person:Jordan": "Jordan: 1 quote (person:Jordan)",
        "place:Jordan": "Jordan: 1 quote (place:Jordan)",
        "": "Anybody",
    }


def test_the_page_of_a_speaker_is_one_click_away(open_app: Open, full_store: Path):
    app = open_app(full_store, "quotes", speaker=LAVROV)
    links = [link.proto for link in app.get("page_link")]
    assert any(link.label == "All about Sergei Lavrov" for link in links)
