"""Topics changed on their page: seen first, signed, counted; made, taken away, put back."""

import fcntl
import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from stores import write_store
from streamlit.testing.v1 import AppTest

from pipelines.cli import main
from pipelines.config import load_config
from pipelines.query import Query
from pipelines.store import open_store
from pipelines.tagging.topics import Topic, read_topics
from pipelines.topic_changes.change import change_topic

Open = Callable[..., AppTest]
MINE = """\
# Of the desk.
[[topic]]
id = "syria"
name = "Syria"
query = "Syria"  # one word

[[topic]]
id = "unsc"
name = "UN Security Council"
query = "UN Security Council"
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of settings, a topics file of the user's, and a store that is up to date."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "mine.toml").write_text(MINE)
    # No model of names: it takes long to load, and is asked nothing here.
    settings = 'store = "store"\ntopics = "mine.toml"\nnames = "none"\n[reading]\nprocesses = 0\n'
    (folder / "wirewatch.toml").write_text(settings)
    write_store(folder / "store")
    ingest(folder)
    return folder


def ingest(folder: Path) -> None:
    """Run an ingest of nothing that is an article."""
    nothing, settings = str(folder / "mine.toml"), str(folder / "wirewatch.toml")
    assert main(["ingest", nothing, "--config", settings]) == 1


@pytest.fixture
def store(desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return such a store to be written to."""
    shutil.copytree(desk, tmp_path / "desk")
    monkeypatch.setenv("WIREWATCH_CONFIG", str(tmp_path / "desk" / "wirewatch.toml"))
    return tmp_path / "desk" / "store"


def counted(store: Path) -> dict[str, int]:
    with closing(open_store(store)) as opened:
        ids = opened.topics()["id"]
        return {topic: opened.article_count(Query(topics=(topic,))) for topic in ids}


def mine(store: Path) -> dict[str, Topic]:
    return {topic.id: topic for topic in read_topics([str(store.parent / "mine.toml")])}


def said(app: AppTest) -> str:
    kinds = (app.text, app.caption, app.error, app.warning, app.success, app.header)
    return unescape("\n".join(one.value for kind in kinds for one in kind))


def press(app: AppTest, label: str) -> AppTest:
    (button,) = [one for one in app.button if one.label == label]
    button.click().run()
    assert not app.exception, app.exception
    return app


def part(app: AppTest, name: str) -> AppTest:
    app.segmented_control(key="topic_part").set_value(name).run()
    assert not app.exception, app.exception
    return app


def sign(app: AppTest, why: str = "asked for") -> None:
    app.text_input(key="change_who").set_value("Ada")
    app.text_input(key="change_why").set_value(why)


def tried(open_app: Open, store: Path, query: str) -> AppTest:
    app = part(open_app(store, "topics", subject="syria"), "Change")
    app.text_area(key="try_query").set_value(query).run()
    assert not app.exception, app.exception
    return app


def test_a_query_counts_after_its_preview_with_one_press_and_an_ingest_keeps_it(
    open_app: Open, store: Path
):
    app = tried(open_app, store, "Syria OR harvest")
    assert " gained: " in said(app)
    sign(app)
    press(app, "Count with this query")
    assert "“Syria” counts like this from now on, as version 2" in said(app)
    assert app.segmented_control(key="topic_part").value == "What it finds"
    before = counted(store)
    assert mine(store)["syria"].query == "Syria OR harvest"
    assert (store.parent / "mine.toml").read_text().startswith("# Of the desk.\n")
    ingest(store.parent)
    assert counted(store) == before
    rows = part(app, "Versions").dataframe[-1].value
    assert rows[["Version", "By", "Why"]].values.tolist() == [[2, "Ada", "asked for"], [1, "", ""]]


def test_nothing_counts_without_a_name_and_a_reason(open_app: Open, store: Path):
    app = tried(open_app, store, "Syria OR harvest")
    app.text_input(key="change_who").set_value("")
    press(app, "Count with this query")
    assert "Say who changes it" in said(app)
    app.text_input(key="change_who").set_value("Ada")
    press(app, "Count with this query")
    assert "Say why" in said(app)
    assert mine(store)["syria"].query == "Syria"


