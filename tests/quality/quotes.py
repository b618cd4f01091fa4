"""Print how well quotes and their speakers are found in texts labelled by a reader.

Usage: python -m tests.quality.quotes [../shared/data] [--split train dev] [--names gold|found]
                                      [--gold news|more|ru] [--wrong]

The rules, chosen once, before the tagger was written:

- A quote found and a quote labelled, both of one kind, are the same where F1 over the characters
  they share is at least .8 (`OVERLAP`); each is matched once, the best overlap first. How many are
  the same to the character is reported beside it ("exact").
- The speaker is right where the words beside the quote lie on the labelled place or on another
  mention of the same id, and, where the quote carries a tag, the tag's person or body is the one
  labelled. A tag is known by the labelled names that its mentions lie on, else by its name.
- Recall, precision and F1 are of quotes found with the right speaker. "Certain" is the share of
  right speakers among the quotes that are shown as certain and match a labelled one; "certain,
  strict" counts every quote shown as certain, also those that match no labelled one, as wrong.
- "Named" is the share of the labelled quotes of a speaker whose name the text has, found with that
  person's or body's tag.

`--gold more` are texts of the same archives that are labelled for quotes alone
(`gold/quotes_more.json`, see the guideline). Names are not labelled there, so a speaker with a name
is right where a word of the name is shown.

Intervals are 95 % over documents drawn with replacement. Names are the labelled ones, handed
to the tagger as candidates (`gold`), or what the taggers before it find (`found`). Offsets and
hashes alone are kept of the texts. `--wrong` prints what was missed and is never to be used on the
test split.
"""

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipelines.article import (
    Article,
    Mention,
    Outlet,
    Publication,
    Quote,
    QuoteKind,
    TagKind,
    Tags,
    TextSource,
    Zone,
    ZoneSpan,
)
from pipelines.tagging import TAGGERS, Definitions, Tagger, entity_names
from pipelines.tagging.quotes import QuoteTagger
from tests.quality.bootstrap import interval
from tests.quality.news_texts import news_texts
from tests.quality.quotes_ru import russian_texts

GOLD = Path(__file__).with_name("gold")
OVERLAP = 0.8
_KINDS = {"PER": "person", "ORG": "organisation", "LOC": "place"}
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """A labelled quote: its span, kind, the speaker's place beside it, and who that is."""

    span: Span
    kind: QuoteKind
    place: Span
    speaker: str


@dataclass(frozen=True, slots=True)
class GoldText:
    """A labelled text: names as start, end, kind and id."""

    id: str
    text: str
    language: str
    names: tuple[tuple[int, int, str, str], ...]
    quotes: tuple[GoldQuote, ...]


@dataclass(frozen=True, slots=True)
class QuoteScore:
    """What became of the quotes of one kind in one text; all are counts."""

    publisher: str  # the text's id: texts are drawn, not quotes
    kind: QuoteKind
    labelled: int
    found: int
    matched: int
    exact: int
    right: int
    certain: int  # shown as certain
    certain_matched: int
    certain_right: int
    with_name: int  # labelled with a speaker whom the text names
    named: int  # of those, found with the speaker's tag


def read_gold(data: Path, gold: str, splits: Sequence[str]) -> list[GoldText]:
    """Return the labelled texts of these splits; ValueError for a text that is another now."""
    if gold == "ru":
        keys = json.loads((GOLD / "quotes_ru.json").read_text(encoding="utf-8"))
        texts = russian_texts(data)
        chosen = [key for key in keys if key["split"] in splits]
    elif gold == "more":
        keys = json.loads((GOLD / "quotes_more.json").read_text(encoding="utf-8"))
        chosen = [key for key in keys if key["split"] in splits]
        texts = {text.id: text for text in news_texts(data)}
    else:
        news = GOLD / "news"
        wanted = json.loads((news / "documents.json").read_text(encoding="utf-8"))
        split = {one["id"]: one for one in wanted if one["split"] in splits}
        keys = json.loads((news / "keys.json").read_text(encoding="utf-8"))
        chosen = [key | split[key["id"]] for key in keys if key["id"] in split]
        texts = {text.id: text for text in news_texts(data) if text.id in split}
    return [_gold_text(key, texts[key["id"]], "ru" if gold == "ru" else "en") for key in chosen]


def _gold_text(key: dict, text: object, language: str) -> GoldText:
    if text.sha256 != key["sha256"]:
        raise ValueError(f"the text {key['id']} is not the one that was labelled")
    quotes = tuple(
        GoldQuote((start, end), QuoteKind(kind), (first, last), speaker)
        for start, end, kind, first, last, speaker in key["quotes"]
    )
    names = tuple(tuple(name) for name in key.get("entities", ()))
    return GoldText(key["id"], text.text, language, names, quotes)


