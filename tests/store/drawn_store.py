"""Draw a store: articles with dates of every kind, copies, edits and corrections, and their tags.

What was drawn stays known (`Drawn.current`), so that counts can be made from it without the store.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from random import Random

from pipelines.article import (
    Article,
    CopyLevel,
    DateSource,
    Fetch,
    Outcome,
    Publication,
    Quote,
    QuoteKind,
    SourceKind,
    TagKind,
    Tags,
    Zone,
)
from pipelines.store import open_writer, set_date
from pipelines.syndication import Placement
from pipelines.versions import Decision
from tests.store.build import (
    HERALD,
    LENTA,
    NOW,
    NOWHERE,
    Written,
    article,
    at,
    build,
    in_month,
    in_year,
    naming,
    on_day,
)

FIRST = date(2015, 5, 20)
DAYS = 40
OUTLETS = (HERALD, LENTA, NOWHERE)
_FIRST_HOUR = datetime(2015, 5, 20, tzinfo=UTC)
_PUBLICATIONS = (
    lambda draw: Publication(),
    lambda draw: on_day(FIRST + timedelta(days=draw.randint(0, DAYS))),
    lambda draw: on_day(FIRST + timedelta(days=draw.randint(0, DAYS)), 0.3),
    lambda draw: in_month(date(2015, draw.randint(5, 7), 1)),
    lambda draw: in_year(draw.randint(2014, 2015)),
    lambda draw: at(_drawn_hour(draw).astimezone(timezone(timedelta(hours=draw.choice(_ZONES))))),
)
_ZONES = (-5, 0, 3)  # of publishers, whose day is not always that of UTC
_NAMES = [
    (TagKind.TOPIC, "syria", "Syria"),
    (TagKind.TOPIC, "ukraine", "Ukraine"),
    (TagKind.ENTITY, "sergei-lavrov", "Lavrov"),
    (TagKind.NAME, "person:Jane Doe", "Doe"),
    (TagKind.COUNTRY, "SY", "Syria"),
    (TagKind.COUNTRY, "UA", "Ukraine"),
    (TagKind.DATELINE, "SY", "DAMASCUS"),
    (TagKind.DATELINE, "UA", "KYIV"),
]


@dataclass
class Drawn:
    """Articles as they came, later versions of some, and days that a person set."""

    first: list[Written]
    edits: list[Written] = field(default_factory=list)
    days: dict[int, date] = field(default_factory=dict)  # article_id -> its day

    @property
    def current(self) -> list[Written]:
        """Return each article as it counts: newest version, corrected date, its own group."""
        newest = {one.article.article_id: one for one in (*self.first, *self.edits)}
        return [self._corrected(one) for one in newest.values()]

    def _corrected(self, one: Written) -> Written:
        day = self.days.get(one.article.article_id)
        if day is None:
            return one
        said = replace(on_day(day, 1.0), source=DateSource.SET_BY_USER)
        return replace(one, article=replace(one.article, publication=said))

    def write(self, path: Path) -> Path:
        """Write the store of it, by the real writer: one commit, one of edits, the corrections."""
        build(path, self.first)
        with open_writer(path, now=NOW + timedelta(hours=1)) as writer:
            writer.begin(Fetch("files", SourceKind.JSONL, "edits.jsonl"))
            for one in self.edits:
                decision = Decision(Outcome.EDITED, one.article.article_id, 2)
                group = Placement(one.syndication_id or one.article.article_id, CopyLevel.NONE)
                writer.add(one.article, decision, group, one.tags)
        for article_id, day in self.days.items():
            set_date(path, article_id, day, who="Ann", now=NOW)
        return path


def drawn_store(draw: Random) -> Drawn:
    """Draw up to 60 articles, some with a later version or a corrected day."""
    numbers = range(draw.randint(0, 60))
    drawn = Drawn([_written(draw, number) for number in numbers])
    for one in draw.sample(drawn.first, k=len(numbers) // 6):
        drawn.edits.append(_edited(draw, one))
    for one in draw.sample(drawn.first, k=min(2, len(numbers))):
        drawn.days[one.article.article_id] = FIRST + timedelta(days=draw.randint(0, DAYS))
    return drawn


def _drawn_hour(draw: Random) -> datetime:
    return _FIRST_HOUR + timedelta(hours=draw.randint(0, DAYS * 24))


def _written(draw: Random, number: int) -> Written:
    publication = draw.choice(_PUBLICATIONS)(draw)
    outlet, language = draw.choice(OUTLETS), draw.choice(["en", "ru", ""])
    made = article(
        number,
        publication,
        outlet=outlet,
        language=language,
        text=_text(draw),
        fetched_at=draw.choice([None, _drawn_hour(draw)]),
    )
    return _tagged(draw, made, draw.choice([None, None, 1, 2]))


def _edited(draw: Random, old: Written) -> Written:
    number = int(old.article.title.split()[-1])
    made = article(
        number,
        old.article.publication,
        outlet=old.article.outlet,
        language=old.article.language,
        text=f"{_text(draw)} Updated.",
        fetched_at=old.article.fetched_at,
    )
    return _tagged(draw, made, old.syndication_id)


def _text(draw: Random) -> str:
    place = draw.choice(["", "", "DAMASCUS", "KYIV"])
    words = ["Syria", "Ukraine", "Lavrov", "Doe", "nothing", "talks."]
    return " ".join([place, "Body", *draw.choices(words, k=draw.randint(0, 6))]).strip()


def _tagged(draw: Random, made: Article, group: int | None) -> Written:
    named = naming(made, *_NAMES)
    countries = {one.tag for one in named.tags.mentions if one.kind is TagKind.COUNTRY}
    about = tuple(code for code in sorted(countries) if draw.random() < 0.5)
    quotes = tuple(_quote(draw, made) for _ in range(draw.choice([0, 0, 1, 2])))
    tags = Tags(named.tags.mentions, named.tags.topics, about, quotes)
    return replace(named, tags=tags, syndication_id=group)


def _quote(draw: Random, made: Article) -> Quote:
    start = draw.randrange(made.zones[1].start, len(made.text))
    end = draw.randint(start + 1, len(made.text))
    speaker = draw.choice(["sergei-lavrov", "person:Jane Doe", ""])
    certain = bool(speaker) and draw.random() < 0.5
    kind = draw.choice(list(QuoteKind))
    return Quote(start, end, kind, Zone.LEDE, speaker, speaker, certain=certain)
