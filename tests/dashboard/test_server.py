"""The headers of every answer, and the settings of the server."""

import asyncio
import runpy
import tomllib
from pathlib import Path

import pytest

from dashboard.serving.server import HEADERS, SafeHeaders, inline_hashes

CONFIG = tomllib.loads(
    (Path(__file__).resolve().parents[2] / "dashboard" / ".streamlit" / "config.toml").read_text()
)


def _answer(kind: str) -> list[dict]:
    sent: list[dict] = []

    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def receive():
        return {}

    async def send(message):
        sent.append(message)

    asyncio.run(SafeHeaders(app)({"type": kind}, receive, send))
    return sent


def test_every_http_answer_has_the_headers():
    (start,) = _answer("http")
    names = {name.decode().lower() for name, _ in start["headers"]}
    assert names == {name.lower() for name in HEADERS}


def test_a_websocket_is_passed_through():
    (start,) = _answer("websocket")
    assert start["headers"] == []


def test_a_script_written_into_the_page_is_allowed_by_its_hash():
    page = '<script src="a.js"></script><script>alert(1)</script>'
    assert inline_hashes(page) == ["'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"]


def test_no_script_may_be_made_from_text():
    assert "unsafe-eval" not in HEADERS["Content-Security-Policy"]
    assert "script-src 'self' 'sha256-" in HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("section", "name", "value"),
    [
        ("server", "address", "127.0.0.1"),
        ("server", "allowedHosts", ["localhost", "127.0.0.1"]),
        ("server", "enableXsrfProtection", True),
        ("server", "enableCORS", True),
        ("server", "enableStaticServing", True),  # dashboard/static: the map
        ("server", "enableWebsocketCompression", True),
        ("server", "maxUploadSize", 20),
        ("browser", "gatherUsageStats", False),
        ("client", "showErrorDetails", "type"),
        ("client", "toolbarMode", "viewer"),
        ("client", "disableDataExport", True),
        ("runner", "postScriptGC", False),
        ("global", "minCachedMessageSize", 300.0),
    ],
)
def test_the_server_is_set_safe(section, name, value):
    assert CONFIG[section][name] == value


def test_a_process_that_tags_reads_the_entry_and_becomes_no_server():
    """Python has a process that it spawns read the main module, which in a session is this one."""
    entry = Path(__file__).parents[2] / "dashboard" / "app.py"
    assert "app" not in runpy.run_path(str(entry), run_name="__mp_main__")
