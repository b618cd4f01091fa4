"""Every row of docs/query-language.md says what happens."""

from datetime import date
from pathlib import Path

import pytest

from pipelines.errors import QueryError
from pipelines.querylang import make_searchable, match, parse
from pipelines.querylang.fields import META_FIELDS, ZONE_FIELDS
from tests.querylang.zones import unmarked

PAGE = Path(__file__).parents[2] / "docs" / "query-language.md"


def rows(*header: str) -> list[list[str]]:
    """Return the cells of all rows of the page's tables with this header."""
    found, inside = [], False
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells == list(header):
            inside = True
        elif not line.startswith("|"):
            inside = False
        elif inside and not line.startswith("|---"):
            found.append(cells)
    return found


def spans_of(query: str, marked: str) -> list[tuple[int, int]] | None:
    spans = match(parse(query.strip("`")), unmarked(marked).searchable())
    return None if spans is None else [(span.start, span.end) for span in spans]


@pytest.mark.parametrize(("query", "finds", "other"), rows("Query", "Finds", "Does not find"))
def test_documented_query_marks_what_the_page_says(query, finds, other):
    assert spans_of(query, finds) == unmarked(finds).spans
    assert spans_of(query, other) is None


def facts(cell: str) -> dict[str, object]:
    name, _, value = cell.partition("=")
    if name.endswith("_day"):
        return {name: date.fromisoformat(value)}
    return {name: [value] if name in ("topics", "entities", "mentioned", "about") else value}


@pytest.mark.parametrize(("query", "holds", "fails"), rows("Query", "Holds for", "Not for"))
def test_documented_field_holds_for_what_the_page_says(query, holds, fails):
    parsed = parse(query.strip("`"))
    assert match(parsed, make_searchable("", (), **facts(holds))) == ()
    assert match(parsed, make_searchable("", (), **facts(fails))) is None


@pytest.mark.parametrize(("query", "reading"), rows("Query", "Reading"))
def test_documented_repair_is_noted_and_read_so(query, reading):
    parsed = parse(query.strip("`"))
    assert parsed.reading == reading.strip("`")
    assert len(parsed.warnings) == 1


@pytest.mark.parametrize(("query", "because"), rows("Query", "Because"))
def test_documented_refusal_says_why(query, because):
    with pytest.raises(QueryError, match=because.replace("[", r"\[")) as refused:
        parse(query.strip("`"))
    assert refused.value.expected
    assert 0 <= refused.value.position <= len(query) - 2


def test_every_field_has_a_row():
    documented = {
        row[0].strip("`").partition(":")[0] for row in rows("Query", "Holds for", "Not for")
    }
    documented |= {
        row[0].strip("`").partition(":")[0] for row in rows("Query", "Finds", "Does not find")
    }
    missing = (set(META_FIELDS) | set(ZONE_FIELDS)) - documented
    assert not missing, f"add rows to docs/query-language.md for {sorted(missing)}"
