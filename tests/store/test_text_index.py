"""The text index answers as the matcher does, whatever became of its files."""

import json
import os
import random
import shutil
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from pipelines.article import TagKind, Zone, ZoneSpan
from pipelines.query import Query
from pipelines.querylang import make_searchable, parse
from pipelines.store import open_store, open_writer, rebuild_index
from pipelines.store.fulltext import corpus, damage, evaluate, folder_of, manifest
from pipelines.store.fulltext.documents import Drafted, _laid_out
from tests.store.agreement import (
    Drawn,
    by_index,
    disagreements,
    drawn_article,
    readable_queries,
)
from tests.store.build import NOW, article, build, naming, on_day

# A longer run: WIREWATCH_PAIRS=1000000 pytest tests/store/test_text_index.py
PAIRS = int(os.environ.get("WIREWATCH_PAIRS", "4000"))
TALKS = [
    article(1, on_day(date(2015, 6, 1)), text="The Security Council (UNSC) met on Syria."),
    article(2, on_day(date(2015, 6, 2)), text="Syria, and Syria again.\nIran.", title="Syria"),
    article(3, on_day(date(2015, 6, 3)), text="Nothing of this kind."),
]


@pytest.fixture
def store(tmp_path) -> Path:
    return build(tmp_path / "store", [naming(one) for one in TALKS])


def counted(path: Path, query: str) -> list[tuple[int, int]]:
    with closing(open_store(path)) as opened:
        return sorted(by_index(opened, query).values())


def read(path: Path, query: str) -> int:
    """Return how many texts a search had to read."""
    with closing(open_store(path)) as opened:
        return opened._searches.find(query).read