def article_of(gold: GoldText) -> Article:
    """Return the text as an article: the first line is its headline, the rest its body."""
    headline = gold.text.find("\n") + 1
    zones = (
        ZoneSpan(0, headline, Zone.HEADLINE),
        ZoneSpan(headline, len(gold.text), Zone.BODY),
    )
    return Article(
        article_id=1,
        outlet=Outlet("example", "Example"),
        url="",
        title=gold.text[:headline].strip(),
        text=gold.text,
        zones=zones,
        raw_text=gold.text,
        language=gold.language,
        publication=Publication(),
        text_source=TextSource.FILE,
        content_hash=0,
        text_hash=0,
        n_words=len(gold.text.split()),
    )


def gold_names(gold: GoldText) -> Tags:
    """Return the labelled names as the candidates that a perfect tagger would find."""
    fullest: dict[str, str] = {}
    for start, end, _, name in gold.names:
        fullest[name] = max(fullest.get(name, ""), gold.text[start:end], key=len)
    headline = gold.text.find("\n")
    return Tags(
        tuple(
            Mention(
                TagKind.NAME,
                f"{_KINDS[kind]}:{fullest[name]}",
                start,
                end,
                gold.text[start:end],
                Zone.HEADLINE if start < headline else Zone.BODY,
                "labelled",
            )
            for start, end, kind, name in gold.names
        )
    )


@cache
def _taggers() -> tuple[Tagger, ...]:
    return tuple(
        make(Definitions(())) for name, make in TAGGERS.items() if name not in ("topics", "quotes")
    )


def found_names(gold: GoldText) -> Tags:
    """Return what the taggers before this one find."""
    found = Tags()
    for tagger in _taggers():
        found += tagger.find(article_of(gold), found)
    return found


NAMES: dict[str, Callable[[GoldText], Tags]] = {"gold": gold_names, "found": found_names}


def scores_of(
    texts: Iterable[GoldText],
    names: Callable[[GoldText], Tags] = gold_names,
    show: Callable[[GoldText, str, object], None] = lambda text, what, quote: None,
) -> list[QuoteScore]:
    """Return what becomes of the quotes, a score for each text and kind; `show` gets mistakes."""
    tagger = _tagger()
    scores = []
    for text in texts:
        tags = names(text)
        quotes = tagger.find(article_of(text), tags).quotes
        scores += [_score(text, tags, quotes, kind, show) for kind in QuoteKind]
    return scores


@cache
def _tagger() -> QuoteTagger:
    return QuoteTagger()


def _score(
    text: GoldText,
    tags: Tags,
    quotes: Sequence[Quote],
    kind: QuoteKind,
    show: Callable[[GoldText, str, object], None],
) -> QuoteScore:
    true = [quote for quote in text.quotes if quote.kind is kind]
    ours = [quote for quote in quotes if quote.kind is kind]
    pairs = match(true, ours)
    ids = _ids_of_tags(text, tags)
    right = {number for number, mine in pairs.items() if _right(text, true[number], mine, ids)}
    for number, quote in enumerate(true):
        if number not in pairs:
            show(text, "missed", quote)
        elif number not in right:
            show(text, "wrong speaker", (quote, pairs[number]))
    for mine in ours:
        if not any(mine is other for other in pairs.values()):
            show(text, "no quote", mine)
    ids_named = {name[3] for name in text.names}
    known = [number for number, quote in enumerate(true) if quote.speaker in ids_named]
    return QuoteScore(
        publisher=text.id,
        kind=kind,
        labelled=len(true),
        found=len(ours),
        matched=len(pairs),
        exact=sum(true[n].span == (mine.start, mine.end) for n, mine in pairs.items()),
        right=len(right),
        certain=sum(mine.certain for mine in ours),
        certain_matched=sum(mine.certain for mine in pairs.values()),
        certain_right=sum(pairs[number].certain for number in right),
        with_name=len(known),
        named=sum(n in right and bool(pairs[n].speaker) for n in known),
    )


def match(true: Sequence[GoldQuote], ours: Sequence[Quote]) -> dict[int, Quote]:
    """Return which quote found is which labelled one, by its number; the best overlap first."""
    overlaps = sorted(
        (
            (_overlap(quote.span, (mine.start, mine.end)), number, place)
            for number, quote in enumerate(true)
            for place, mine in enumerate(ours)
        ),
        key=lambda one: (-one[0], one[1:]),
    )
    pairs: dict[int, Quote] = {}
    taken: set[int] = set()
    for overlap, number, place in overlaps:
        if overlap >= OVERLAP and number not in pairs and place not in taken:
            pairs[number] = ours[place]
            taken.add(place)
    return pairs


def _overlap(one: Span, other: Span) -> float:
    shared = max(min(one[1], other[1]) - max(one[0], other[0]), 0)
    return 2 * shared / (one[1] - one[0] + other[1] - other[0])


