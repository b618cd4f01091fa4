"""A tag has one look, and the server's settings carry the same colours."""

import tomllib
from pathlib import Path

from dashboard.charts.theme import BROWSER, DARK, LIGHT, looks

CONFIG = Path(__file__).resolve().parents[2] / "dashboard" / ".streamlit" / "config.toml"
TOPICS = [f"t{number}" for number in range(12)]


def test_a_topic_keeps_its_colour_whatever_stands_beside_it():
    alone = looks(["topic:t4"], topics=TOPICS)
    among = looks(["entity:x", "topic:t1", "topic:t4"], topics=TOPICS)
    assert alone["topic:t4"] == among["topic:t4"]


def test_eight_series_of_one_chart_have_eight_colours():
    series = [f"entity:name-{number}" for number in range(6)] + ["topic:t1", "topic:t11"]
    assert len({look.colour for look in looks(series, topics=TOPICS).values()}) == 8


def test_the_first_ten_topics_never_give_way():
    among = looks([f"topic:{topic}" for topic in reversed(TOPICS[2:])], topics=TOPICS)
    for topic in TOPICS[2:10]:
        assert among[f"topic:{topic}"] == looks([f"topic:{topic}"], topics=TOPICS)[f"topic:{topic}"]


def test_four_lines_have_four_patterns():
    # A topic and a query tried for it were two blue lines without a break.
    series = ["topic:syria", *(f"query:Syria OR Assad {number}" for number in range(3))]
    assert len({look.dash for look in looks(series, topics=TOPICS).values()}) == 4
    tried = "query:Syria OR Assad OR Дамаск"
    assert (
        len({look.dash for look in looks([tried, "topic:syria"], topics=["syria"]).values()}) == 2
    )


def test_the_place_in_the_list_does_not_change_a_look():
    series = [f"entity:name-{number}" for number in range(8)]
    assert looks(series) == looks(series[::-1])


def test_colours_of_the_settings_are_those_of_the_theme():
    theme = tomllib.loads(CONFIG.read_text())["theme"]
    assert tuple(theme["light"]["chartCategoricalColors"]) == LIGHT.series
    assert tuple(theme["dark"]["chartCategoricalColors"]) == DARK.series


def test_the_scale_of_each_theme_runs_from_near_the_page_to_far_from_it():
    theme = tomllib.loads(CONFIG.read_text())["theme"]
    for name, sign in (("light", -1), ("dark", 1)):
        scale = theme[name]["chartSequentialColors"]
        sums = [sum(int(one[at : at + 2], 16) for at in (1, 3, 5)) for one in scale]
        assert len(scale) == 10
        assert sums == sorted(sums, reverse=sign < 0)


def test_all_palettes_have_ten_colours():
    assert [len(palette.series) for palette in (LIGHT, DARK, BROWSER)] == [10, 10, 10]


def test_the_hidden_options_still_exist():
    # They are not documented. Without the first each interaction costs 100 ms and more, without the
    # second each sends all options of all filters.
    from streamlit import config

    for option in ("runner.postScriptGC", "global.minCachedMessageSize"):
        assert option in config._config_options_template
