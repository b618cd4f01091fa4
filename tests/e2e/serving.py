"""The dashboard as people start it: the real command in a process of its own."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOTICE = "Sample data: all outlets are invented."


def command(*options: str) -> list[str]:
    """Return `streamlit run dashboard/app.py` with `options`, as it is typed."""
    streamlit = shutil.which("streamlit", path=str(Path(sys.executable).parent))
    start = [streamlit] if streamlit else [sys.executable, "-m", "streamlit"]
    return [*start, "run", str(ROOT / "dashboard" / "app.py"), *options]


def environ(**more: str) -> dict[str, str]:
    """Return the environment without what would help a test only: paths to import from."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHONPATH")}
    return kept | more


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def serving(store: Path, *options: str, port: int = 0, **places: str) -> Iterator[str]:
    """Start the dashboard on `port`, else a free one, over `store`; yield where it answers."""
    port = port or free_port()
    places = {"WIREWATCH_STORE": str(store), "WIREWATCH_NOTICE": NOTICE, **places}
    start = command("--server.port", str(port), *options)
    with subprocess.Popen(
        start, cwd=ROOT, env=environ(**places), stdout=subprocess.DEVNULL
    ) as process:
        try:
            yield _answering(f"http://127.0.0.1:{port}", process)
        finally:
            process.terminate()
            process.wait(20)


def _answering(address: str, process: "subprocess.Popen[bytes]") -> str:
    for _ in range(600):
        assert process.poll() is None, "streamlit ended; run the command by hand to see why"
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5):
                return address
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"no answer from {address} within two minutes")
