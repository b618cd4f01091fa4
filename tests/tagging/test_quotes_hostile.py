"""Quotes lie where they may, whatever the text; huge texts take time in line with their length."""

import time
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipelines.article import COUNTED_ZONES, Quote, QuoteKind, Tags, Zone
from tests.tagging.spoken import names_of, tagger
from tests.tagging.written import article

_PIECES = [
    *[
        '"',
        "\u201c",
        "\u201d",
        "\u00ab",
        "\u00bb",
        "'",
        " ",
        ", ",
        ". ",
        ": ",
        " \u2014 ",
        "?",
        "; ",
    ],
    *[
        "said",
        " said ",
        "told",
        "says",
        "according to",
        "that",
        "who",
        "which",
        "he",
        "she",
        "they",
    ],
    *["Anna Petrova", "John Miller", "Acme Bank", "Norland", "the minister", "on Monday"],
    *[
        "the talks had failed",
        "we will not sign",
        "and",
        "adding",
        "they",
        ";",
        "сказал",
        "заявил, что",
        "по словам",
    ],
    *["sagte", "so", "a déclaré", "dijo", "er", "Ilka Nemrova", "der Sprecher", "що", "заявив"],
    *["Орлов", "переговоры зашли", "цитирует", "сообщается в", "ß", "İ", "\U0001f600"],
]
_LINES = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=40).map(" ".join)
_PARTS = st.lists(st.tuples(st.sampled_from(list(Zone)), _LINES), min_size=1, max_size=5)


@settings(max_examples=400)
@given(_PARTS, st.sampled_from(["en", "en", "de", "fr", "es", "uk"]))
@example([(Zone.HEADLINE, 'says he " said according to "')], "en")
@example([(Zone.HEADLINE, 'сообщается в " .  said заявил, что "')], "en")
@example([(Zone.HEADLINE, 'сообщается в " :  said заявил, что "')], "en")
def test_quotes_lie_in_counted_zones_and_do_not_overlap_within_a_kind(
    parts: list[tuple[Zone, str]], language: str
) -> None:
    written = article(*parts, language=language)
    quotes = tagger().find(written, names_of(written)).quotes
    for quote in quotes:
        assert 0 <= quote.start < quote.end <= len(written.text)
        assert _zone_at(written.zones, quote) in COUNTED_ZONES
        assert quote.zone is _zone_at(written.zones, quote)
        assert "\n" not in written.text[quote.start : quote.end]
        _has_its_speaker_outside(quote)
    for kind in QuoteKind:
        own = sorted((one.start, one.end) for one in quotes if one.kind is kind)
        assert all(first[1] <= second[0] for first, second in pairwise(own))


def _zone_at(zones: object, quote: Quote) -> Zone:
    (zone,) = [one.zone for one in zones if one.start <= quote.start and quote.end <= one.end]
    return zone


def _has_its_speaker_outside(quote: Quote) -> None:
    inside = quote.start <= quote.speaker_start and quote.speaker_end <= quote.end
    parted = quote.kind is QuoteKind.REPORTED and quote.why.startswith(
        ("..., speaker, verb", "according to")
    )
    assert not inside or parted, quote


@given(
    st.text(alphabet="\"\u201c\u201d\u00ab\u00bb'ab .\n", max_size=80),
    st.sampled_from(["en", "de"]),
)
def test_any_marks_are_read(text: str, language: str) -> None:
    written = article(text or "x", language=language)
    tagger().find(written, Tags())


_REPEATED = """
"|"a b c d" |\u00ab|he said |Anna Petrova said, |of the |, a|Aa |he said that it was |
"We will not sign this," she said. She said it was late.
"""


def test_a_megabyte_without_marks_is_read_in_seconds() -> None:
    assert _seconds("word " * 200_000) < 8  # a fifth of that on an idle core


@pytest.mark.parametrize("piece", _REPEATED.strip("\n").split("|"))
def test_ten_times_the_text_takes_about_ten_times_as_long(piece: str) -> None:
    few, many = _seconds(piece * 500), _seconds(piece * 5_000)
    assert many < 40 * few + 0.5


_REPEATED_DE = """
"A b c d", sagte er. |"A b c d", sagte Ilka Nemrova. |Ilka Nemrova sagte: "a b c d". |
Ilka Nemrova, |"a b c d" |"A b c d", sagte Aa |"A b c d", sagte der Chef des, |so Aa Ab, "a b c d"
"""


@pytest.mark.parametrize("piece", _REPEATED_DE.replace("\n", "").split("|"))
def test_ten_times_the_german_takes_about_ten_times_as_long(piece: str) -> None:
    few, many = _seconds(piece * 400, "de"), _seconds(piece * 4_000, "de")
    assert many < 40 * few + 0.5


def test_ten_thousand_quotes_are_all_found() -> None:
    written = article("\n".join(['"We will not sign this treaty," he said.'] * 10_000))
    assert len(tagger().find(written, Tags()).quotes) == 10_000


def _seconds(text: str, language: str = "en") -> float:
    written = article(text, language=language)
    started = time.process_time()
    tagger().find(written, Tags())
    return time.process_time() - started
