"""The measure of the main country: what its figures count, and that its labels are whole."""

import json

from pipelines.tagging import country_names
from tests.quality.main_country import GOLD, MainScore, labelled, right, right_where_said, set_f1

ROWS = json.loads(GOLD.read_text(encoding="utf-8"))


def score(true, found):
    return MainScore("", tuple(true.split()), found)


def test_any_of_the_equal_ones_is_right_and_silence_where_none_is_true():
    scores = [score("US SD", "SD"), score("US", "SD"), score("US", ""), score("", "")]
    assert right(scores) == 2 / 4
    assert right_where_said(scores) == 1 / 2


def test_a_country_said_where_none_is_true_is_wrong():
    assert right([score("", "FR")]) == 0


def test_the_set_counts_every_country_of_a_text():
    both = MainScore("", ("US",), "US", about=("US", "SD"), about_found=("US", "EG"))
    none = MainScore("", (), "FR", about_found=("FR",))
    assert set_f1([both]) == 2 / 4
    assert set_f1([both, none]) == 2 / 5
    assert set_f1([MainScore("", (), "")]) == 1


def test_labels_are_countries_and_the_equal_ones_are_among_them():
    for row in ROWS:
        assert set(row["about"]) <= set(country_names()), row
        assert bool(row["about"]) <= row["equal"] <= len(row["about"]) <= 3, row


def test_no_text_of_the_news_labels_is_labelled_again():
    news = json.loads((GOLD.parents[1] / "news" / "documents.json").read_text(encoding="utf-8"))
    ids = [row["id"] for row in ROWS]
    assert len(set(ids)) == len(ids) == 714
    assert not {row["id"] for row in news}.intersection(ids)


def test_every_n_th_text_is_read_with_its_label(shared_data):
    texts = list(labelled(shared_data, "open", ["geovirus"], 20))
    assert len(texts) == 3
    for row, article in texts:
        assert row["half"] == "open"
        assert article.title
        assert len(article.text) > len(article.title)
