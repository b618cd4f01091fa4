"""A CSV or TSV file in, one capture per row out; delimiter, quoting and columns are recognised."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import TextIO

from pipelines.article import Capture, Fetch, Form
from pipelines.errors import SourceError
from pipelines.sources.chunks import Piece, in_chunks
from pipelines.sources.columns import best_delimiter, passed_over, recognise_columns
from pipelines.sources.encoding import storable
from pipelines.sources.raw import Raw
from pipelines.sources.recognise import HEAD
from pipelines.sources.row_dates import with_dates
from pipelines.sources.rows import row_capture

_MAX_CELL = 20_000_000  # characters; the csv module's own limit of 131,072 cuts long articles
_KEPT = 100_000
_SEPARATOR = re.compile(
    r"\ufeff?sep=([^\r\n])\r?\n", re.IGNORECASE
)  # Excel's word on the delimiter
_QUOTED_CELL = re.compile(r'(^|\t)"[^"\t\n]*"(\t|\r?\n|$)', re.MULTILINE)


def read_table(raw: Raw) -> Iterator[Fetch | Capture]:
    """Yield a `Fetch` for every 500 rows, then their captures.

    Rows are numbered as a spreadsheet numbers them: "file.csv:2" is the first below the header.
    """
    return in_chunks(raw, with_dates(lambda: _pieces(raw), "table"))


def _pieces(raw: Raw) -> Iterator[Piece]:
    with raw.stream() as stored:
        head = stored.read(HEAD)
    encoding, said = raw.text_encoding()
    if said:
        yield said
    with (
        raw.stream() as stored,
        io.TextIOWrapper(stored, encoding, errors="replace", newline="") as text,
    ):
        shown = head.decode(encoding, "replace")
        mark = _SEPARATOR.match(shown)
        if mark:
            text.readline()
            shown = shown[mark.end() :]
        delimiter = mark[1] if mark else best_delimiter(shown.partition("\n")[0])[0]
        yield from _rows(raw, _reader(text, shown, delimiter), 2 if mark else 1)


def _reader(text: TextIO, head: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(_MAX_CELL)
    # Tab-separated exports often do not quote: a stray " would swallow the rows after it.
    plain = delimiter == "\t" and not _QUOTED_CELL.search(head)
    if plain:
        return csv.reader(text, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    return csv.reader(text, delimiter=delimiter, strict=True)


def _rows(raw: Raw, rows: Iterator[list[str]], number: int) -> Iterator[Piece]:
    try:
        header = [name.strip().strip("\ufeff") for name in next(rows, [])]
    except csv.Error as error:
        raise SourceError(f"it has no readable header line: {error}") from error
    fields = recognise_columns(header, raw.spec.columns)
    if said := passed_over(header, fields):
        yield said
    while True:
        number += 1
        locator = f"{raw.locator}:{number}"
        try:
            cells = next(rows, None)
        except csv.Error as error:
            problem = f"this row cannot be read: {error}; check its quotes"
            yield number, raw.claim(Capture("", locator, Form.TEXT, b"", problem=problem))
            continue
        if cells is None:
            break
        if not any(cells):  # a blank line
            continue
        yield number, raw.claim(_capture(header, cells, fields, locator))


def _capture(
    header: Sequence[str], cells: Sequence[str], fields: dict[str, list[str]], locator: str
) -> Capture:
    if len(cells) > len(header) and any(cells[len(header) :]):
        problem = f"{len(cells)} cells under {len(header)} columns; check its quotes"
        kept = storable("\t".join(cells)).encode()[:_KEPT]
        return Capture("", locator, Form.TEXT, kept, problem=problem)
    # Of two columns with one name the first counts, so it is put in last.
    row: dict[str, object] = dict(reversed(list(zip(header, cells, strict=False))))
    return row_capture(row, fields, locator)
