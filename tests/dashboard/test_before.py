"""What changed against the span before, in words."""

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest
from frames import attention

from dashboard.charts.attention import on_the_line
from dashboard.words.before import changes
from pipelines.query import Interval, Measure, Query, Unit

NAN = float("nan")


def asked(days: int) -> Query:
    start = date(2015, 5, 1)
    return Query(
        ("syria",), start=start, end=start + timedelta(days=days - 1), interval=Interval.DAY
    )


def said(
    now: list[float],
    then: list[float],
    *,
    measure: Measure = Measure.COUNT,
    coverage: float = 1.0,
    complete: list[bool] | None = None,
) -> str:
    buckets = on_the_line(attention(now, complete=complete)).assign(
        previous_date=[f"2015-04-{29 - n}" for n in range(len(now), 0, -1)],
        previous_count=pd.array(then, dtype="Int64"),
        previous_total_count=50,
        previous_coverage=coverage,
        previous=[one / 50 for one in then],
        adjusted_ratio=[one / 50 for one in now],
    )
    (sentence,) = changes(buckets, replace(asked(len(now)), measure=measure))
    return sentence


@pytest.mark.parametrize(
    ("now", "then", "words"),
    [
        ([6, 6], [4, 4], "Syria: 12 articles, 50% more than the 8 of the span before"),
        ([3, 3], [4, 4], "Syria: 6 articles, 25% fewer than the 8 of the span before"),
        ([30, 2], [4, 4], "Syria: 32 articles, 4.0 times the 8 of the span before"),
        ([4, 4], [4, 4], "Syria: 8 articles, about as many as the 8 of the span before"),
        ([4, 4], [0, 0], "Syria: 8 articles, after none in the span before"),
        ([0, 0], [0, 0], "Syria: 0 articles, as in the span before"),
        ([4, 4], [NAN, NAN], "Syria: nothing is known of the span before"),
    ],
    ids=["more", "fewer", "times", "same", "new", "nothing", "unknown"],
)
def test_counts_are_compared(now, then, words):
    assert said(now, then).startswith(words)
    assert "(2015-04-29 to 2015-04-30)" in said(now, then)


@pytest.mark.parametrize("measure", [Measure.SHARE, Measure.ADJUSTED])
def test_shares_are_compared_in_points(measure):
    assert "12.0% of all, 4.0 points more than the 8.0% of the span" in said(
        [6, 6], [4, 4], measure=measure
    )
    assert "8.0% of all, as in the span before" in said([4, 4], [4, 4], measure=measure)


def test_only_what_is_known_and_complete_in_both_spans_is_compared():
    sentence = said([6, 6, 9], [4, NAN, 4], complete=[True, True, False])
    assert sentence.startswith("Syria: 6 articles, 50% more than the 4 of")
    assert sentence.endswith("Compared: 1 of 3 days.")


def test_a_span_collected_in_part_is_to_be_compared_with_care():
    assert said([6], [4], coverage=0.5).endswith("Collected in part: compare with care.")


def test_distinct_texts_are_said_to_be_sums_of_buckets():
    buckets = on_the_line(attention([6])).assign(
        previous_date="2015-04-30", previous_count=3, previous_coverage=1.0
    )
    (sentence,) = changes(buckets, replace(asked(1), unit=Unit.TEXTS))
    assert "6 distinct texts, summed over buckets, 100% more" in sentence
