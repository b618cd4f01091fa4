"""An article with its countries and people in, the countries it is about out.

The rules, which an analyst can review:

- Only a country that the article mentions can be what it is about; where none is mentioned, nothing
  is said. Where the outlet is based never counts. Nor is anything said where the one that would be
  the main one is named just once, below the headline and behind 250 words of text.
- A country weighs as much as its mentions; one in the headline counts three times. The heaviest is
  what the article is about, and so are up to two more that weigh at least 2 and a fifth of it.
- The main one is whichever of these is heaviest when the people who hold or held an office of that
  state, and of no other, count as well: "Blinken" speaks for the United States, and so do those who
  speak for its State Department. Two more mentions count for the one that the headline names
  first, by name or by such a person: it is mostly the one that acts. At a tie it is the one that
  comes first.

The weights were fitted on the train texts of our gold and chosen on its dev texts, see
`tests/quality/fit_focus.py`. On the train texts a least weight of 2 and a share of a fifth raise F1
of the set from .865 (half of the heaviest) to .928, and headlines to .932; headlines and people
together raise how often the main one is right from .82 to .86 (dev: F1 .938, .971, .980; main .85
to .88). With the people of the bodies that speak for a state it is right in 123 of 140 texts,
without in 121; with some 250 offices more in the table in 124, and with two mentions for the first
of the headline in 126 (one, two and three do the same).

The silence was chosen on 503 texts (train, dev, and the open half of `gold/main_country`): any
number of words from 225 to 300 makes five right and none wrong. In the half that was kept aside
it made four of 354 right and none wrong, all pages as outlets publish them. Of no help on the 503:
other places of a name (lede, first of the body, quotes, headlines more or less), other weights of
people, a larger least weight or share. Ministries and parliaments that count like people, and half
for somebody whose title names the state ("US President Trump"), made five of the 503 right and none
wrong, but in the half kept aside two right and one wrong, as bodies alone had helped on some texts
and not on others before, so they were left.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipelines.article import Article, TagKind, Tags, Zone
from pipelines.tagging.entity_table import PERSON, Entity

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
    first: float = 2.0  # the state that the headline names first, the same
    least: float = 2.0  # of a second and third country
    share: float = 0.2  # of the heaviest's weight, the same
    far: int = 250  # words below the headline; a single mention behind them is in passing


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
        named, people, first = self._evidence(found)
        heaviest = sorted(named, key=lambda code: (-named[code], first[code]))[:_MOST]
        about = [code for code in heaviest if self._counts(named[code], named[heaviest[0]])]
        about[:1] = heaviest[:1]
        text_from = max((z.end for z in article.zones if z.zone is Zone.HEADLINE), default=0)
        acts = min((c for c in first if first[c] < text_from), key=first.__getitem__, default="")
        people[acts] = people.get(acts, 0.0) + self._weights.first
        weights = {code: named[code] + people.get(code, 0.0) for code in about}
        about.sort(key=lambda code: (-weights[code], first[code]))
        before = article.text[text_from : first[about[0]]] if about else ""
        if about and weights[about[0]] <= 1.0 and len(before.split()) >= self._weights.far:
            return Tags()
        return Tags(about=tuple(about))

    def _evidence(self, found: Tags) -> tuple[dict[str, float], dict[str, float], dict[str, int]]:
        """Return by code what names weigh, what people weigh, and the first place of either."""
        named: dict[str, float] = {}
        people: dict[str, float] = {}
        first: dict[str, int] = {}
        for mention in found.mentions:
            if mention.kind is TagKind.COUNTRY:
                code, weight, counted = mention.tag, 1.0, named
            elif mention.kind is TagKind.ENTITY and mention.tag in self._states:
                code, weight, counted = self._states[mention.tag], self._weights.person, people
            else:
                continue
            weight *= self._weights.headline if mention.zone is Zone.HEADLINE else 1.0
            counted[code] = counted.get(code, 0.0) + weight
            first[code] = min(first.get(code, mention.start), mention.start)
        return named, people, first

    def _counts(self, weight: float, most: float) -> bool:
        return weight == most or weight >= max(self._weights.least, self._weights.share * most)
