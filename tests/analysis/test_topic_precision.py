"""Samples, labels and figures of a topic's precision."""

from contextlib import closing
from datetime import UTC, date, datetime

import pandas as pd
import pytest

from pipelines.analysis import topic_precision as tp
from pipelines.query import Query
from pipelines.store import open_store
from tests.store.build import Written, article, build, on_day

_T = "syria"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Sixty articles: all name Syria, every second Iran too, every third in its headline only."""
    written = [
        Written(
            article(
                n,
                on_day(date(2015, 6, 1 + n % 20)),
                title=f"Syria {n}" if n % 3 == 0 else f"Title {n}",
                text=f"Syria talks {n}." + (f" Iran too {n}." if n % 2 else ""),
                language="en" if n % 4 else "ru",
            )
        )
        for n in range(60)
    ]
    path = build(tmp_path_factory.mktemp("precision") / "store", written)
    with closing(open_store(path)) as opened:
        yield opened


def rows(store, query="Syria"):
    asked = Query(text=query)
    return tp.evidence(store.articles(asked), store.mentions(asked))


def labels(sample, right=lambda n: True, seed=0, definition=1):
    """Label the rows of a sample, in its order."""
    keys = list(zip(sample["article_id"], sample["sentence_key"], strict=True))
    return pd.DataFrame(
        {
            "topic": _T,
            "sense": "hit",
            "article_id": [key for key, _ in keys],
            "sentence_key": [key for _, key in keys],
            "definition": definition,
            "seed": seed,
            "right": [right(n) for n in range(len(keys))],
            "made_at": datetime(2015, 7, 1, tzinfo=UTC),
        }
    )


def test_every_sentence_that_makes_a_hit_is_evidence_once(store):
    found = rows(store)
    assert len(found) == 80  # twenty have it in headline and text
    assert not found.duplicated(["article_id", "sentence_key"]).any()


def test_a_hit_without_a_marked_span_is_shown_by_its_headline(store):
    found = rows(store, "NOT Iran")
    assert len(found) == 30
    assert found["sentence"].str.contains("Title|Syria").all()


def test_a_sample_is_the_same_for_the_same_seed_and_has_each_article_once(store):
    one, again = (tp.draw(rows(store), _T, n=20, seed=7) for _ in range(2))
    assert one.equals(again)
    assert one["article_id"].is_unique
    assert not one["article_id"].equals(tp.draw(rows(store), _T, n=20, seed=8)["article_id"])


def test_a_smaller_sample_is_the_beginning_of_a_larger(store):
    small, large = (tp.draw(rows(store), _T, n=n, seed=1) for n in (5, 30))
    assert small.equals(large.head(5))


def test_samples_of_two_definitions_share_what_both_find(store):
    wide, narrow = rows(store), rows(store, "Syria Iran")
    one, other = tp.draw(wide, _T, n=20, seed=3), tp.draw(narrow, _T, n=20, seed=3)
    both = set(one["article_id"]) & set(narrow["article_id"])
    assert both <= set(other["article_id"])


def test_samples_over_many_seeds_draw_every_article_about_as_often(store):
    found = rows(store)
    drawn = pd.concat([tp.draw(found, _T, n=15, seed=seed) for seed in range(200)])
    counts = drawn["article_id"].value_counts()
    assert len(counts) == 60
    assert counts.between(25, 80).all()  # 50 on average, standard deviation 6


def test_precision_counts_labels_with_the_interval_of_wilson(store):
    found = rows(store)
    said = labels(tp.draw(found, _T, n=50, seed=0), right=lambda n: n >= 5)
    result = tp.precision(said, found, _T)
    assert (result.right, result.labelled, result.unlabelled) == (45, 50, 0)
    assert result.low == pytest.approx(0.7864, abs=1e-4)  # textbook: 45 of 50
    assert result.high == pytest.approx(0.9565, abs=1e-4)


def test_without_labels_there_is_no_figure(store):
    none = labels(rows(store).head(0))
    assert tp.precision(none, rows(store), _T) == tp.Precision(0, 0)


def test_labels_hold_for_another_definition_where_the_evidence_is_the_same(store):
    found, narrow = rows(store), rows(store, "Syria Iran")
    said = labels(tp.draw(found, _T, n=60, seed=0))
    result = tp.precision(said, narrow, _T)
    assert result.labelled == 30
    assert result.unlabelled == 0


def test_what_a_definition_gained_is_unlabelled(store):
    narrow = rows(store, "Syria NOT NOT Iran")
    said = labels(tp.draw(narrow, _T, n=30, seed=0))
    result = tp.precision(said, rows(store), _T)
    assert result.labelled == 30
    assert 20 <= result.unlabelled <= 30  # up to the highest place that was labelled


def test_of_two_labels_of_a_sentence_the_later_holds(store):
    found = rows(store)
    sample = tp.draw(found, _T, n=10, seed=0)
    said = pd.concat([labels(sample), labels(sample.head(3), right=lambda n: False)])
    assert tp.precision(said, found, _T).right == 7


def test_a_label_of_a_sentence_that_is_no_evidence_does_not_hold(store):
    found = rows(store)
    said = labels(tp.draw(found, _T, n=10, seed=0)).assign(sentence_key=5)
    result = tp.precision(said, found, _T)
    assert (result.labelled, result.unlabelled) == (0, 10)


def test_groups_add_up_to_the_whole(store):
    found = rows(store)
    said = labels(tp.draw(found, _T, n=40, seed=0), right=lambda n: n % 3 > 0)
    held, _ = tp.in_frame(said, found, _T, 0)
    groups = tp.by_group(held, "language")
    assert groups["labelled"].sum() == 40
    assert groups["right"].sum() == tp.precision(said, found, _T).right


def test_a_corrected_trend_lies_within_its_ends():
    result = tp.estimate(pd.Series([True] * 9 + [False]))
    trend = tp.corrected(pd.Series([100, 0, 7]), result)
    assert trend["corrected"].tolist() == pytest.approx([90, 0, 6.3])
    assert (trend["low"] <= trend["corrected"]).all()
    assert (trend["corrected"] <= trend["high"]).all()


def test_what_was_said_before_stands_in_the_next_sheet(store):
    found = rows(store)
    said = labels(tp.draw(found, _T, n=10, seed=0), right=lambda n: n != 2)
    sample = tp.draw(found, _T, n=15, seed=0)
    sheet = tp.to_sheet(tp.with_labels(sample, found, said), {}, "hit", 0)
    assert sheet["right"].tolist() == ["yes", "yes", "no", *["yes"] * 7, *[""] * 5]
    assert sheet["sentence"].tolist() == sample["sentence"].tolist()
    nothing = tp.with_labels(sample, found, said.head(0))
    assert tp.to_sheet(nothing, {}, "hit", 0)["right"].tolist() == [""] * 15


def test_a_sheet_is_read_back_as_it_was_filled_in(store):
    sample = tp.draw(rows(store), _T, n=4, seed=0)
    sheet = tp.to_sheet(sample, {}, "hit", 0)
    assert sheet["right"].tolist() == [""] * 4
    sheet["right"] = ["yes", "No ", "", "1"]
    said = tp.from_sheet(sheet)
    assert said["right"].tolist() == [True, False, True]
    assert set(zip(said["sense"], said["seed"], strict=True)) == {("hit", 0)}
    assert said["sentence_key"].tolist() == sample["sentence_key"].drop(2).tolist()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"right": "perhaps"}, "row 2 has 'perhaps'"),
        ({"right": "yes", "key": "1.8E18"}, "an id or sample of the sheet was changed"),
        (None, "no column key, right"),
    ],
)
def test_a_sheet_that_cannot_be_read_says_why(store, change, message):
    sheet = tp.to_sheet(tp.draw(rows(store), _T, n=1, seed=0), {}, "hit", 0)
    sheet = sheet.drop(columns=["right", "key"]) if change is None else sheet.assign(**change)
    with pytest.raises(ValueError, match=message):
        tp.from_sheet(sheet)
