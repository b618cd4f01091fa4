"""CSV files: columns, escaping, and what a spreadsheet makes of them."""

import csv
import io
from datetime import UTC, date, datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.query import Interval, Query
from pipelines.reports.columns import COLUMNS
from pipelines.reports.csv_report import csv_name, to_csv, with_evidence


def _rows(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def _articles(title):
    return pd.DataFrame({"article_id": [7], "title": [title], "countries": [["SY", "RU"]]})


@pytest.mark.parametrize(
    "text",
    ["=1+1", " =1+1", "+7 900", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＠x"],
    ids=repr,
)
def test_cell_a_spreadsheet_would_execute_gets_an_apostrophe(text):
    column = COLUMNS["articles"].index("title")
    assert _rows(to_csv(_articles(text), "articles"))[1][column] == f"'{text}"
    assert _rows(to_csv(_articles(text), "articles", raw=True))[1][column] == text


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_raw_cells_come_back_exactly(text):
    column = COLUMNS["articles"].index("title")
    assert _rows(to_csv(_articles(text), "articles", raw=True))[1][column] == text


def test_rows_end_in_crlf_and_the_bom_is_on_request():
    content = to_csv(_articles("x"), "articles")
    assert content.count(b"\r\n") == 2
    assert not content.startswith(b"\xef\xbb\xbf")
    assert to_csv(_articles("x"), "articles", bom=True).startswith(b"\xef\xbb\xbf")


def test_negative_numbers_are_numbers_not_formulas():
    frame = pd.DataFrame({"country": ["RU"], "count": [-1], "ratio": [-0.5]})
    assert _rows(to_csv(frame, "countries"))[1] == ["RU", "", "", "-1", "-0.5"]


def test_lists_instants_days_and_ids_are_written_plainly():
    frame = pd.DataFrame(
        {
            "article_id": pd.array([9130601471335728596], dtype="Int64"),
            "published_at": [datetime(2015, 6, 2, 22, 23, tzinfo=UTC)],
            "published_day": [date(2015, 6, 2)],
            "countries": [["SY", "RU"]],
            "copy_of": pd.array([None], dtype="Int64"),
        }
    )
    row = dict(zip(*_rows(to_csv(frame, "articles")), strict=True))
    assert row["id"] == "a" + f"{9130601471335728596:016x}"
    assert row["published_at"] == "2015-06-02T22:23:00Z"
    assert row["publish_date"] == "2015-06-02"
    assert row["mentioned_countries"] == "SY; RU"
    assert row["copy_of"] == ""


def test_empty_frame_gives_the_header_alone():
    assert _rows(to_csv(pd.DataFrame(), "attention")) == [list(COLUMNS["attention"])]


def test_evidence_joins_each_sentence_once():
    mentions = pd.DataFrame({"article_id": [7, 7, 7], "sentence": ["One.", "One.", "Two."]})
    assert with_evidence(_articles("x"), mentions)["evidence"].tolist() == ["One. | Two."]


def test_file_name_says_what_is_in_it():
    query = Query(
        ("syria", "unsc"),
        outlet_countries=("RU",),
        start=date(2015, 5, 1),
        end=date(2015, 6, 30),
        interval=Interval.WEEK,
    )
    assert csv_name("attention", query, 12) == (
        "wirewatch_attention_syria-unsc_RU_2015-05-01_2015-06-30_week_v12.csv"
    )
