"""Which lines around an article are other stories: told by links, boxes and addresses."""

import pytest

from pipelines.article import COUNTED_ZONES, Capture, Document, Form, Zone
from pipelines.extraction import extract

_PARAGRAPHS = [
    "The harbour authority closed the northern quay on Tuesday after two storms had broken its "
    "outer wall in three places and carried off a crane that was only half paid for.",
    "Engineers went down at low water and counted nine stones that no longer touch their "
    "neighbours, which is four more than the last time anybody had looked at the wall.",
    "Until it is mended the ferries will land at the fish market, where the stalls have been moved "
    "closer together and the first boat has been told to come an hour later.",
]
_TEXT = "".join(f"<p>{text}</p>" for text in _PARAGRAPHS)


def read(beside: str = "", inside: str = "", url: str = "https://harbour.example/a") -> Document:
    article = f"<article><h1>Quay closed</h1><div>{_TEXT}</div>{inside}</article>"
    markup = f"<title>Quay closed</title><body>{article}{beside}</body>"
    return extract(Capture("test", "page.html", Form.PAGE, markup.encode(), url=url))


def zone_of(document: Document, text: str) -> Zone | None:
    at = document.text.find(text)
    return next((z.zone for z in document.zones if z.start <= at < z.end), None)


def story(words: str, address: str) -> str:
    return f'<li><a href="{address}">{words}</a></li>'


@pytest.mark.parametrize(
    "address",
    [
        "https://www.facebook.com/harbour.paper",
        "https://plus.google.com/+harbour",
        "/newsletter",
        "javascript:void(0)",
        "/pictures/quay.jpg?width=900",
    ],
)
def test_link_to_no_article_is_no_story(address: str):
    box = f"<div class=related>{story('Follow the harbour of Peru here', address)}</div>"
    assert zone_of(read(inside=box), "Peru") is not Zone.RELATED


@pytest.mark.parametrize("box", ["related", "recent-posts", "recentcomments", "widget_rss"])
def test_link_in_a_box_of_stories_is_one(box: str):
    listed = story("Peru sells its ferry", "https://quays.blogspot.com/peru-sells-ferry.html")
    assert zone_of(read(beside=f"<ul class={box}>{listed}</ul>"), "Peru") is Zone.RELATED


@pytest.mark.parametrize("name", ["job-market", "c-advertorial", "coupons"])
def test_card_in_a_box_of_offers_is_furniture(name: str):
    card = story("Peru seeks nine engineers for its northern quay", "/2020/engineers-for-the-quay")
    document = read(inside=f"<aside class={name}><ul>{card}</ul></aside>")
    assert zone_of(document, "Peru") is Zone.FURNITURE


def test_address_without_a_number_is_no_story_where_articles_have_numbers():
    stories = "".join(story(f"Storm number {n} reaches Peru", f"/a/1234{n}") for n in range(6))
    offer = story("Buy the calendar of our harbour", "/calendar")
    page = f"<aside><ul>{stories}{offer}</ul></aside>"
    document = read(beside=page, url="https://harbour.example/a/12349")
    assert zone_of(document, "Storm number 3") is Zone.RELATED
    assert zone_of(document, "Buy the calendar") is not Zone.RELATED
    assert zone_of(read(beside=page), "Buy the calendar") is Zone.RELATED


def test_rows_of_one_list_are_stories_though_their_headlines_are_no_links():
    rows = "".join(
        f"<li class=row><h3>Storm {n}</h3><p>Number {n} has reached Peru and it stays for a week "
        f"<a href=/storm-{n}>more</a></p></li>"
        for n in range(4)
    )
    document = read(beside=f"<ul>{rows}</ul>")
    assert {zone_of(document, f"Storm {n}") for n in range(4)} == {Zone.RELATED}


def test_menu_of_short_links_holds_no_stories():
    rows = "".join(f"<li class=row><a href=/peru-{n}>Peru {n}</a></li>" for n in range(9))
    assert "Peru" not in read(beside=f"<ul>{rows}</ul>").text


def test_site_is_what_most_links_lead_to_where_a_page_is_kept_under_another_address():
    links = "".join(f"<a href=https://quays.example/{n}>Peru {n}</a><br>" for n in range(9))
    listed = story("Peru sells its oldest ferry to a museum", "https://quays.example/a-ferry-sold")
    document = read(beside=f"<nav>{links}</nav><ul>{listed}</ul>", url="https://kept.example/a")
    assert zone_of(document, "Peru sells") is Zone.RELATED


def test_date_in_an_aside_without_stories_is_the_article_s():
    aside = "<aside><div>4 May 2020</div></aside>"
    markup = f"<body><article><h1>Quay closed</h1>{aside}<div>{_TEXT}</div></article></body>"
    document = extract(Capture("test", "page.html", Form.PAGE, markup.encode()))
    assert zone_of(document, "4 May 2020") is Zone.BYLINE


def test_link_of_a_picture_leaves_its_caption_the_article_s():
    link = '<a href="/pictures/quay.jpg">Open this picture of the quay</a>'
    picture = f"<figure>{link}<figcaption>The quay of Peru at noon.</figcaption></figure>"
    first, *others = (f"<p>{text}</p>" for text in _PARAGRAPHS)
    markup = f"<article><h1>Quay closed</h1>{first}{picture}{''.join(others)}</article>"
    document = extract(Capture("test", "page.html", Form.PAGE, markup.encode()))
    assert zone_of(document, "The quay of Peru") in COUNTED_ZONES
