"""Tables brought to a version by what changed are those laid out at once, whatever changed."""

from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import duckdb
import numpy as np
import pandas as pd
import pytest

from pipelines.article import Outlet, TagKind
from pipelines.errors import StoreError
from pipelines.query import Query
from pipelines.store import Corrected, hide, open_store, set_date, set_outlet, take_back
from pipelines.store.counted import bringing, columns_file, merge, resident
from pipelines.store.counted.columns import Columns
from pipelines.store.upkeep.compaction import compact
from pipelines.store.upkeep.retention import Rule, vacuum
from tests.effort import EFFORT
from tests.store.arrivals import drawn_arrivals
from tests.store.build import NOW, article, build, naming

_ARRIVALS = 5  # a drawn store of many versions takes minutes; `WIREWATCH_EFFORT` draws more
_BY_ARTICLE = {
    "current": "number, shared",
    "article_tag": "number",
    "mention": "number",
    "quote": "number",
    "furniture_span": "",
}


@pytest.fixture
def always_brought(monkeypatch):
    """Keep tables from the first article on, lay out all at once but the first time never.

    Arrays are read a few places at a time, so that they have borders.
    """
    monkeypatch.setattr(resident, "KEPT_FROM", 1)
    monkeypatch.setattr(merge, "PART", 5)
    monkeypatch.setattr(bringing, "_MOST", 0)


@pytest.mark.parametrize("seed", range(EFFORT))
def test_tables_brought_to_a_version_are_those_laid_out_at_once(
    tmp_path, always_brought, monkeypatch, seed
):
    draw, store = Random(seed), tmp_path / "store"
    brought = 0
    for arrival in drawn_arrivals(draw, _ARRIVALS):
        with monkeypatch.context() as patch:
            patch.setattr(resident, "KEPT_FROM", 10**9)  # several versions are one change
            arrival.reach(store, tmp_path)
            _handle(draw, store, arrival.at + timedelta(seconds=1))
        if (store / "tables" / "articles").exists():
            brought += _check(store)
    assert brought > 1


def _handle(draw: Random, store: Path, now: datetime) -> None:
    """Let a person, or the upkeep, do something to a store, or nothing."""
    with closing(open_store(store)) as reader:
        ids = reader.look_up("SELECT DISTINCT article_id FROM articles ORDER BY 1")["article_id"]
        domains = reader.look_up("SELECT DISTINCT outlet_domain FROM articles ORDER BY 1")
    if ids.empty:
        return
    said = {"who": "Ada", "now": now, "why": "to see"}
    of = draw.choice([draw.choice(ids.tolist()), draw.choice(domains["outlet_domain"].tolist())])
    one = draw.choice(ids.tolist())
    match draw.randint(0, 7):
        case 0 | 1:
            hide(store, one, **said)
        case 2:
            set_outlet(store, of, outlet=Outlet("gazette", "Gazette"), country="FR", **said)
        case 3:
            set_date(store, one, NOW.date(), **said)
        case 4:
            compact(store, now=now, most_files=1)
        case 5:
            for what in Corrected:
                with suppress(StoreError):
                    take_back(store, of, what, **said)


def _check(store: Path) -> bool:
    """Hold the kept tables against others laid out now; return whether they were brought."""
    with closing(open_store(store)) as reader:
        connection = reader._connection
        files = {name: reader.files(name) for name in reader._files}
        commit = reader._commit
        reader.placements(Query())
        if not list((store / "index" / "resident").glob("*.duckdb")):
            return False  # no article yet
        with closing(resident.connect(files, commit.generations, commit.schema)) as anew:
            _compare_tables(connection, anew)
            arrays = columns_file.columns_in_memory(anew.cursor())
            _compare_columns(reader.columns, arrays)
        ((numbering,),) = connection.execute("SELECT numbering FROM kept.made_of").fetchall()
        with connection.cursor() as cursor:
            parts = columns_file._in_order(cursor)
            found = {name: np.concatenate(list(some)) for name, some in parts}
        _compare_columns(Columns({**found, "numbering": np.array([numbering])}), arrays)
    return bool(numbering)


