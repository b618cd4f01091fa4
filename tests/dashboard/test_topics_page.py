"""The Topics page: what a topic finds, another query tried, sentences judged, versions."""

from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from stores import write_store
from streamlit.testing.v1 import AppTest

from dashboard.data import of_topics

Open = Callable[..., AppTest]


def _part(app: AppTest, name: str) -> AppTest:
    app.segmented_control(key="topic_part").set_value(name).run()
    assert not app.exception, app.exception
    return app


def _texts(app: AppTest) -> str:
    return unescape("\n".join(one.value for one in [*app.text, *app.caption, *app.error]))


def test_a_topic_shows_its_query_and_the_words_that_carry_it(open_app: Open, full_store: Path):
    app = open_app(full_store, "topics", subject="unsc")
    assert "UN Security Council" in [head.value for head in app.header]
    assert "Read as: UN AND Security AND Council" in _texts(app)
    topics, words = app.dataframe[0].value, app.dataframe[-1].value
    assert list(topics["Topic"]) == ["Syria", "UN Security Council"]
    assert set(words["Word"]) <= {"UN", "Security", "Council"}


def test_without_a_topic_in_the_link_the_first_is_shown(open_app: Open, full_store: Path):
    app = open_app(full_store, "topics")
    assert "Syria" in [head.value for head in app.header]


def test_the_title_names_only_filters_that_narrow_what_the_topic_finds(
    open_app: Open, full_store: Path
):
    asked = {"subject": "syria", "topic": "unsc", "outlet_country": "RU"}
    title = open_app(full_store, "topics", **asked).title[0].value
    assert title == "Topics, 2015-05-04 to 2015-07-11, published in Russia"


def test_a_topic_nobody_knows_is_said(open_app: Open, full_store: Path):
    app = open_app(full_store, "topics", subject="atlantis")
    assert any("atlantis" in warning.value for warning in app.warning)


def test_a_query_tried_shows_sums_that_add_up_and_stores_nothing(open_app: Open, full_store: Path):
    app = _part(open_app(full_store, "topics", subject="syria"), "Change")
    assert "It counts once you say so" in _texts(app)
    app.text_area(key="try_query").set_value("Geneva OR harvest").run()
    assert not app.exception, app.exception
    (line,) = [text.value for text in app.text if " gained: " in text.value]
    now, lost, gained, new = (int(word.replace(",", "")) for word in _numbers(line))
    assert now - lost + gained == new
    heads = [head.value for head in app.header]
    assert any(head.startswith("Gained: ") for head in heads)
    assert list(of_topics.versions("syria", None)["version"]) == [1]


def _numbers(line: str) -> list[str]:
    return [word for word in line.replace(":", " ").split() if word[0].isdigit()]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("syria AND", "Cannot read the query at character 10"),
        ("topic:unsc", "A topic cannot ask for"),
    ],
)
def test_a_query_that_no_topic_can_have_is_refused_in_place(
    open_app: Open, full_store: Path, text: str, said: str
):
    app = _part(open_app(full_store, "topics", subject="syria"), "Change")
    app.text_area(key="try_query").set_value(text).run()
    assert not app.exception, app.exception
    assert any(error.value.startswith(said) for error in app.error)


def test_sentences_judged_give_a_precision(open_app: Open, tmp_path: Path):
    app = _part(open_app(write_store(tmp_path / "store"), "topics", subject="syria"), "Judge")
    assert "Not measured yet" in _texts(app)
    app.button(key="judge_right").click().run()
    assert "Say who judges: the name is kept with it." in _texts(app)
    app.text_input(key="judge_who").set_value("A. Reader").run()
    for key in ("judge_right", "judge_right", "judge_wrong"):
        app.button(key=key).click().run()
        assert not app.exception, app.exception
    assert "67% of the hits are right" in _texts(app)
    assert "2 of 3 judged" in _texts(app)
    assert "3 judged, 27 to go" in _texts(app)


def test_every_version_is_listed_newest_first(open_app: Open, full_store: Path):
    app = _part(open_app(full_store, "topics", subject="syria"), "Versions")
    rows = app.dataframe[-1].value
    assert list(rows["Version"]) == [1]
    assert list(rows["In force"]) == ["yes"]
