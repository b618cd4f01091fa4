"""Exports of archives, spreadsheets and news services are read as what they are, or it is said."""

import json
from pathlib import Path

import pytest

from pipelines.article import Capture, Fetch, SourceKind
from pipelines.config import SourceConfig
from pipelines.sources import read_source

_GERMAN = "Titel;Medium;Datum;Text;Adresse\r\nRat tagt;Hafenblatt;01.06.2015;Der Rat tagt.;{}1\r\n"
_FRENCH = "Titre;Média;Date;Texte;Lien\r\nLe Conseil;Le Port;13/06/2015;Il siège.;{}1\r\n"
_RUSSIAN = "Заголовок;Издание;Дата;Текст;Ссылка\r\nСовет;Волга;04.06.2015;Он собрался.;{}1\r\n"
_EXCEL = "sep=;\r\nTitle;Outlet;Date;Text;Url\r\nCouncil;Ledger;2015-06-01;It met.;{}1\r\n"
_URL = "https://courier.example.org/"
_NEWSAPI = {
    "status": "ok",
    "totalResults": 1,
    "articles": [
        {
            "source": {"id": None, "name": "Harbor Ledger"},
            "title": "Council meets",
            "url": f"{_URL}1",
            "publishedAt": "2015-06-04T10:00:00Z",
            "content": "The Council met.",
        }
    ],
}


def read(path: Path, content: str | bytes) -> tuple[list[Fetch], list[Capture]]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    records = list(read_source(SourceConfig(str(path))))
    fetches = [record for record in records if isinstance(record, Fetch)]
    return fetches, [record for record in records if isinstance(record, Capture)]


@pytest.mark.parametrize(
    ("table", "encoding", "title", "outlet"),
    [
        (_GERMAN, "utf-8-sig", "Rat tagt", "Hafenblatt"),
        (_FRENCH, "windows-1252", "Le Conseil", "Le Port"),
        (_RUSSIAN, "utf-8", "Совет", "Волга"),
        (_EXCEL, "utf-8-sig", "Council", "Ledger"),
    ],
    ids=["German", "French", "Russian", "with Excel's line on the delimiter"],
)
def test_a_spreadsheet_in_another_language_keeps_title_outlet_and_date(
    tmp_path: Path, table: str, encoding: str, title: str, outlet: str
) -> None:
    fetches, captures = read(tmp_path / "a.csv", table.format(_URL).encode(encoding))
    (capture,) = captures
    assert (capture.title, capture.outlet, capture.url) == (title, outlet, f"{_URL}1")
    assert [date.raw for date in capture.dates]
    assert capture.content
    assert "not used" not in fetches[0].reason


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_utf_16_that_its_user_names_is_read_without_a_mark(tmp_path: Path, name: str) -> None:
    table = '{"title": "Совет", "url": "https://courier.example.org/1"}'
    content = _RUSSIAN.format(_URL) if name == "a.csv" else table
    (tmp_path / name).write_bytes(content.encode("utf-16-le"))
    kind = SourceKind.TABLE if name == "a.csv" else SourceKind.JSONL
    spec = SourceConfig(str(tmp_path / name), kind=kind, encoding="utf-16")
    (capture,) = [record for record in read_source(spec) if isinstance(record, Capture)]
    assert capture.title == "Совет"


def test_rows_keep_their_number_below_excels_line_on_the_delimiter(tmp_path: Path) -> None:
    _, (capture,) = read(tmp_path / "a.csv", _EXCEL.format(_URL))
    assert capture.locator.endswith("a.csv:3")


def test_columns_that_may_hold_what_is_missing_are_named(tmp_path: Path) -> None:
    fetches, captures = read(tmp_path / "a.csv", "text,when\nThe Council met.,2015-06-01\n")
    assert len(captures) == 1
    assert "the title or the date or the outlet; not used: when" in fetches[0].reason
    lines = '{"text": "The Council met.", "title": "x", "when": 1, "url": "https://a.example/1"}\n'
    fetches, _ = read(tmp_path / "a.jsonl", lines)
    assert "hold the date; not used: when" in fetches[0].reason


def test_a_date_that_only_later_lines_have_is_not_missed(tmp_path: Path) -> None:
    lines = [{"title": "x", "url": _URL, "other": 1}, {"title": "x", "url": _URL, "date": "2015"}]
    fetches, _ = read(tmp_path / "a.jsonl", "\n".join(map(json.dumps, lines)))
    assert [fetch.reason for fetch in fetches] == [""]


