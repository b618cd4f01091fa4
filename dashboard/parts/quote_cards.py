"""Quotes go in, what people read of them comes out: cards as safe HTML, and words for the rest."""

from collections.abc import Mapping, Sequence
from textwrap import shorten
from typing import Any

import pandas as pd

from dashboard.escape import escape_html, isolate
from dashboard.tables import certainties, published
from dashboard.words.wording import counted
from pipelines.analysis.quotes import UNCERTAIN

KINDS = {"direct": "word for word", "reported": "reported"}
_CARD = (
    '<blockquote style="margin:0;padding:0 0 0 .8rem;border-left:3px solid rgba(70,140,195,.75);'
    'overflow-wrap:anywhere"><p dir="auto" style="margin:0 0 .35rem;font-size:1.05rem">{quote}</p>'
    '<p style="margin:0;font-size:.9rem"><b dir="auto">{speaker}</b>{how}</p>'
    '<p style="margin:0;font-size:.85rem;opacity:.8">{source}</p></blockquote>'
)
_LONGEST_BESIDE = 60  # characters of the words that stand for a speaker
_LONGEST = 1_500  # characters of a quote on a card; its article has it whole


def speaker_in_words(quote: Mapping[str, Any]) -> str:
    """Return who said it; one who may be another is "speaker uncertain: he, perhaps ..."."""
    speaker = str(quote["speaker"] or "")
    if quote["speaker_certain"]:
        return speaker
    beside = str(quote["beside"] or "")
    if not beside or speaker.casefold() in beside.casefold():
        return f"{UNCERTAIN}: {_short(speaker or beside or 'not named')}"
    return f"{UNCERTAIN}: {_short(beside)}, perhaps {speaker}"


def _short(words: str) -> str:
    return shorten(words, _LONGEST_BESIDE, placeholder="…")


def marked(words: str, kind: str) -> str:
    """Return the words of a quote: between quotation marks where they are the speaker's own."""
    line = " ".join(words.split())
    cut = line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"
    return f"“{cut}”" if kind == "direct" else cut


def card_html(quote: Mapping[str, Any], topics: Mapping[str, str]) -> str:
    """Return one row of the frame of quotes as a card: words, speaker, outlet, date, kind."""
    beside = str(quote["beside"] or "")
    told = quote["speaker_certain"] and beside.casefold() not in str(quote["speaker"]).casefold()
    named = ", ".join(topics.get(one, one) for one in quote["topic"])
    source = [
        isolate(str(quote["media_name"] or "")),
        f"{quote['published']} ({quote['certainty']})" if quote["published"] else "undated",
        KINDS.get(str(quote["kind"]), str(quote["kind"])),
        f"names {named}" if named else "",
    ]
    return _CARD.format(
        quote=escape_html(marked(str(quote["quote"]), str(quote["kind"]))),
        speaker=escape_html(speaker_in_words(quote)),
        how=f' <span dir="auto">(here “{escape_html(beside)}”)</span>' if told else "",
        source=escape_html(" · ".join(filter(None, source))),
    )


def cards(frame: pd.DataFrame, tz: str) -> list[dict[str, Any]]:
    """Return the quotes of a frame as rows, with the date (in `tz`) and its certainty in words."""
    rows = frame.assign(published=published(frame, tz), certainty=certainties(frame))
    return [{str(key): value for key, value in row.items()} for row in rows.to_dict("records")]


def at_text(start: int, end: int) -> str:
    """Return a place in an article as a link has it: "120-168"."""
    return f"{start}-{end}"


def place_of(value: str, length: int) -> tuple[int, int] | None:
    """Return the place that a link names, None where it is none within `length` characters."""
    start, dash, end = value.partition("-")
    if not (dash and start.isascii() and start.isdecimal() and end.isascii() and end.isdecimal()):
        return None
    place = int(start), int(end)
    return place if place[0] < place[1] <= length else None


def quotes_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the quotes of one article: words, speaker, kind, and the rule that found each."""
    rows = frame.to_dict("records")
    return pd.DataFrame(
        {
            "Quote": [marked(str(row["quote"]), str(row["kind"])) for row in rows],
            "Speaker": [speaker_in_words({str(k): v for k, v in row.items()}) for row in rows],
            "Kind": frame["kind"].map(KINDS).fillna(frame["kind"]).tolist(),
            "Found by": frame["why"].astype(str).tolist(),
        },
        dtype="str",
    )


def found_in_words(number: int, speaker: str, topics: Sequence[str]) -> str:
    """Return what was found: "3 quotes of Sergei Lavrov that name Syria, newest first"."""
    whose = f" of {speaker}" if speaker else ""
    named = f" that {'names' if number == 1 else 'name'} {' or '.join(topics)}" if topics else ""
    return f"{counted(number, 'quote')}{whose}{named}, newest first"