@pytest.mark.parametrize("learned", [False, True], ids=["plain", "with learned furniture"])
def test_index_agrees_with_the_matcher_on_drawn_queries_and_articles(tmp_path, learned):
    done = 0
    while done < PAIRS // 2:
        draw = random.Random(done + learned)
        drawn = Drawn(tmp_path / f"store{done}", draw)
        for size in (60, 20, 20):
            drawn.add(size)
        if learned:
            drawn.learn(0.1)
        with closing(open_store(drawn.path)) as opened:
            assert opened.indexed() == 100
            assert list(disagreements(opened, draw, min(20_000, PAIRS // 2))) == []
        done += 20_000


def test_index_agrees_where_every_word_is_looked_for_in_what_is_left_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(evaluate, "_FEW", 1)
    monkeypatch.setattr(evaluate, "_FEWER", 0)
    monkeypatch.setattr(corpus, "_FEW", 0)
    draw = random.Random(22)
    drawn = Drawn(tmp_path / "store", draw)
    for size in (30, 10):
        drawn.add(size)
    with closing(open_store(drawn.path)) as opened:
        assert list(disagreements(opened, draw, 6_000)) == []


@pytest.mark.parametrize("word", ["\ufdfa" * 2000, "\U00010400" * 9500], ids=["grows", "cased"])
def test_a_text_with_a_word_too_long_for_the_index_is_read_by_the_matcher(tmp_path, word):
    long = article(4, on_day(date(2015, 6, 4)), text=f"Syria {word} talks.")
    path = build(tmp_path / "store", [naming(one) for one in (*TALKS, long)])
    with closing(open_store(path)) as opened:
        assert opened.indexed() == len(TALKS)
    assert len(counted(path, "syria")) == 3
    assert read(path, "syria") == 1


def test_a_part_of_the_documents_is_counted_as_among_all(tmp_path):
    draw = random.Random(5)
    drawn = Drawn(tmp_path / "store", draw)
    for size in (40, 20):
        drawn.add(size)
    asked = readable_queries(draw)
    with closing(open_store(drawn.path)) as opened:
        space, known = opened._searcher._open()
        for _ in range(150):
            tree = parse(f"{next(asked)} OR quote:({draw.choice(['unsc', 'NOT iran'])})").tree
            first, second, third, fourth = sorted(draw.sample(range(len(space.starts) + 1), 4))
            ranges = [(first, second), (third, fourth)]
            whole, part = (
                evaluate.Evaluation(space.narrowed(among), known).count(tree)
                for among in (None, ranges)
            )
            assert part.slots.tolist() == [s for s in whole.slots.tolist() if _lies_in(ranges, s)]
            there = np.isin(whole.slots, part.slots)
            assert whole.n[there].tolist() == part.n.tolist()


def _lies_in(ranges: list[tuple[int, int]], slot: int) -> bool:
    return any(first <= slot < last for first, last in ranges)


def test_index_agrees_where_only_some_articles_are_in_it(tmp_path):
    draw = random.Random(7)
    drawn = Drawn(tmp_path / "store", draw)
    drawn.add(40)
    shutil.copytree(folder_of(drawn.path), tmp_path / "behind")
    drawn.add(20)
    shutil.rmtree(folder_of(drawn.path))
    shutil.copytree(tmp_path / "behind", folder_of(drawn.path))
    with closing(open_store(drawn.path)) as opened:
        assert 0 < opened.indexed() < 60
        assert list(disagreements(opened, draw, 1_000)) == []


def test_an_older_version_of_the_store_is_searched_as_it_was(tmp_path):
    draw = random.Random(8)
    drawn = Drawn(tmp_path / "store", draw)
    drawn.add(40)
    drawn.add(20)
    drawn.learn(0.2)
    with closing(open_store(drawn.path, snap=1)) as opened:
        assert list(disagreements(opened, draw, 1_000)) == []


def test_no_text_is_read_where_the_index_covers_all(store):
    assert read(store, "syria AND NOT iran") == 0


def test_a_name_and_its_short_form_in_brackets_are_one_mention(store):
    assert counted(store, '"security council" OR unsc') == [(1, 0)]


def test_mentions_in_the_headline_are_told_apart(store):
    assert counted(store, "syria") == [(1, 0), (3, 1)]


def test_chains_of_brackets_are_read_by_the_matcher(tmp_path):
    text = "The Security Council (UNSC) (SC) met."
    path = build(tmp_path / "store", [naming(article(1, text=text))])
    query = '"security council" OR unsc OR sc'
    assert (counted(path, query), read(path, query)) == ([(1, 0)], 1)


def _emptied(index: Path) -> None:
    shutil.rmtree(index)


def _cut_short(index: Path) -> None:
    path = next(index.glob("0*/low.bin"))
    path.write_bytes(path.read_bytes()[:-1])


def _without_a_file(index: Path) -> None:
    next(index.glob("0*/counts.npy")).unlink()


def _of_another_method(index: Path) -> None:
    note = json.loads((index / "covers.json").read_text())
    (index / "covers.json").write_text(json.dumps({**note, "method": "0"}))


def _no_json(index: Path) -> None:
    (index / "covers.json").write_text("{")


def _of_another_store(index: Path) -> None:
    others = [replace(one, text=one.text.replace("Syria", "Sudan")) for one in TALKS]
    other = build(index.parents[1] / "other", [naming(one) for one in others])
    shutil.rmtree(index)
    shutil.copytree(folder_of(other), index)


HARMS = [_emptied, _cut_short, _without_a_file, _of_another_method, _no_json, _of_another_store]


@pytest.mark.parametrize("harm", HARMS)
def test_a_harmed_index_changes_no_answer(store, harm):
    harm(folder_of(store))
    assert counted(store, "syria") == [(1, 0), (3, 1)]
    assert read(store, "syria") == 3


@pytest.mark.parametrize("harm", HARMS)
def test_the_next_run_mends_a_harmed_index(store, harm):
    harm(folder_of(store))
    build(store, [])
    assert read(store, "syria") == 0
    assert counted(store, "syria") == [(1, 0), (3, 1)]


def test_a_flipped_bit_is_found(store):
    path = next(folder_of(store).glob("0*/low.bin"))
    content = bytearray(path.read_bytes())
    content[0] ^= 1
    path.write_bytes(content)
    assert damage(folder_of(store)) == [str(path.parent)]


def test_a_run_killed_before_the_index_names_the_new_part_leaves_the_old_one(store):
    before = (folder_of(store) / "covers.json").read_bytes()
    build(store, [naming(article(4, text="Syria."))])
    (folder_of(store) / "covers.json").write_bytes(before)
    assert counted(store, "syria") == [(1, 0), (1, 0), (3, 1)]
    assert read(store, "syria") == 1
    build(store, [])
    assert read(store, "syria") == 0


def test_what_a_killed_run_began_is_removed(store):
    (folder_of(store) / "000009.draft").mkdir()
    build(store, [naming(article(4, text="Syria."))])
    assert not list(folder_of(store).glob("*.draft"))


def test_a_long_run_brings_the_index_to_the_store_between(tmp_path, monkeypatch):
    monkeypatch.setattr("pipelines.store.writer.INDEX_AFTER", 2)
    drawn = Drawn(tmp_path / "store", random.Random(13))
    with open_writer(drawn.path, now=NOW) as writer:
        for number in range(3):
            drawn.put(writer, number, 1)
            writer.flush()
        with closing(open_store(drawn.path)) as opened:
            assert opened.indexed() == 2


def test_a_reader_keeps_its_answers_while_parts_are_joined(tmp_path):
    drawn = Drawn(tmp_path / "store", random.Random(14))
    drawn.add(20)
    with closing(open_store(drawn.path)) as opened:
        before = by_index(opened, "syria OR iran")
        rebuild_index(drawn.path, anew=True)
        assert by_index(opened, "iran OR syria") == before


def test_small_segments_are_joined(tmp_path):
    draw = random.Random(9)
    drawn = Drawn(tmp_path / "store", draw)
    for _ in range(20):
        drawn.add(3)
    assert len(manifest.read_entries(folder_of(drawn.path))) < 10
    with closing(open_store(drawn.path)) as opened:
        assert opened.indexed() == 60
        assert list(disagreements(opened, draw, 600)) == []


def test_made_anew_it_is_of_one_piece_and_answers_the_same(tmp_path):
    draw = random.Random(10)
    drawn = Drawn(tmp_path / "store", draw)
    for _ in range(3):
        drawn.add(20)
    drawn.learn(0.1)
    rebuild_index(drawn.path, anew=True)
    assert len(manifest.read_entries(folder_of(drawn.path))) == 1
    with closing(open_store(drawn.path)) as opened:
        assert list(disagreements(opened, draw, 2_000)) == []


def test_nothing_is_added_where_nothing_is_missing(store):
    assert rebuild_index(store) == 0


def test_a_search_over_an_empty_store_finds_nothing(tmp_path):
    path = build(tmp_path / "store", [])
    assert counted(path, "syria") == []


def test_an_article_without_a_word_is_found_by_what_it_lacks(tmp_path):
    silent = replace(article(1), text="...", zones=(ZoneSpan(0, 3, Zone.BODY),))
    path = build(tmp_path / "store", [naming(silent)])
    assert (counted(path, "NOT syria"), read(path, "NOT syria")) == ([(0, 0)], 0)


def test_a_text_with_a_word_of_a_book_s_length_is_left_to_the_matcher(tmp_path):
    path = build(tmp_path / "store", [naming(article(1, text="x" * 20_000 + " Syria"))])
    assert (counted(path, "syria"), read(path, "syria")) == ([(1, 0)], 1)


def test_pieces_are_the_words_of_the_matcher():
    draw = random.Random(11)
    for number in range(200):
        made = drawn_article(draw, number)
        draft = Drafted()
        draft.add(1, made.text, made.zones)
        laid = _laid_out(np.array(draft._row, np.int64))
        words = make_searchable(made.text, made.zones)
        paragraphs = [*words.words.paragraphs, *(10**6 + p for p in words.tags.paragraphs)]
        assert len(laid.words) == len(paragraphs)
        stretch = np.searchsorted(laid.stretches, np.arange(len(paragraphs)), "right")
        assert (np.diff(stretch) > 0).tolist() == (np.diff(paragraphs) > 0).tolist()


def test_evidence_of_the_newest_articles_is_the_first_of_all(store):
    query = Query(text="syria OR iran")
    with closing(open_store(store)) as opened:
        every = opened.mentions(query)
        newest = opened.mentions(query, newest=1)
    assert newest["article_id"].nunique() == 1
    assert newest.equals(every.head(len(newest)))


def test_evidence_of_stored_tags_has_its_sentences(tmp_path):
    written = naming(TALKS[1], (TagKind.TOPIC, "syria", "Syria"))
    path = build(tmp_path / "store", [written])
    with closing(open_store(path)) as opened:
        rows = opened.mentions(Query(topics=("syria",), text="iran"))
    again = "Syria, and Syria again."
    assert rows["sentence"].tolist() == ["Iran.", "Syria", again, again]
