"""The picture of the collection, from frames of a few cells."""

from datetime import date, timedelta

import pandas as pd
import pytest

from dashboard.charts.coverage_heat import MOST_ROWS, STATES, coverage_heat, worst_first

_COLUMNS = ["source", "outlet", "date", "bucket_end", "state", "expected", "collected"]


def _cells(*rows: tuple[str, str, int, str, int, int]) -> pd.DataFrame:
    table = [
        (source, outlet, date(2015, 6, day), date(2015, 6, day), state, expected, collected)
        for source, outlet, day, state, expected, collected in rows
    ]
    return pd.DataFrame(table, columns=_COLUMNS).assign(fetches=4, failures=1, stored=3, low_days=0)


CELLS = _cells(
    ("a", "echo", 1, "collected", 1, 1),
    ("a", "echo", 2, "unknown", 0, 0),
    ("b", "", 1, "nothing", 1, 0),
    ("b", "", 2, "partly", 2, 1),
)


def test_each_state_has_a_colour_and_missing_days_a_sign_as_well():
    heat = coverage_heat(CELLS).data[0]
    assert [[STATES[int(n)] for n in row] for row in heat.z] == [
        ["nothing", "partly"],
        ["collected", "unknown"],
    ]
    assert heat.text.tolist() == [["×", "/"], ["", ""]]
    assert len({colour for _, colour in heat.colorscale}) == len(STATES)


def test_a_day_of_which_unusually_little_came_has_an_arrow_and_says_so():
    figure = coverage_heat(CELLS.assign(low_days=[1, 0, 0, 0]))
    assert figure.data[0].text.tolist() == [["×", "/"], ["↓", ""]]
    assert "unusually little" in figure.data[1].customdata[2][3]


def test_the_source_with_most_missing_stands_on_top():
    assert worst_first(CELLS) == ["b", "a"]


def test_sources_of_which_nothing_is_known_stand_below():
    rows = _cells(("a", "", 1, "unknown", 0, 0), ("b", "", 1, "collected", 1, 1))
    assert worst_first(rows) == ["b", "a"]


@pytest.mark.parametrize(
    ("length", "tick"), [(1, "06-01<br>2015"), (7, "06-01<br>2015"), (30, "2015-06"), (365, "2015")]
)
def test_months_and_years_are_called_by_their_number(length: int, tick: str):
    last = CELLS["date"] + timedelta(days=length - 1)
    assert coverage_heat(CELLS.assign(bucket_end=last)).layout.xaxis.ticktext[0] == tick


def test_a_cell_knows_its_outlet_and_days_and_says_what_happened():
    cell = coverage_heat(CELLS).data[1].customdata[2]
    assert cell[:3].tolist() == ["echo", "2015-06-01", "2015-06-01"]
    assert "4 fetches, 1 failed, 3 new articles" in cell[3]


def test_more_sources_than_there_is_room_for_are_left_to_the_table():
    rows = [(f"s{n:03}", "", 1, "collected", 1, 1) for n in range(MOST_ROWS + 5)]
    assert coverage_heat(_cells(*rows)).data[0].z.shape == (MOST_ROWS, 1)


def test_a_hostile_name_of_a_source_is_text():
    figure = coverage_heat(_cells(("<img src=x>", "", 1, "nothing", 1, 0)))
    assert "<img" not in figure.to_json()


def test_no_cells_are_no_picture():
    assert len(coverage_heat(CELLS.head(0)).data) == 0
