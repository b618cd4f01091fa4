"""Furniture learned in a store: what an outlet repeats never counts, in whatever order it came."""

import json
import random
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest

from pipelines.article import Zone
from pipelines.config import SourceConfig
from pipelines.ingest import ingest
from pipelines.learning import count_line
from pipelines.outlets import read_outlets
from pipelines.query import Query
from pipelines.reading.reader import Reader
from pipelines.retag import refresh_tags
from pipelines.sources import read_source
from pipelines.store import last_version, open_store, open_writer, writer
from pipelines.store.files.commits import commit_path
from pipelines.tagging import make_taggers, read_topics

_NOW = datetime(2015, 9, 1, tzinfo=UTC)
_TOPICS = read_topics(("default",))
_SIDE = "Our live page on Syria is open day and night."
_SYRIA = Query(topics=("syria",))


@pytest.fixture(scope="module")
def taggers():
    return make_taggers(_TOPICS)


class Desk:
    """The line into one store, run by run."""

    def __init__(self, folder, taggers):
        self.store, self._file, self._taggers = folder / "store", folder / "rows.jsonl", taggers

    def run(self, rows):
        """Ingest `rows`; return how they ended."""
        self._file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        with open_writer(self.store, now=_NOW) as writer:
            refresh_tags(writer, self._taggers, _TOPICS)
            stream = read_source(SourceConfig(location=str(self._file)))
            report = ingest(stream, writer, Reader(read_outlets(())), taggers=self._taggers)
        return {outcome.value: n for outcome, n in report.outcomes.items()}

    def learned(self):
        with closing(open_store(self.store)) as store:
            return set(store.furniture()["line"])

    def counted(self, query=_SYRIA):
        """Return title -> mentions of every article the query counts."""
        with closing(open_store(self.store)) as store:
            rows = store.articles(query)
            assert store.mentions(query)["article_id"].nunique() == len(rows)
            return dict(zip(rows["title"], rows["mentions"], strict=True))

    def set_line(self, line, *, counts):
        with closing(open_store(self.store)) as store:
            lines = store.furniture()
        key = int(lines.loc[lines["line"] == line, "line_key"].iloc[0])
        with open_writer(self.store, now=_NOW) as writer:
            return count_line(writer, self._taggers, key, who="Ada", counts=counts)


@pytest.fixture
def desk(tmp_path, taggers):
    return Desk(tmp_path, taggers)


def _row(number, *lines, day=None, outlet="Post", **more):
    """Return an article on rain; its own words are in no other."""
    own = f"Rain number {number} fell on field {number} of farm {number} all through the night."
    return {
        "url": f"https://{outlet.casefold()}.example/{number}",
        "title": f"Rain {outlet} {number}",
        "text": "\n".join([own, *lines]),
        "media_name": outlet,
        "publish_date": (day or date(2015, 6, 1) + timedelta(days=3 * number)).isoformat(),
        **more,
    }


def test_a_sidebar_sentence_never_counts(desk):
    desk.run([_row(n, _SIDE) for n in range(5)])
    assert desk.learned() == {_SIDE}
    assert desk.counted() == {}


def test_articles_stored_before_it_was_known_follow(desk):
    desk.run([_row(n, _SIDE) for n in range(2)])
    assert desk.counted() == {"Rain Post 0": 1, "Rain Post 1": 1}
    desk.run([_row(n, _SIDE) for n in range(2, 5)])
    assert desk.counted() == {}
    desk.run([_row(5, "Talks on Syria.", _SIDE)])
    assert desk.counted() == {"Rain Post 5": 1}


def test_search_evidence_and_article_page_see_the_same(desk):
    desk.run([_row(n, _SIDE) for n in range(5)])
    assert desk.counted(Query(text='"live page"')) == {}
    assert len(desk.counted(Query(text="rain"))) == 5
    with closing(open_store(desk.store)) as store:
        article_id = int(store.articles(Query())["article_id"].iloc[0])
        article = store.article(article_id)
    last = article.zones[-1]
    assert (article.text[last.start : last.end], last.zone) == (_SIDE, Zone.FURNITURE)
    assert article.mentions.empty


def test_outlets_do_not_teach_each_other(desk):
    desk.run([_row(n, _SIDE, outlet=name) for n, name in enumerate(["Post", "Mail"] * 2)])
    assert desk.learned() == set()
    desk.run([_row(n, _SIDE) for n in range(10, 14)])
    assert set(desk.counted()) == {"Rain Mail 1", "Rain Mail 3"}


def test_edits_of_one_article_teach_nothing(desk):
    for hour in range(6):
        text = f"Syria saw rain at hour {hour} of the day."
        row = _row(1, text, _SIDE, fetched_at=f"2015-06-{1 + 3 * hour:02}T10:00:00Z")
        row["publish_date"] = f"2015-06-{1 + 3 * hour:02}"
        desk.run([row])
    assert desk.learned() == set()
    assert desk.counted() == {"Rain Post 1": 2}


def test_an_article_counts_once_whatever_its_edits(desk):
    for day in range(1, 25, 4):
        rows = [_row(n, f"Seen at noon, {day}.", "Syria desk") for n in range(3)]
        again = {"fetched_at": f"2015-07-{day:02}T10:00:00Z", "publish_date": f"2015-07-{day:02}"}
        desk.run([{**row, **again} for row in rows])
    assert "Syria desk" in desk.learned()


def test_follow_ups_of_some_days_teach_nothing(desk):
    days = [date(2015, 6, 1) + timedelta(days=n) for n in range(6)]
    others = [_row(n, day=days[n % 6]) for n in range(100, 120)]
    desk.run([*others, *(_row(n, _SIDE, day=day) for n, day in enumerate(days))])
    assert desk.learned() == set()
    assert len(desk.counted()) == 6