def _compare_tables(kept: duckdb.DuckDBPyConnection, anew: duckdb.DuckDBPyConnection) -> None:
    for table, left_out in _BY_ARTICLE.items():
        frames = [_rows(one, table, left_out) for one in (kept, anew)]
        pd.testing.assert_frame_equal(*frames, obj=table)
    groups = [_groups(one) for one in (kept, anew)]
    assert groups[0] == groups[1]


def _rows(connection: duckdb.DuckDBPyConnection, table: str, left_out: str) -> pd.DataFrame:
    exclude = f"EXCLUDE ({left_out})" if left_out else ""
    source = table
    if table == "article_tag":
        source = "(SELECT article_id, article_tag.* FROM article_tag JOIN current USING (number))"
    frame = connection.sql(f"SELECT * {exclude} FROM {source}").to_arrow_table().to_pandas()
    frame = frame.astype(str)
    return frame.sort_values(list(frame.columns), ignore_index=True)


def _groups(connection: duckdb.DuckDBPyConnection) -> list[list[int]]:
    sql = """SELECT list_sort(list(article_id)) FROM current WHERE shared IS NOT NULL
        GROUP BY shared ORDER BY 1"""
    return [ids for (ids,) in connection.execute(sql).fetchall()]


def _compare_columns(columns: Columns, anew: columns_file.Arrays) -> None:
    assert {*columns._arrays} == {*anew, "numbering"}
    for name, expected in anew.items():
        if name != "number":
            found = columns._arrays[name]
            assert found.dtype == expected.dtype, name
            np.testing.assert_array_equal(found, expected, err_msg=name)
    numbers = columns._arrays["number"]
    assert len(np.unique(numbers)) == len(numbers)


def _commit(store: Path, number: int) -> Path:
    return build(store, [naming(article(number, text="Syria."), (TagKind.TOPIC, "syria", "Syria"))])


def _numbering(store: Path) -> int:
    """Return 0 where the tables of the newest version were laid out at once."""
    with closing(open_store(store)) as reader:
        assert reader.article_count(Query()) == reader.version
        return int(
            reader._connection.execute("SELECT numbering FROM kept.made_of").fetchall()[0][0]
        )


def test_all_is_laid_out_anew_once_a_quarter_has_come(tmp_path, monkeypatch):
    monkeypatch.setattr(resident, "KEPT_FROM", 1)
    is_anew = [_numbering(_commit(tmp_path, number)) == 0 for number in range(6)]
    assert "".join("x" if one else "." for one in is_anew) == "xxxx.x"


def test_what_was_removed_since_is_not_asked_for(tmp_path, always_brought):
    _numbering(_commit(tmp_path, 1))
    for number in (2, 3):
        _commit(tmp_path, number)
    compact(tmp_path, now=NOW, most_files=1)
    vacuum(tmp_path, Rule(last=1), lambda plan: True)
    with closing(open_store(tmp_path)) as reader:
        assert reader.article_count(Query()) == 3


def test_arrays_of_another_numbering_are_made_anew(tmp_path, always_brought):
    for number in (1, 2):
        assert bool(_numbering(_commit(tmp_path, number))) == (number == 2)
    one, other = (tmp_path / "index" / "resident").glob("*.columns")
    both = one.read_bytes(), other.read_bytes()
    one.write_bytes(both[1])
    other.write_bytes(both[0])
    assert _numbering(tmp_path)
    assert _check(tmp_path)


def test_tables_of_a_store_that_was_moved_are_brought(tmp_path, always_brought):
    _numbering(_commit(tmp_path / "here", 1))
    _commit(tmp_path / "here", 2)
    (tmp_path / "here").rename(tmp_path / "there")
    assert _numbering(tmp_path / "there")


def test_an_earlier_version_is_brought_from_a_later_one(tmp_path, always_brought):
    for number in (1, 2):
        _commit(tmp_path, number)
    _numbering(tmp_path)
    with closing(open_store(tmp_path, snap=1)) as reader:
        assert reader.article_count(Query()) == 1
        assert reader._connection.execute("SELECT numbering FROM kept.made_of").fetchall() != [(0,)]
