"""Who may reach the dashboard: addresses, the login's settings, and the guard at each request."""

import asyncio

import pytest

from dashboard.serving.access import OnlyThisMachine, is_local, providers
from pipelines.errors import ConfigError

COMPLETE = {
    "redirect_uri": "https://press.example/oauth2callback",
    "cookie_secret": "not so secret",
    "client_id": "wirewatch",
    "client_secret": "nor this",
    "server_metadata_url": "https://login.example/.well-known/openid-configuration",
}
NAMED = {key: COMPLETE[key] for key in ("client_id", "client_secret", "server_metadata_url")}
COMMON = {key: COMPLETE[key] for key in ("redirect_uri", "cookie_secret")}


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("127.0.0.1", True),
        ("127.8.0.1", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.7", False),
        ("press.example", False),
        ("", False),
    ],
)
def test_only_loopback_is_this_machine(address: str, local: bool):
    assert is_local(address) is local


def test_a_login_is_offered_under_each_name():
    assert providers({}) == []
    assert providers(COMPLETE) == ["default"]
    assert providers({**COMMON, "work": NAMED, "home": NAMED}) == ["work", "home"]
    assert providers({**COMPLETE, "client_kwargs": {"scope": "openid"}}) == ["default"]


@pytest.mark.parametrize(
    ("auth", "lacking"),
    [
        ({"cookie_secret": "x", **NAMED}, "auth.redirect_uri"),
        ({**COMMON}, "auth.client_id, auth.client_secret, auth.server_metadata_url"),
        ({**COMMON, "work": {"client_id": "x"}}, "auth.work.client_secret"),
        ({**COMPLETE, "client_secret": ""}, "auth.client_secret"),
    ],
)
def test_a_login_that_cannot_work_says_what_it_lacks(auth: dict, lacking: str):
    with pytest.raises(ConfigError, match=f"lacks {lacking}"):
        providers(auth)


def _ask(kind: str, address: str) -> list[dict]:
    sent: list[dict] = []

    async def app(scope, receive, send):
        await send({"type": "let through"})

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        sent.append(message)

    scope = {"type": kind, "server": (address, 8501), "headers": [], "method": "GET", "path": "/"}
    asyncio.run(OnlyThisMachine(app)(scope, receive, send))
    return sent


@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_a_request_at_a_loopback_address_is_let_through(kind: str):
    assert _ask(kind, "127.0.0.1") == [{"type": "let through"}]


def test_a_request_at_another_address_is_refused():
    assert _ask("http", "192.168.1.7")[0]["status"] == 403
    assert _ask("websocket", "192.168.1.7") == [{"type": "websocket.close", "code": 1008}]