def test_a_side_column_of_one_day_is_learned(desk):
    desk.run([_row(n, _SIDE, day=date(2015, 6, 1)) for n in range(6)])
    assert desk.counted() == {}


def test_undated_articles_teach_by_their_share(desk):
    rows = [_row(n, _SIDE) for n in range(6)]
    desk.run([{name: row[name] for name in row if name != "publish_date"} for row in rows])
    assert desk.counted() == {}


def test_the_same_captures_again_change_nothing(desk):
    rows = [_row(n, _SIDE) for n in range(5)]
    desk.run(rows)
    version = last_version(desk.store)
    assert desk.run(rows) == {"unchanged": 5}
    assert last_version(desk.store) == version
    later = [{**row, "fetched_at": "2015-08-01T00:00:00Z"} for row in rows]
    assert desk.run(later) == {"unchanged": 5}  # learned lines make no edit of it


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_arrival_changes_no_count(tmp_path, taggers, seed):
    news = "The envoy to Syria spoke."
    rows = [_row(n, news, _SIDE, "Syria desk") for n in range(6)]
    rows += [_row(n, _SIDE, news, outlet="Mail") for n in range(10, 13)]
    rows += [_row(n, "Talks on Syria.", day=date(2015, 6, 20)) for n in range(20, 30)]
    rows += [
        _row(3, f"{news} Again.", _SIDE, "Syria desk", fetched_at=f"2015-08-{day}T00:00:00Z")
        for day in (10, 20)
    ]
    order = random.Random(seed)
    ends = []
    for name, arrived in (("one", rows), ("other", order.sample(rows, len(rows)))):
        (tmp_path / name).mkdir()
        desk = Desk(tmp_path / name, taggers)
        cuts = sorted(order.sample(range(1, len(rows)), 3))
        for start, end in zip([0, *cuts], [*cuts, len(rows)], strict=True):
            desk.run(arrived[start:end])
        ends.append((desk.learned(), desk.counted()))
    assert ends[0] == ends[1]
    assert ends[0][0] >= {_SIDE, "Syria desk"}


def test_changed_definitions_keep_furniture_out(desk, tmp_path):
    desk.run([_row(n, _SIDE) for n in range(5)])
    wider = tmp_path / "topics.toml"
    wider.write_text(
        '[[topic]]\nid = "syria"\nname = "S"\nquery = "page OR rain"\ncolor = "#1f77b4"\n'
    )
    topics = read_topics((str(wider),))
    with open_writer(desk.store, now=_NOW) as writer:
        assert refresh_tags(writer, make_taggers(topics), topics).versions == 5
    with closing(open_store(desk.store)) as store:
        assert "page" not in set(store.mentions(_SYRIA)["surface"])
        assert len(store.mentions(_SYRIA)) == 10


def test_a_store_from_before_learning_learns_with_the_next_run(desk):
    desk.run([_row(n, _SIDE) for n in range(5)])
    _forget_lines(desk)
    assert len(desk.counted(Query(text='"live page"'))) == 5
    desk.run([_row(5, _SIDE)])
    assert desk.learned() == {_SIDE}
    assert desk.counted(Query(text='"live page"')) == {}


def _forget_lines(desk):
    """Take the tables of learning out of the last commit, as older commits have none."""
    path = commit_path(desk.store, last_version(desk.store))
    commit = json.loads(path.read_text())
    del commit["tables"]["lines"], commit["tables"]["furniture"]
    path.write_text(json.dumps(commit))


def test_a_line_set_to_count_counts_until_that_is_taken_back(desk):
    desk.run([_row(n, _SIDE) for n in range(5)])
    assert desk.set_line(_SIDE, counts=True) == 5
    assert len(desk.counted()) == 5
    assert len(desk.counted(Query(text='"live page"'))) == 5
    desk.run([_row(5, _SIDE)])
    assert len(desk.counted()) == 6
    with closing(open_store(desk.store)) as store:
        assert store.furniture()["counts_by"].tolist() == ["Ada"]
    assert desk.set_line(_SIDE, counts=False) == 6
    assert desk.counted() == {}
    with closing(open_store(desk.store)) as store:
        assert store.furniture()["counts_by"].isna().all()


def test_a_line_that_was_not_learned_cannot_be_set(desk, taggers):
    desk.run([_row(1, _SIDE)])
    with open_writer(desk.store, now=_NOW) as writer, pytest.raises(KeyError, match="l0000"):
        count_line(writer, taggers, 7, who="Ada")
    assert desk.counted() == {"Rain Post 1": 1}


def test_tags_of_other_articles_stay_as_they_are(desk):
    desk.run([_row(n, "Talks on Syria.") for n in range(100, 103)])
    desk.run([_row(n, _SIDE, outlet="Mail") for n in range(5)])
    assert desk.counted() == {f"Rain Post {n}": 1 for n in range(100, 103)}


def test_rows_that_wait_on_the_disk_are_those_that_would_wait_in_memory(
    tmp_path, taggers, monkeypatch
):
    ends = []
    for name, held in (("memory", 100_000), ("disk", 3)):
        monkeypatch.setattr(writer, "SPILL", held)
        (tmp_path / name).mkdir()
        desk = Desk(tmp_path / name, taggers)
        own = (f"Talks on Syria, said {letter * 5}." for letter in "abcdefgh")
        desk.run([_row(n, _SIDE, line) for n, line in enumerate(own)])
        with closing(open_store(desk.store)) as store:
            evidence = store.mentions(_SYRIA).drop(columns="day")
        ends.append((desk.learned(), desk.counted(), evidence.to_dict("list")))
        assert not list(desk.store.glob("staging/*/*"))
    assert ends[0] == ends[1]
    assert ends[0][1]
