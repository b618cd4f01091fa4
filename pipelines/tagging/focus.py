"""An article with its countries and people in, the countries it is about out.

The rules, which an analyst can review:

- Only a country that the article mentions can be what it is about; where none is mentioned,
  nothing is said. Where the outlet is based never counts. Nor is anything said where the one that
  would be the main one is named just once, below the headline and behind 250 words of text.
- A country weighs as much as its mentions; one in the headline counts three times. Those that may
  be the main one are the heaviest and up to two more that weigh at least 2 and a fifth of it. Of
  these it is the one that is heaviest when the people who hold or held an office of that state,
  and of no other, count as well: "Blinken" speaks for the United States, and so do those who
  speak for its State Department. Two more mentions count for the one that the headline names
  first, by name or by such a person: it is mostly the one that acts. At a tie it is the one that
  comes first.
- Up to two more are what it is about where that is likely by six things: how often they are named
  beside the main one, how much of all that is named the main one has, how often for the length of
  the text, in how many sentences, how early, and that they are not where it was merely filed
  from. A text that goes through a list of countries once, or names its filing place, is not about
  them.

The weights of the main one were fitted on the train texts of our gold and chosen on its dev
texts: headlines and people raise how often it is right from .82 to .86 (dev: .85 to .88). With
the people of the bodies that speak for a state it is right in 123 of 140 texts, without in 121;
with some 250 offices more in the table in 124, and with two mentions for the first of the
headline in 126 (one, two and three do the same).

The silence was chosen on 503 texts (train, dev, and the open half of `gold/main_country`): any
number of words from 225 to 300 makes five right and none wrong. In the half that was kept aside
it made four of 354 right and none wrong, all pages as outlets publish them.

What else was tried for the main one on the 503 was no better: other places of a name (lede, first
of the body, quotes, headlines more or less), other weights of people, a larger least weight or
share; silence behind fewer words or for two or three mentions; and a model that weighs thirty
such things at once, fitted and asked in ten parts: of the 451 that are right it had 442 to 453.
Ministries and parliaments that count like people, and half for somebody whose title names the
state ("US President Trump"), made five of the 503 right and none wrong, but in the half kept
aside two right and one wrong, as bodies alone had helped on some texts and not on others before,
so they were left.

The weights of the others (`names/about_weights.csv`) are fitted by `tests/quality/fit_focus.py`
on the same 503. Held out, F1 of the set is .922 to .924, with a share and a least weight instead
.898; the set came nearer to the labels in 43 texts and went further from them in 13. On the half
kept aside F1 rose from .889 to .925 (pages .797 to .840), on the test texts from .874 to .917. A
country counts from two chances in five: with one half F1 is the same, but lower on the texts that
were read to their end.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log

from pipelines.article import COUNTED_ZONES, Article, Mention, TagKind, Tags, Zone
from pipelines.tagging.entity_table import PERSON, Entity
from pipelines.tagging.gazetteer import read_table

_MOST = 3
_LEAST = log(2 / 3)  # two chances in five to be right; see `fit_focus.py`
_STATE_OF = {  # bodies that speak for a state, so that their spokespeople do
    "kremlin": "RU",
    "us-state-department": "US",
    "white-house": "US",
}


@dataclass(frozen=True, slots=True)
class Weights:
    """How much speaks for a country to be the main one; a mention in the text is 1."""

    headline: float = 3.0  # a mention there
    person: float = 1.0  # somebody who holds an office of the state
    first: float = 2.0  # the state that the headline names first
    least: float = 2.0  # of names, for one that may be it beside the one named most
    share: float = 0.2  # of the heaviest's, the same
    far: int = 250  # words below the headline; a single mention behind them is in passing


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one country: what its names weigh, its people, and where they stand."""

    named: float
    people: float
    mentions: int  # of names and people
    sentences: int  # with a name
    first: int  # the place of the first mention
    is_dateline: bool  # the text says that it was filed there

    @property
    def weight(self) -> float:
        """Return what speaks for it to be the main one."""
        return self.named + self.people


def states_of(entities: Iterable[Entity]) -> dict[str, str]:
    """Return the state of each person all of whose offices are of one state, by entity id."""
    states = {}
    for entity in entities:
        owners = {owner for owners in entity.own_roles.values() for owner in owners}
        held = {_STATE_OF.get(owner, owner) for owner in owners}
        if entity.type == PERSON and len(held) == 1 and (state := held.pop()).isupper():
            states[entity.id] = state  # a code; a body's id is in small letters
    return states


