"""Two versions of one article, from the store: like with like, and what is no longer mentioned."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from pipelines.analysis.edits import compare, edits_frame, latest_pair
from pipelines.article import Article, CopyLevel, Fetch, Outcome, SourceKind, TagKind, TextSource
from pipelines.edits import TagChange
from pipelines.errors import StoreError
from pipelines.store import Store, open_store, open_writer
from pipelines.syndication import Placement
from pipelines.versions import Decision
from tests.store.build import Written, article, build, naming

_OLD = article(1, title="Envoys meet", text="Envoys spoke of Syria.\nThe talks will go on.")
_NEW = article(1, title="Envoys met", text="Envoys spoke.\nThe talks will go on.")


def tagged(written: Article) -> Written:
    return naming(written, (TagKind.TOPIC, "syria", "Syria"))


def store_of(path: Path, first: Article, *later: Article) -> Path:
    """Write a store with these versions of one article."""
    build(path, [tagged(first)])
    for version, written in enumerate(later, 2):
        with open_writer(path, now=datetime(2015, 7, version, tzinfo=UTC)) as writer:
            writer.begin(Fetch("files", SourceKind.JSONL, f"{version}.jsonl"))
            decision = Decision(Outcome.EDITED, first.article_id, version)
            group = Placement(first.article_id, CopyLevel.NONE)
            writer.add(written, decision, group, tagged(written).tags)
    return path


@contextmanager
def opened(path: Path, *versions: Article) -> Iterator[Store]:
    """Write a store with these versions and open it."""
    with closing(open_store(store_of(path, *versions))) as store:
        yield store


def test_an_edit_shows_its_paragraphs_and_the_mentions_that_went(tmp_path: Path) -> None:
    with opened(tmp_path, _OLD, _NEW) as store:
        comparison = compare(store, _OLD.article_id)
    rows = edits_frame(comparison)
    assert list(rows["words"]) == ["Envoys [-meet-] {+met+}", "Envoys spoke [-of Syria-]."]
    assert list(rows["zone"]) == ["headline", "lede"]
    assert comparison.tags == (TagChange("topic", "syria", 1, 0),)


def test_a_page_after_a_summary_is_no_edit_but_its_headline_is_compared(tmp_path: Path) -> None:
    summary = replace(_OLD, text_source=TextSource.SUMMARY)
    page = replace(_NEW, text_source=TextSource.PAGE)
    with opened(tmp_path, summary, page) as store:
        comparison = compare(store, _OLD.article_id)
    assert comparison.is_enrichment
    assert list(edits_frame(comparison)["zone"]) == ["headline"]
    assert comparison.tags == ()


def test_chosen_versions_are_compared_in_the_order_given(tmp_path: Path) -> None:
    with opened(tmp_path, _OLD, _NEW) as store:
        rows = edits_frame(compare(store, _OLD.article_id, (2, 1)))
    assert rows["words"].iloc[0] == "Envoys [-met-] {+meet+}"


def test_an_article_with_one_version_has_nothing_to_compare(tmp_path: Path) -> None:
    with opened(tmp_path, _OLD) as store, pytest.raises(StoreError, match="one version only"):
        compare(store, _OLD.article_id)


def test_a_version_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with opened(tmp_path, _OLD, _NEW) as store, pytest.raises(KeyError, match="no version 7"):
        compare(store, _OLD.article_id, (1, 7))


@pytest.mark.parametrize(
    ("kinds", "read_from", "pair"),
    [
        (["page", "page", "page"], {}, (2, 3)),
        (["summary", "page", "summary"], {}, (1, 3)),
        (["page", "page", "summary"], {}, (1, 2)),
        (["summary", "page"], {}, (1, 2)),
        (["page", "page", "page"], {3: 2}, (1, 2)),
        (["page", "page", "page"], {2: 1}, (2, 3)),
        (["page", "page"], {2: 1}, (1, 2)),
    ],
    ids=[
        "newest two",
        "of one kind",
        "older two of one kind",
        "no two of a kind",
        "no version read again",
        "with the version read again before",
        "read again alone",
    ],
)
def test_like_is_compared_with_like(
    kinds: list[str], read_from: dict[int, int], pair: tuple[int, int]
) -> None:
    numbers = pd.Series(range(1, len(kinds) + 1))
    versions = pd.DataFrame(
        {"version": numbers, "text_source": kinds, "read_from": numbers.map(read_from)}
    )
    assert latest_pair(versions, 1) == pair
