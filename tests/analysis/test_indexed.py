"""The index: its base is the same for all lines, and is said."""

from datetime import date

import numpy as np
import pandas as pd

from pipelines.analysis.indexed import add_index, base_of


def rows(counts, *, series="a", coverage=1.0, complete=True):
    days = [f"2015-05-{day:02}" for day in range(1, len(counts) + 1)]
    frame = pd.DataFrame(
        {
            "series": series,
            "date": days,
            "count": pd.array(counts, dtype="Int64"),
            "coverage": coverage,
            "complete": pd.array([complete] * len(counts), dtype="boolean"),
            "bucket_end": days,
        }
    )
    last = pd.DataFrame([{"series": series, "date": "undated", "count": 4}])
    both = pd.concat([frame, last], ignore_index=True)
    return both.assign(
        count=both["count"].astype("Int64"), complete=both["complete"].astype("boolean")
    )


def test_the_first_complete_bucket_is_100_and_is_named():
    frame = rows([8, 4, 16])
    frame["complete"] = pd.array([False, True, True, None], dtype="boolean")
    indexed = add_index(frame)
    assert indexed["index"].head(3).tolist() == [200, 100, 400]
    assert indexed["index_base"].head(3).unique().tolist() == ["2015-05-02"]
    assert np.isnan(indexed["index"].iloc[3])


def test_the_base_is_one_in_which_every_line_counts_something():
    frame = pd.concat([rows([0, 2, 4]), rows([5, 10, 5], series="b")], ignore_index=True)
    indexed = add_index(frame)
    assert base_of(frame) == date(2015, 5, 2).isoformat()
    assert indexed["index"].dropna().tolist() == [0, 100, 200, 50, 100, 50]


def test_a_bucket_collected_in_part_is_no_base():
    frame = rows([3, 6])
    frame["coverage"] = [0.5, 1.0, np.nan]
    assert base_of(frame) == "2015-05-02"


def test_a_gap_stays_empty_and_without_a_base_there_is_no_index():
    assert add_index(rows([2, None, 4]))["index"].head(3).isna().tolist() == [False, True, False]
    frame = rows([0, 0])
    assert base_of(frame) == ""
    assert add_index(frame).equals(frame)
