"""Print how often the language of a real title is found.

Usage: python -m tests.quality.languages [../shared/data]

The titles are those of fundus' gold and of htmldate's and scrapinghub's pages. A title is in the
language its page declares, unless `gold/languages/titles.json` says otherwise: there stand the
pages that declare none or a wrong one, the titles in another language than their page, and, as "",
those in no language (names only), which are left out. The texts are the gold bodies, so htmldate's
pages have none. Kindred codes are one language, as in `pipelines/language.py`.
"""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import html
from trafilatura.utils import decode_file

from pipelines.language import code_of, detect
from pipelines.urls import domain_of
from tests.quality import body_f1, date_days
from tests.quality.fundus import fundus_gold

GOLD = Path(__file__).resolve().with_name("gold") / "languages" / "titles.json"
CORPORA = ("fundus-parsers", "htmldate-eval", "scrapinghub-aeb")
_LEAD = 500
_DECLARED = re.compile(r"<html[^>]*?\slang\s*=\s*[\"']?([A-Za-z_-]+)", re.IGNORECASE)
_KINDRED = {"nn": "no", "nb": "no", "wuu": "zh", "yue": "zh"}


@dataclass(frozen=True, slots=True)
class Title:
    """One real title: its page's text (empty: no gold) and declared language, and its true one."""

    publisher: str
    title: str
    text: str
    declared: str
    language: str


@dataclass(frozen=True, slots=True)
class LanguageScore:
    """Whether the language was found; those with the text are None where there is no gold text."""

    publisher: str
    language: str
    by_title: bool
    by_title_declared: bool
    by_text: bool | None
    by_text_declared: bool | None


def titles(pages: Path) -> Iterator[Title]:
    """Yield all titles that are in a language, set by set."""
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    for corpus, read in zip(CORPORA, (_fundus, _htmldate, _scrapinghub), strict=True):
        for name, found in read(pages / corpus):
            language = gold[corpus].get(name, kindred(code_of(found.declared)))
            if language and found.title:
                yield Title(found.publisher, found.title, found.text, found.declared, language)


def scores(pages: Path) -> list[LanguageScore]:
    """Return what our detector makes of every title."""
    return [_score(title, detect) for title in titles(pages)]


def language_accuracy(found: Sequence[LanguageScore]) -> float:
    """Return the share of titles whose language is found from the title alone."""
    return _share([s.by_title for s in found])


def declared_accuracy(found: Sequence[LanguageScore]) -> float:
    """Return the same where the page's declaration, right or wrong, is given too."""
    return _share([s.by_title_declared for s in found])


def text_accuracy(found: Sequence[LanguageScore]) -> float:
    """Return the share found from title and first 500 characters."""
    return _share([s.by_text for s in found if s.by_text is not None])


def text_declared_accuracy(found: Sequence[LanguageScore]) -> float:
    """Return the share found from title, 500 characters and declaration, as when ingesting."""
    return _share([s.by_text_declared for s in found if s.by_text_declared is not None])


def mean_over_languages(found: Sequence[LanguageScore]) -> float:
    """Return the accuracy on titles as the mean of languages; 88 % are German or English."""
    by_language: dict[str, list[bool]] = defaultdict(list)
    for score in found:
        by_language[score.language].append(score.by_title)
    return _share_of(list(map(_share, by_language.values())))


def peer_scores(read: Sequence[Title], detector: Callable[[str], str]) -> list[LanguageScore]:
    """Return what a peer makes of every title; it takes no declaration."""
    return [_score(title, lambda text, _: kindred(detector(text))) for title in read]


def kindred(code: str) -> str:
    """Return the code that stands for all members of a language."""
    return _KINDRED.get(code, code)


def _score(title: Title, detector: Callable[[str, str], str]) -> LanguageScore:
    both = f"{title.title}\n{title.text[:_LEAD]}"
    has_text = bool(title.text)

    def right(text: str, declared: str) -> bool:
        return detector(text, declared) == title.language

    return LanguageScore(
        title.publisher,
        title.language,
        by_title=right(title.title, ""),
        by_title_declared=right(title.title, title.declared),
        by_text=right(both, "") if has_text else None,
        by_text_declared=right(both, title.declared) if has_text else None,
    )


def _fundus(folder: Path) -> Iterator[tuple[str, Title]]:
    for page in fundus_gold(folder):
        declared, title = _of_page(page.content)
        title = page.gold.get("title") or title
        yield page.name, Title(page.outlet, title, _gold_text(page.gold), declared, "")


def _gold_text(gold: Mapping[str, Mapping[str, Sequence[Mapping[str, Sequence[str]]]]]) -> str:
    body = gold.get("body") or {}
    paragraphs = [line for part in body.get("sections", ()) for line in part.get("paragraphs", ())]
    return " ".join([*(body.get("summary") or ()), *paragraphs])


def _htmldate(folder: Path) -> Iterator[tuple[str, Title]]:
    for page in date_days.htmldate_pages(folder):
        declared, title = _of_page(page.content)
        yield page.name, Title(domain_of(page.url) or page.name, title, "", declared, "")


def _scrapinghub(folder: Path) -> Iterator[tuple[str, Title]]:
    for page in body_f1.body_pages(folder):
        declared, title = _of_page(page.content)
        yield page.name, Title(domain_of(page.url), title, page.body, declared, "")


def _of_page(content: bytes) -> tuple[str, str]:
    """Return the declared language and the title: Open Graph's, else the `<title>`."""
    markup = decode_file(content)
    declared = _DECLARED.search(markup)
    tree = html.fromstring(markup.encode(), parser=html.HTMLParser(encoding="utf-8"))
    graph = [one for one in tree.xpath('//meta[@property="og:title"]/@content') if one.strip()]
    title = graph[0] if graph else tree.findtext(".//title") or ""
    return declared[1] if declared else "", " ".join(title.split())


def _share(answers: Sequence[bool]) -> float:
    return _share_of([float(answer) for answer in answers])


def _share_of(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0


def _print_figures(name: str, found: Sequence[LanguageScore]) -> None:
    print(
        f"{name:10} title {language_accuracy(found):.4f}, by language "
        f"{mean_over_languages(found):.4f}, declared too {declared_accuracy(found):.4f}; "
        f"with text {text_accuracy(found):.4f}, declared too {text_declared_accuracy(found):.4f}"
    )


if __name__ == "__main__":
    root = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data") / "pages"
    everything = list(titles(root))
    print(f"{len(everything)} titles in {len({t.language for t in everything})} languages")
    _print_figures("ours", [_score(title, detect) for title in everything])
