"""The short form of `make bench-store`: of 100,000 drawn articles rivals count the same as we do.

A ratio fails far above what was measured (see docs/quality.md), so only where speed collapses.
"""

from contextlib import closing

import pytest

from pipelines.store import open_store
from tests.bench.store_corpus import corpus_in
from tests.bench.store_rivals import Pandas
from tests.bench.store_speed import QUESTIONS, questions

_ARTICLES = 100_000


@pytest.fixture(scope="module")
def lines(tmp_path_factory):
    path = corpus_in(tmp_path_factory.mktemp("drawn"), _ARTICLES)
    with closing(open_store(path)) as store:
        return questions(store, path.parent / "flat", rounds=3, rivals_of=lambda f: [Pandas(f)])


def test_every_answer_is_that_of_pandas(lines):
    assert [line.title for line in lines] == [title for title, _ in QUESTIONS.values()]


def test_no_question_takes_many_times_what_pandas_takes_in_memory(lines):
    assert not [line for line in lines if line.collapsed]
