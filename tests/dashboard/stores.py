"""Small real stores for the pages: written by the store's own writer, article by article.

`write_store` makes ten weeks of three invented outlets: one week in which nothing was collected, a
wire copy, one edited article, one undated, one guessed, one known to the month, one without a
headline, and one whose headline tries to be markup, as does a name and a quote in it. Some
articles quote Sergei Lavrov, others somebody whom they call "he".
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pipelines.article import (
    Article,
    CopyLevel,
    DateEvidence,
    DatePrecision,
    DateRole,
    DateSource,
    Fetch,
    Mention,
    Outcome,
    Outlet,
    Publication,
    Quote,
    QuoteKind,
    SourceKind,
    TagKind,
    Tags,
    TextSource,
    Zone,
    ZoneSpan,
)
from pipelines.store import open_writer
from pipelines.syndication import Placement
from pipelines.versions import Decision

FIRST = date(2015, 5, 4)  # a Monday
WEEKS = 10
GAP = 5  # the week, counted from 0, in which nothing was collected
NOW = datetime(2015, 7, 14, 12, 0, tzinfo=UTC)
HOSTILE = "![x](http://tracker.example/x.png) :red[veto] <b>www.tracker.example</b> & $a$ UN"
HOSTILE_NAME = "<img src=http://tracker.example/y>"

OUTLETS = (
    Outlet("daily-echo", "Daily Echo", "echo.example", "GB", "en"),
    Outlet("vestnik", "Vestnik", "vestnik.example", "RU", "ru"),
    Outlet("the-wire", "The Wire", "wire.example", "", "en"),
)
TOPICS = ("syria", "Syria"), ("unsc", "UN Security Council")
_TOPIC_ROWS = [
    {"id": tag, "name": name, "query": name, "color": "", "description": ""} for tag, name in TOPICS
]

_TITLES = (
    "Council meets on Syria, round {}",
    "Rail strike enters day {}",
    "Council puts off vote {}",
    "Harvest report {}",
)
_BODIES = (
    "Sergei Lavrov spoke on Syria in Geneva. The talks of day {} went on.",
    "Drivers asked for more pay, note {}.",
    "The draft on Syria was number {}.",
    "It rained for {} days.",
    "Sergei Lavrov flew home after meeting {}.",
)


def article(number: int, day: date, *, title: str = "", body: str = "") -> Article:
    """Return one article of the outlet whose turn it is, published at 9:30 of `day`."""
    outlet = OUTLETS[number % 3]
    title = title or _TITLES[number % 4].format(number)
    body = body or _BODIES[number % 5].format(number)
    text = f"{title}\n{body}" if title != "-" else body
    head = len(title) + 1 if title != "-" else 0
    zones = (ZoneSpan(0, head, Zone.HEADLINE),) if head else ()
    at = datetime(day.year, day.month, day.day, 9, 30, tzinfo=UTC)
    found = DateEvidence(
        DateSource.META, at.isoformat(), instant=at, day=day, precision=DatePrecision.INSTANT
    )
    return Article(
        article_id=1000 + number,
        outlet=outlet,
        url=f"https://{outlet.domain}/{number}",
        title="" if title == "-" else title,
        text=text,
        zones=(*zones, ZoneSpan(head, len(text), Zone.BODY)),
        raw_text=text,
        language=outlet.language,
        publication=Publication(
            at, day, DatePrecision.INSTANT, DateSource.META, 0.98, evidence=(found,)
        ),
        text_source=TextSource.PAGE,
        content_hash=number,
        text_hash=number,
        n_words=len(text.split()),
        source="echo",
        locator=f"page-{number}.html",
        fetched_at=at + timedelta(hours=2),
    )


def tags(one: Article) -> Tags:
    """Return the tags of an article: every place where its text has the words."""
    words = (
        (TagKind.TOPIC, "syria", "Syria"),
        (TagKind.TOPIC, "unsc", "Council"),
        (TagKind.ENTITY, "sergei-lavrov", "Sergei Lavrov"),
        (TagKind.ENTITY, "un-security-council", "Council"),
        (TagKind.NAME, "person:Jane Doe", "Drivers"),
        (TagKind.NAME, f"person:{HOSTILE_NAME}", HOSTILE_NAME),
        (TagKind.DATELINE, "CH", "Geneva"),
        (TagKind.COUNTRY, "SY", "Syria"),
    )
    mentions = tuple(
        Mention(kind, tag, start, start + len(word), word, _zone(one, start), why=word)
        for kind, tag, word in words
        if (start := one.text.find(word)) >= 0
    )
    topics = dict.fromkeys(m.tag for m in mentions if m.kind is TagKind.TOPIC)
    about = ("SY",) if "Syria" in one.text else ()
    return Tags(mentions, tuple(topics), about, tuple(_quotes(one)))


# words, speaker, the name of the speaker, the words beside the quote, certain
_SAID = (
    ("spoke on Syria in Geneva", "sergei-lavrov", "Sergei Lavrov", "Sergei Lavrov", True),
    ("more pay", "person:Jane Doe", "Jane Doe", "Drivers", False),
    ("It rained", "", "", "It", False),
    ("Syria again. ", f"person:{HOSTILE_NAME}", HOSTILE_NAME, HOSTILE_NAME, True),
)


def _quotes(one: Article) -> Iterator[Quote]:
    for words, speaker, name, beside, certain in _SAID:
        start, place = one.text.find(words), one.text.find(beside)
        if start >= 0 and place >= 0:
            kind = QuoteKind.DIRECT if certain else QuoteKind.REPORTED
            ends = (place, place + len(beside))
            yield Quote(
                start,
                start + len(words),
                kind,
                Zone.BODY,
                speaker,
                name,
                *ends,
                certain=certain,
                why="said",
            )


def _zone(one: Article, start: int) -> Zone:
    return next(z.zone for z in one.zones if z.start <= start < z.end)


def _odd() -> Iterator[Article]:
    day = FIRST + timedelta(days=20)
    yield replace(article(900, day, title="Undated talks on Syria"), publication=Publication())
    guess = DateEvidence(DateSource.FREE_TEXT, "May 24", day=day, precision=DatePrecision.DAY)
    clock = DateEvidence(
        DateSource.PAGE_CLOCK, "14:05", DateRole.UPPER_BOUND, note="a clock of the page, not a date"
    )
    yield replace(
        article(901, day, title="Perhaps of May"),
        publication=Publication(
            None, day, DatePrecision.DAY, DateSource.FREE_TEXT, 0.4, evidence=(guess, clock)
        ),
    )
    yield replace(
        article(902, day, title="Monthly review of Syria"),
        publication=Publication(
            None, date(2015, 5, 1), DatePrecision.MONTH, DateSource.URL, 0.9, evidence=()
        ),
    )
    yield article(903, day, title="-")
    yield article(904, day, title=HOSTILE, body=f"Syria again. {HOSTILE_NAME}")


def write_store(path: Path) -> Path:
    """Write the store described above and return `path`."""
    with open_writer(path, now=NOW) as writer:
        writer.replace_topics(_TOPIC_ROWS, "hash")
        number = 0
        for day in (FIRST + timedelta(days=n) for n in range(7 * WEEKS)):
            if (day - FIRST).days // 7 == GAP:
                continue
            at = datetime(day.year, day.month, day.day, 23, 0, tzinfo=UTC)
            writer.begin(Fetch("echo", SourceKind.FEED, "https://echo.example/feed", fetched_at=at))
            for _ in range(3 + (day - FIRST).days % 4 + 2 * ((day - FIRST).days // 7 % 3)):
                _add(writer, article(number, day))
                number += 1
        for odd in _odd():
            _add(writer, odd)
        first = article(0, FIRST, body="Sergei Lavrov spoke on Syria in Vienna, not in Geneva.")
        edit = Decision(Outcome.EDITED, first.article_id, 2)
        writer.add(first, edit, Placement(first.article_id, CopyLevel.NONE), tags(first))
    return path


def write_one_article(path: Path) -> Path:
    """Write a store of one article."""
    with open_writer(path, now=NOW) as writer:
        _add(writer, article(1, FIRST))
    return path


def write_undated(path: Path) -> Path:
    """Write a store of one article without a date."""
    with open_writer(path, now=NOW) as writer:
        writer.replace_topics(_TOPIC_ROWS, "hash")
        _add(writer, next(_odd()))
    return path


def _add(writer: object, one: Article) -> None:
    decision = Decision(Outcome.STORED, one.article_id, 1)
    writer.add(one, decision, Placement(one.article_id, CopyLevel.NONE), tags(one))  # type: ignore[attr-defined]  # a Writer
