"""Print how often the main country of a text is right: texts labelled for it alone, figures out.

Usage: python -m tests.quality.main_country [DATA] [--half open|kept] [--wrong] [--without]

`gold/main_country/GUIDELINE.md` says which texts these are and how they were labelled. A text is
right where the first country found is one of those that are equally the main one, or where none is
labelled and none found; F1 is of all countries that it is about. `--wrong` prints the mistakes of
the open half, `--without` in how many of its texts each part of the rule makes a difference.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from lxml import etree

from pipelines.article import Article, Tags
from pipelines.tagging import Taggers, find_mentions, make_taggers
from pipelines.tagging.entity_table import read_entities
from pipelines.tagging.focus import FocusTagger, Weights, states_of
from tests.quality import topic_texts
from tests.quality.bootstrap import interval
from tests.quality.countries import GEOVIRUS, article_of
from tests.quality.news_texts import news_texts
from tests.quality.world_texts import ChangedText, sha256

GOLD = Path(__file__).with_name("gold") / "main_country" / "keys.json"
PAGES = ("fundus-parsers", "scrapinghub-aeb", "htmldate-eval")
TEXTS = ("wikinews", "geovirus", "state", "whitehouse")
_WITHOUT = {
    "silence on what is said in passing": replace(Weights(), far=10**9),
    "people": replace(Weights(), person=0.0),
    "the first of the headline": replace(Weights(), first=0.0),
    "the headline three times": replace(Weights(), headline=1.0),
}
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class MainScore:
    """One text: those that are equally its main country (none: it has none), and the one found."""

    publisher: str  # the text: what the interval draws
    true: tuple[str, ...]
    found: str  # empty where nothing is said
    title: str = ""
    about: tuple[str, ...] = ()  # all that are labelled
    about_found: tuple[str, ...] = ()

    @property
    def right(self) -> bool:
        """Say whether the one found is a main one, or none is true and none found."""
        return self.found in self.true if self.true else not self.found


def right(scores: Sequence[MainScore]) -> float:
    """Return the share of texts that are right, those about no country too."""
    return sum(score.right for score in scores) / len(scores) if scores else 1.0


def right_where_said(scores: Sequence[MainScore]) -> float:
    """Return the share that is right of the texts for which a country is said."""
    return right([score for score in scores if score.found])


def set_f1(scores: Sequence[MainScore]) -> float:
    """Return F1 over the countries that the texts are about, the main ones and others."""
    both = sum(len(score.about) + len(score.about_found) for score in scores)
    right = sum(len(set(score.about) & set(score.about_found)) for score in scores)
    return 2 * right / both if both else 1.0


def labelled(
    data: Path, half: str, corpora: Iterable[str], every: int
) -> Iterator[tuple[Row, Article]]:
    """Yield label and article of every n-th text of a half, refusing a changed text."""
    wanted = set(corpora)
    rows = [
        row
        for row in json.loads(GOLD.read_text(encoding="utf-8"))
        if row["half"] == half and row["id"].partition(":")[0] in wanted
    ]
    chosen = {row["id"]: row for row in rows[::every]}
    for name, text in _texts(data, wanted):
        if name in chosen:
            if sha256(text) != chosen[name]["sha256"]:
                raise ChangedText(f"reading {name}: its text is not the one that was labelled")
            yield chosen[name], article_of(text, headline=True)
    for page in topic_texts.read_texts(data, frozenset(wanted.intersection(PAGES))):
        row = chosen.get(f"{page.corpus}:{page.unit}")
        article = topic_texts.article_of(page) if row else None
        if row and article:
            yield row, article


def _texts(data: Path, corpora: set[str]) -> Iterator[tuple[str, str]]:
    yield from ((one.id, one.text) for one in news_texts(data) if one.archive in corpora)
    if "geovirus" not in corpora:
        return
    seen = set()
    for row in etree.parse(data / GEOVIRUS).getroot().iterfind("article"):
        address = row.findtext("source") or ""
        if address not in seen:
            seen.add(address)
            title = unquote(address.partition("/wiki/")[2]).replace("_", " ")
            name = f"geovirus:{sha256(address)[:12]}"
            yield name, f"{title}\n{row.findtext('text') or ''}"


_FIGURES = {"right": right, "right where said": right_where_said, "F1 of the set": set_f1}


@cache
def _taggers() -> Taggers:
    return make_taggers(())


def main_scores(data: Path, half: str, corpora: Iterable[str], every: int = 1) -> list[MainScore]:
    """Return a score for every n-th labelled text of a half."""
    return [
        _score(row, article, find_mentions(article, _taggers()))
        for row, article in labelled(data, half, corpora, every)
    ]


def _score(row: Row, article: Article, tags: Tags) -> MainScore:
    main = tags.about[0] if tags.about else ""
    true = tuple(row["about"])
    return MainScore(
        row["id"], true[: row["equal"]], main, article.title, about=true, about_found=tags.about
    )


def _print_without(data: Path) -> None:
    texts = [
        (row, article, find_mentions(article, _taggers()))
        for row, article in labelled(data, "open", (*TEXTS, *PAGES), 1)
    ]
    states = states_of(read_entities())
    for title, weights in _WITHOUT.items():
        tagger = FocusTagger(states, weights)
        ours = [_score(*text).right for text in texts]
        others = [_score(row, one, tagger.find(one, tags)).right for row, one, tags in texts]
        lost = sum(a and not b for a, b in zip(ours, others, strict=True))
        won = sum(b and not a for a, b in zip(ours, others, strict=True))
        print(f"without {title:36} {lost:3} of {len(texts)} become wrong, {won} right")


def main() -> None:
    """Print the figures of one half, and on request what is wrong in it or what a part adds."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.main_country")
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared/data"))
    parser.add_argument("--half", choices=("open", "kept"), default="open")
    parser.add_argument("--wrong", action="store_true", help="print what is wrong (open half only)")
    parser.add_argument("--without", action="store_true", help="print what each part adds")
    asked = parser.parse_args()
    if asked.without:
        _print_without(asked.data)
        return
    for name, corpora in {"texts": TEXTS, "pages": PAGES}.items():
        scores = main_scores(asked.data, asked.half, corpora)
        for score in scores if asked.wrong and asked.half == "open" else ():
            if not score.right:
                print(f"{score.publisher[:50]}  {score.true} {score.found!r}  {score.title[:60]}")
        for title, figure in _FIGURES.items():
            low, high = interval(scores, figure)
            print(f"{name}, {title:16} {figure(scores):.3f} [{low:.3f}, {high:.3f}]", end="  ")
        print(f"{len(scores)} texts", flush=True)


if __name__ == "__main__":
    main()
