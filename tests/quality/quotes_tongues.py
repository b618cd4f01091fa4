"""Print how well direct quotes are found in Spanish, Ukrainian, Turkish, Arabic and other texts.

Usage: python -m tests.quality.quotes_tongues [FOLDER] [--data ../shared/data] [--wrong]

Two sets of labels, both made by `gold/quotes_tongues/GUIDELINE.md` before the rules of these
languages had been read: `texts.json` of the texts of `tongue_texts.py` (their FOLDER; without it
they are left out), `pages.json` of pages of the test data. Each text lies in the half "open", on
which rules were mended, or "kept", which was measured before and after and never looked into.

- A quote found is the labelled one that holds at least half of its characters; in pages, where
  offsets move with the reading of the page, the one of the same letters.
- The speaker is right where the last word of a labelled name, or of another name or role that the
  label allows, is in the name shown.
- Recall is of all labelled quotes, precision of all quotes shown with a certain speaker: one that
  nobody said is wrong.

`--wrong` prints what is amiss in the open half alone.
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from pipelines.article import Article, Quote, QuoteKind
from tests.quality import quotes
from tests.quality.quotes_marked import (
    MarkedScore,
    certain_precision,
    is_speaker,
    marked_scores,
    quotes_of,
    recall,
)
from tests.quality.tongue_texts import TongueText, tongue_texts

GOLD = Path(__file__).with_name("gold") / "quotes_tongues"
HALVES = ("open", "kept")
LANGUAGES = ("es", "uk", "tr", "ar", "pl", "it", "nl")


@cache
def labels(kind: str) -> Sequence[Mapping]:
    """Return the labels of "texts" or of "pages"."""
    return json.loads((GOLD / f"{kind}.json").read_text(encoding="utf-8"))


def page_scores(
    data: Path, half: str, every: int = 1, language: str = "", *, wrong: bool = False
) -> list[MarkedScore]:
    """Return the scores of every n-th labelled page of a half, of all languages or of one."""
    gold = {
        (page["corpus"], page["unit"]): page
        for page in labels("pages")
        if page["half"] == half and language in ("", page["language"])
    }
    return marked_scores(data, every, gold=gold, wrong=wrong)


def text_scores(
    folder: Path, half: str, language: str, *, wrong: bool = False
) -> Iterator[MarkedScore]:
    """Yield the scores of the labelled texts; ValueError for a text that is another now."""
    texts = tongue_texts(folder)
    for key in labels("texts"):
        if (key["half"], key["language"]) == (half, language) and key["id"] in texts:
            text = texts[key["id"]]
            if text.sha256 != key["sha256"]:
                raise ValueError(f"the text {key['id']} is not the one that was labelled")
            article = article_of(text)
            found = [one for one in quotes_of(article) if one.kind is QuoteKind.DIRECT]
            yield _score(text, key["quotes"], found)
            for line in _amiss(text, key["quotes"], found) if wrong else ():
                print(line)


def article_of(text: TongueText) -> Article:
    """Return the text as an article."""
    return quotes.article_of(quotes.GoldText(text.id, text.text, text.language, (), ()))


def _score(text: TongueText, true: Sequence[list], found: Sequence[Quote]) -> MarkedScore:
    right = [right_label(one, true) for one in found]
    certain = [place for place, one in enumerate(found) if one.certain]
    return MarkedScore(
        publisher=text.id,
        language=text.language,
        labelled=len(true),
        right=len({place for place in right if place is not None}),
        certain=len(certain),
        certain_right=sum(right[place] is not None for place in certain),
    )


def right_label(one: Quote, true: Sequence[list]) -> int | None:
    """Return which labelled quote is found with the right speaker."""
    for place, (start, end, speaker) in enumerate(true):
        shared = min(one.end, end) - max(one.start, start)
        if 2 * shared >= one.end - one.start and is_speaker(one.speaker_name, speaker):
            return place
    return None


def _amiss(text: TongueText, true: Sequence[list], found: Sequence[Quote]) -> Iterator[str]:
    right = {right_label(one, true) for one in found}
    for one in found:
        if one.certain and right_label(one, true) is None:
            said = text.text[one.start : one.end][:70]
            yield f"{text.id} WRONG {one.speaker_name} ({one.why}): {said}"
    for place, (start, end, speaker) in enumerate(true):
        if place not in right:
            near = text.text[max(start - 90, 0) : start] + "[[" + text.text[start:end][:30]
            after = text.text[end - 20 : end] + "]]" + text.text[end : end + 80]
            line = f"{text.id} MISSED {speaker}: {near} ... {after}"
            yield line.replace("\n", "\\n")


def main() -> None:
    """Print the figures by language and half."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--half", nargs="+", choices=HALVES, default=HALVES)
    parser.add_argument("--languages", nargs="+", choices=LANGUAGES, default=LANGUAGES)
    parser.add_argument("--wrong", action="store_true")
    asked = parser.parse_args()
    for half in asked.half:
        show = asked.wrong and half == "open"
        pages = page_scores(asked.data, half, wrong=show)
        for language in asked.languages:
            scores = [one for one in pages if one.language == language]
            _print_row(f"{language} {half} pages", scores)
            if asked.folder:
                texts = list(text_scores(asked.folder, half, language, wrong=show))
                _print_row(f"{language} {half} texts", texts)


def _print_row(title: str, scores: Sequence[MarkedScore]) -> None:
    if scores:
        labelled = sum(one.labelled for one in scores)
        certain = sum(one.certain for one in scores)
        print(
            f"{title}: {len(scores)} texts; of {labelled} quotes found with the right speaker "
            f"{recall(scores):.3f}; of {certain} certain speakers right "
            f"{certain_precision(scores):.3f}"
        )


if __name__ == "__main__":
    main()
