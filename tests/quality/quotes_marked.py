"""Print how well direct quotes are found in pages of languages whose sentences are not taken apart.

Usage: python -m tests.quality.quotes_marked [../shared/data] [--wrong]

`gold/quotes_marked/keys.json` has pages of the corpora of `topic_texts.py` by their unit, and of
each the quotes: a digest of the quoted words and who said them, as the page names them most fully
("ein Sprecher" where it names nobody). Words between marks that nobody is said to have said are
left out: titles, terms, slogans, and stretches of fewer than three words.

- "whole" pages (24, all German) have all their quotes labelled; the others those that were shown as
  certain, each judged by reading. So recall is of the whole pages, the precision of certain
  speakers of all.
- A speaker is right where the last word of the labelled name is in the name shown.

The labels were set by who wrote the rules, on pages that were read once before the last mends: the
first reading, of 113 quotes shown as certain, found 9 wrong (.92). So this is no blind test.
"""

import argparse
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipelines.article import Article, Quote, Tags
from pipelines.tagging import TAGGERS, Definitions, Tagger
from tests.quality.topic_texts import article_of, read_texts

GOLD = Path(__file__).with_name("gold") / "quotes_marked" / "keys.json"
Gold = Mapping[tuple[str, str], Mapping[str, object]]
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class MarkedScore:
    """What became of the quotes of one page; all are counts."""

    publisher: str
    language: str
    labelled: int  # of a page that is labelled as a whole, else 0
    right: int  # of those
    certain: int
    certain_right: int


def digest(words: str) -> str:
    """Return what stands for quoted words in the labels: a digest of their letters."""
    letters = "".join(_LETTERS.findall(words.casefold()))
    return hashlib.sha256(letters.encode()).hexdigest()[:12]


def read_gold() -> Gold:
    """Return the labels by corpus and unit."""
    pages = json.loads(GOLD.read_text(encoding="utf-8"))
    return {(page["corpus"], page["unit"]): page for page in pages}


def marked_scores(
    data: Path, every: int = 1, *, gold: Gold | None = None, wrong: bool = False
) -> list[MarkedScore]:
    """Return the scores of every n-th labelled page in their order; `wrong` prints mistakes."""
    chosen = dict(list((read_gold() if gold is None else gold).items())[::every])
    found = {}
    for text in read_texts(data, frozenset(corpus for corpus, _ in chosen)):
        page = chosen.get((text.corpus, text.unit))
        article = article_of(text) if page is not None else None
        if page is None or article is None:
            continue
        quotes = quotes_of(article)
        found[text.corpus, text.unit] = _score(text.publisher, page, article, quotes)
        for line in _amiss(page, article, quotes) if wrong else ():
            print(line)
    missing = set(chosen) - set(found)
    if missing:
        raise ValueError(f"labelled pages that are not there: {sorted(missing)[:3]}")
    return [found[key] for key in chosen]


def quotes_of(article: Article) -> Sequence[Quote]:
    """Return the quotes that the taggers find."""
    found = Tags()
    for tagger in _taggers():
        found += tagger.find(article, found)
    return found.quotes


@cache
def _taggers() -> tuple[Tagger, ...]:
    return tuple(make(Definitions(())) for name, make in TAGGERS.items() if name != "topics")


def _score(publisher: str, page: Mapping, article: Article, quotes: Sequence[Quote]) -> MarkedScore:
    speakers = dict(page["quotes"])
    right = {
        digest(article.text[one.start : one.end])
        for one in quotes
        if _is_right(one, speakers, article)
    }
    certain = [one for one in quotes if one.certain]
    return MarkedScore(
        publisher=publisher,
        language=article.language,
        labelled=len(speakers) if page["whole"] else 0,
        right=len(right) if page["whole"] else 0,
        certain=len(certain),
        certain_right=sum(_is_right(one, speakers, article) for one in certain),
    )


def _is_right(quote: Quote, speakers: Mapping[str, str], article: Article) -> bool:
    speaker = speakers.get(digest(article.text[quote.start : quote.end]), "")
    return is_speaker(quote.speaker_name, speaker)


def is_speaker(shown: str, labelled: str) -> bool:
    """Return whether a name shown has the last word of a labelled one; `|` parts these."""
    names = [name.casefold().split() for name in labelled.split("|")]
    return any(words and words[-1] in shown.casefold() for words in names)


def _amiss(page: Mapping, article: Article, quotes: Sequence[Quote]) -> Iterator[str]:
    speakers = dict(page["quotes"])
    for one in quotes:
        if one.certain and not _is_right(one, speakers, article):
            said = article.text[one.start : one.end]
            labelled = speakers.get(digest(said), "nobody")
            shown = f"{one.speaker_name} ({one.why})"
            yield f"{page['unit']}: {shown}, labelled {labelled}: {said[:80]}"


def certain_precision(scores: Iterable[MarkedScore]) -> float:
    """Return how many of the speakers that are shown as certain are right, as a share."""
    scores = list(scores)
    return _share(sum(s.certain_right for s in scores), sum(s.certain for s in scores))


def recall(scores: Iterable[MarkedScore]) -> float:
    """Return how many of the quotes of whole pages are found with the right speaker."""
    scores = list(scores)
    return _share(sum(s.right for s in scores), sum(s.labelled for s in scores))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"))
    parser.add_argument("--wrong", action="store_true")
    options = parser.parse_args()
    scores = marked_scores(options.data, wrong=options.wrong)
    certain, labelled = sum(s.certain for s in scores), sum(s.labelled for s in scores)
    print(
        f"{len(scores)} pages; of {certain} certain speakers right: {certain_precision(scores):.3f}"
    )
    print(f"of {labelled} quotes found with the right speaker: {recall(scores):.3f}")


if __name__ == "__main__":
    main()
