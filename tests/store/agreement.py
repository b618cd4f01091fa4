"""Draw queries and articles in many scripts, and compare the index with the matcher on each pair.

Usage: python -m tests.store.agreement [PAIRS] [SEED]   (default 20,000)

Few words in few endings, so that phrases, pairs and brackets meet often. Articles come in several
commits, so that the index has several segments; some of them are edited, and lines are learned and
unlearned between.
"""

import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from pipelines.article import (
    Article,
    CopyLevel,
    Fetch,
    Mention,
    Outcome,
    Outlet,
    Quote,
    QuoteKind,
    SourceKind,
    TagKind,
    Tags,
    TextSource,
    Zone,
    ZoneSpan,
)
from pipelines.errors import QueryError
from pipelines.querylang import clean, match, parse
from pipelines.store import Store, Writer, open_store, open_writer
from pipelines.store.files.texts import Text, read_texts, zone_at
from pipelines.store.writing.lines import LearnedLine
from pipelines.syndication import Placement
from pipelines.versions import Decision
from tests.store.build import HERALD, LENTA, NOW, NOWHERE, UNDATED, article, on_day

SCRIPTS = {  # of a language: words of its texts
    "en": """Syria syrias Syrian Iran Irans pact pacts veto vetoes box who WHO Who U.N. UN
        US-Russian Security Council council Councils United Nations UNSC unsc sc SC Iran's
        country countries ISIL A a iraq""",
    "fr": "Syrie Syries ONU l'ONU Conseil de sécurité conseils journaux journal Iran l’Iran",
    "de": "Syrien Syriens Iran Iranes Sicherheitsrat Sicherheitsrates UN Rat Rates straße STRASSE",
    "es": "Siria sanción sanciones Consejo Seguridad luz luces ONU",
    "ru": "Сирия Сирии Сирией сирийский сирийского Лавров Лаврова СБ ООН Совет Совета ёлка елка",
    "uk": "Сирія Сирії Лавров Лаврову пам'ять пам’яті Рада Ради ООН",
    "ar": "سوريا وسوريا السوري سُوريا مجلس الأمن والأمن",
    "he": "סוריה וסוריה האו״ם מועצת הביטחון",
    "zh": "叙利亚 总统 安理会 叙利亚总统 联合国",
    "th": "ซีเรีย ประธานาธิบดี",
    "ko": "시리아 시리아는 시리아에서 안보리",
    "": "Syria Syrie Сирия Сирии Iran 2015 10 R2P",
}
GAPS = [" "] * 12 + [
    ", ",
    ". ",
    " - ",
    "-",
    "\n",
    "\n",
    " (",
    " (",
    ") ",
    ") ",
    " [“",
    "”] ",
    ") (",
]
GAPS += ["\n(", " „", "（", "）"]
BRACKETED = [
    "United Nations Security Council (UNSC)",
    "UNSC (United Nations Security Council)",
    "Security Council (sc)",
    "Security Council (SC) (UNSC)",
    "sc (Security Council)",
    "Security Council\n(UNSC)",
    "Совет (СБ)",
    "Syria Iran (who)",
    "Council (“UNSC”) met",
]
OUTLETS = [
    HERALD,
    LENTA,
    NOWHERE,
    Outlet("le-monde", "Le Monde", "www.lemonde.example", "FR", "fr"),
]
ZONES = [Zone.HEADLINE, Zone.LEDE, Zone.BODY, Zone.BODY, Zone.SUBHEAD, Zone.CAPTION, Zone.TAGS]
ZONES += [Zone.FURNITURE, Zone.RELATED]


def drawn_article(draw: random.Random, number: int) -> Article:
    """Return an article of some paragraphs in some zones."""
    language = draw.choice(list(SCRIPTS))
    words = SCRIPTS[language].split()
    if draw.random() < 0.4:
        words = words + SCRIPTS["en"].split()
    text, zones = "", []
    order = sorted(draw.choices(ZONES, k=draw.randint(1, 5)), key=ZONES.index)
    if draw.random() < 0.2:
        draw.shuffle(order)
    for zone in order:
        begin = len(text)
        text += _paragraph(draw, words) + draw.choice(["\n", "\n", "\n", " "])
        zones.append(ZoneSpan(begin, len(text), zone))
    publication = UNDATED
    if draw.random() < 0.9:
        publication = on_day(date(2015, 5, 1) + timedelta(days=draw.randint(0, 60)))
    made = article(number, publication, outlet=draw.choice(OUTLETS), language=language)
    return replace(made, text=text, raw_text=text, zones=tuple(zones), content_hash=hash(text))


def _paragraph(draw: random.Random, words: list[str]) -> str:
    pieces = []
    for _ in range(draw.choice([0, 1, 3, 6, 10, 20])):
        pieces.append(draw.choice(BRACKETED) if draw.random() < 0.08 else draw.choice(words))
        pieces.append(draw.choice(GAPS))
    return clean("".join(pieces)) if draw.random() < 0.9 else "".join(pieces).strip("\n")


