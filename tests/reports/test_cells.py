"""Files written a column at a time are, to the byte, those written a cell at a time."""

import csv
import io
import re
from datetime import UTC, date, datetime

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from pipelines.hashing import id_text
from pipelines.reports.cells import dangerous, encoded, guarded, ids_as_shown, texts_of

_WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ["=1+1", " =1", "\u2003-2", "\x1c@x", "\t", "\r\n", 'said "no", twice', "", "＝1"]
)
_INSTANTS = st.datetimes(timezones=st.just(UTC))
_COLUMNS = {
    "texts": (_WORDS, "str"),
    "instants": (_INSTANTS, "datetime64[us, UTC]"),
    "floats": (st.floats(allow_nan=False), "float64"),
    "counts": (st.integers(0, 2**63 - 1), "Int64"),
    "flags": (st.booleans(), "boolean"),
    "days": (st.dates(date(1, 1, 1)), "object"),
    "lists": (st.lists(_WORDS, max_size=3), "object"),
    "mixed": (_WORDS | st.integers() | st.booleans() | st.floats(allow_nan=False), "object"),
}
_DANGEROUS = re.compile(r"^\s*[=+\-@\t\r\x00＝＋－＠]|^[\t\r\n]")


def _plainly(value):
    """The cell of one value, as conventions have it."""
    if isinstance(value, list):
        return "; ".join(value)
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return ""
    if isinstance(value, datetime):
        return value.isoformat()[:19] + "Z"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.6g}" if value % 1 else str(int(value))
    return str(value)


def _file(names, rows):
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows([names, *rows])
    return written.getvalue().encode()


@given(st.data(), st.integers(0, 6))
def test_file_of_any_columns_is_the_one_written_cell_by_cell(data, count):
    drawn = {
        name: data.draw(st.lists(values | st.none(), min_size=count, max_size=count), label=name)
        for name, (values, _) in _COLUMNS.items()
    }
    frame = pd.DataFrame(
        {name: pd.Series(drawn[name], dtype=_COLUMNS[name][1]) for name in _COLUMNS}
    )
    cells = [guarded(texts_of(frame[name])) for name in _COLUMNS]
    plain = [[_plainly(value) for value in drawn[name]] for name in _COLUMNS]
    rows = [
        [f"'{cell}" if _DANGEROUS.match(cell) else cell for cell in row]
        for row in zip(*plain, strict=True)
    ]
    found = encoded(list(zip(_COLUMNS, cells, strict=True)), bom=False)
    assert found == _file(list(_COLUMNS), rows)


@given(st.lists(_WORDS))
def test_dangerous_cells_are_those_the_rule_names(texts):
    found = dangerous(texts_of(pd.Series(texts, dtype="str")))
    assert found.tolist() == [n for n, text in enumerate(texts) if _DANGEROUS.match(text)]


@given(st.lists(st.integers(0, 2**63 - 1)))
def test_ids_are_shown_alike_with_and_without_missing_ones(numbers):
    expected = [id_text(number) for number in numbers]
    assert ids_as_shown(pd.Series(numbers, dtype="int64")).tolist() == expected
    shown = ids_as_shown(pd.Series([*numbers, None], dtype="Int64"))
    assert shown.tolist()[:-1] == expected
    assert pd.isna(shown.iloc[-1])


def test_file_of_more_rows_than_are_written_at_once_is_whole():
    numbers = pd.Series(range(120_001))
    content = encoded([("n", texts_of(numbers)), ("m", texts_of(numbers))], bom=True)
    assert content == b"\xef\xbb\xbf" + _file(["n", "m"], ([n, n] for n in range(120_001)))