def _ids_of_tags(text: GoldText, tags: Tags) -> dict[str, str]:
    """Return for each tag the id of the labelled names that its mentions lie on most."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in tags.mentions:
        over = [one for one in text.names if one[0] < mention.end and mention.start < one[1]]
        if over:  # of "President of Ukraine Volodymyr Zelenskyy" the last
            counts[mention.tag][over[-1][3]] += 1
    return {tag: count.most_common(1)[0][0] for tag, count in counts.items()}


def _right(text: GoldText, true: GoldQuote, mine: Quote, ids: dict[str, str]) -> bool:
    if not text.names and text.language == "en":
        return _right_by_words(text, true, mine)
    same = [true.place]
    same += [(start, end) for start, end, _, name in text.names if name == true.speaker]
    same += [quote.place for quote in text.quotes if quote.speaker == true.speaker]
    if not any(start < mine.speaker_end and mine.speaker_start < end for start, end in same):
        return False
    if not mine.speaker:
        return True
    known = ids.get(mine.speaker)
    if known is None and mine.speaker in entity_names():
        known = entity_names()[mine.speaker].name
    named = {name[3] for name in text.names}
    return known in (None, true.speaker) or (not text.names and true.speaker not in named)


def _right_by_words(text: GoldText, true: GoldQuote, mine: Quote) -> bool:
    """Return whether the speaker is right in a text whose names are not labelled."""
    written = text.text[mine.speaker_start : mine.speaker_end]
    places = [true.place, *(one.place for one in text.quotes if one.speaker == true.speaker)]
    beside = written == text.text[slice(*true.place)] or any(
        start < mine.speaker_end and mine.speaker_start < end for start, end in places
    )
    wanted = _words(true.speaker)
    if true.speaker.startswith("?"):
        return beside
    if written.casefold() in ("he", "she"):
        return beside and (not mine.speaker or not wanted.isdisjoint(_words(mine.speaker_name)))
    return beside or not wanted.isdisjoint(_words(written))


def _words(name: str) -> set[str]:
    return set(re.findall(r"\w+", name.casefold())) - {"the", "of", "a"}


def _ratio(part: str, whole: str) -> Callable[[Sequence[QuoteScore]], float]:
    def figure(scores: Sequence[QuoteScore]) -> float:
        total = sum(getattr(score, whole) for score in scores)
        return sum(getattr(score, part) for score in scores) / total if total else 0.0

    return figure


def f1(scores: Sequence[QuoteScore]) -> float:
    """Return F1 of quotes found with the right speaker."""
    total = sum(score.labelled + score.found for score in scores)
    return 2 * sum(score.right for score in scores) / total if total else 0.0


recall = _ratio("right", "labelled")
precision = _ratio("right", "found")
certain_precision = _ratio("certain_right", "certain_matched")
FIGURES: dict[str, Callable[[Sequence[QuoteScore]], float]] = {
    "found (overlap)": _ratio("matched", "labelled"),
    "found (exact)": _ratio("exact", "labelled"),
    "precision of quotes": _ratio("matched", "found"),
    "speaker of those found": _ratio("right", "matched"),
    "recall with speaker": recall,
    "precision with speaker": precision,
    "F1 with speaker": f1,
    "certain": certain_precision,
    "certain, strict": _ratio("certain_right", "certain"),
    "share certain": _ratio("certain_matched", "matched"),
    "named": _ratio("named", "with_name"),
}


def _show(text: GoldText, what: str, quote: object) -> None:
    print(f"{what} in {text.id}:")
    for one in quote if isinstance(quote, tuple) else (quote,):
        ours = isinstance(one, Quote)
        span = (one.start, one.end) if ours else one.span
        place = (one.speaker_start, one.speaker_end) if ours else one.place
        before = text.text[max(span[0] - 90, 0) : span[0]]
        after = text.text[span[1] : span[1] + 70]
        beside = text.text[place[0] : place[1]]
        shown = f"{before}[[{text.text[span[0] : span[1]]}]]{after}".replace("\n", "\\n")
        rest = f"{one.speaker} {one.certain} {one.why}" if ours else one.speaker
        print(f"   {one.kind[0]} <{beside}> {rest} | {shown}")


def main() -> None:
    """Print the figures, and on request what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared/data"))
    parser.add_argument("--split", nargs="+", default=["train", "dev"])
    parser.add_argument("--names", choices=NAMES, default="gold")
    parser.add_argument("--gold", choices=("news", "more", "ru"), default="news")
    parser.add_argument("--wrong", action="store_true")
    asked = parser.parse_args()
    if asked.wrong and "test" in asked.split:
        parser.error("the test split is not to be read")
    texts = read_gold(asked.data, asked.gold, asked.split)
    extra = (_show,) if asked.wrong else ()
    scores = scores_of(texts, NAMES[asked.names], *extra)
    print(f"{len(texts)} texts of {', '.join(asked.split)}; names: {asked.names}")
    for kind in QuoteKind:
        own = [score for score in scores if score.kind is kind]
        total = sum(score.labelled for score in own)
        print(f"{kind}: {total} labelled, {sum(score.found for score in own)} found")
        for title, figure in FIGURES.items():
            low, high = interval(own, figure)
            print(f"   {title:24} {figure(own):.3f}  ({low:.3f} to {high:.3f})")
    both = certain_precision(scores), *interval(scores, certain_precision)
    print("speaker right where certain, both kinds: {:.3f} ({:.3f} to {:.3f})".format(*both))


if __name__ == "__main__":
    main()