def drawn_query(draw: random.Random) -> str:
    """Return a query that can be read."""
    language = draw.choice([*SCRIPTS, "en", "en", "en"])
    words = SCRIPTS[language].split()
    if draw.random() < 0.3:
        words = words + SCRIPTS["en"].split()
    return _node(draw, words, depth=draw.randint(0, 3))


def _node(draw: random.Random, words: list[str], depth: int) -> str:
    if depth == 0:
        return _textual(draw, words)
    one = lambda: _node(draw, words, depth - 1)  # noqa: E731
    return draw.choice(
        [
            lambda: f"({one()} AND {one()})",
            lambda: f"({one()} OR {one()})",
            lambda: f"({one()} OR {one()} OR {_literal(draw, words)})",
            lambda: f"(NOT {one()})",
            lambda: f"({_literal(draw, words)} NOT {one()})",
            lambda: f"repeat{draw.randint(1, 4)}:({_textual(draw, words)})",
            lambda: _zoned(draw, words),
            lambda: _quoting(draw, words),
            lambda: f"({one()} AND {_fact(draw)})",
            lambda: f"({one()} OR {_fact(draw)})",
            lambda: _textual(draw, words),
        ]
    )()


def _zoned(draw: random.Random, words: list[str]) -> str:
    name = draw.choice(["title", "lede", "body", "tags"])
    inner = draw.choice(
        [
            _textual(draw, words),
            f"{_textual(draw, words)} AND NOT {_literal(draw, words)}",
            f"NOT {_literal(draw, words)}",
            f"repeat2:({_textual(draw, words)})",
        ]
    )
    return f"{name}:({inner})"


def _quoting(draw: random.Random, words: list[str]) -> str:
    one, other = _textual(draw, words), _literal(draw, words)
    said = "speaker:lavrov"
    inner = draw.choice(
        [
            one,
            one,
            f"{one} AND {other}",
            f"{one} NOT {other}",
            f"NOT {one}",
            f"repeat2:({one})",
            f"{said} AND {one}",
            f"{one} OR {said}",
            f"(NOT {said}) AND ({one} OR {other})",
        ]
    )
    return f"quote:({inner})"


def _textual(draw: random.Random, words: list[str]) -> str:
    kind = draw.random()
    if kind < 0.5:
        return _literal(draw, words)
    if kind < 0.7:
        return f"({_literal(draw, words)} OR {_literal(draw, words)})"
    left, right = _textual(draw, words), _textual(draw, words)
    return f"({left} NEAR/{draw.choice([0, 1, 2, 5, 100])} {right})" if kind < 0.9 else left


def _literal(draw: random.Random, words: list[str]) -> str:
    word, other = draw.choice(words), draw.choice(words)
    row = " ".join(draw.choices(words, k=draw.randint(2, 3)))
    return draw.choice(
        [
            lambda: f'"{word}"',
            lambda: f'"{word}"',
            lambda: f'="{word}"',
            lambda: f'cs:"{draw.choice([word, word.lower(), word.title()])}"',
            lambda: f'"{word[: max(2, len(word) // 2)]}*"',
            lambda: f'"{word} {other}"',
            lambda: f'"{row}"~{draw.choice([0, 1, 3, 20])}',
            lambda: f'cs:"{word} {other}"',
            lambda: f'"{draw.choice(["security council", "united nations security council"])}"',
            lambda: '("security council" OR unsc OR sc)',
        ]
    )()


FACTS = """lang:ru lang:unknown NOT.lang:en outlet:lenta outlet:herald outlet:le*
    outlet_country:RU outlet_country:unknown domain:lemonde.example published:2015-05
    seen:2015-07-01 published:2015-05-10/2015-06-10 published:/2015-06-01 mentioned:SY about:SY
    topic:syria topic:s* entity:sergei-lavrov NOT.mentioned:SY seen:2020 speaker:lavrov
    speaker:doe speaker:"jane.doe" speaker:лавров NOT.speaker:lavr* speaker:person"""


def _fact(draw: random.Random) -> str:
    return draw.choice(FACTS.split()).replace("NOT.", "NOT ").replace("jane.doe", "jane doe")


def readable_queries(draw: random.Random) -> Iterator[str]:
    """Yield queries that the parser takes, without end."""
    while True:
        text = drawn_query(draw)
        try:
            parse(text)
        except QueryError:
            continue
        yield text


