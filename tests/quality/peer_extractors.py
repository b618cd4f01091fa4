"""Call the libraries we are measured against: page or title in; body, date or language out.

Each is called as its own documentation advises for news, on bytes that are already fetched; none
opens a socket. They are imported when called, because `tests/quality/peers.txt` stands in an
environment of its own (`make quality-peers`); where one is missing, `PeerNotInstalled` says so.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from importlib import import_module
from types import ModuleType

from tests.quality.dumps import visible_text

REQUIREMENTS = "tests/quality/peers.txt"


class PeerNotInstalled(ImportError):
    """A library of `tests/quality/peers.txt` is not in this environment."""


def newspaper_body(content: bytes, url: str) -> str:
    """Return the text that newspaper4k finds."""
    return str(_newspaper(content, url).text)


def news_please_body(content: bytes, url: str) -> str:
    """Return the main text that news-please finds."""
    please = _module("newsplease").NewsPlease
    try:
        found = please.from_html(_decoded(content), url=url or None, fetch_images=False)
    except ImportError:  # the same cause as in `_newspaper`; news-please offers no way round it
        return ""
    return (found.maintext if found else "") or ""


def trafilatura_precision_body(content: bytes, url: str) -> str:
    """Return the text that trafilatura finds when precision is favoured."""
    return _trafilatura(content, url, favor_precision=True)


def trafilatura_standard_body(content: bytes, url: str) -> str:
    """Return the text that trafilatura finds as it is."""
    return _trafilatura(content, url)


def trafilatura_fast_body(content: bytes, url: str) -> str:
    """Return the text that trafilatura finds without its fallbacks."""
    return _trafilatura(content, url, fast=True)


def readability_body(content: bytes, url: str) -> str:
    """Return the visible text of the part of the page that readability-lxml keeps."""
    document = _module("readability").Document(_decoded(content), url=url or None)
    try:
        summary = document.summary(html_partial=True)
    except _module("readability.readability").Unparseable:  # it finds nothing, and says so
        return ""
    return visible_text(summary.encode())


def justext_body(content: bytes, url: str) -> str:
    """Return the paragraphs that jusText calls good, told that the page is in English."""
    justext = _module("justext")
    del url
    # The thresholds that trafilatura gives it for news; F1 is .830, with its own it is .792.
    paragraphs = justext.justext(
        content, justext.get_stoplist("English"), 50, 150, 0.1, 0.2, 0.25, no_headings=True
    )
    return "\n".join(p.text for p in paragraphs if not p.is_boilerplate)


def newspaper_instant(content: bytes, url: str, latest: date | None) -> datetime | None:
    """Return the time of publication that newspaper4k finds, in UTC; it knows no latest day."""
    # With an address that holds a day it looks no further, and a day is no instant.
    del latest, url
    found = _newspaper(content, "").publish_date
    if found is None:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def newspaper_day(content: bytes, url: str, latest: date | None) -> date | None:
    """Return the day of publication that newspaper4k finds, as its author wrote it."""
    del latest
    found = _newspaper(content, url).publish_date
    return found.date() if found is not None else None


def media_cloud_day(content: bytes, url: str, latest: date | None) -> date | None:
    """Return the day that htmldate finds in the call that Media Cloud's metadata library makes."""
    return _htmldate(content, url, latest, extensive_search=False)


def htmldate_day(content: bytes, url: str, latest: date | None) -> date | None:
    """Return the day that htmldate's extensive search finds."""
    return _htmldate(content, url, latest, extensive_search=True)


def lingua_language(text: str) -> str:
    """Return the language lingua gives to a text, of all it knows, as ISO 639-1; "" for none."""
    found = _lingua().detect_language_of(text)
    return found.iso_code_639_1.name.lower() if found else ""


def py3langid_language(text: str) -> str:
    """Return the language py3langid gives to a text, as ISO 639-1."""
    return str(_module("py3langid").classify(text)[0])


def _newspaper(content: bytes, url: str) -> "newspaper.Article":  # noqa: F821
    make, markup = _module("newspaper").Article, _decoded(content)
    address = url or "http://localhost/"  # it refuses a page without an address
    article = make(address, fetch_images=False)
    article.download(input_html=markup)
    try:
        article.parse()
    except ImportError:
        # A page that declares Korean asks for a tokenizer that newspaper4k brings only as an extra,
        # with language data that it downloads when first used.
        article = make(address, language="en", fetch_images=False)
        article.download(input_html=markup)
        article.parse()
    return article


def _trafilatura(content: bytes, url: str, **options: bool) -> str:
    extract = _module("trafilatura").extract
    return extract(content, url=url or None, include_comments=False, **options) or ""


def _htmldate(content: bytes, url: str, latest: date | None, **options: bool) -> date | None:
    found = _module("htmldate").find_date(
        content,
        url=url or None,
        original_date=True,
        max_date=latest.isoformat() if latest else None,
        **options,
    )
    return date.fromisoformat(found) if found else None


@cache
def _lingua() -> "lingua.LanguageDetector":  # noqa: F821
    builder = _module("lingua").LanguageDetectorBuilder
    # Otherwise the first titles pay for loading the models, and the speed is not lingua's.
    return builder.from_all_languages().with_preloaded_language_models().build()


def _decoded(content: bytes) -> str:
    """Decode a page for the libraries that take text only, with trafilatura's own detection."""
    return str(_module("trafilatura.utils").decode_file(content))


def _module(name: str) -> ModuleType:
    try:
        return import_module(name)
    except ModuleNotFoundError as e:
        raise PeerNotInstalled(
            f"{name} is not in this environment: run `make quality-peers`, which installs "
            f"{REQUIREMENTS} into .venv-peers"
        ) from e


BODIES: Mapping[str, Callable[[bytes, str], str]] = {
    "trafilatura, precision": trafilatura_precision_body,
    "trafilatura, standard": trafilatura_standard_body,
    "trafilatura, fast": trafilatura_fast_body,
    "readability": readability_body,
    "news-please": news_please_body,
    "newspaper4k": newspaper_body,
    "jusText": justext_body,
}
DAYS: Mapping[str, Callable[[bytes, str, date | None], date | None]] = {
    "htmldate, extensive": htmldate_day,
    "htmldate, as Media Cloud calls it": media_cloud_day,
    "newspaper4k": newspaper_day,
}
INSTANTS: Mapping[str, Callable[[bytes, str, date | None], datetime | None]] = {
    "newspaper4k": newspaper_instant,
}
LANGUAGES: Mapping[str, Callable[[str], str]] = {
    "lingua": lingua_language,
    "py3langid": py3langid_language,
}
