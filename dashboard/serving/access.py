"""Who may reach the dashboard: this machine alone, unless people log in or `--insecure` is said.

Decided twice: when the server starts, from its settings, with an answer in plain words; and at each
request, from the address it came in at, because another ASGI server knows nothing of our settings.
"""

import importlib.util
import ipaddress
import sys
from collections.abc import Mapping
from functools import partial
from typing import NoReturn

import streamlit as st
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.errors import StreamlitSecretNotFoundError

from pipelines.errors import ConfigError

INSECURE = "--insecure"
_COMMON = ("redirect_uri", "cookie_secret")
_NEEDED = ("client_id", "client_secret", "server_metadata_url")
_HOW = (
    "Configure a login (docs/operations.md, “Letting others in”), or start it with "
    f"`--server.address 127.0.0.1`, or say `-- {INSECURE}` at the end of the command to let in "
    "whoever reaches this address."
)
_REFUSAL = "The dashboard has no login, so it answers this machine only (docs/operations.md).\n"


def is_local(address: str) -> bool:
    """Return whether only this machine can reach `address`; no address means all addresses."""
    if address.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:  # a name: where it leads is decided elsewhere
        return False


def providers(auth: Mapping[str, object]) -> list[str]:
    """Return the names to log in with of the section `[auth]`; ConfigError where one is incomplete.

    The unnamed provider is "default".
    """
    if not auth:
        return []
    found = _sections(auth)
    lacking = [f"auth.{key}" for key in _COMMON if not auth.get(key)]
    for name, section in found.items():
        place = "auth" if name == "default" else f"auth.{name}"
        lacking += [f"{place}.{key}" for key in _NEEDED if not section.get(key)]
    if lacking:
        raise ConfigError(f"The login in secrets.toml lacks {', '.join(lacking)}; add it there.")
    return list(found)


def _sections(auth: Mapping[str, object]) -> dict[str, Mapping[str, object]]:
    """Return the settings of each provider by its name."""
    named: dict[str, Mapping[str, object]] = {
        name: section
        for name, section in auth.items()
        if isinstance(section, Mapping) and name != "client_kwargs"
    }
    unnamed = not named or any(key in auth for key in _NEEDED)
    return {"default": auth, **named} if unnamed else named


def logins() -> list[str]:
    """Return the names to log in with, none where no login is configured.

    Raises ConfigError where one is configured that cannot work: going on without it would show
    everything to everybody.
    """
    try:
        auth = st.secrets.get("auth", {})
    except StreamlitSecretNotFoundError as error:
        if error.error_id == "no-secrets-found":
            return []
        raise ConfigError(
            f"Whether there is a login cannot be told, as secrets.toml cannot be read: {error}"
        ) from error
    if not isinstance(auth, Mapping):
        raise ConfigError("`auth` in secrets.toml must be a section, `[auth]`.")
    found = providers(auth)
    if found and importlib.util.find_spec("authlib") is None:
        raise ConfigError(
            "A login is configured, but a package for it is missing: "
            'python -m pip install "streamlit[auth]"'
        )
    return found


def others_let_in() -> bool:
    """Return whether other machines may ask; ConfigError where this server must not start."""
    address = str(st.get_option("server.address") or "")
    allowed = bool(logins()) or INSECURE in sys.argv[1:]
    if not allowed and not is_local(address):
        raise ConfigError(
            f"The dashboard would answer on {address or 'all addresses'} and show everything to "
            f"whoever reaches it, because no login is configured. {_HOW}"
        )
    return allowed


class OnlyThisMachine:
    """Refuses what came in at an address that other machines reach."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 403."""
        address = (scope.get("server") or ("", None))[0]
        if scope["type"] == "lifespan" or is_local(address):
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await PlainTextResponse(_REFUSAL, status_code=403)(scope, receive, send)
        else:
            await receive()
            await send({"type": "websocket.close", "code": 1008})


def must_log_in() -> bool:
    """Return whether a login is configured and the reader is not in."""
    return bool(logins()) and not st.user.is_logged_in


def ask_to_log_in() -> NoReturn:
    """Offer the login, and nothing else."""
    st.title("Wirewatch")
    st.text("Log in to read on. If a link brought you here, open it again afterwards.")
    for name in logins():
        whose = "Log in" if name == "default" else f"Log in with {name}"
        action = partial(st.login, None if name == "default" else name)
        st.button(whose, on_click=action, key=f"login_{name}", type="primary")
    st.stop()


def offer_logout() -> None:
    """Draw the way out for a reader who is logged in."""
    if logins():
        st.button("Log out", on_click=st.logout, icon=":material/logout:", type="tertiary")
