"""The matrix of presses and countries, from frames of a few pairs."""

import numpy as np
import pandas as pd

from dashboard.charts.country_matrix import MOST, country_matrix_chart, largest
from pipelines.query import Measure

PAIRS = pd.DataFrame(
    [
        ("RU", "Russia", "SY", "Syria", 6, 10, 0.6),
        ("RU", "Russia", "US", "United States", 5, 10, 0.5),
        ("", "unknown", "SY", "Syria", 1, 4, 0.25),
    ],
    columns=[
        "outlet_country",
        "outlet_label",
        "country",
        "label",
        "articles",
        "row_total",
        "share",
    ],
)


def test_each_cell_has_its_number_and_a_pair_that_does_not_occur_a_dash():
    figure = country_matrix_chart(PAIRS)
    assert list(figure.layout.yaxis.ticktext) == ["Russia", "unknown"]
    assert list(figure.layout.xaxis.ticktext) == ["Syria", "United States"]
    assert figure.data[0].text.tolist() == [["6", "5"], ["1", "–"]]


def test_names_of_columns_stand_upright():
    # Slanted, those at the right edge run past it, and plotly leaves them out.
    assert country_matrix_chart(PAIRS).layout.xaxis.tickangle == -90


def test_the_colour_is_the_share_within_the_row_and_nothing_has_none():
    heat = country_matrix_chart(PAIRS).data[0]
    np.testing.assert_allclose(heat.z, [[0.6, 0.5], [0.25, np.nan]])


def test_shares_are_written_where_they_are_asked_for():
    heat = country_matrix_chart(PAIRS, Measure.SHARE).data[0]
    assert heat.text.tolist() == [["60%", "50%"], ["25%", "–"]]


def test_a_cell_knows_what_it_opens():
    marks = country_matrix_chart(PAIRS).data[1]
    assert (marks.x[2], marks.y[2]) == (0, 1)
    assert marks.customdata[2][:2].tolist() == ["", "SY"]
    assert "1 of 4 articles" in marks.customdata[2][2]


def test_only_the_largest_rows_and_columns_are_drawn():
    rows = [
        (f"H{home:02}", f"H{home:02}", f"C{code:02}", f"C{code:02}", 100 - code, 200 - home, 0.1)
        for home in range(20)
        for code in range(20)
    ]
    drawn = largest(pd.DataFrame(rows, columns=PAIRS.columns))
    assert set(drawn["outlet_country"]) == {f"H{n:02}" for n in range(MOST)}
    assert set(drawn["country"]) == {f"C{n:02}" for n in range(MOST)}


def test_an_empty_frame_is_an_empty_matrix():
    assert len(country_matrix_chart(PAIRS.head(0)).data) == 0
