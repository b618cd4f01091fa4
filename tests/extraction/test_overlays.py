"""What lies over a page is no part of it: banners of consent are taken out, articles stay."""

import pytest

from pipelines.article import Capture, Document, Form
from pipelines.extraction import extract
from pipelines.extraction.body.overlays import without_overlays

_SAID = "We and our 842 partners use cookies to store and access personal data on your device. "
_NOTICE = f"<h1>We value your privacy</h1><p>{_SAID * 2}</p><p>{_SAID * 3}</p><a href='#'>OK</a>"
_TOLD = "The ferry to the outer islands ran again on Monday after nine days in the yard. "
_MORE = "".join(f"<p>{_TOLD}On day {day} the rudder came.</p>" for day in range(12))
_ARTICLE = f"<div id='all'><h2>Ferry</h2><div><p>{_TOLD}</p>{_MORE}</div></div>"
_TURKISH = "Deneyiminizi iyileştirmek için çerez kullanıyoruz, ayrıntılar çerez politikamızda."


def read(body: str) -> Document:
    markup = f"<html><head><title>Ferry</title></head><body>{body}</body></html>"
    return extract(Capture("test", "page.html", Form.PAGE, markup.encode()))


def left(body: str) -> str:
    return without_overlays(f"<html><body>{body}</body></html>")[0]


@pytest.mark.parametrize(
    "banner",
    [
        f"<div id='CybotCookiebotDialog'>{_NOTICE}</div>",
        f"<aside id='usercentrics-cmp-ui'><div>{_NOTICE}</div></aside>",
        f"<div class='cky-consent-container'>{_NOTICE}</div>",
        f"<dialog open>{_NOTICE}</dialog>",
        f"<div class='x1' role='dialog' aria-modal='true'>{_NOTICE}</div>",
        f"<div class='x1' style='position: fixed; bottom: 0'>{_NOTICE}</div>",
        f"<div class='css-1q8dd3e'>{_NOTICE}</div>",
        f"<div class='css-1q8dd3e'><p>{_TURKISH}</p><span>Tamam</span></div>",
    ],
)
@pytest.mark.parametrize("place", ["{banner}{article}", "{article}{banner}"])
def test_page_with_a_banner_is_read_as_the_page_without(banner: str, place: str):
    document = read(place.format(banner=banner, article=_ARTICLE))
    plain = read(_ARTICLE)
    assert (document.title, document.text, document.zones) == (
        plain.title,
        plain.text,
        plain.zones,
    )


@pytest.mark.parametrize(
    "body",
    [
        f"<div class='cookie-banner-open'><main><p>{_TOLD}</p></main></div>",
        f"<div class='consent-given'><p>{_TOLD * 9}</p></div><p>{_TOLD}</p>",
        f"<div role='dialog'><article><p>{_TOLD}</p></article></div><p>{_TOLD * 3}</p>",
        f"<section class='post tag-cookies'><p>{_TOLD}</p></section><p>{_TOLD * 3}</p>",
        f"<article><p>{_TOLD}</p><div><p>{_SAID}</p></div></article>",
        f"<div><p>{_TOLD}</p><p>{_SAID}</p><p>{_TOLD}</p></div>",
    ],
    ids=["main part", "most of the text", "article", "filed under", "said in it", "paragraph"],
)
def test_article_with_such_names_or_words_stays(body: str):
    assert left(body) == f"<html><body>{body}</body></html>"


@pytest.mark.parametrize(
    "box",
    [
        "<div class='ad-slot' id='div-gpt-ad-1'><span>Anzeige</span></div>",
        "<div class='newsletter-signup'><p>Every Friday</p><form><input></form></div>",
    ],
    ids=["advert", "newsletter"],
)
def test_adverts_and_offers_between_paragraphs_are_taken_out(box: str):
    assert left(f"<p>{_TOLD}</p>{box}{_MORE}") == left(f"<p>{_TOLD}</p>{_MORE}")


def test_box_named_after_a_newsletter_without_a_form_stays():
    assert "<i>Friday</i>" in left(
        f"<p>{_TOLD}</p><div class='newsletter-text'><i>Friday</i></div>"
    )


def test_text_behind_a_banner_stays():
    banner = "<div id='cookie-note'>Cookies</div>"
    assert left(f"<p>One</p>{banner}two<p>{_TOLD}</p>").count("</p>two<p>") == 1
    assert left(f"zero{banner}two<p>{_TOLD}</p>").count("zerotwo<p>") == 1


def test_footer_that_links_to_the_policy_stays():
    footer = "<div><a href='/a'>About us</a> <a href='/p'>Privacy policy</a> Quay Gazette</div>"
    assert "Privacy policy" in left(f"{_ARTICLE}{footer}")
