"""How often the table of names gives a name its right id: our gold in, found and right names out.

A gold name of a person or organisation is wanted where its id, the title of an article of the
English Wikipedia, is a full name in our table; a word in brackets behind a title ("Labour Party
(UK)") is left out. A mention is right where it ends or begins with a gold name of that id, and is
not counted where the table says place, or where it is a role without a name, which the gold does
not label.

`python -m tests.quality.entity_ids ../shared/data train dev` prints the figures.
"""

import json
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from email.utils import parsedate_to_datetime
from pathlib import Path

from pipelines.article import (
    Article,
    DatePrecision,
    Mention,
    Outlet,
    Publication,
    Tags,
    TextSource,
    Zone,
    ZoneSpan,
)
from pipelines.tagging.entities import EntityTagger
from pipelines.tagging.entity_table import read_entities
from tests.quality.news_texts import NewsText, news_texts

_GOLD = Path(__file__).with_name("gold") / "news"
Key = tuple[int, int, str, str]  # start, end, kind, id


@dataclass(frozen=True, slots=True)
class IdScore:
    """What became of a gold name, or of a mention."""

    publisher: str  # the document
    is_gold: bool  # else a mention
    right: bool
    surface: str


def id_scores(data: Path, splits: Sequence[str]) -> list[IdScore]:
    """Return a score for each wanted name and for each mention in the texts of these splits."""
    entities = read_entities()
    tagger = EntityTagger(entities)
    known = {_plain(text): one.id for one in reversed(entities) for text in one.full}
    places = {one.id for one in entities if one.type == "place"}
    scores: list[IdScore] = []
    for text, keys in _labelled(data, splits):
        found = [
            one
            for one in tagger.find(_article(text), Tags()).mentions
            if one.tag not in places and not one.why.startswith("role '")
        ]
        named = [(key, known.get(_plain(key[3]))) for key in keys if key[2] != "LOC"]
        for key, wanted in named:
            if wanted is not None:
                right = any(one.tag == wanted and _meets(one, key) for one in found)
                scores.append(IdScore(text.id, True, right, text.text[key[0] : key[1]]))
        for one in found:
            right = any(wanted == one.tag and _meets(one, key) for key, wanted in named)
            scores.append(IdScore(text.id, False, right, one.surface))
    return scores


def id_precision(scores: Sequence[IdScore]) -> float:
    """Return the share of mentions that are a gold name of that id."""
    return _share([score.right for score in scores if not score.is_gold])


def id_recall(scores: Sequence[IdScore]) -> float:
    """Return the share of the wanted gold names that have a mention of their id."""
    return _share([score.right for score in scores if score.is_gold])


def _share(answers: Sequence[bool]) -> float:
    return sum(answers) / len(answers) if answers else 0.0


def _labelled(data: Path, splits: Sequence[str]) -> Iterator[tuple[NewsText, list[Key]]]:
    rows = json.loads((_GOLD / "documents.json").read_text(encoding="utf-8"))
    wanted = {row["id"] for row in rows if row["split"] in splits}
    keys = json.loads((_GOLD / "keys.json").read_text(encoding="utf-8"))
    named = {key["id"]: [tuple(one) for one in key["entities"]] for key in keys}
    return ((text, named[text.id]) for text in news_texts(data) if text.id in wanted)


def _meets(mention: Mention, key: Key) -> bool:
    start, end = key[:2]
    if ")" in mention.surface:  # a name with its abbreviation in brackets is one mention
        return mention.start <= start and end <= mention.end
    return abs(mention.end - end) < 2 or mention.start == start  # 2: the dot of "Jr."


def _plain(name: str) -> str:
    bare = re.sub(r" \(.*?\)$", "", name.removeprefix("?"))
    folded = unicodedata.normalize("NFKD", bare.casefold())
    letters = "".join(one for one in folded if not unicodedata.combining(one))
    return letters.replace(".", "").replace("-", " ").removeprefix("the ")


def _article(text: NewsText) -> Article:
    """Return the text as an article of its day: a headline, and the rest as body."""
    cut = text.text.find("\n") + 1
    zones = (ZoneSpan(0, cut, Zone.HEADLINE), ZoneSpan(cut, len(text.text), Zone.BODY))
    day = _day(text.day)
    publication = Publication()
    if day is not None:
        publication = replace(
            publication, published_day=day, precision=DatePrecision.DAY, confidence=1.0
        )
    return Article(
        article_id=1,
        outlet=Outlet("example", "Example"),
        url="",
        title="",
        text=text.text,
        zones=zones,
        raw_text=text.text,
        language="en",
        publication=publication,
        text_source=TextSource.PAGE,
        content_hash=0,
        text_hash=0,
        n_words=len(text.text.split()),
    )


def _day(written: str) -> date | None:
    for read in (lambda: date.fromisoformat(written[:10]), lambda: _rfc_day(written)):
        try:
            return read()
        except ValueError:
            continue
    return None


def _rfc_day(written: str) -> date:
    return parsedate_to_datetime(written).date()


def main(arguments: Sequence[str]) -> None:
    """Print precision and recall on our texts of the splits named."""
    scores = id_scores(Path(arguments[0]), arguments[1:])
    wanted = sum(score.is_gold for score in scores)
    print(
        f"ids: P {id_precision(scores):.3f} of {len(scores) - wanted}, "
        f"R {id_recall(scores):.3f} of {wanted}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
