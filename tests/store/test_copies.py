"""The index of copies lives on in the store: reopened, made anew, and in step with the commits."""

import json
import shutil
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pipelines import syndication
from pipelines.config import SourceConfig
from pipelines.ingest import ingest
from pipelines.outlets import read_outlets
from pipelines.query import Query
from pipelines.reading.reader import Reader
from pipelines.sources import read_source
from pipelines.store import last_version, open_store, open_writer
from pipelines.store.files import tables
from pipelines.store.files.commits import commit_path, read_commit
from pipelines.store.writing import copies
from pipelines.syndication import METHOD, make_sketch
from pipelines.tagging import make_taggers
from tests.store.build import Written, article, at, build
from tests.store.old import make_old
from tests.syndication.test_assign import edited, words

_NOW = datetime(2015, 7, 1, tzinfo=UTC)
_WIRE = words("wire")
_TEXTS = {
    "first": (1, _WIRE),
    "exact": (2, _WIRE),
    "near": (3, edited(_WIRE, 1)),
    "update": (4, words("more", 250) + _WIRE),
    "late": (30, edited(_WIRE, 2)),
    "other": (2, words("other")),
    "short": (2, _WIRE[:15]),
}


def run(store, *names, text=(), **more):
    """Send the named texts down the line, in a run of their own."""
    rows = []
    for name in names:
        day, known = _TEXTS.get(name, (5, ()))
        row = {"url": f"https://{name}.example/1", "title": name, "media_name": name}
        row |= {"text": " ".join(text or known), "publish_date": f"2015-06-{day:02}"}
        rows.append(row | more)
    store.mkdir(exist_ok=True)
    path = store.parent / "rows.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    with open_writer(store, now=_NOW) as writer:
        stream = read_source(SourceConfig(location=str(path)))
        ingest(stream, writer, Reader(read_outlets(())), taggers=make_taggers(()))


def rows(store, snap=None):
    """Return the articles of a store by the name of their text."""
    with closing(open_store(store, snap=snap)) as opened:
        return opened.articles(Query()).set_index("title")


def opened_index(store):
    with open_writer(store, now=_NOW) as writer:
        return writer.known.copies


def found(index):
    """Return what an index says of some texts."""
    asked = [edited(_WIRE, 7), words("other")[:90], words("new"), _WIRE[:60]]
    return [index.find(make_sketch(text), date(2015, 6, 3)) for text in asked]


@pytest.fixture
def store(tmp_path):
    run(tmp_path / "store", *_TEXTS)
    return tmp_path / "store"


def test_articles_say_what_they_are_copies_of_and_how(store):
    articles = rows(store)
    assert articles["copy_level"].to_dict() == {
        "first": "",
        "exact": "exact",
        "near": "near",
        "update": "update",
        "late": "",
        "other": "",
        "short": "",
    }
    first = articles["article_id"]["first"]
    assert set(articles["copy_of"].dropna()) == {first}
    assert (articles["copy_of"].isna() == (articles["copy_level"] == "")).all()


def test_a_copy_that_came_before_its_original_has_the_level_they_share(tmp_path):
    run(tmp_path / "store", "near", "first")
    articles = rows(tmp_path / "store")
    assert articles["copy_level"].to_dict() == {"near": "near", "first": ""}


def test_the_original_is_out_first_whatever_day_its_publishers_call_it(tmp_path):
    york = replace(at(datetime(2015, 6, 2, 1, tzinfo=UTC)), published_day=date(2015, 6, 1))
    moscow = replace(at(datetime(2015, 6, 1, 23, tzinfo=UTC)), published_day=date(2015, 6, 2))
    written = [Written(article(n, said), syndication_id=1) for n, said in enumerate((york, moscow))]
    with closing(open_store(build(tmp_path, written))) as store:
        copies = store.article(article(0).article_id).copies
    assert copies["article_id"].tolist() == [article(n).article_id for n in (1, 0)]
    assert copies["copy_of"].dropna().tolist() == [article(1).article_id]