def test_while_another_run_writes_it_says_so_and_keeps_the_draft(open_app: Open, store: Path):
    app = tried(open_app, store, "Syria OR harvest")
    sign(app)
    with (store / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        press(app, "Count with this query")
    assert "Nothing was changed: another run is writing" in said(app)
    assert app.text_area(key="try_query").value == "Syria OR harvest"
    assert (store.parent / "mine.toml").read_text() == MINE
    press(app, "Count with this query")  # once the other has ended
    assert "as version 2" in said(app)


def test_a_topic_that_somebody_else_changed_is_not_overwritten_unseen(open_app: Open, store: Path):
    app = tried(open_app, store, "Syria OR harvest")
    sign(app)
    config = load_config(store.parent / "wirewatch.toml")
    now, was = datetime.now(UTC), Topic("syria", "Syria", "Syria")
    new = Topic("syria", "Syria", "Syria OR Geneva")
    change_topic(config, store, new, was, who="Bob", why="wider", now=now)
    press(app, "Count with this query")  # of the preview before Bob's change: does nothing
    assert "The topic was changed meanwhile by Bob" in said(app)
    assert mine(store)["syria"].query == "Syria OR Geneva"
    press(app, "Count with this query")
    assert mine(store)["syria"].query == "Syria OR harvest"


def test_an_earlier_version_is_looked_at_and_put_back(open_app: Open, store: Path):
    app = tried(open_app, store, "Syria OR harvest")
    sign(app)
    press(app, "Count with this query")
    app = part(app, "Versions")
    app.session_state["versions"] = {"selection": {"rows": [1], "columns": []}}
    app.run()
    assert app.segmented_control(key="topic_part").value == "Change"
    assert app.text_area(key="try_query").value == "Syria"
    assert " lost, " in said(app)
    sign(app, "too wide")
    press(app, "Count with this query")
    assert mine(store)["syria"].query == "Syria"
    with closing(open_store(store)) as opened:
        rows = opened.topic_versions()
    assert rows[rows["id"] == "syria"]["why"].tolist() == ["", "asked for", "too wide"]


def test_a_hostile_name_shows_as_it_is(open_app: Open, store: Path):
    name = "![x](http://t.example/x.png) :red[a] <script>alert(1)</script>"
    app = part(open_app(store, "topics", subject="syria"), "Change")
    app.text_input(key="try_name").set_value(name + "x" * 10_000).run()
    sign(app)
    press(app, "Save")
    name += "x" * (200 - len(name))  # as much as the box takes
    assert "is saved. Every number stays." in said(app)
    assert mine(store)["syria"].name == name
    assert name in said(app).replace("\u2060", "")
    assert not {"<", "["} & set("".join(head.value for head in app.header))


def test_a_new_topic_shows_what_it_finds_and_is_counted(open_app: Open, store: Path):
    app = press(open_app(store, "topics"), "New topic")
    app.text_area(key="try_query").set_value("Geneva").run()
    assert "The newest it finds" in said(app)
    assert "Give it a name" in said(app)
    app.text_input(key="try_name").set_value("Женева").run()
    sign(app)
    press(app, "Count this topic")
    assert "“Женева” counts like this from now on, as version 1" in said(app)
    assert mine(store)["zheneva"].query == "Geneva"
    assert counted(store)["zheneva"] > 0


def test_a_topic_is_taken_away_and_put_back(open_app: Open, store: Path):
    app = part(open_app(store, "topics", subject="syria", topic="syria"), "Change")
    press(app, "Take this topic away")
    sign(app, "over")
    press(app, "Take it away")
    assert "“Syria” is not counted any more" in said(app)
    assert list(counted(store)) == ["unsc"]
    press(app, "New topic")
    app.selectbox(key="new_begin").set_value("syria").run()
    assert app.text_area(key="try_query").value == "Syria"
    sign(app, "needed")
    press(app, "Count this topic")
    assert list(counted(store)) == ["syria", "unsc"]
    assert "Take this topic away" in [one.label for one in part(app, "Change").button]
    assert "counted = false" not in (store.parent / "mine.toml").read_text()


def test_an_old_version_of_the_store_is_not_changed(open_app: Open, store: Path):
    app = part(open_app(store, "topics", subject="syria", snap="1"), "Change")
    assert "open the newest to change topics" in said(app)
    assert not [one for one in app.button if one.label == "New topic"]


def test_a_draft_stays_while_other_parts_are_looked_at(open_app: Open, store: Path):
    app = part(tried(open_app, store, "Syria OR harvest"), "Versions")
    assert part(app, "Change").text_area(key="try_query").value == "Syria OR harvest"


def test_a_session_that_filters_by_a_topic_that_somebody_takes_away_goes_on(
    open_app: Open, store: Path
):
    app = open_app(store, topic="syria")
    config = load_config(store.parent / "wirewatch.toml")
    was = Topic("syria", "Syria", "Syria")
    gone = Topic("syria", "Syria", "Syria", counted=False)
    change_topic(config, store, gone, was, who="Bob", why="over", now=datetime.now(UTC))
    for page in ("articles", "topics", "compare", "overview"):
        app.switch_page(f"app_pages/{page}.py").run()
        assert not app.exception, (page, app.exception)


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda file: file.write_text("[[topic]\n"), "cannot read the topics in"),
        (lambda file: file.chmod(0o444), "it is read-only; have the user that runs"),
    ],
    ids=["broken", "read-only"],
)
def test_a_file_that_cannot_be_changed_is_told_before_anybody_signs(
    open_app: Open, store: Path, harm: Callable[[Path], object], told: str
):
    harm(store.parent / "mine.toml")
    app = tried(open_app, store, "Syria OR harvest")
    assert told in said(app)
    assert not [one for one in app.button if one.label == "Count with this query"]
