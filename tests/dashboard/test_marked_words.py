"""The words of a view: asked for, in the link, and each opening as many articles as it says."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from streamlit.testing.v1 import AppTest

from dashboard.parts.marked_words import in_words, words_table
from pipelines.analysis.period import useful_period
from pipelines.analysis.words import articles_with, holding, words
from pipelines.query import Query
from pipelines.store import open_store

Open = Callable[..., AppTest]


def _words(app: AppTest) -> list:
    return [table.value for table in app.dataframe if "Word" in table.value]


def test_words_are_shown_where_asked_for_and_stand_in_the_link(open_app: Open, full_store: Path):
    app = open_app(full_store, topic="syria")
    assert not _words(app)
    app.toggle(key="ww_own_words").set_value(True).run()
    assert not app.exception
    assert app.query_params["words"] in ("1", ["1"])
    (table,) = _words(open_app(full_store, topic="syria", words="1"))
    assert "Syria" in list(table["Word"])


def test_each_word_opens_the_articles_of_its_row(full_store: Path):
    with closing(open_store(full_store)) as store:
        query = useful_period(store, Query(topics=("syria",)))
        rows = articles_with(store, query, words(store, query, limit=12))
        assert len(words_table(rows)) == 12
        for row in rows.itertuples():
            opened = store.article_count(holding(query, row.term, row.language))
            assert opened == row.articles > 0


def test_a_sample_and_articles_without_words_are_said():
    assert "all the articles" in in_words(1_000, 0)
    assert "a sample of 1,000" in in_words(1_001, 7)
    assert "7 of the articles are in languages written without spaces" in in_words(1_001, 7)
