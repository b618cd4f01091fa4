"""How well shorter names are linked to the full one: gold names in, right and wrong links out.

Two sets of gold names are read. GUM's news and interviews (CC BY 4.0) have chains of coreference; a
mention is a name where, without titles, all its words are capitalised. Our own news texts have an
id for each name. The names are those of the gold, so that only linking is judged. A person's name
of one word that a longer name of its chain has too should be linked to a longer name of its chain.

`python -m tests.quality.linking ../shared/data train dev` prints the figures.
"""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.tagging.linking import PERSON, NameSpan, link_names
from tests.quality.news_texts import news_texts

_GOLD = Path(__file__).with_name("gold") / "news"
_TITLES_TEXT = """
mr mrs ms dr sir lord lady president minister prime premier secretary senator sen rep professor prof
captain chancellor king queen prince princess pope judge justice general gen governor mayor coach
one pilot fighter sheriff state foreign defence defense vice former then the director minister's
presidential chief
"""
_TITLES = frozenset(_TITLES_TEXT.split())
_PRONOUNS_TEXT = """
i you he she his her him my me we your they it mp
"""
_PRONOUNS = frozenset(_PRONOUNS_TEXT.split())
_SMALL_TEXT = """
al bin de del der den di du la le van von el ibn da dos
"""
_SMALL = frozenset(_SMALL_TEXT.split())
_KINDS = {"PER": PERSON, "ORG": "organisation", "LOC": "place"}


@dataclass(frozen=True, slots=True)
class GoldName:
    """A name, and the chain of names of one thing that it belongs to."""

    span: NameSpan
    chain: str


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text and the names in it, in order of their place."""

    name: str
    text: str
    names: list[GoldName]


@dataclass(frozen=True, slots=True)
class LinkScore:
    """What became of one name of a person that is, or was taken for, a shorter one."""

    publisher: str  # the document
    wanted: bool  # a longer name of its chain is in the text
    linked: bool  # to a longer name
    right: bool  # of its chain
    surface: str = ""


def link_scores(documents: Iterable[GoldText]) -> list[LinkScore]:
    """Return a score for each name of a person that is a shorter one or was linked as one."""
    scores = []
    for document in documents:
        names = document.names
        links = link_names([name.span for name in names], document.text)
        full: dict[str, set[str]] = defaultdict(set)
        for name in names:
            if _words(name) > 1:
                full[name.chain].update(_parts(name))
        for index, (name, link) in enumerate(zip(names, links, strict=True)):
            to = names[link.full]
            wanted = _words(name) == 1 and _parts(name) <= full[name.chain]
            linked = link.full != index and _words(to) > 1 == _words(name)
            if name.span.kind == PERSON and (wanted or linked):
                right = linked and to.chain == name.chain
                scores.append(LinkScore(document.name, wanted, linked, right, name.span.surface))
    return scores


def link_precision(scores: Sequence[LinkScore]) -> float:
    """Return the share of right links among those made."""
    made = [score.right for score in scores if score.linked]
    return sum(made) / len(made) if made else 0.0


def link_recall(scores: Sequence[LinkScore]) -> float:
    """Return the share of right links among the shorter names whose full name is in the text."""
    wanted = [score.right for score in scores if score.wanted]
    return sum(wanted) / len(wanted) if wanted else 0.0


def gum_documents(data: Path) -> Iterator[GoldText]:
    """Yield the names of each text of GUM's news and interviews; offsets are of its tokens."""
    for path in sorted((data / "entities" / "ner" / "gum").glob("GUM_*.tsv")):
        if path.name.startswith(("GUM_news", "GUM_interview")):
            yield _gum_text(path.stem, path.read_text(encoding="utf-8"))


def news_documents(data: Path, splits: Sequence[str]) -> Iterator[GoldText]:
    """Yield the names of our own news texts of these splits."""
    rows = json.loads((_GOLD / "documents.json").read_text(encoding="utf-8"))
    wanted = {row["id"] for row in rows if row["split"] in splits}
    keys = json.loads((_GOLD / "keys.json").read_text(encoding="utf-8"))
    named = {key["id"]: key["entities"] for key in keys if key["id"] in wanted}
    for text in news_texts(data):
        if text.id in named:
            names = [_our_name(text.text, *one) for one in named[text.id]]
            yield GoldText(text.id, text.text, names)


