"""Taking one alias away changes exactly the mentions that its `why` explains."""

import re
from dataclasses import replace

import pytest
from written import article

from pipelines.article import DatePrecision, Publication, Tags
from pipelines.tagging.entities import EntityTagger
from pipelines.tagging.entity_table import read_entities
from pipelines.tagging.offices import to_days
from tests.quality.news_texts import news_texts

_ENTITIES = {entity.id: entity for entity in read_entities()}
# An alias with a short name that stands on it, one without, a short one that counts alone or does
# not, an abbreviation, a licence of another entity, and one shared with somebody else.
ALIASES = [
    ("antony-blinken", "Antony Blinken"),
    ("hillary-clinton", "Hillary Clinton"),
    ("joe-biden", "Biden"),
    ("ned-price", "Ned Price"),
    ("ned-price", "Price"),
    ("kamala-harris", "Harris"),
    ("united-nations", "UN"),
    ("united-nations", "United Nations"),
    ("un-security-council", "Security Council"),
    ("us-state-department", "Department of State"),
    ("donald-trump", "Donald Trump"),
    ("boris-johnson", "Johnson"),
]
WRITTEN = (
    "The United Nations met. The Security Council met.\nBoris Johnson left. Johnson slept.\n"
    "Ned Price left. Price slept.\n"
    "Bill Clinton left. Clinton slept. Hillary Clinton came. Clinton spoke."
)
_LICENCE = re.compile(" (?:after|before) '(.+?)'(?:;|$)")


@pytest.fixture(scope="module")
def articles(shared_data):
    """Every ninth of the real news texts, all of one day, and one that is written for the rare."""
    texts = [WRITTEN, *(text.text for text in news_texts(shared_data))][::9]
    day = to_days("2021-06-01").first
    dated = Publication(published_day=day, precision=DatePrecision.DAY, confidence=1.0)
    return [replace(article(*text.split("\n")), publication=dated) for text in texts]


@pytest.fixture(scope="module")
def before(articles):
    return tagged(_ENTITIES, articles)


def tagged(entities, articles):
    """Return what is found: place and tag -> why, without the number of bearers."""
    tagger = EntityTagger(list(entities.values()))
    return [
        {
            (one.start, one.end, one.tag): one.why.partition(";")[0]
            for one in tagger.find(text, Tags()).mentions
        }
        for text in articles
    ]


def without(entity, text):
    """Return an entity that lacks one of its names."""
    if text == entity.name:
        first, *aliases = entity.aliases or ("\u2205",)
        return replace(entity, name=first, aliases=tuple(aliases))
    aliases = tuple(alias for alias in entity.aliases if alias != text)
    return replace(entity, aliases=aliases, short=tuple(s for s in entity.short if s != text))


def explains(why, text):
    """Return whether a mention's `why` names the alias, as its own or as its licence."""
    alias = re.match("(?:alias|role \\+ name) '(.+?)'(?: after| before|;|$)", why)
    return text in (alias and alias[1], *_LICENCE.findall(why))


@pytest.mark.parametrize(("entity", "text"), ALIASES, ids=[f"{e} {t}" for e, t in ALIASES])
def test_taking_an_alias_away_changes_only_what_it_explains(entity, text, articles, before):
    changed = {**_ENTITIES, entity: without(_ENTITIES[entity], text)}
    explained = 0
    for old, new in zip(before, tagged(changed, articles), strict=True):
        spans = [place for place, why in old.items() if explains(why, text)]
        explained += len(spans)
        differ = {place for place in old.keys() | new.keys() if old.get(place) != new.get(place)}
        assert [place for place in differ if not any(meet(place, span) for span in spans)] == []
        assert [why for why in new.values() if why.startswith(f"alias '{text}'")] == []
    assert explained, "the texts must hold the alias"


def meet(one, other):
    """Return whether two places share a character: a body may stand within a person's role."""
    return one[0] < other[1] and other[0] < one[1]
