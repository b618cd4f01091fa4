"""The matrix of names: a frame of pairs goes in, a figure comes out."""

from dataclasses import replace

import numpy as np
import pandas as pd

from dashboard.charts.matrix import matrix_chart, short_labels
from dashboard.filters import compared, narrowed, searched, with_both
from dashboard.tables import bond, bonds, matrix_in_words, together_table
from pipelines.query import Query
from pipelines.querylang import parse


def _pairs(*names: str) -> pd.DataFrame:
    rows = [
        (one, one.title(), other, other.title(), 9 if one == other else 4, 3.0, 5.0)
        for one in names
        for other in names
    ]
    columns = ["tag", "name", "other", "other_name", "articles", "lift", "strength"]
    return pd.DataFrame(rows, columns=columns)


def test_three_names_make_three_rows_and_columns_without_a_coloured_diagonal():
    figure = matrix_chart(_pairs("anna", "boris", "clara"))
    colours, cells = figure.data
    z = np.asarray(colours.z, dtype=float)
    assert z.shape == (3, 3)
    assert np.isnan(np.diagonal(z)).all()
    assert (z[~np.eye(3, dtype=bool)] == 4).all()
    assert list(cells.text) == ["9", "4", "4", "4", "9", "4", "4", "4", "9"]
    assert list(figure.layout.yaxis.categoryarray) == ["Anna", "Boris", "Clara"]


def test_each_cell_carries_its_pair():
    cells = matrix_chart(_pairs("anna", "boris")).data[1]
    assert [tuple(one[:2]) for one in cells.customdata] == [
        ("anna", "anna"),
        ("anna", "boris"),
        ("boris", "anna"),
        ("boris", "boris"),
    ]


def test_a_pair_that_no_article_names_is_a_dot():
    frame = _pairs("anna", "boris").assign(articles=[9, 0, 0, 3])
    assert list(matrix_chart(frame).data[1].text) == ["9", "·", "·", "3"]


def test_a_hostile_name_is_text_in_labels_and_hints():
    frame = _pairs("anna", "boris").replace({"Anna": "<a href='x'>Anna"})
    figure = matrix_chart(frame)
    assert figure.data[0].x[0].startswith("&lt;a")
    assert all("<a" not in hint for _, _, hint in figure.data[1].customdata)


def test_names_that_are_cut_alike_keep_places_of_their_own():
    labels = short_labels(["Ministry of Defence of A", "Ministry of Defence of B"])
    assert len(set(labels)) == 2


def test_the_same_frame_makes_the_same_figure():
    frame = _pairs("anna", "boris")
    assert matrix_chart(frame).to_json() == matrix_chart(frame).to_json()


def test_an_empty_frame_makes_an_empty_figure():
    assert len(matrix_chart(_pairs()).data[1].text) == 0


def test_the_table_has_each_pair_once():
    table = together_table(_pairs("anna", "boris", "clara"))
    assert list(zip(table["Name"], table["With"], strict=True)) == [
        ("Anna", "Boris"),
        ("Anna", "Clara"),
        ("Boris", "Clara"),
    ]
    assert "Anna and Boris, 4 articles" in matrix_in_words(_pairs("anna", "boris"))


def test_a_bond_is_strong_only_beyond_chance_and_twice_what_it_would_give():
    assert [bond(5, 9), bond(1.5, 9), bond(5, 1), bond(0.1, -4)] == [
        "strong",
        "weak",
        "chance",
        "seldom together",
    ]
    assert bonds(_pairs("anna")) == ["strong"]


def test_both_names_narrow_what_was_counted_before():
    query = Query(topics=("syria",), within="veto")
    both = with_both(query, "anna", "boris")
    assert (both.topics, both.entities) == ((), ("anna",))
    assert both.within == '((veto) AND (topic:"syria")) AND entity:"boris"'
    assert with_both(query, "anna", "anna") == narrowed(query, "entities", "anna")


def test_names_to_compare_become_the_lines():
    query = compared(Query(topics=("syria",)), ["anna", "boris"])
    assert (query.topics, query.entities) == ((), ("anna", "boris"))
    assert query.within == '(topic:"syria")'
    assert compared(Query(), ["anna"]) == replace(Query(), entities=("anna",))


def test_a_search_for_any_name_can_be_read():
    for name in ('Jane "J" Doe', "<img src=x>", "Müller\\", "A AND B"):
        assert parse(searched(Query(), name).text)
