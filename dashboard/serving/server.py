"""What the server adds to every answer: headers that keep the page and its reader to this host.

Nothing may be loaded from or sent to another host, so that a headline that smuggles in an image
tells nobody who reads it; no other site may frame the page or learn its address. Who may ask at all
is decided in `access.py`. There is no route of our own; one that shows data must ask for the login
itself, as a page's guard does not stand before it.
"""

import gc
import re
from base64 import b64encode
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from hashlib import sha256
from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.file_util import get_static_dir

from dashboard.serving.access import OnlyThisMachine, others_let_in
from dashboard.serving.compressing import CompressedFiles
from pipelines.errors import ConfigError

_INDEX = Path(get_static_dir()) / "index.html"
_INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)


def inline_hashes(page: str) -> list[str]:
    """Return the sources that allow exactly the scripts written into `page`."""
    digests = (sha256(script.encode()).digest() for script in _INLINE.findall(page))
    return [f"'sha256-{b64encode(digest).decode()}'" for digest in digests]


_POLICY = {
    "default-src": "'self'",
    "script-src": " ".join(["'self'", *inline_hashes(_INDEX.read_text(encoding="utf-8"))]),
    "style-src": "'self' 'unsafe-inline'",  # Streamlit's and plotly's styles are made at run time
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{what} {whence}" for what, whence in _POLICY.items()),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class SafeHeaders:
    """Adds `HEADERS` to every HTTP answer."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back with the headers."""

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._app(scope, receive, send_safely if scope["type"] == "http" else send)


def middleware() -> Sequence[Middleware]:
    """Return what stands before every answer; end the process where it must not serve at all."""
    try:
        guard = [] if others_let_in() else [Middleware(OnlyThisMachine)]
    except ConfigError as error:
        raise SystemExit(str(error)) from error
    return (Middleware(SafeHeaders), *guard, Middleware(CompressedFiles))


@asynccontextmanager
async def closing_stores(app: st.App) -> AsyncIterator[dict[str, object]]:
    """Let go of the open stores when the server stops; DuckDB complains of any left at exit."""
    yield {}
    gc.unfreeze()  # see `data/opening.py`
    st.cache_resource.clear()
    gc.collect()
