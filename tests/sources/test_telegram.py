"""Telegram exports: what makes a title, what is read of an account, and exports that are odd."""

import json

import pytest

from pipelines.article import Capture, FetchStatus, SourceKind
from pipelines.config import SourceConfig
from pipelines.sources import read_source


def _read(folder, messages, kind="public_channel", **chat):
    export = {"name": "Harbor Watch", "type": kind, "id": 7, "messages": messages} | chat
    path = folder / "result.json"
    path.write_text(json.dumps(export), encoding="utf-8")
    fetch, *captures = read_source(SourceConfig(str(path)))
    return fetch, captures


def _message(text, **more):
    return {"id": 1, "type": "message", "date_unixtime": "1733638530", "text": text} | more


BOLD = {"type": "bold", "text": "Ships wait"}


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ([BOLD, "\nThey lie off Syria."], "Ships wait", "They lie off Syria."),
        (["❗️ ", BOLD, "\n\nOff Syria."], "❗️ Ships wait", "Off Syria."),
        ([BOLD, " off Syria.\nMore."], "", "Ships wait off Syria.\nMore."),
        (["Now ", BOLD, "\nMore."], "", "Now Ships wait\nMore."),
        ([BOLD], "", "Ships wait"),
        ([{"type": "bold", "text": "Ships\nwait"}, " off Syria."], "Ships", "wait off Syria."),
        ("Plain.\nMore.", "", "Plain.\nMore."),
        ([{"type": "bold", "text": "w" * 300}, "\nMore."], "", "w" * 300 + "\nMore."),
        (None, "", ""),
        ([7, {"type": "bold"}, None], "", ""),
    ],
)
def test_only_a_first_line_in_bold_by_itself_is_a_title(tmp_path, text, title, body):
    _, (capture,) = _read(tmp_path, [_message(text)])
    assert (capture.title, capture.content.decode()) == (title, body)


@pytest.mark.parametrize("exact", ["", "soon", "9" * 30, "-5", None, 7])
def test_a_time_that_is_none_is_no_evidence(tmp_path, exact):
    _, (capture,) = _read(tmp_path, [_message("Text.", date_unixtime=exact)])
    assert isinstance(capture, Capture)
    assert capture.dates == ()


def test_an_export_of_conversations_alone_fails_and_says_what_to_export(tmp_path):
    fetch, captures = _read(tmp_path, [_message("Private.")], kind="personal_chat")
    assert (fetch.status, captures) == (FetchStatus.FAILED, [])
    assert "export one from its own menu" in fetch.reason


def test_a_channel_exported_as_a_page_is_refused_with_what_to_do(tmp_path):
    path = tmp_path / "messages.html"
    page = '<div class="page_header"><b>Harbor</b></div><div class="page_body chat_page">Text</div>'
    path.write_text(f"<!DOCTYPE html><html><body>{page}</body></html>", encoding="utf-8")
    (fetch,) = read_source(SourceConfig(str(path)))
    assert (fetch.status, "machine-readable JSON" in fetch.reason) == ("unsupported", True)


def test_other_json_with_messages_is_no_export(tmp_path):
    path = tmp_path / "rows.json"
    rows = {"type": "list", "items": [{"title": "Talks", "text": "Talks on Syria."}]}
    path.write_text(json.dumps(rows), encoding="utf-8")
    fetch, capture = read_source(SourceConfig(str(path)))
    assert (fetch.kind, capture.title) == (SourceKind.JSONL, "Talks")
