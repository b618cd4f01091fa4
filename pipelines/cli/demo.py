"""`demo`: the real line over the sample data into a store of its own, then the dashboard."""

import argparse
import importlib.util
import os
import socket
import sys
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from pipelines.cli.run import Run, add_places
from pipelines.config import load_config
from pipelines.errors import ConfigError

_ROOT = Path(__file__).resolve().parents[2]
SETTINGS = _ROOT / "sample_data" / "wirewatch.toml"
APP = _ROOT / "dashboard" / "app.py"


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add demo."""
    parser = commands.add_parser("demo", help="read the sample data and open the dashboard")
    parser.add_argument("--port", type=int, default=8501, help="default 8501, else the next free")
    parser.add_argument("--no-serve", action="store_true", help="only fill the demo store")
    add_places(parser)
    parser.set_defaults(run=_demo)


def _demo(run: Run) -> int:
    from pipelines.cli.ingesting import ingest_sources, print_report  # see there

    if not SETTINGS.is_file():
        raise ConfigError(f"the sample data is not at {SETTINGS.parent}; run from a full checkout")
    store = Path(run.options.store or _ROOT / "demo-store")
    demo = replace(run, config=load_config(SETTINGS), store=store)
    print(f"Reading {SETTINGS.parent.name}/ into {store.name}/ ...", flush=True)
    report, retagged = ingest_sources(demo, list(demo.config.sources))
    print_report(report, retagged)
    if run.options.no_serve:
        return 0
    serve(store, SETTINGS, free_port(run.options.port))


def serve(store: Path, settings: Path, port: int) -> NoReturn:
    """Become the dashboard over `store` on 127.0.0.1: whoever stops this process stops it."""
    if importlib.util.find_spec("streamlit") is None:
        raise ConfigError("the dashboard needs streamlit: pip install -r requirements.txt")
    print(f"\nOpen http://127.0.0.1:{port} in a browser. Ctrl+C stops.", flush=True)
    places = {"WIREWATCH_STORE": str(store.resolve()), "WIREWATCH_CONFIG": str(settings)}
    command = [sys.executable, "-m", "streamlit", "run", str(APP), "--server.port", str(port)]
    command += ["--server.address", "127.0.0.1", "--server.headless", "true"]
    os.chdir(_ROOT)  # where `.streamlit/secrets.toml` with a login would lie
    os.execve(sys.executable, command, {**os.environ, **places})


def free_port(wanted: int) -> int:
    """Return the first port from `wanted` on that nothing listens on."""
    for port in range(wanted, wanted + 20):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise ConfigError(f"ports {wanted} to {wanted + 19} are all in use; choose one with --port")
