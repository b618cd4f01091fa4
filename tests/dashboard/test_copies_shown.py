"""The copies of an article on its page: which is the original, what the others are."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pipelines.article import CopyLevel, Fetch, Outcome, SourceKind
from pipelines.hashing import id_text
from pipelines.store import open_writer
from pipelines.syndication import Placement, make_sketch
from pipelines.versions import Decision
from tests.store.build import LENTA, NOW, article, at, naming

Open = Callable[..., AppTest]

_SKETCH = make_sketch([f"word{n}" for n in range(60)])
_FIRST = article(1, at(datetime(2015, 6, 1, 9, tzinfo=UTC)))
_LATER = [
    (article(2, at(datetime(2015, 6, 1, 12, tzinfo=UTC)), outlet=LENTA), CopyLevel.NEAR),
    (article(3, at(datetime(2015, 6, 2, 12, tzinfo=UTC)), outlet=LENTA), CopyLevel.UPDATE),
]


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of one wire story with two copies, and one story of its own."""
    path = tmp_path_factory.mktemp("copies") / "store"
    with open_writer(path, now=NOW) as writer:
        writer.begin(Fetch("files", SourceKind.JSONL, "test.jsonl"))
        for one, level in ((_FIRST, CopyLevel.NONE), *_LATER, (article(4), CopyLevel.NONE)):
            group = one.article_id if level is CopyLevel.NONE else _FIRST.article_id
            decision = Decision(Outcome.STORED, one.article_id, 1)
            one = replace(one, sketch=_SKETCH)  # else it is too short to be a copy
            writer.add(one, decision, Placement(group, level), naming(one).tags)
    return path


def test_original_comes_first_and_each_copy_says_what_it_is(open_app: Open, copied: Path) -> None:
    app = open_app(copied, "article", article=id_text(_LATER[0][0].article_id))
    (table,) = [t.value for t in app.dataframe if "Is" in t.value.columns]
    assert list(table["Is"]) == [
        "original",
        "copy, edited or cut (this article)",
        "update of the text",
    ]
    assert list(table["Headline"]) == ["Headline 1", "Headline 2", "Headline 3"]


def test_a_text_of_its_own_has_no_list_of_copies(open_app: Open, copied: Path) -> None:
    app = open_app(copied, "article", article=id_text(article(4).article_id))
    assert "Copies of this text" not in [one.value for one in app.header]
