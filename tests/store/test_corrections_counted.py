"""Corrected articles count as if they had been found so, over random stores and random filters."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from pipelines.analysis.period import useful_period
from pipelines.article import Publication, TagKind
from pipelines.query import Interval, Placement, Query, Unit
from pipelines.store import Store, open_store, open_writer, read_companions, read_standing
from tests.store.build import (
    HERALD,
    LENTA,
    NOW,
    NOWHERE,
    Written,
    article,
    build,
    in_month,
    naming,
    on_day,
)

_FIRST = date(2015, 5, 20)
_SET = date(2015, 6, 3)
_NAMES = [
    (TagKind.TOPIC, "syria", "Syria"),
    (TagKind.TOPIC, "ukraine", "Ukraine"),
    (TagKind.ENTITY, "sergei-lavrov", "Lavrov"),
    (TagKind.COUNTRY, "SY", "Syria"),
]
_OUTLET = {"id": LENTA.id, "name": LENTA.name, "domain": LENTA.domain, "country": LENTA.country}
_KINDS = (("hidden", "hidden"), ("published_day", str(_SET)), ("outlet", json.dumps(_OUTLET)))

Corrections = dict[int, tuple[str, str]]  # id of an article -> field of the overlay, value


def _written() -> list[Written]:
    random, made = Random(11), []
    for number in range(50):
        day = _FIRST + timedelta(days=random.randint(0, 40))
        published = random.choice([Publication(), on_day(day), on_day(day, 0.3), in_month(day)])
        words = random.choices(["Syria", "Ukraine", "Lavrov", "nothing", "talks."], k=4)
        outlet = random.choice([HERALD, LENTA, NOWHERE])
        language = random.choice(["en", "ru"])
        text = " ".join(["Body", *words])
        one = article(number, published, outlet=outlet, text=text, language=language)
        copies = random.choice([None, None, 1, 2])
        made.append(replace(naming(one, *_NAMES), syndication_id=copies))
    return made


def _corrections(written: list[Written]) -> Corrections:
    random = Random(11)
    chosen = random.sample(written, len(written) // 2)
    return {one.article.article_id: random.choice(_KINDS) for one in chosen}


def _correct(path: Path, corrections: Corrections) -> None:
    with open_writer(path, now=NOW) as writer:
        for article_id, (field, value) in corrections.items():
            row = {"article_id": article_id, "field": field, "value": value}
            writer.overlay({**row, "who": "me", "why": "a test"})


def _as_if_found(one: Written, corrections: Corrections) -> Written | None:
    field, _ = corrections.get(one.article.article_id, ("", ""))
    if field == "hidden":
        return None
    if field == "outlet":
        return replace(one, article=replace(one.article, outlet=LENTA))
    if field == "published_day":
        return replace(one, article=replace(one.article, publication=on_day(_SET, 1.0)))
    return one


@pytest.fixture(scope="module")
def stores() -> Iterator[dict[str, Store]]:
    """Open a store as found, one corrected, one found so, and one with half of it hidden."""
    written = _written()
    corrections = _corrections(written)
    hidden = {one.article.article_id: _KINDS[0] for one in written[::2]}
    so = [made for one in written if (made := _as_if_found(one, corrections))]
    with TemporaryDirectory() as folder, ExitStack() as stack:

        def opened(name: str, written: list[Written], corrections: Corrections) -> Store:
            path = build(Path(folder) / name, written)
            _correct(path, corrections)
            return stack.enter_context(closing(open_store(path)))

        yield {
            "as found": opened("found", written, {}),
            "corrected": opened("corrected", written, corrections),
            "found so": opened("so", so, {}),
            "half hidden": opened("hidden", written, hidden),
        }


_days = st.integers(0, 40).map(lambda n: _FIRST + timedelta(days=n))
_queries = st.builds(
    Query,
    topics=st.lists(st.sampled_from(["syria", "ukraine"]), unique=True).map(tuple),
    entities=st.sampled_from([(), ("sergei-lavrov",)]),
    text=st.sampled_from(["", "talks", "Syria outlet_country:RU"]),
    within=st.sampled_from(["", "Lavrov", "NOT outlet:lenta"]),
    outlet_countries=st.sampled_from([(), ("RU",), ("GB", "unknown")]),
    mentioned=st.sampled_from([(), ("SY",)]),
    languages=st.sampled_from([(), ("en",)]),
    start=st.one_of(st.none(), _days),
    interval=st.sampled_from(list(Interval)),
    unit=st.sampled_from(list(Unit)),
    guesses=st.booleans(),
)
_examples = settings(max_examples=12)

_QUESTIONS = {
    "counts": lambda store, query: store.counts(query),
    "totals": lambda store, query: store.totals(query),
    "days": lambda store, query: store.days(query),
    "hits": lambda store, query: store.hits(query),
    "mentions": lambda store, query: store.mentions(query),
    "articles": lambda store, query: store.articles(query).drop(columns=["date_source"]),
    "entities": lambda store, query: store.tag_counts(query, "entity"),
    "outlets": lambda store, query: store.group_counts(query, "outlet"),
    "outlet countries": lambda store, query: store.group_counts(query, "outlet_country"),
    "companions": lambda store, query: read_companions(
        store, query, "topic", "syria", of_kind="entity"
    ),
    "standing": read_standing,
}


@given(query=_queries)
@_examples
def test_every_question_counts_as_if_the_articles_had_been_found_so(stores, query):
    query = useful_period(stores["found so"], query)
    for name, ask in _QUESTIONS.items():
        by_hand, found_so = (
            ask(stores[which], query).drop(columns="url", errors="ignore")
            for which in ("corrected", "found so")
        )
        assert_frame_equal(by_hand, found_so, obj=name)


@given(query=_queries)
@_examples
def test_what_counts_and_what_is_hidden_add_up_to_what_was_found(stores, query):
    whole, rest = stores["as found"], stores["half hidden"]
    query = useful_period(whole, query)
    for placement in [None, *Placement]:
        asked = replace(query, placement=placement)
        assert rest.article_count(asked) + rest.hidden_count(asked) == whole.article_count(asked)