@pytest.mark.parametrize("indent", [None, 1])
def test_an_answer_of_newsapi_is_read_by_its_articles(tmp_path: Path, indent: int | None) -> None:
    _, (capture,) = read(tmp_path / "a.json", json.dumps(_NEWSAPI, indent=indent))
    assert (capture.title, capture.outlet) == ("Council meets", "Harbor Ledger")
    assert [date.raw for date in capture.dates] == ["2015-06-04T10:00:00Z"]


def test_lines_that_hold_a_list_of_items_are_lines(tmp_path: Path) -> None:
    line = json.dumps({"title": "x", "items": [{"title": "y"}]})
    _, captures = read(tmp_path / "a.jsonl", f"{line}\n{line}\n")
    assert [capture.title for capture in captures] == ["x", "x"]


def test_a_table_in_windows_1251_is_read_without_being_told(tmp_path: Path) -> None:
    fetches, captures = read(tmp_path / "a.csv", _RUSSIAN.format(_URL).encode("cp1251"))
    assert [capture.title for capture in captures] == ["Совет"]
    assert "not UTF-8, read as cp1251" in fetches[0].reason


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_the_first_letters_beyond_ascii_may_stand_far_down(tmp_path: Path, name: str) -> None:
    titles = [*("Plain words" for _ in range(3000)), "Dürre"]
    rows = {"a.csv": ["title", *titles], "a.jsonl": [f'{{"title": "{one}"}}' for one in titles]}
    _, captures = read(tmp_path / name, "\n".join(rows[name]).encode("cp1252"))
    assert captures[-1].title == "Dürre"


def test_one_broken_byte_does_not_turn_a_file_of_utf_8_into_another(tmp_path: Path) -> None:
    rows = b"title\n" + "Совет собрался\n".encode() * 20 + b"cut \xd0\n" + "Итог\n".encode()
    _, captures = read(tmp_path / "a.csv", rows)
    assert [capture.title for capture in captures[-2:]] == ["cut \ufffd", "Итог"]


@pytest.mark.parametrize(
    "text",
    [
        "1 of 2 DOCUMENTS\n\nOne\n\n2 of 2 DOCUMENTS\n\nTwo\n",
        "One\r\n\r\nEnd of Document\r\n\r\nTwo\r\n\r\nEnd of Document\r\n",
        "One\n\nDocument NYTF000020150604eb640000a\n\nTwo\n\nDocument J000000020150605eb650000b\n",
    ],
    ids=["LexisNexis", "Nexis Uni", "Factiva"],
)
def test_an_export_of_a_press_archive_is_as_many_articles_as_are_in_it(
    tmp_path: Path, text: str
) -> None:
    (fetch,), captures = read(tmp_path / "a.txt", text)
    assert [capture.content.strip() for capture in captures] == [b"One", b"Two"]
    assert [capture.locator[-7:] for capture in captures] == ["a.txt:1", "a.txt:2"]
    assert fetch.reason == "2 articles of a press archive's export"


def test_a_text_that_an_archive_marked_once_is_one_article(tmp_path: Path) -> None:
    _, (capture,) = read(tmp_path / "a.txt", "1 of 1 DOCUMENT\n\nOne\n")
    assert capture.locator.endswith("a.txt")


@pytest.mark.parametrize(
    ("raw", "said"),
    [("05/06/2015", "'05/06/2015', may be day and month"), ("42161", "'42161', cannot be read")],
)
def test_dates_that_are_not_read_are_told(tmp_path: Path, raw: str, said: str) -> None:
    rows = [("a", "2015-06-01"), ("b", raw), ("c", "")]
    table = "title,url,date\n" + "".join(f"{title},{_URL}{title},{day}\n" for title, day in rows)
    fetches, _ = read(tmp_path / "a.csv", table)
    assert fetches[0].reason.startswith(f"1 of 2 dates, such as {said}")
    lines = [{"title": title, "url": _URL, "date": day} for title, day in rows]
    fetches, _ = read(tmp_path / "a.jsonl", "\n".join(map(json.dumps, lines)))
    assert fetches[0].reason.startswith(f"1 of 2 dates, such as {said}")
