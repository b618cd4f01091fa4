"""Dates that a page shows: beside the headline, named, labelled; and those of other stories."""

import json

import pytest

from pipelines.article import Capture, DateRole, DateSource, Form
from pipelines.extraction import extract

_PARAGRAPH = (
    "The harbour authority closed the northern quay on Tuesday after two storms had broken its "
    "outer wall in three places and carried off a crane that was only half paid for. "
)
_BODY = "".join(f"<p>{_PARAGRAPH}Part {n}.</p>" for n in range(4))
_H1 = "<h1>Storm closes the northern quay</h1>"


def claims(markup: str, role: DateRole = DateRole.PUBLISHED) -> list[tuple[DateSource, str]]:
    title = "" if "<title>" in markup else "<title>Storm closes the northern quay</title>"
    capture = Capture("test", "page.html", Form.PAGE, f"{title}<body>{markup}</body>".encode())
    found = [e for e in extract(capture).dates if e.role is role and e.where != "htmldate"]
    return [(e.source, e.raw) for e in found]


@pytest.mark.parametrize(
    "markup",
    [
        f"<div>{_H1}<p>2. Juni 2015, Nora Quast</p></div>{_BODY}",
        f"<div><p>02.06.2015 10:16 Uhr - Hafen</p>{_H1}</div>{_BODY}",
        f"<div>{_H1}<div><h5>Datum:</h5> 02.06.2015</div></div>{_BODY}",
        f"<div>{_H1}<span>Par Nora Quast | <!-- x --> 2 juin 2015 <!-- y --></span></div>{_BODY}",
        f"<h2>Storm closes the northern quay</h2><p>2.&thinsp;6.&thinsp;2015</p>{_BODY}",
    ],
    ids=["after", "before", "label apart", "between comments", "thin spaces under an h2"],
)
def test_short_line_beside_the_headline_is_the_byline(markup: str):
    ((source, raw),) = claims(markup)
    assert source is DateSource.BYLINE
    assert "2015" in raw


@pytest.mark.parametrize(
    "markup",
    [
        f"{_H1}<p>Ships of the old line wait for better weather off Dover, 2 June 2015</p>{_BODY}",
        f"{_H1}<figure><figcaption>Dover, 2 June 2015</figcaption></figure>{_BODY}",
        f"{_H1}<dl><dt>Joined:</dt><dd>2 June 2015</dd></dl>{_BODY}",
        f"{_H1}<div class='teaser'><p>2 June 2015</p></div>{_BODY}",
        f"{_H1}<p>Deadline: 2 June 2015</p>{_BODY}",
        f"{_H1}<p>Event date: 2 June 2015</p>{_BODY}",
        f"{_H1}{_BODY}<p class='expiry-date'>Expires 2 June 2015</p>",
    ],
    ids=["long caption", "caption", "account of a user", "teaser", "end", "event", "class"],
)
def test_line_beside_the_headline_that_is_something_else_is_no_claim(markup: str):
    assert DateSource.BYLINE not in dict(claims(markup))


def test_label_dates_an_article_far_from_its_headline():
    markup = f"<article>{_H1}{_BODY}</article><p>Erschienen am: 02.06.2015</p>"
    assert claims(markup) == [(DateSource.BYLINE, "Erschienen am: 02.06.2015")]


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Written: 2015-06-02 15:03 / Updated: 2015-06-03 09:30", "Written: 2015-06-02 15:03 / "),
        ("Updated: 3 June 2015, Published: 2 June 2015", "Published: 2 June 2015"),
        ("02.06.2015 - Güncelleme : 03.06.2015", "02.06.2015 - "),
    ],
)
def test_of_two_labels_the_publication_counts(line: str, kept: str):
    assert claims(f"{_H1}<p class='date'>{line}</p>{_BODY}") == [(DateSource.BYLINE, kept)]


def test_line_that_tells_only_of_a_change_is_a_modification():
    markup = f"{_H1}<p>Updated: 3 June 2015</p>{_BODY}"
    assert claims(markup) == []
    assert claims(markup, DateRole.MODIFIED) == [(DateSource.BYLINE, "Updated: 3 June 2015")]


def test_date_at_the_end_of_the_window_title_counts_where_nothing_else_is_shown():
    title = "<title>Storm closes the northern quay | Quay News | 02.06.2015</title>"
    assert claims(f"{title}{_H1}{_BODY}") == [(DateSource.BYLINE, "02.06.2015")]


def test_headline_that_ends_with_a_year_is_no_date():
    title = "<title>Storm closes the northern quay - 2015</title>"
    assert claims(f"{title}{_H1}{_BODY}") == []


def test_time_element_whose_label_contradicts_it_is_read_as_shown():
    time = '<time datetime="2015-06-09T10:00:00Z">Publié le 2 juin 2015</time>'
    assert (DateSource.TIME_TAG, "Publié le 2 juin 2015") in claims(f"{_H1}{time}{_BODY}")


def test_time_element_published_and_updated_at_once_is_a_publication():
    time = '<time class="entry-date published updated" datetime="2015-06-02">x</time>'
    assert claims(f"{_H1}{time}{_BODY}") == [(DateSource.TIME_TAG, "2015-06-02")]


