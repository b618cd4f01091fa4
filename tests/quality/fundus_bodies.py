"""Print how well bodies are found on fundus' pages, and in which language worst.

Usage: python -m tests.quality.fundus_bodies [../shared/data]

The true body is what fundus' hand-written parser of that publisher finds: summary, headings of
sections and paragraphs. The summary is the standfirst, so ours is asked with it. The measure
is that of `body_f1.py`. Japanese, Chinese and Thai write no spaces between words, so there each
character counts as a word.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines import language
from pipelines.urls import domain_of
from tests.quality import body_f1
from tests.quality.body_f1 import BodyPage, BodyScore, f1, precision_recall
from tests.quality.fundus import fundus_gold

FEWEST = 5  # pages from which a language has a figure
_NO_SPACES = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff"
_WORD = re.compile(rf"[{_NO_SPACES}]|[^\W{_NO_SPACES}]+")


@dataclass(frozen=True, slots=True)
class LanguageScore(BodyScore):
    """A score that knows the language of its page."""

    language: str


def fundus_bodies(folder: Path) -> Iterator[BodyPage]:
    """Yield the pages that have a true body."""
    for page in fundus_gold(folder):
        body = _text_of(page.gold.get("body") or {})
        if body.strip():
            yield BodyPage(page.name, page.content, page.url, body)


def our_body(page: BodyPage) -> str:
    """Return the body that the reader of pages finds, the standfirst with it."""
    return body_f1.our_body(page, standfirst=True)


def score(page: BodyPage, found: str) -> LanguageScore:
    """Return how much of a found body is right and how much of the true one was found."""
    publisher = domain_of(page.url) or page.name.split("_")[0]
    shares = precision_recall(words(page.body), words(found))
    return LanguageScore(publisher, *shares, language.detect(page.body))


def words(text: str) -> list[str]:
    """Return the words of a text; where no spaces are written, its characters."""
    return _WORD.findall(text)


def by_language(scores: Sequence[LanguageScore]) -> dict[str, list[LanguageScore]]:
    """Return the scores of each language that has enough pages, the worst language first."""
    groups: dict[str, list[LanguageScore]] = defaultdict(list)
    for one in scores:
        groups[one.language].append(one)
    enough = {code: group for code, group in groups.items() if len(group) >= FEWEST}
    return dict(sorted(enough.items(), key=lambda item: f1(item[1])))


def worst_language(scores: Sequence[LanguageScore]) -> float:
    """Return the F1 of the language that is read worst."""
    return min(map(f1, by_language(scores).values()), default=0.0)


def _text_of(body: dict[str, list[object]]) -> str:
    lines = list(body.get("summary") or [])
    for section in body.get("sections") or []:
        if isinstance(section, dict):
            lines += [*(section.get("headline") or []), *(section.get("paragraphs") or [])]
    return "\n".join(map(str, lines))


if __name__ == "__main__":
    root = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data")
    found = [score(page, our_body(page)) for page in fundus_bodies(root / "pages/fundus-parsers")]
    print(f"all: F1 {f1(found):.4f} on {len(found)} pages")
    for code, group in by_language(found).items():
        print(f"{code}: F1 {f1(group):.4f} on {len(group)} pages")
