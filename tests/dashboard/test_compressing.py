"""The page's own files, compressed once."""

import asyncio
import gzip
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from starlette.datastructures import Headers
from starlette.staticfiles import StaticFiles

from dashboard.serving.compressing import CompressedFiles

_SCRIPT = "export const answer = 42;\n" * 400


class _Counting:
    """Serves a folder and counts how often it was asked."""

    def __init__(self, folder: Path) -> None:
        self.asked = 0
        self._files = StaticFiles(directory=folder)

    async def __call__(self, scope, receive, send) -> None:
        self.asked += 1
        await self._files({**scope, "path": scope["path"].removeprefix("/static")}, receive, send)


@pytest.fixture
def files(tmp_path):
    (tmp_path / "app.js").write_text(_SCRIPT)
    (tmp_path / "small.js").write_text("1;")
    (tmp_path / "photo.png").write_bytes(b"\x89PNG" * 1000)
    return _Counting(tmp_path)


def _get(app, path: str, **headers: str) -> tuple[int, Headers, bytes]:
    sent: list[dict] = []

    async def receive() -> dict:
        await asyncio.sleep(3600)  # the visitor stays
        return {"type": "http.disconnect"}

    async def send(message) -> None:
        sent.append(message)

    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "GET", "path": path, "root_path": "", "headers": raw}
    asyncio.run(app(scope, receive, send))
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return sent[0]["status"], Headers(raw=sent[0]["headers"]), body


def _unbrotli(body: bytes) -> bytes:
    return pa.decompress(body, len(_SCRIPT), codec="brotli", asbytes=True)


@pytest.mark.parametrize(
    ("accepted", "encoding", "unpack"),
    [
        ("gzip", "gzip", gzip.decompress),
        ("gzip, deflate, br, zstd", "br", _unbrotli),
        ("br;q=0, gzip", "gzip", gzip.decompress),
    ],
)
def test_a_script_is_sent_compressed_as_the_browser_takes_it(
    files, accepted: str, encoding: str, unpack: Callable[[bytes], bytes]
):
    app = CompressedFiles(files)
    _get(app, "/static/app.js", accept_encoding="br")  # another visitor's stays another's
    status, headers, body = _get(app, "/static/app.js", accept_encoding=accepted)
    assert (status, headers["content-encoding"]) == (200, encoding)
    assert headers["vary"] == "Accept-Encoding"
    assert int(headers["content-length"]) == len(body) < len(_SCRIPT) / 10
    assert unpack(body).decode() == _SCRIPT


def test_a_file_is_read_and_compressed_once(files):
    app = CompressedFiles(files)
    answers = [_get(app, "/static/app.js", accept_encoding="br, gzip;q=0.9") for _ in range(3)]
    assert files.asked == 1
    assert answers[0][2] == answers[1][2] == answers[2][2]


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/static/app.js", {}),
        ("/static/app.js", {"accept_encoding": "deflate"}),
        ("/static/photo.png", {"accept_encoding": "gzip"}),
        ("/static/small.js", {"accept_encoding": "gzip"}),
    ],
)
def test_others_get_the_file_as_it_is(files, path, headers):
    status, answered, body = _get(CompressedFiles(files), path, **headers)
    assert (status, answered.get("content-encoding")) == (200, None)
    assert int(answered["content-length"]) == len(body)


def test_a_part_of_a_file_is_a_part_of_the_file_as_it_is(files):
    app = CompressedFiles(files)
    _get(app, "/static/app.js", accept_encoding="gzip")
    status, answered, body = _get(app, "/static/app.js", accept_encoding="gzip", range="bytes=0-9")
    assert (status, body.decode()) == (206, _SCRIPT[:10])
    assert "content-encoding" not in answered


def test_what_is_not_there_stays_not_there(files):
    app = CompressedFiles(files)
    with pytest.raises(Exception, match="404"):
        _get(app, "/static/none.js", accept_encoding="gzip")