def _our_name(text: str, start: int, end: int, kind: str, chain: str) -> GoldName:
    before = text[:start].split()[-1:] or [""]
    return GoldName(NameSpan(start, end, text[start:end], _KINDS[kind], before[0]), chain)


def _words(name: GoldName) -> int:
    return len(name.span.surface.split())


def _parts(name: GoldName) -> set[str]:
    return set(re.findall(r"\w+", name.span.surface.casefold()))


def _gum_text(name: str, content: str) -> GoldText:
    """Return a text and its names: WebAnno TSV 3, one token a line."""
    tokens: list[tuple[int, str]] = []
    spans: dict[str, list[int]] = defaultdict(list)  # number of a mention -> its tokens
    kinds: dict[str, str] = {}
    linked: list[tuple[str, str]] = []
    first_at: dict[str, str] = {}  # sentence and token -> the mention of no number there
    for line in content.splitlines():
        cells = line.split("\t")
        if len(cells) < 9:
            continue
        place, offsets, word, entities, links, to = *cells[:4], cells[7], cells[8]
        for entity in entities.split("|") if entities != "_" else []:
            kind, _, number = entity.partition("[")
            key = number.rstrip("]") or f"at {place}"
            spans[key].append(len(tokens))
            kinds[key] = kind
            first_at.setdefault(f"{place} {key}", key)
        for rule, target in zip(links.split("|"), to.split("|"), strict=False):
            if rule.startswith(("coref", "appos", "ana", "cata")) and "[" in target:
                there, _, pair = target.rstrip("]").partition("[")
                other, _, mine = pair.partition("_")
                linked.append((_mention(there, other), _mention(place, mine)))
            elif rule.startswith(("coref", "appos", "ana", "cata")) and target != "_":
                linked.append((f"at {target}", f"at {place}"))
        tokens.append((int(offsets.partition("-")[0]), word))
    chain = _chains(linked, list(spans))
    names = (_gum_name(tokens, spans[key], kinds[key], chain[key]) for key in spans)
    found = {(name.span.start, name.span.end): name for name in names if name is not None}
    text = ""
    for start, word in tokens:
        text = text.ljust(start) + word
    return GoldText(name, text, [found[place] for place in sorted(found)])


def _mention(place: str, number: str) -> str:
    return f"at {place}" if number in ("", "0") else number


def _chains(linked: list[tuple[str, str]], mentions: list[str]) -> dict[str, str]:
    parent = {mention: mention for mention in mentions}

    def root(mention: str) -> str:
        while parent.setdefault(mention, mention) != mention:
            mention = parent[mention]
        return mention

    for one, other in linked:
        parent[root(one)] = root(other)
    return {mention: root(mention) for mention in mentions}


def _gum_name(
    tokens: list[tuple[int, str]], places: list[int], kind: str, chain: str
) -> GoldName | None:
    if kind not in ("person", "organization", "place"):
        return None
    words = [tokens[place] for place in places]
    cut = next((number for number, (_, word) in enumerate(words) if word in (",", "(")), len(words))
    words = [one for one in words[:cut] if one[1] not in (".", "'s", "\u2019s", '"')]
    title = ""
    while words and words[0][1].casefold().strip(".") in _TITLES:
        title = words.pop(0)[1]
    if (
        not words
        or len(words) > 5
        or words[0][1].casefold() in _PRONOUNS
        or not all(_is_name(word) for _, word in words)
    ):
        return None
    kind = {"organization": "organisation"}.get(kind, kind)
    surface = re.sub(" - ", "-", " ".join(word for _, word in words))
    start, end = words[0][0], words[-1][0] + len(words[-1][1])
    return GoldName(NameSpan(start, end, surface, kind, title), chain)


def _is_name(word: str) -> bool:
    return word[:1].isupper() or word in _SMALL or word in ("-", "'")


def main(arguments: Sequence[str]) -> None:
    """Print precision and recall on GUM, and on our texts of the splits named."""
    data, splits = Path(arguments[0]), arguments[1:]
    for name, documents in (("GUM", gum_documents(data)), ("ours", news_documents(data, splits))):
        scores = link_scores(documents)
        made, wanted = sum(s.linked for s in scores), sum(s.wanted for s in scores)
        print(
            f"{name}: P {link_precision(scores):.3f} of {made}, "
            f"R {link_recall(scores):.3f} of {wanted}"
        )
        if "test" not in splits:
            for score in scores:
                if score.linked != score.right or (score.wanted and not score.right):
                    print("  ", score)


if __name__ == "__main__":
    main(sys.argv[1:])
