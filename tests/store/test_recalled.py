"""What a writer recalls of a store is what plain dictionaries of its rows say."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.article import CopyLevel, Outcome, Outlet, Tags, TextSource
from pipelines.hashing import hash63
from pipelines.store import open_writer
from pipelines.store.writing.recall import Places, Recalled
from pipelines.syndication import Placement
from pipelines.versions import Decision, KnownVersion, Twin
from tests.store.build import article, on_day

_KEYS = st.integers(-3, 3) | st.sampled_from([2**63 - 1, -(2**63)])
_NOW = datetime(2020, 1, 1, 12, 30, 0, 123456, UTC)


@given(st.lists(_KEYS), _KEYS)
def test_a_key_has_the_rows_it_stands_in_and_in_their_order(keys, asked):
    places = [place for place, key in enumerate(keys) if key == asked]
    assert Places(pa.array(keys, pa.int64()).to_numpy()).of(asked) == places


_CHANGES = st.lists(
    st.tuples(st.sampled_from(["set", "default"]), st.integers(0, 4), st.integers())
)


@given(st.dictionaries(st.integers(0, 4), st.integers(1)), _CHANGES)
def test_what_a_run_adds_lies_over_what_is_stored_as_in_one_dictionary(stored, changes):
    recalled, plain = Recalled(stored.get), dict(stored)
    for change, key, value in changes:
        if change == "set":
            recalled[key] = plain[key] = value
        else:
            assert recalled.setdefault(key, value) == plain.setdefault(key, value)
    for key in range(6):
        assert recalled.get(key) == plain.get(key)
        assert recalled.get(key, "none") == plain.get(key, "none")
        assert (key in recalled) == (key in plain)
    with pytest.raises(KeyError):
        recalled[5]


def test_a_reopened_writer_recalls_versions_twins_groups_and_ends(tmp_path):
    made = (
        article(1, on_day(date(2015, 1, 1)), text="Talks on Syria went on."),
        article(1, on_day(date(2015, 1, 2)), text="Talks on Syria ended."),
        article(2, on_day(date(2015, 1, 1)), text="Talks on Syria went on."),
    )
    one, again, other = (
        replace(new, text_hash=hash63(new.text), fetched_at=taken)
        for new, taken in zip(made, (_NOW, None, _NOW), strict=True)
    )
    for number, (new, version) in enumerate([(one, 1), (again, 2), (other, 1)]):
        with open_writer(tmp_path, now=_NOW.replace(hour=number)) as writer:
            decision = Decision(Outcome.STORED, new.article_id, version)
            group = Placement(one.article_id, CopyLevel.NONE)
            writer.add(new, decision, group, Tags())
    with open_writer(tmp_path, now=_NOW) as writer:
        known = writer.known
        assert known.versions.get(one.article_id) == [
            KnownVersion(n, TextSource(new.text_source), new.content_hash, new.fetched_at, True)
            for n, new in ((1, one), (2, again))
        ]
        assert known.versions.get(99) is None
        key = one.outlet.id, one.content_hash
        assert known.twins.get(key) == Twin(one.article_id, date(2015, 1, 1))
        assert known.twins.get((Outlet("x", "X").id, one.content_hash)) is None
        assert known.own_ids.get(other.article_id) == one.article_id
        assert known.ids_by_text.get(other.text_hash) == one.article_id
        assert known.ids_by_text.get(0) is None
