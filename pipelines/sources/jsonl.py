"""JSON lines (or one JSON array of objects) in, one capture per object out.

A line that is not a JSON object is a capture with a problem, and so is kept and counted.
"""

import codecs
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO, cast

from pipelines.article import Capture, Fetch, Form
from pipelines.errors import SourceError
from pipelines.sources.chunks import Piece, in_chunks
from pipelines.sources.columns import passed_over, recognise_columns
from pipelines.sources.raw import MAX_WHOLE, Raw
from pipelines.sources.row_dates import with_dates
from pipelines.sources.rows import row_capture

MAX_LINE = 20_000_000  # bytes; the rest of a longer line is passed over
_KEPT = 100_000  # bytes of a broken line kept for a second look
_WRAPPERS = ("articles", "stories", "items", "results")  # GDELT's and others' {"articles": [...]}
_WRAPPED = re.compile(rf'"({"|".join(_WRAPPERS)})"\s*:\s*\[')


def read_jsonl(raw: Raw) -> Iterator[Fetch | Capture]:
    """Yield a `Fetch` for every 500 objects, then their captures (locator "file.jsonl:17")."""
    return in_chunks(raw, with_dates(lambda: _pieces(raw), "file"))


def _pieces(raw: Raw) -> Iterator[Piece]:
    with raw.stream() as stored:
        head = stored.read(4096)
    encoding, said = raw.text_encoding()
    if said:
        yield said
    with raw.stream() as stored:
        objects = _one_value(raw, stored, encoding) if _is_one_value(head, encoding) else None
        lines = _lines(stored, encoding) if objects is None else objects
        known: dict[tuple[str, ...], dict[str, list[str]]] = {}
        for number, line in lines:
            yield number, raw.claim(_capture(raw, number, line, known))
    yield from _passed_over(known)


def _passed_over(known: Mapping[tuple[str, ...], dict[str, list[str]]]) -> Iterator[str]:
    # An optional key may be missing from any one object, so all of them are looked at.
    read = {field: column for fields in known.values() for field, column in fields.items()}
    if said := passed_over(dict.fromkeys(name for names in known for name in names), read):
        yield said


def _is_one_value(head: bytes, encoding: str) -> bool:
    """Tell whether the file looks like one JSON value and not like a line per object."""
    text = head.decode(encoding, "replace").lstrip("\ufeff \t\r\n")
    first, _, rest = text.partition("\n")
    indented = bool(rest) and first.rstrip()[-1:] in {"{", "[", ","}
    # NewsAPI's is one line, {"status":"ok","totalResults":1,"articles":[...
    wrapped = not rest.strip() and bool(_WRAPPED.search(text))
    return text.startswith("[") or indented or wrapped


def _one_value(
    raw: Raw, stored: BinaryIO, encoding: str
) -> Iterator[tuple[int, bytes | object]] | None:
    """Return the objects of a file that is one JSON value; None where it is none after all."""
    content = stored.read(MAX_WHOLE + 1)
    if len(content) > MAX_WHOLE and b"\n{" in content and content.lstrip()[:1] == b"{":
        stored.seek(0)  # long lines, the first of which holds a list
        return None
    if len(content) > MAX_WHOLE:
        raise SourceError(
            f"it is one JSON value of more than {MAX_WHOLE:,} bytes; "
            "write one object per line (JSONL), which is read in any size"
        )
    try:
        value = json.loads(content.decode(encoding, "replace"))
    except (ValueError, RecursionError):
        stored.seek(0)
        return None
    if isinstance(value, dict):
        value = next((value[name] for name in _WRAPPERS if name in value), [value])
    if not isinstance(value, list):
        raise SourceError("it holds no list of articles; write one object per line")
    return enumerate(value, 1)


def _lines(stored: BinaryIO, encoding: str) -> Iterator[tuple[int, bytes | object]]:
    stream = stored
    if encoding not in {"utf-8", "utf-8-sig"}:
        stream = cast(BinaryIO, codecs.EncodedFile(stored, "utf-8", encoding, "replace"))
    number = 0
    while line := stream.readline(MAX_LINE):
        number += 1
        if len(line) >= MAX_LINE and not line.endswith(b"\n"):
            while (rest := stream.readline(MAX_LINE)) and not rest.endswith(b"\n"):
                continue
        if text := line.strip().removeprefix(codecs.BOM_UTF8):
            yield number, text


def _capture(
    raw: Raw,
    number: int,
    line: bytes | object,
    known: dict[tuple[str, ...], dict[str, list[str]]],
) -> Capture:
    locator = f"{raw.locator}:{number}"
    if not isinstance(line, bytes):
        value, line = line, b""
    else:
        try:
            value = json.loads(line.decode("utf-8", "replace"))
        except (ValueError, RecursionError) as error:
            return _broken(locator, line, f"this line is not JSON: {error}")
    if not isinstance(value, dict):
        return _broken(locator, line, f"a JSON {type(value).__name__} where an object was expected")
    names = tuple(value)
    if names not in known:
        try:
            known[names] = _fields(names, raw.spec.columns)
        except SourceError as error:
            if not known:  # the first object: the file is not what we take it for
                raise
            return _broken(locator, line or json.dumps(value).encode(), str(error))
    return row_capture(value, known[names], locator)


def _fields(names: Sequence[str], mapping: Mapping[str, str]) -> dict[str, list[str]]:
    # Unlike a table's column, an optional key may be missing from any object.
    present = {field: column for field, column in mapping.items() if column in names}
    return recognise_columns(names, present)


def _broken(locator: str, line: bytes, problem: str) -> Capture:
    return Capture("", locator, Form.TEXT, line[:_KEPT], problem=problem)
