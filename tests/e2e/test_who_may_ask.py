"""The real command: on which addresses it starts, and what a reader sees who must log in."""

import json
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from serving import ROOT, command, environ, free_port, serving
from watching import PAGES, Watched

pytestmark = pytest.mark.e2e
Browse = Callable[..., Watched]
SECRET = "a secret of the tests, 32 letters or more"
LOGIN = f"""
[auth]
redirect_uri = "http://127.0.0.1:PORT/oauth2callback"
cookie_secret = "{SECRET}"
client_id = "wirewatch"
client_secret = "not used"
server_metadata_url = "http://127.0.0.1:1/.well-known/openid-configuration"
"""


def _start(tmp_path: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    """Start the dashboard from a folder that has no settings, and wait for its end."""
    start = command("--server.port", str(free_port()), *options)
    return subprocess.run(
        start, cwd=tmp_path, env=environ(), capture_output=True, text=True, timeout=60
    )


def _own_address() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(("192.0.2.1", 9))  # sends nothing; tells which address would be used
        except OSError:
            pytest.skip("this machine has no address but loopback")
        return str(asked.getsockname()[0])


def test_another_address_is_refused_in_plain_words(tmp_path: Path):
    ended = _start(tmp_path, "--server.address", "0.0.0.0")
    assert ended.returncode == 1
    assert "The dashboard would answer on 0.0.0.0 and show everything to whoever" in ended.stderr
    assert "--server.address 127.0.0.1" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_login_that_lacks_something_is_refused_everywhere(tmp_path: Path):
    secrets = tmp_path / "secrets.toml"
    secrets.write_text('[auth]\ncookie_secret = "x"\n')
    ended = _start(tmp_path, "--secrets.files", str(secrets))
    assert ended.returncode == 1
    assert "The login in secrets.toml lacks auth.redirect_uri" in ended.stderr


def test_by_default_only_this_machine_is_answered(address: str):
    outside = address.replace("127.0.0.1", _own_address())
    with pytest.raises(urllib.error.URLError, match="refused"):
        urllib.request.urlopen(outside, timeout=5)


def test_insecure_is_said_and_other_machines_are_answered(store: Path):
    with serving(store, "--server.address", "0.0.0.0", "--", "--insecure") as started:
        outside = started.replace("127.0.0.1", _own_address())
        with urllib.request.urlopen(outside, timeout=10) as answer:
            assert answer.status == 200


def test_another_server_that_listens_where_the_settings_do_not_say_refuses_each_request(
    tmp_path: Path,
):
    own, port = _own_address(), free_port()
    settings = tmp_path / ".streamlit" / "config.toml"
    settings.parent.mkdir()
    settings.write_text('[server]\naddress = "127.0.0.1"\n')
    start = [sys.executable, "-m", "uvicorn", "--app-dir", str(ROOT), "dashboard.app:app"]
    start += ["--host", "0.0.0.0", "--port", str(port)]
    with subprocess.Popen(start, cwd=tmp_path, env=environ(), stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        while b"running on" not in process.stderr.readline():
            assert process.poll() is None
        try:
            with pytest.raises(urllib.error.HTTPError, match="403"):
                urllib.request.urlopen(f"http://{own}:{port}/", timeout=10)
        finally:
            process.terminate()
            process.stderr.read()


@pytest.fixture(scope="module")
def guarded(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return where a dashboard with a login answers."""
    pytest.importorskip("authlib", reason='the login needs: pip install "streamlit[auth]"')
    secrets = tmp_path_factory.mktemp("login") / "secrets.toml"
    port = free_port()
    secrets.write_text(LOGIN.replace("PORT", str(port)))
    options = ("--server.address", "0.0.0.0", "--secrets.files", str(secrets))
    with serving(store, *options, port=port) as started:
        yield started


def test_no_page_is_shown_before_the_login(guarded: str, browse: Browse):
    watched = browse()
    for page in PAGES:
        watched.page.goto(f"{guarded}/{page}")
        watched.page.get_by_role("button", name="Log in").wait_for()
        shown = watched.page.inner_text('[data-testid="stApp"]').split("\n")
        assert [line for line in shown if line] == [
            "Skip to main content",
            "Wirewatch",
            "Log in to read on. If a link brought you here, open it again afterwards.",
            "Log in",
        ]


def test_who_has_logged_in_reads_every_page(guarded: str, browse: Browse):
    from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

    # What the server itself writes after the provider has said who it is.
    who = {"origin": guarded, "is_logged_in": True, "email": "ann@press.example"}
    cookie = create_signed_value(SECRET, "_streamlit_user", json.dumps(who)).decode()
    watched = browse()
    watched.page.context.add_cookies([{"name": "_streamlit_user", "value": cookie, "url": guarded}])
    watched.open(f"{guarded}/articles?topic=syria")
    assert "Syria, " in watched.page.inner_text("h1")
    assert watched.page.get_by_role("button", name="Log out").count() == 1
