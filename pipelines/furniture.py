"""What an outlet repeats is no news: an article's lines in; which repeat as furniture does, out.

Some furniture cannot be told by looking at one article: a side column, an appeal to subscribe, the
outlet's word on itself. It shows where many articles of an outlet are laid side by side. The rules,
which an analyst can review:

1. A line is one paragraph that would count, the headline apart. Two lines are the same where their
   letters and digits are. In a line of fewer than eight words any number and any month is as good
   as another ("12 comments", "Updated 3 May"); in a sentence a number may be the news.
2. An outlet is learned from its own articles only, and nothing is learned where the outlet is not
   known. An article counts once, whatever its versions; a duplicate that was not stored teaches
   nothing.
3. It must repeat in its place: beside the same line or at the same end of the text, in at least
   half of the articles that have it. "Go ahead." stands anywhere in a year of transcripts, and a
   sentence of background anywhere in the reports on a war.
4. It must stand so in at least three articles, with a week or more between the first and the last:
   follow-ups of a story repeat each other for some days.
5. Few articles teach little where an outlet has many. Below four articles, and below ten for a line
   of eight words or more, which may tell something (the background that closes a report, the same
   question to every candidate), they must be a fifth of all that the outlet has in the store. A
   long line in ten articles, or in two thirds of all, is furniture wherever it stands.
6. A side column may change every day. So a line is furniture without waiting for the week where its
   articles are two thirds of all that the outlet has, five at least, or two thirds of all that it
   published from the first of their days to the last, ten at least.

The day of an article is that of its publication; else the latest it can have been published on,
else that of its capture; one of no known day is taken for published meanwhile. What is learned is
laid over the zones that extraction found and never put in their place: what an article is, and
whether it was edited, must not depend on the articles that came before it. The figures behind the
thresholds: docs/design-notes.md.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipelines.article import COUNTED_ZONES, UNKNOWN_OUTLET, Article, Zone, ZoneSpan
from pipelines.date_formats import MONTHS
from pipelines.hashing import hash63

METHOD = 2  # of keys and places; raise it where old ones no longer compare, and all are made anew

FEWEST_ARTICLES = 3
_PERIOD = timedelta(days=7)
_LONG = 8  # words
_ENOUGH_SHORT, _ENOUGH_LONG = 4, 10  # articles, whatever their share
_FEW_SHARE = 0.2  # of the outlet's articles, where there are fewer
_IN_PLACE = 0.5  # of the articles that have the line
_MOST = 2 / 3  # of the outlet's articles
_CROWD, _CROWD_OF_DAYS = 5, 10  # articles, where they are most of all, or of some days'

_LEARNED_FROM = COUNTED_ZONES - {Zone.HEADLINE}
_NO_LETTER = re.compile(r"[\W\d_]*")
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_NUMBER = "0"
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")  # no spaces between words
_CHARACTERS_A_WORD = 2
_NEIGHBOUR = (1 << 31) - 1  # bits kept of a neighbour's key; it only has to be the same each time
_END_OF_TEXT = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an article, `text[start:end]` with the line break behind it.

    `key` is a 63-bit hash of outlet and wording. `before` and `after` stand for the neighbours, 0
    at that end of the text.
    """

    key: int
    start: int
    end: int
    is_long: bool
    before: int = _END_OF_TEXT
    after: int = _END_OF_TEXT


@dataclass(frozen=True, slots=True)
class Repeats:
    """How a line repeats in one place: in how many articles, from when to when, of how many."""

    is_long: bool
    in_place: bool  # beside the same line or end; else wherever it stands
    articles: int
    anywhere: int  # articles that have the line, in this place or another
    first: date | None
    last: date | None
    meanwhile: int  # articles of the outlet from `first` to `last`, and those of no known day
    all: int  # articles of the outlet


