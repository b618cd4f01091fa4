"""An article with its countries and people in, the countries it is about out.

The rules, which an analyst can review:

- Only a country that the article mentions can be what it is about; where none is mentioned, nothing
  is said. Where the outlet is based never counts. Nor is anything said where the one that would be
  the main one is named just once, below the headline and behind 250 words of text.
- A country weighs as much as its mentions; one in the headline counts three times. The heaviest is
  what the article is about, and so are up to two more that weigh at least 2 and a fifth of it.
- The main one is whichever of these is heaviest when these count as well: the people who hold or
  held an office of that state, and of no other ("Blinken" speaks for the United States, and so do
  those who speak for its State Department); its ministries, parliament, courts and army. Somebody
  whose title names the state ("US President Trump") counts half, since the name counts already. Two
  more mentions count for the one that the headline names first, by name or by such a person: it is
  mostly the one that acts. At a tie it is the one that comes first.

The weights of names and people were fitted on the train texts of our gold and chosen on its dev
texts, see `tests/quality/fit_focus.py`. On the train texts a least weight of 2 and a share of a
fifth raise F1 of the set from .865 (half of the heaviest) to .928, and headlines to .932; headlines
and people together raise how often the main one is right from .82 to .86 (dev: F1 .938, .971, .980;
main .85 to .88). Bodies, half titles and silence were chosen on 503 texts (those of train and dev,
and the open half of `tests/quality/gold/main_country` and of labelled pages): right in 446 before,
in 456 after, and none became wrong. Three came of bodies, two of half titles, five of silence. With
all weights chosen in ten parts, 10 texts became right and 3 wrong. Of no help there: the lede, the
first of the body, other weights for headlines, people or their first mentions, quotes that count
less, people who make a country one that the article is about, and larger least weights or shares.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pipelines.article import Article, Mention, TagKind, Tags, Zone
from pipelines.tagging.entity_table import PERSON, Entity
from pipelines.tagging.state_bodies.table import body_of

_MOST = 3
_STATE_OF = {  # bodies that speak for a state, so that their spokespeople do
    "kremlin": "RU",
    "us-state-department": "US",
    "white-house": "US",
}


@dataclass(frozen=True, slots=True)
class Weights:
    """How much speaks for a country; a mention in the text is 1."""

    headline: float = 3.0  # a mention there
    person: float = 1.0  # somebody who holds an office of the state, to choose the main one
    titled: float = 0.5  # of that, where the title names the state
    body: float = 1.0  # a body of the state, the same
    first: float = 2.0  # the state that the headline names first, the same
    least: float = 2.0  # of a second and third country
    share: float = 0.2  # of the heaviest's weight, the same
    far: int = 250  # words below the headline; a single mention behind them is in passing


@dataclass(slots=True)
class _Evidence:
    """What speaks for each country, by code."""

    named: dict[str, float] = field(default_factory=dict)
    others: dict[str, float] = field(default_factory=dict)  # people and bodies
    first: dict[str, int] = field(default_factory=dict)  # the first place of a name or person

    def weight(self, code: str) -> float:
        return self.named[code] + self.others.get(code, 0.0)

    def heaviest(self, codes: Iterable[str]) -> list[str]:
        return sorted(codes, key=lambda code: (-self.weight(code), self.first[code]))


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
        evidence = self._evidence(found.mentions)
        named, first = evidence.named, evidence.first
        heaviest = sorted(named, key=lambda code: (-named[code], first[code]))[:_MOST]
        about = [code for code in heaviest if self._counts(named[code], named[heaviest[0]])]
        about[:1] = heaviest[:1]
        text_from = max((z.end for z in article.zones if z.zone is Zone.HEADLINE), default=0)
        if about and self._is_in_passing(article, text_from, evidence, evidence.heaviest(about)[0]):
            return Tags()
        acts = min((c for c in first if first[c] < text_from), key=first.__getitem__, default="")
        if acts:
            evidence.others[acts] = evidence.others.get(acts, 0.0) + self._weights.first
        return Tags(about=tuple(evidence.heaviest(about)))

    def _evidence(self, mentions: Iterable[Mention]) -> _Evidence:
        evidence = _Evidence()
        countries = [one for one in mentions if one.kind is TagKind.COUNTRY]
        for one in countries:
            weight = self._at(one)
            evidence.named[one.tag] = evidence.named.get(one.tag, 0.0) + weight
            evidence.first[one.tag] = min(evidence.first.get(one.tag, one.start), one.start)
        for one, code, weight in self._speaking(mentions, countries):
            evidence.others[code] = evidence.others.get(code, 0.0) + weight * self._at(one)
            if one.tag in self._states:
                evidence.first[code] = min(evidence.first.get(code, one.start), one.start)
        return evidence

    def _speaking(
        self, mentions: Iterable[Mention], countries: list[Mention]
    ) -> Iterator[tuple[Mention, str, float]]:
        """Yield the people and bodies that stand for a state, its code, and what one weighs."""
        starts = [one.start for one in countries]
        for one in mentions:
            if one.kind is not TagKind.ENTITY:
                continue
            if code := self._states.get(one.tag):
                place = bisect_left(starts, one.start)
                inside = countries[place : place + 1]
                titled = any(name.end <= one.end and name.tag == code for name in inside)
                yield one, code, self._weights.person * (self._weights.titled if titled else 1.0)
            elif body := body_of(one.tag):
                yield one, body.code, self._weights.body

    def _at(self, mention: Mention) -> float:
        return self._weights.headline if mention.zone is Zone.HEADLINE else 1.0

    def _is_in_passing(
        self, article: Article, text_from: int, evidence: _Evidence, main: str
    ) -> bool:
        if evidence.weight(main) > 1.0:
            return False
        return len(article.text[text_from : evidence.first[main]].split()) >= self._weights.far

    def _counts(self, weight: float, most: float) -> bool:
        return weight == most or weight >= max(self._weights.least, self._weights.share * most)
