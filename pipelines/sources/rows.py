"""One row of a table or one JSON object in, one capture out: the same rules for both."""

import re
from collections.abc import Mapping, Sequence

from pipelines.article import Capture, DateEvidence, DateRole, DateSource, Form, TextSource
from pipelines.sources.encoding import storable
from pipelines.sources.fetch_time import read_instant

_LIST = re.compile(r"\s*[;|]\s*")
_LANGUAGES = {  # GDELT writes names; everyone else writes codes
    "arabic": "ar",
    "albanian": "sq",
    "armenian": "hy",
    "azerbaijani": "az",
    "bengali": "bn",
    "bosnian": "bs",
    "bulgarian": "bg",
    "catalan": "ca",
    "chinese": "zh",
    "croatian": "hr",
    "czech": "cs",
    "danish": "da",
    "dutch": "nl",
    "english": "en",
    "estonian": "et",
    "finnish": "fi",
    "french": "fr",
    "galician": "gl",
    "georgian": "ka",
    "german": "de",
    "greek": "el",
    "gujarati": "gu",
    "hebrew": "he",
    "hindi": "hi",
    "hungarian": "hu",
    "icelandic": "is",
    "indonesian": "id",
    "italian": "it",
    "japanese": "ja",
    "kannada": "kn",
    "kazakh": "kk",
    "korean": "ko",
    "latvian": "lv",
    "lithuanian": "lt",
    "macedonian": "mk",
    "malay": "ms",
    "malayalam": "ml",
    "marathi": "mr",
    "mongolian": "mn",
    "nepali": "ne",
    "norwegian": "no",
    "persian": "fa",
    "polish": "pl",
    "portuguese": "pt",
    "punjabi": "pa",
    "romanian": "ro",
    "russian": "ru",
    "serbian": "sr",
    "sinhalese": "si",
    "slovak": "sk",
    "slovenian": "sl",
    "somali": "so",
    "spanish": "es",
    "swahili": "sw",
    "swedish": "sv",
    "tamil": "ta",
    "telugu": "te",
    "thai": "th",
    "tibetan": "bo",
    "turkish": "tr",
    "ukrainian": "uk",
    "urdu": "ur",
    "vietnamese": "vi",
}


def row_capture(
    row: Mapping[str, object], fields: Mapping[str, Sequence[str]], locator: str
) -> Capture:
    """Return the capture of one row; `fields` names the columns of each of our fields.

    A row without text is a title alone, whose text source is SUMMARY. One without a title either
    is a capture without content: there is no article in it.
    """
    content, form, text_source = _content(row, fields)
    title = _first(row, fields, "title")
    country = _first(row, fields, "outlet_country").upper()
    language = _first(row, fields, "language")
    fetched = _first(row, fields, "fetched_at")
    return Capture(
        source="",
        locator=locator,
        form=form,
        content=content.encode("utf-8"),
        text_source=text_source,
        encoding="utf-8",
        fetched_at=read_instant(fetched) if fetched else None,
        url=_first(row, fields, "url"),
        outlet=_first(row, fields, "outlet"),
        outlet_country=country if re.fullmatch("[A-Z]{2}", country) else "",
        title=title,
        author="; ".join(_values(row, fields, "author")),
        language=language_code(language),
        tags=tuple(_values(row, fields, "tags")),
        dates=_dates(row, fields),
    )


def language_code(written: str) -> str:
    """Return the code of a language that is written as its English name, else what is written."""
    return _LANGUAGES.get(written.casefold(), written)


def _content(
    row: Mapping[str, object], fields: Mapping[str, Sequence[str]]
) -> tuple[str, Form, TextSource]:
    if text := _first(row, fields, "text"):
        return text, Form.TEXT, TextSource.FILE
    if html := _first(row, fields, "html"):
        whole = re.search(r"<(html|body)\b", html[:5000], re.IGNORECASE)
        return html, Form.PAGE if whole else Form.FRAGMENT, TextSource.FILE
    return _first(row, fields, "summary"), Form.TEXT, TextSource.SUMMARY


def _dates(
    row: Mapping[str, object], fields: Mapping[str, Sequence[str]]
) -> tuple[DateEvidence, ...]:
    """Every date column that is filled; the resolver reads them and settles what disagrees."""
    found = ((column, as_text(row.get(column))) for column in fields.get("published", ()))
    return tuple(
        DateEvidence(DateSource.ROW, raw, DateRole.PUBLISHED, where=column)
        for column, raw in found
        if raw
    )


def _first(row: Mapping[str, object], fields: Mapping[str, Sequence[str]], field: str) -> str:
    for column in fields.get(field, ()):
        if text := as_text(row.get(column)):
            return text
    return ""


def _values(
    row: Mapping[str, object], fields: Mapping[str, Sequence[str]], field: str
) -> list[str]:
    for column in fields.get(field, ()):
        value = row.get(column)
        # The author "Kim, Min-ji; Lee, J." holds commas, so only ; and | divide.
        parts = value if isinstance(value, list) else _LIST.split(as_text(value))
        if texts := [text for part in parts if (text := as_text(part))]:
            return texts
    return []


def as_text(value: object) -> str:
    """Return a cell or JSON value as text; empty for null, true, false and nested objects.

    Of an object the `name` is taken, because authors are often written so.
    """
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        value = "; ".join(text for part in value if (text := as_text(part)))
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return storable(str(value)).strip()