def is_furniture(repeats: Repeats) -> bool:
    """Return whether a line that repeats so is furniture."""
    if repeats.articles < _IN_PLACE * repeats.anywhere or not _is_often(repeats):
        return False
    for crowd, whole in ((_CROWD, repeats.all), (_CROWD_OF_DAYS, repeats.meanwhile)):
        if repeats.articles >= crowd and repeats.articles >= _MOST * whole:
            return True
    if repeats.first is None or repeats.last is None:
        return False
    return repeats.last - repeats.first >= _PERIOD


def _is_often(repeats: Repeats) -> bool:
    """Return whether the line is in enough articles for where it stands: rules 3 to 5."""
    if repeats.articles < FEWEST_ARTICLES:
        return False
    enough = repeats.articles >= (_ENOUGH_LONG if repeats.is_long else _ENOUGH_SHORT)
    if repeats.in_place:
        return enough or repeats.articles >= _FEW_SHARE * repeats.all
    return repeats.is_long and (enough or repeats.articles >= _MOST * repeats.all)


def lines_of(article: Article) -> list[Line]:
    """Return the lines that count below the headline, in order.

    A line without a letter is none, since it names nothing. Without an outlet there are none
    either: whose furniture would they be?
    """
    if article.outlet.id == UNKNOWN_OUTLET:
        return []
    lines = [
        Line(hash63(article.outlet.id, wording), start, end, is_long)
        for start, end in _paragraphs(article.text, article.zones)
        for wording, is_long in [_wording(article.text[start:end])]
        if wording
    ]
    keys = [_END_OF_TEXT, *(line.key & _NEIGHBOUR for line in lines), _END_OF_TEXT]
    return [
        replace(line, before=before, after=after)
        for line, before, after in zip(lines, keys, keys[2:], strict=False)
    ]


def without_furniture(article: Article, learned: Collection[int]) -> Article:
    """Return the article with those of its lines that are in `learned` (keys) made furniture."""
    if not learned:
        return article
    spans = [(line.start, line.end) for line in lines_of(article) if line.key in learned]
    return replace(article, zones=lay_over(article.zones, spans)) if spans else article


def lay_over(zones: Sequence[ZoneSpan], spans: Iterable[tuple[int, int]]) -> tuple[ZoneSpan, ...]:
    """Return the zones with `spans` made furniture; each span lies within one zone."""
    made = sorted(spans)
    cut: list[ZoneSpan] = []
    for zone in zones:
        position = zone.start
        for start, end in (span for span in made if zone.start <= span[0] < zone.end):
            cut.append(ZoneSpan(position, start, zone.zone))
            cut.append(ZoneSpan(start, end, Zone.FURNITURE))
            position = end
        cut.append(ZoneSpan(position, zone.end, zone.zone))
    return tuple(_joined(span for span in cut if span.start < span.end))


def _joined(zones: Iterable[ZoneSpan]) -> Iterator[ZoneSpan]:
    """Yield the zones with neighbouring stretches of furniture as one."""
    last: ZoneSpan | None = None
    for zone in zones:
        if last is not None and last.zone is zone.zone is Zone.FURNITURE:
            last = replace(last, end=zone.end)
            continue
        if last is not None:
            yield last
        last = zone
    if last is not None:
        yield last


def _paragraphs(text: str, zones: Iterable[ZoneSpan]) -> Iterator[tuple[int, int]]:
    for zone in zones:
        if zone.zone in _LEARNED_FROM:
            start = zone.start
            for line in text[zone.start : zone.end].splitlines(keepends=True):
                yield start, start + len(line)
                start += len(line)


def _wording(line: str) -> tuple[str, bool]:
    """Return what two spellings of a line share, "" for one without letters; is it long?"""
    if _NO_LETTER.fullmatch(line):
        return "", False
    words = _BETWEEN_WORDS.split(line.casefold())
    dense = 0 if line.isascii() else len(_DENSE.findall(line)) // _CHARACTERS_A_WORD
    if len(line.split()) + dense >= _LONG:
        return "".join(words), True
    return "".join(map(_without_number, words)), False


def _without_number(word: str) -> str:
    return _NUMBER if word in MONTHS or any(map(str.isdecimal, word)) else word