def drawn_tags(draw: random.Random, text: str) -> Tags:
    """Return some tags; where mentions point at does not matter here."""
    kinds = [
        (TagKind.TOPIC, "syria"),
        (TagKind.ENTITY, "sergei-lavrov"),
        (TagKind.COUNTRY, "SY"),
    ]
    chosen = [kind for kind in kinds if draw.random() < 0.3]
    mentions = tuple(Mention(kind, tag, 0, 1, "x", Zone.BODY, why="x") for kind, tag in chosen)
    topics = tuple(tag for kind, tag in chosen if kind is TagKind.TOPIC)
    about = tuple(tag for kind, tag in chosen if kind is TagKind.COUNTRY and draw.random() < 0.5)
    quotes = tuple(_quote(draw, text) for _ in range(draw.choice([0, 0, 1, 2, 5])))
    return Tags(mentions, topics, about, quotes)


def _quote(draw: random.Random, text: str) -> Quote:
    """Return a quote of some words of a text, or of anything in it."""
    speaker, name = draw.choice(
        [("sergei-lavrov", "Лавров"), ("sergei-lavrov", ""), ("person:Jane Doe", "Doe"), ("", "he")]
    )
    start = draw.randint(0, len(text))
    end = min(start + draw.choice([0, 1, 15, 60, 300]), len(text))
    if draw.random() < 0.7:
        start, end = text.rfind(" ", 0, start) + 1, max(text.find(" ", end), start)
    certain = draw.random() < 0.6
    return Quote(start, end, QuoteKind.DIRECT, Zone.BODY, speaker, name, certain=certain)


@dataclass
class Drawn:
    """A store of drawn articles, to which more can be added."""

    path: Path
    draw: random.Random
    count: int = 0

    def add(self, articles: int) -> None:
        """Add new articles, and new versions of a tenth as many old ones, in one commit."""
        with open_writer(self.path, now=NOW) as writer:
            writer.begin(Fetch("files", SourceKind.JSONL, f"{self.count}.jsonl"))
            for number in range(self.count, self.count + articles):
                self.put(writer, number, 1)
            if self.count:
                old = self.draw.sample(range(self.count), min(self.count, articles // 10))
                for number in old:
                    version = 1 + len(writer.known.versions[article(number).article_id])
                    self.put(writer, number, version)
        self.count += articles

    def put(self, writer: Writer, number: int, version: int) -> None:
        """Add one version of a drawn article."""
        made = drawn_article(self.draw, number)
        if version > 1:
            made = replace(made, text_source=self.draw.choice(list(TextSource)))
        decision = Decision(Outcome.STORED, made.article_id, version)
        own = writer.known.own_ids.get(made.article_id, made.article_id)
        writer.add(made, decision, Placement(own, CopyLevel.NONE), drawn_tags(self.draw, made.text))

    def learn(self, share: float) -> None:
        """Let a share of all lines be furniture, and no others."""
        with open_writer(self.path, now=NOW) as writer, closing(open_store(self.path)) as store:
            keys = store._connection.execute(
                "SELECT DISTINCT line_key, outlet FROM lines"
            ).fetchall()
            chosen = [row for row in keys if self.draw.random() < share]
            writer.replace_furniture([LearnedLine(*row, since=NOW, counts=False) for row in chosen])


def texts_of(store: Store) -> list[Text]:
    """Return the current texts of all articles, split into words once."""
    with store._connection.cursor() as cursor:
        return list(read_texts(cursor, {"topic", "speaker"}))


def by_matcher(texts: list[Text], query: str) -> dict[int, tuple[int, int]]:
    """Return what a query counts in each article, by looking at every text."""
    parsed, found = parse(query), {}
    for text in texts:
        spans = match(parsed, text.searchable)
        if spans is not None:
            zones = [zone_at(text.zones, span.start) for span in spans]
            found[text.article_id] = len(spans), zones.count(Zone.HEADLINE)
    return found


def by_index(store: Store, query: str) -> dict[int, tuple[int, int]]:
    """Return what the store counts in each article."""
    rows = store._searches.find(query).hits.to_pylist()
    return {row["article_id"]: (row["n"], row["n_headline"]) for row in rows}


def disagreements(store: Store, draw: random.Random, pairs: int) -> Iterator[str]:
    """Yield queries on which index and matcher differ, among as many as make so many pairs."""
    texts, asked = texts_of(store), readable_queries(draw)
    for _ in range(-(-pairs // len(texts))):
        query = next(asked)
        if by_index(store, query) != by_matcher(texts, query):
            yield query


def main() -> None:
    """Print the queries on which index and matcher differ, and how many pairs were compared."""
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    bad = done = read = 0
    while done < pairs:
        draw = random.Random(seed)
        with tempfile.TemporaryDirectory() as folder:
            drawn = Drawn(Path(folder) / "store", draw)
            for size in (60, 20, 20):
                drawn.add(size)
            if seed % 2:
                drawn.learn(0.1)
            with closing(open_store(drawn.path)) as store:
                for query in disagreements(store, draw, 20_000):
                    print(f"seed {seed}: {query}")
                    bad += 1
                read += sum(found.read for found in store._searches.kept.values())
        done, seed = done + 20_000, seed + 1
    print(f"{done} pairs, {bad} queries differ; in the last stores {read} texts were read")


if __name__ == "__main__":
    main()
