"""Measure how well names are found: texts labelled by hand in, F1 by exact span and kind out.

Usage: python -m tests.quality.names DATA [SPLIT ...]     our gold; dev if no split is given
       python -m tests.quality.names DATA --public        public corpora

Two readings of our gold (`gold/news/GUIDELINE.md`): "spans" is the names model alone; "union" is
what a user gets: the mentions of the table, of the names model, and of countries and places by
name. A mention of the table is compared without the role in it, and with the bracket behind it as a
name of its own; a country mention counts where it is a noun; a body that is told of and not named,
which the guideline leaves out ("the Iraqi government", "parliament"), is none. Where two overlap,
the table is before the names model, and that before the countries.

Of the public corpora the shipped model has not seen GUM's news, whose labels are derived from
entities that are also common nouns (`names_corpora.py`) and hold mistakes. Of WikiGold it has seen
all, so there models are fitted without what they are asked: in five parts, and without any of it.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.article import Article, Mention, TagKind, Zone
from pipelines.tagging import Taggers, entity_names, find_mentions, make_taggers
from pipelines.tagging.places import kind_of
from pipelines.tagging.spans import CRF, SpanKind, make_spans
from pipelines.tagging.spans.crf import KINDS, spans_of
from pipelines.tagging.spans.features import Describer
from pipelines.tagging.spans.lexicon import read_lexicon
from pipelines.tagging.spans.model import read_model
from pipelines.tagging.state_bodies import RULE
from pipelines.tagging.state_bodies.table import GOVERNMENT
from tests.quality.bootstrap import interval
from tests.quality.fit_names import (
    AS_FIRST,
    AS_SECOND,
    described,
    fit,
    silver,
    with_capitals,
)
from tests.quality.names_corpora import Name, NamedText, gold_texts, gum_texts, wikigold_texts
from tests.tagging.written import article

_LABELS = {kind: label for label, kind in KINDS.items()}
_NOUNS = frozenset({"name", "region", "city", "metonym"})
_ALIAS = re.compile(r"'(.*?)'(?: after '|$)")  # "role + name 'Price' after 'Ned Price'"
_CROWN = re.compile(r"(?:Pope|King|Queen|Prince|Princess|Emperor) (?=[A-Z])")  # in an alias
_THE = re.compile("(the )?", re.IGNORECASE)  # our gold leaves articles out
_BRACKET = re.compile(r"(.+) \((.+)\)")
Reading = Callable[[str], Iterable[Name]]


@dataclass(frozen=True, slots=True)
class NameScore:
    """The names of one text by kind: true, found, and both."""

    publisher: str  # the text itself: whole texts are drawn
    true: frozenset[Name]
    found: frozenset[Name]


def f1(scores: Sequence[NameScore], kind: str = "") -> float:
    """Return F1 over the names of these texts, of one kind or of all."""
    true, found, both = counts(scores, kind)
    return 2 * both / (true + found) if true + found else 0.0


def counts(scores: Sequence[NameScore], kind: str = "") -> tuple[int, int, int]:
    """Return how many names there are, how many were found, and how many of them are right."""
    true = found = both = 0
    for one in scores:
        mine = {name for name in one.true if name[2] == kind or not kind}
        theirs = {name for name in one.found if name[2] == kind or not kind}
        true, found, both = true + len(mine), found + len(theirs), both + len(mine & theirs)
    return true, found, both


def spans_alone() -> Reading:
    """Return the reading of the names model."""
    finder = make_spans(CRF)
    return lambda text: [
        (span.start, span.end, _LABELS[span.kind]) for span in finder.spans(text, "en")
    ]


def union(taggers: Taggers | None = None) -> Reading:
    """Return the reading of all that a user gets."""
    chosen = taggers or make_taggers(())

    def read(text: str) -> list[Name]:
        mentions = find_mentions(as_article(text), chosen).mentions
        kept: list[Name] = []
        for kind in (TagKind.ENTITY, TagKind.NAME, TagKind.COUNTRY):
            for name in (name for one in mentions if one.kind is kind for name in _names(one)):
                if not any(name[0] < other[1] and other[0] < name[1] for other in kept):
                    kept.append(name)
        return kept

    return read


def as_article(text: str) -> Article:
    """Return the text as an article: the first line is its headline."""
    headline, *body = text.split("\n")
    return article((Zone.HEADLINE, headline), *body)


def _names(mention: Mention) -> Iterator[Name]:
    if mention.kind is TagKind.NAME:
        kind = SpanKind(mention.tag.partition(":")[0])
        yield mention.start, mention.end, _LABELS[kind]
    elif mention.kind is TagKind.COUNTRY:
        if kind_of(mention.why) in _NOUNS:
            article = len(_THE.match(mention.surface).group())
            yield mention.start + article, mention.end, "LOC"
    elif not _is_told_of(mention):
        kind = SpanKind(entity_names()[mention.tag].type)
        for start, end in _without_role(mention):
            yield start, end, _LABELS[kind]


def _is_told_of(mention: Mention) -> bool:
    """Return whether a state body is told of, and not named: a government, or in small letters."""
    if not mention.why.startswith(RULE):
        return False
    return mention.tag.endswith(f"-{GOVERNMENT}") or mention.surface.islower()


def _without_role(mention: Mention) -> Iterator[tuple[int, int]]:
    """Yield the place of the name in a mention of the table, and of the name in its bracket."""
    surface, start = mention.surface, mention.start
    bracket = _BRACKET.fullmatch(surface)
    if bracket:
        yield start, start + len(bracket.group(1))
        yield start + bracket.start(2), start + bracket.end(2)
        return
    alias, crown = _ALIAS.search(mention.why), _CROWN.match(surface)
    skipped = crown.end() if crown else 0
    if mention.why.startswith("role") and alias:
        words = [found.start() for found in re.finditer(r"\S+", surface)]
        skipped = words[-min(len(alias.group(1).split()), len(words))]
    yield start + skipped, mention.end


def scores_of(texts: Iterable[NamedText], reading: Reading) -> list[NameScore]:
    """Return what a reading makes of each text."""
    return [NameScore(one.id, frozenset(one.names), frozenset(reading(one.text))) for one in texts]


def model_reading(first: bytes, second: bytes) -> Reading:
    """Return the reading of two models that were just fitted."""
    tagger, asked = read_model(first), read_model(second)
    describer = Describer(read_lexicon())

    def read(text: str) -> Iterator[Name]:
        for sentences, features, _ in described([NamedText("", "", text)], describer, tagger):
            for words, said in zip(sentences, asked.labels(features), strict=True):
                for span in spans_of(words, said):
                    yield span.start, span.end, _LABELS[span.kind]

    return read


def public_scores(data: Path) -> Iterator[tuple[str, list[NameScore]]]:
    """Yield the scores of models that have not seen what they are asked."""
    first = fit(silver(data), AS_FIRST)
    gold, wiki, gum = gold_texts(data, "train"), list(wikigold_texts(data)), list(gum_texts(data))
    news = [one for one in gum if "_news_" in one.id]
    yield "GUM news, not seen", scores_of(news, spans_alone())
    gum = [one for one in gum if one not in news]
    parts: list[NameScore] = []
    for part in range(5):
        seen = [one for number, one in enumerate(wiki) if number % 5 != part]
        second = fit(with_capitals([*gold, *seen, *gum]), AS_SECOND, read_model(first))
        parts += scores_of(wiki[part::5], model_reading(first, second))
    yield "WikiGold, five parts", parts
    second = fit(with_capitals([*gold, *gum]), AS_SECOND, read_model(first))
    yield "WikiGold, none seen", scores_of(wiki, model_reading(first, second))


def show(title: str, scores: Sequence[NameScore]) -> None:
    """Print a line of figures: F1 with its interval, precision, recall, F1 of each kind."""
    true, found, both = counts(scores)
    low, high = interval(scores, f1)
    kinds = "  ".join(f"{kind} {f1(scores, kind):.3f}" for kind in _LABELS.values())
    print(
        f"{title:24} F1 {f1(scores):.3f} ({low:.3f} to {high:.3f})  "
        f"P {both / max(found, 1):.3f}  R {both / max(true, 1):.3f}  {kinds}  {true} names",
        flush=True,
    )


def main(arguments: Sequence[str]) -> None:
    """Print the figures that are asked for."""
    data, *rest = arguments
    if "--public" in rest:
        for title, scores in public_scores(Path(data)):
            show(title, scores)
        return
    for split in rest or ["dev"]:
        texts = gold_texts(Path(data), split)
        show(f"{split}, spans", scores_of(texts, spans_alone()))
        show(f"{split}, union", scores_of(texts, union()))


if __name__ == "__main__":
    main(sys.argv[1:])