@pytest.mark.parametrize(
    "margin",
    ["<aside class='meta'>{}</aside>", "<div class='footer'>{}</div>", "<footer>{}</footer>"],
)
def test_marked_date_in_a_margin_of_the_article_is_its_own(margin: str):
    time = '<time itemprop="datePublished" datetime="2015-06-02">2 Jun</time>'
    markup = f"<div>{_H1}{_BODY}{margin.format(time)}</div>"
    assert (DateSource.MICRODATA, "2015-06-02") in claims(markup)


def test_date_of_a_comment_is_neither_a_claim_nor_a_clock():
    comment = '<article class="comment"><header><time datetime="2015-06-05">5</time></header>'
    markup = f"<div>{_H1}{_BODY}</div>{comment}</article>"
    assert claims(markup) == []
    assert claims(markup, DateRole.UPPER_BOUND) == []


def test_date_of_an_entry_that_links_to_another_headline_is_not_the_articles():
    link = '<a href="/2">Crane found off the southern coast</a>'
    markup = f"<div>{_H1}{_BODY}</div><ul><li>{link}<time datetime='2015-06-05'>5</time></li></ul>"
    assert claims(markup) == []


def test_date_in_a_list_of_facts_about_the_article_is_its_own():
    facts = "<ul><li><a href='/nora'>Nora Quast</a></li><li><time>2 June 2015</time></li></ul>"
    assert (DateSource.TIME_TAG, "2 June 2015") in claims(f"{_H1}{facts}{_BODY}")


def test_date_beside_the_sites_logo_is_a_page_clock():
    head = "<header><h1>Quay News</h1><span class='date'>Friday, 5 June 2015</span></header>"
    assert claims(f"{head}<div>{_H1}{_BODY}</div>", DateRole.UPPER_BOUND) == [
        (DateSource.PAGE_CLOCK, "Friday, 5 June 2015")
    ]


def test_header_of_the_article_is_not_the_sites():
    markup = f"<article><header><time datetime='2015-06-02'>2</time></header>{_BODY}</article>"
    assert claims(markup) == [(DateSource.TIME_TAG, "2015-06-02")]


def test_name_of_a_meta_element_may_be_written_with_any_separator():
    meta = '<meta name="article:published:time" content="2015-06-02T10:00:00Z">'
    assert claims(f"{meta}{_H1}{_BODY}") == [(DateSource.META, "2015-06-02T10:00:00Z")]


def test_year_of_a_copyright_is_no_first_of_january():
    markup = f"<title>Quay</title><body><h1>Storm</h1>{_BODY}<p>Copyright 2009 Quay News</p>"
    document = extract(Capture("test", "page.html", Form.PAGE, markup.encode()))
    assert "htmldate" not in {e.where for e in document.dates}


_TIME = '<time datetime="2015-06-05T10:00:00Z">5 June 2015</time>'


@pytest.mark.parametrize(
    "line",
    [
        f"Updated {_TIME}",
        f"Mis à jour le {_TIME}",
        f"<b>Actualizado:</b> {_TIME}",
        '<time datetime="2015-06-05T10:00:00Z">Обновлено 5 июня 2015</time>',
        "<span class='date'>Mise à jour : 5 juin 2015</span>",
        "<span class='date'>Uppdaterad 5 juni 2015</span>",
        "<span class='date'>Last edited on 5 June 2015</span>",
    ],
)
def test_date_that_is_called_a_change_is_no_publication(line: str):
    assert claims(f"{_H1}<p>{line}</p>{_BODY}") == []
    assert claims(f"{_H1}<p>{line}</p>{_BODY}", DateRole.MODIFIED) != []


def test_who_edited_an_article_says_nothing_of_a_change():
    assert claims(f"{_H1}<p>Edited by Nora Quast, 5 June 2015</p>{_BODY}") != []


def test_publication_behind_a_change_is_found():
    first = '<time datetime="2015-06-02T10:00:00Z">2 June 2015</time>'
    found = claims(f"{_H1}<p>Actualizado {_TIME} Publicado {first}</p>{_BODY}")
    assert found[0] == (DateSource.TIME_TAG, "2015-06-02T10:00:00Z")


@pytest.mark.parametrize(
    "other",
    [
        {"@type": "VideoObject", "name": "Harbour", "datePublished": "2010-01-05"},
        {"@type": "Review", "datePublished": "2010-01-05"},
        {"@type": "NewsArticle", "headline": "Another story", "datePublished": "2010-01-05"},
    ],
    ids=["video", "review", "story"],
)
def test_json_ld_of_something_else_on_the_page_does_not_date_it(other: dict[str, str]):
    own = {"@type": "NewsArticle", "headline": "Storm closes the northern quay"}
    data = json.dumps([other, {**own, "datePublished": "2015-06-02"}])
    script = f'<script type="application/ld+json">{data}</script>'
    assert claims(f"{script}{_H1}{_BODY}") == [(DateSource.JSON_LD, "2015-06-02")]


@pytest.mark.parametrize(
    ("shown", "either_way"), [("10/05/2015", True), ("10/25/2015", False), ("2015-10-05", False)]
)
def test_day_that_may_be_the_month_is_said_to_be_read_either_way(shown: str, either_way: bool):
    markup = f"<title>Quay</title><body>{_H1}<p class='when'>{shown}</p>{_BODY}</body>"
    found = extract(Capture("test", "page.html", Form.PAGE, markup.encode())).dates
    wheres = [one.where for one in found if one.source is DateSource.FREE_TEXT]
    assert wheres == (["htmldate, day or month first"] if either_way else wheres)
