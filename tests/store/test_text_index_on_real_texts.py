"""The text index agrees with the matcher on real texts: shipped topics and drawn queries.

Every fourth text; all of them with `WIREWATCH_EFFORT=4`.
"""

import gzip
import json
import random
from contextlib import closing
from dataclasses import replace
from itertools import islice

import pytest

from pipelines.article import COUNTED_ZONES, Zone
from pipelines.language import detect
from pipelines.querylang import clean
from pipelines.store import open_store
from pipelines.tagging.topics import read_topics
from tests.effort import EFFORT
from tests.quality import near_copies
from tests.store.agreement import by_index, by_matcher, readable_queries, texts_of
from tests.store.build import article, build, naming


@pytest.fixture(scope="module")
def store(shared_data, tmp_path_factory):
    """Return a store of real texts in several languages, the first line as headline."""
    written = []
    with gzip.open(shared_data / near_copies.FOLDER / "docs.jsonl.gz", "rt") as lines:
        every = max(1, 4 // EFFORT)
        texts = [clean(json.loads(line)["text"]) for line in islice(lines, 0, None, every)]
    for number, text in enumerate(texts):
        title, _, body = text.partition("\n")
        made = article(number, title=title, text=body or title, language=detect(text, ""))
        assert {zone.zone for zone in made.zones} <= COUNTED_ZONES
        made = replace(made, zones=(made.zones[0], replace(made.zones[1], zone=Zone.BODY)))
        written.append(naming(made))
    path = build(tmp_path_factory.mktemp("real") / "store", written)
    with closing(open_store(path)) as opened:
        yield opened


@pytest.fixture(scope="module")
def texts(store):
    return texts_of(store)


def test_shipped_topics_count_what_the_matcher_counts(store, texts):
    topics = read_topics(["default"])
    assert len(topics) >= 10
    for topic in topics:
        assert by_index(store, topic.query) == by_matcher(texts, topic.query), topic.name


def test_drawn_queries_count_what_the_matcher_counts(store, texts):
    queries = readable_queries(random.Random(0))
    for _ in range(20 * EFFORT):
        query = next(queries)
        assert by_index(store, query) == by_matcher(texts, query), query
