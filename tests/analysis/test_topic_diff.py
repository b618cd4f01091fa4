"""What a changed query gains and loses adds up, in every row."""

from contextlib import closing
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.analysis.topic_diff import COLUMNS, Hits, compare_hits
from pipelines.query import Query
from pipelines.store import open_store
from tests.store.build import UNDATED, Written, article, build, in_month, on_day

_BODIES = ["Syria", "Syria. Iran. Syria.", "Iran", "Kerry in Syria", "nothing", "Syria OR Kerry"]
_DAYS = [on_day(date(2015, 5, 30)), on_day(date(2015, 6, 2)), UNDATED, in_month(date(2015, 6, 1))]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    written = [
        Written(article(n, _DAYS[n % 4], text=_BODIES[n % 6], title=f"Title {n}"))
        for n in range(24)
    ]
    path = build(tmp_path_factory.mktemp("diff") / "store", written)
    with closing(open_store(path)) as opened:
        yield opened


def hits(store, query):
    asked = Query(text=query)
    return Hits(store.hits(asked), store.spans(asked))


def test_articles_and_mentions_that_came_and_went(store):
    diff = compare_hits(hits(store, "Syria"), hits(store, "Iran OR Kerry"))
    rows = diff.counts[diff.counts["month"] == "all"].set_index("unit")
    assert rows.loc["articles", list(COLUMNS[2:])].tolist() == [16, 4, 4, 12, 16]
    assert rows.loc["mentions", list(COLUMNS[2:])].tolist() == [20, 16, 20, 0, 16]
    assert list(diff.gained.columns) == ["article_id", "day", "start"]
    assert len(diff.gained) == len(diff.lost) == 4
    assert diff.lost["start"].notna().all()


def test_months_come_in_order_and_articles_without_a_place_last(store):
    diff = compare_hits(hits(store, "Syria"), hits(store, "Syria"))
    months = diff.counts.loc[diff.counts["unit"] == "articles", "month"].tolist()
    assert months == ["all", "2015-05", "2015-06", "too coarse", "undated"]
    assert diff.gained.empty
    assert diff.lost.empty


def test_an_article_without_a_marked_span_has_no_start(store):
    diff = compare_hits(hits(store, "Syria"), hits(store, "NOT Syria"))
    assert diff.gained["start"].isna().all()


def test_hits_and_spans_are_those_of_articles_and_mentions(store):
    query = Query(text="Syria OR Kerry")
    assert set(store.hits(query)["article_id"]) == set(store.articles(query)["article_id"])
    spans = store.mentions(query)[["article_id", "start", "end", "why"]]
    order = ["article_id", "start"]
    assert store.spans(query).equals(spans.sort_values(order, ignore_index=True))


_queries = st.sampled_from(["Syria", "Iran", "Syria Kerry", "NOT Syria", "Iran OR Kerry", "Rome"])


@given(old=_queries, new=_queries)
@settings(max_examples=30)
def test_every_row_adds_up(store, old, new):
    before, after = hits(store, old), hits(store, new)
    diff = compare_hits(before, after)
    rows = diff.counts
    assert (rows["old"] + rows["gained"] - rows["lost"] == rows["new"]).all()
    for unit, part in rows.groupby("unit"):
        whole, months = part[part["month"] == "all"], part[part["month"] != "all"]
        for column in COLUMNS[2:]:
            assert whole[column].sum() == months[column].sum()
        frames = {"articles": "articles", "mentions": "spans"}
        assert whole["old"].item() == len(getattr(before, frames[unit]))
        assert whole["new"].item() == len(getattr(after, frames[unit]))
    assert len(diff.gained) == rows.loc[0, "gained"]
    assert len(diff.lost) == rows.loc[0, "lost"]