def test_a_run_for_each_text_groups_as_one_run_does(store, tmp_path):
    apart = tmp_path / "apart" / "store"
    apart.parent.mkdir()
    for name in _TEXTS:
        run(apart, name)
    columns = ["syndication_id", "copy_of", "copy_level"]
    assert rows(apart)[columns].sort_index().equals(rows(store)[columns].sort_index())
    assert found(opened_index(apart)) == found(opened_index(store))


def test_opening_a_whole_store_commits_nothing(store):
    version = last_version(store)
    opened_index(store)
    assert last_version(store) == version


def test_an_old_store_is_read_and_gets_its_sketches_when_opened_for_writing(store):
    before, index, version = rows(store), opened_index(store), last_version(store)
    make_old(store, schema=1)
    old = rows(store)
    assert old["syndication_id"].equals(before["syndication_id"])
    assert opened_index(store).count == index.count
    assert last_version(store) == version + 2  # its tables brought up to date, then the sketches
    assert found(opened_index(store)) == found(index)
    after = rows(store)
    assert after["syndication_id"].equals(before["syndication_id"])  # never given anew
    assert rows(store, snap=version)["copy_of"].equals(before["copy_of"])


def test_another_method_makes_all_sketches_anew_and_keeps_groups_and_levels(store, monkeypatch):
    before, version = rows(store), last_version(store)
    for module in (copies, syndication):
        monkeypatch.setattr(module, "METHOD", METHOD + 1)
    opened_index(store)
    assert last_version(store) == version + 1
    table = tables.files_of(store / "tables" / "copies", read_commit(store).tables["copies"])
    assert len(table) == 1
    after = rows(store)
    assert after["copy_level"].equals(before["copy_level"])
    assert after["syndication_id"].equals(before["syndication_id"])
    opened_index(store)
    assert last_version(store) == version + 1


def test_later_versions_are_found_too_and_keep_the_group(tmp_path):
    store = tmp_path / "store"
    for day, text in ((1, _WIRE), (2, words("rewritten"))):
        run(store, "first", text=text, fetched_at=f"2015-06-{day:02}T00:00:00Z")
    article = rows(store).loc["first"]
    assert article["versions"] == 2
    index = opened_index(store)
    for text in (_WIRE, words("rewritten")):
        group, _ = index.find(make_sketch(edited(text, 1)), None)
        assert group == article["syndication_id"]


@pytest.fixture
def keeping(store, monkeypatch):
    """Return a store whose arrays are kept although it is small."""
    monkeypatch.setattr(copies, "KEEP_FROM", 2)
    assert found(opened_index(store)) == found(opened_index(store))
    assert (store / "index" / "copies" / "covers.json").is_file()
    return store


def test_kept_arrays_answer_as_those_made_of_the_table(keeping):
    kept = opened_index(keeping)
    shutil.rmtree(keeping / "index")
    assert found(kept) == found(opened_index(keeping))


def test_texts_after_the_kept_ones_are_added(keeping, monkeypatch):
    monkeypatch.setattr(copies, "KEEP_FROM", 100)
    run(keeping, "later", text=words("later"))
    index = opened_index(keeping)
    assert len(index.segments) == 2
    group = rows(keeping)["syndication_id"]["later"]
    assert index.find(make_sketch(edited(words("later"), 1)), None)[0] == group


@pytest.mark.parametrize("damage", ["cut", "gone", "no note"])
def test_kept_arrays_that_are_damaged_are_made_anew(keeping, damage):
    expected = found(opened_index(keeping))
    folder = keeping / "index" / "copies"
    if damage == "cut":
        (folder / "rows.npy").write_bytes((folder / "rows.npy").read_bytes()[:-8])
    elif damage == "gone":
        (folder / "sizes.npy").unlink()
    else:
        (folder / "covers.json").write_text("{")
    assert found(opened_index(keeping)) == expected
    assert (folder / "sizes.npy").is_file()


def test_kept_arrays_of_a_commit_that_was_taken_back_are_not_used(keeping):
    before = opened_index(keeping)
    run(keeping, "later", text=words("later"))
    assert opened_index(keeping).count == before.count + 1  # and its arrays are kept
    commit_path(keeping, last_version(keeping)).unlink()
    after = opened_index(keeping)
    assert after.count == before.count
    assert after.find(make_sketch(words("later")), None) is None