class FocusTagger:
    """Finds the countries an article is about; it runs after the taggers of names and countries."""

    def __init__(self, states: Mapping[str, str], weights: Weights | None = None) -> None:
        """`states` are the states that people stand for, by entity id."""
        self._states = states
        self._weights = weights or Weights()

    def find(self, article: Article, found: Tags) -> Tags:
        """Return up to three codes as `about`, the main one first; empty if nothing is named."""
        named = self.evidence(article, found)
        main = self.main_of(article, named)
        if not main:
            return Tags()
        told = {code: describe(article, named, main, code) for code in named if code != main}
        return Tags(about=(main, *beside(told, about_weights())))

    def evidence(self, article: Article, found: Tags) -> dict[str, Evidence]:
        """Return what speaks for each country that the article names, by code."""
        names, people = self._told(found)
        filed_in = {one.tag for one in found.mentions if one.kind is TagKind.DATELINE}
        text_from = _end_of_headline(article)
        first = {
            code: min(one.start for one in (*names[code], *people[code]))
            for code in {**names, **people}
        }
        acts = min((c for c in first if first[c] < text_from), key=first.__getitem__, default="")
        return {
            code: Evidence(
                named=self._weighed(names[code]),
                people=self._weighed(people[code]) * self._weights.person
                + (self._weights.first if code == acts else 0.0),
                mentions=len(names[code]) + len(people[code]),
                sentences=_sentences(article.text, names[code]),
                first=first[code],
                is_dateline=code in filed_in,
            )
            for code in first
            if names[code]
        }

    def main_of(self, article: Article, named: Mapping[str, Evidence]) -> str:
        """Return the code of the main country; empty where none is named but in passing."""
        heaviest = sorted(named, key=lambda code: (-named[code].named, named[code].first))[:_MOST]
        if not heaviest:
            return ""
        most = named[heaviest[0]].named
        least = min(most, max(self._weights.least, self._weights.share * most))
        able = [code for code in heaviest if named[code].named >= least]
        main = min(able, key=lambda code: (-named[code].weight, named[code].first))
        before = article.text[_end_of_headline(article) : named[main].first]
        if named[main].weight <= 1.0 and len(before.split()) >= self._weights.far:
            return ""
        return main

    def _told(self, found: Tags) -> tuple[dict[str, list[Mention]], dict[str, list[Mention]]]:
        """Return the mentions by code of the country: those by name, and those of its people."""
        names: dict[str, list[Mention]] = defaultdict(list)
        people: dict[str, list[Mention]] = defaultdict(list)
        for mention in found.mentions:
            if mention.kind is TagKind.COUNTRY:
                names[mention.tag].append(mention)
            elif mention.kind is TagKind.ENTITY and mention.tag in self._states:
                people[self._states[mention.tag]].append(mention)
        return names, people

    def _weighed(self, mentions: Sequence[Mention]) -> float:
        in_headline = sum(one.zone is Zone.HEADLINE for one in mentions)
        return len(mentions) + in_headline * (self._weights.headline - 1.0)


def describe(
    article: Article, named: Mapping[str, Evidence], main: str, code: str
) -> dict[str, float]:
    """Return what the weights of `about_weights.csv` are of, for a country beside the main one."""
    one, most = named[code], named[main].mentions
    counted = sum(zone.end - zone.start for zone in article.zones if zone.zone in COUNTED_ZONES)
    return {
        "always": 1.0,
        "mentions beside the main one's": log((1.0 + one.mentions) / (1.0 + most)),
        "the main one's share of mentions": most / sum(each.mentions for each in named.values()),
        "mentions by length": log(0.05 + 1000.0 * one.mentions / max(counted, 1)),
        "place of the first": log(1.0 + max(one.first - _end_of_headline(article), 0)),
        "sentences": log(1.0 + one.sentences),
        "dateline": float(one.is_dateline),
    }


def beside(told: Mapping[str, Mapping[str, float]], weights: Mapping[str, float]) -> list[str]:
    """Return up to two of these codes, the likeliest first, that it is likely to be about too."""
    odds = {
        code: sum(weights[feature] * value for feature, value in described.items())
        for code, described in told.items()
    }
    likely = [code for code in told if odds[code] >= _LEAST]
    return sorted(likely, key=odds.__getitem__, reverse=True)[: _MOST - 1]


def _end_of_headline(article: Article) -> int:
    return max((zone.end for zone in article.zones if zone.zone is Zone.HEADLINE), default=0)


def _sentences(text: str, mentions: Sequence[Mention]) -> int:
    """Return in how many sentences the mentions stand; an abbreviation may end one."""
    return len({max(text.rfind(end, 0, one.start) for end in (". ", "\n")) for one in mentions})


@cache
def about_weights() -> Mapping[str, float]:
    """Return the fitted weight of each thing that `describe` tells."""
    return {row["feature"]: float(row["weight"]) for row in read_table("about_weights.csv")}
