"""Conditions of a query that nothing in the store meets are told, and no others."""

from contextlib import closing
from datetime import date

import pytest

from pipelines.analysis.unmet import unmet
from pipelines.article import TagKind
from pipelines.errors import QueryError
from pipelines.store import open_store
from tests.store.build import HERALD, LENTA, article, build, naming, on_day

_NAMES = [
    (TagKind.TOPIC, "syria", "Syria"),
    (TagKind.ENTITY, "sergei-lavrov", "Lavrov"),
    (TagKind.COUNTRY, "SY", "Syria"),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    day = on_day(date(2015, 6, 1))
    written = [
        naming(article(n, day, outlet=outlet, text=text), *_NAMES)
        for n, (outlet, text) in enumerate([(HERALD, "Lavrov on Syria."), (LENTA, "Oil.")])
    ]
    with closing(open_store(build(tmp_path_factory.mktemp("u") / "store", written))) as opened:
        yield opened


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("mentioned:UK", ["mentioned:UK"]),
        ("mentioned:SY AND outlet:herald AND topic:syria AND entity:sergei-lavrov", []),
        ("oil AND (outlet_country:RU OR outlet_country:XX)", ["outlet_country:XX"]),
        ("oil -topic:nosuch", ["topic:nosuch"]),
        ("nowords OR title:nowords OR published:1999", []),  # words and days are no names
        ("entity:nobody OR (oil AND entity:nobody) OR lang:eo", ["entity:nobody", "lang:eo"]),
        ("outlet:her* OR outlet:him*", ["outlet:him*"]),
    ],
)
def test_what_nothing_meets_is_told(store, text, told):
    assert unmet(store, text) == told


def test_a_query_that_cannot_be_read_is_refused(store):
    with pytest.raises(QueryError):
        unmet(store, "(oil")
