"""An article in, its state bodies out: ministries, parliaments, courts, armies, embassies.

Which words make such a body is for `words.py` to say, which bodies there are for `table.py`, and
which of them an article names for `named.py`. The rules here, which an analyst can review:

- Where a mention of the curated table lies, the table is right; only a mission of the United
  Nations may hold "UN".
- Words without a state ("the Foreign Ministry", "parliament") mean the body of that kind that the
  article names, if it names exactly one of the kind. "The ministry", "the Department" mean the one
  ministry or department named before.
- Behind a capitalised word ("Texas Senate"), as somebody's ("their parliament", "Abkhazia's Foreign
  Ministry") or before "of" ("Parliament of Scotland") such words are another's. A single word in
  small letters needs "the" ("the army"), but for "parliament".
- A government is only one where its state is said.
- An embassy without its place is the only one of that state that the article places.

`why` says which words made the kind and which the state, or where the body is named in full.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipelines.article import Article, Mention, TagKind, Tags
from pipelines.tagging.gazetteer import Line, lines_of, split_names
from pipelines.tagging.state_bodies.named import Named, NamedBodies, Taken
from pipelines.tagging.state_bodies.phrases import OWN_WORDS
from pipelines.tagging.state_bodies.table import (
    EMBASSY,
    GOVERNMENT,
    UN_MISSION,
    Body,
    known_bodies,
    state_bodies,
)
from pipelines.tagging.state_bodies.words import BodyWords, FoundBody

RULE = "state body"
_NO_ARTICLE = frozenset(["parliament", "senate", "congress"])  # groups
_SOMEBODYS = frozenset(split_names("its|their|his|her|our|your|my|whose|another|each|every"))
_GOES_ON = frozenset(
    split_names(
        "of|for|de|du|des|del|der|von|one|base|corps|reserve|reserves|band|cup|centre|center|party"
        "|stores|secretary|minister"
    )
)
_CONGO = frozenset(["congo", "congolese"])
_SENTENCE_END = re.compile(r"[.!?:;\u2013\u2014\"\u201c\u201d(/|\u2022]")


class StateBodyTagger:
    """Finds the mentions of state bodies; it runs after the tagger of the curated names."""

    def find(self, article: Article, found: Tags) -> Tags:
        """Return the mentions in order of place; `found` has those of the curated table."""
        words = _words(article.language if article.language in OWN_WORDS else "")
        taken = Taken(one for one in found.mentions if one.kind is TagKind.ENTITY)
        bodies = [
            (one, body)
            for line in lines_of(article)
            for one in words.find(line)
            if not _is_taken(one, body := _body(one, article.text), taken)
        ]
        if not bodies:
            return Tags()
        named = NamedBodies([*_of_table(taken.mentions), *_in_full(bodies)])
        mentions = (_mention(one, body, named) for one, body in bodies)
        return Tags(tuple(mention for mention in mentions if mention is not None))


@cache  # reading the tables takes a fifth of a second, and most articles are in one language
def _words(language: str) -> BodyWords:
    return BodyWords(language)


def _body(one: FoundBody, text: str) -> Body | None:
    """Return the body that the words alone name, None if they do not say whose or where."""
    kind = one.forms[0].kind
    if one.state.casefold() in _CONGO and "Brazzaville" in text:  # either of two states
        return None
    if not one.code or not kind.id or (kind.id == EMBASSY and not one.host):
        return None
    return state_bodies().body(kind, one.code, one.host)


def _is_taken(one: FoundBody, body: Body | None, taken: Taken) -> bool:
    """Return whether a mention of the table lies there; "UN" within a mission may."""
    mission = body is not None and body.kind.id == UN_MISSION
    return any(
        not mission or (body is not None and known.tag == body.id)
        for known in taken.at(one.line.offset + one.start, one.line.offset + one.end)
    )


def _of_table(taken: Sequence[Mention]) -> Iterator[Named]:
    for one in taken:
        if one.tag in known_bodies():
            yield Named(one.start, known_bodies()[one.tag], one.surface)


def _in_full(bodies: Sequence[tuple[FoundBody, Body | None]]) -> Iterator[Named]:
    for one, body in bodies:
        if body is not None:
            yield Named(one.line.offset + one.start, body, one.surface)


def _mention(one: FoundBody, body: Body | None, named: NamedBodies) -> Mention | None:
    start = one.line.offset + one.start
    if body is not None:
        host = f", in {body.host}" if body.host else ""
        why = f"of '{one.state}'{host}"
    else:
        full = _meant(one, named)
        if full is None:
            return None
        body = full.body
        side = "after" if full.start < start else "before"
        why = f"{side} '{full.surface}', the only one named"
    return Mention(
        kind=TagKind.ENTITY,
        tag=body.id,
        start=start,
        end=one.line.offset + one.end,
        surface=one.surface,
        zone=one.line.zone,
        why=f"{RULE} '{one.forms[0].text}' {why}",
    )


def _meant(one: FoundBody, named: NamedBodies) -> Named | None:
    """Return where the only body is named that words without a state, or place, can mean."""
    kind, start = one.forms[0].kind, one.line.offset + one.start
    if one.code:
        return named.embassy(one.code, start) if kind.id == EMBASSY else None
    if kind.id == GOVERNMENT or not _stands_alone(one):
        return None
    if not kind.id:
        return named.before(kind.group, start)
    return named.of_kinds({form.kind.key for form in one.forms}, start)


def _stands_alone(one: FoundBody) -> bool:
    """Return whether nothing beside the words makes them another's body."""
    line, first = one.line, one.first
    if not _nothing_behind(line, one.stop):
        return False
    if _begins(line, first):
        return True
    before = line.words[first - 1].form
    if line.gap(first).strip(" ,") or before in _SOMEBODYS:  # a possessive, a hyphen
        return False
    if line.capital(first - 1) and not _begins(line, first - 1):
        return False
    is_word = one.stop - first == 1 and not line.capital(first)
    return not is_word or one.forms[0].kind.group in _NO_ARTICLE or before == "the"


def _nothing_behind(line: Line, stop: int) -> bool:
    if stop == len(line.words):
        return True
    gap, behind = line.gap(stop), line.words[stop]
    if "-" in gap:
        return False
    if gap != " ":
        return True
    cyrillic = "\u0400" <= line.text[behind.start] <= "\u042f"  # a capital: "парламент Абхазии"
    inside = behind.form == "in" and stop + 1 < len(line.words) and line.capital(stop + 1)
    return not (cyrillic or inside or behind.form in _GOES_ON)


def _begins(line: Line, word: int) -> bool:
    """Return whether a sentence begins at `word`."""
    return word == 0 or bool(_SENTENCE_END.search(line.gap(word)))
