"""Time the dashboard beside a textbook Streamlit app and an empty page, in the same run.

Usage: python -m tests.bench.dashboard_speed [--articles N] [--rounds N] [--folder FOLDER]
       [--apps ours textbook empty] [--thinking SECONDS]

Three servers run at once over the same articles: ours, `apps/textbook.py` and `apps/empty.py`.
Sessions choose another topic and another country of outlets each time, never one that any session
chose before, so that no cache answers, and then what was chosen before. Turn and turn about: one
session alone, then 20 at once, each of which thinks two seconds between choices, or as is said.
Before twenty sessions with new choices are timed they choose once more. Times are from the choice
to the end of the script's run, as the session sees it; processor time is the server's, without the
processes that it begins. On the wire is what one session alone receives, compressed if the server
does so for who asks for it, as browsers do. Memory is what 20 sessions add that ask what is known:
what results take that are kept for all is bounded, and no session's.
"""

import argparse
import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path

import aiohttp
import numpy as np

from pipelines.query import Query
from pipelines.store import open_store
from tests.bench.tagged_corpus import COUNTRIES, LANGUAGES, TOPICS_DRAWN, write_tagged_store
from tests.bench.websocket_session import Run, Session
from tests.bench.wire import Wire, wire_to

ROOT = Path(__file__).resolve().parents[2]
APPS = {
    "ours": "dashboard/app.py",
    "textbook": "tests/bench/apps/textbook.py",
    "empty": "tests/bench/apps/empty.py",
}
# Ours says the same in its settings. Without its collection of garbage the empty page is quicker,
# and so a stricter measure; the textbook app keeps the one that it has by default.
_QUIET = (
    *("--server.address", "127.0.0.1", "--server.headless", "true"),
    *("--browser.gatherUsageStats", "false", "--server.fileWatcherType", "none"),
)
_UNCOLLECTED = ("--runner.postScriptGC", "false")
SESSIONS = 20
_STARTING = 120  # seconds a server may take to answer


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: where it answers, its process, and a wire to it whose bytes are counted."""

    address: str
    pid: int
    wire: Wire

    def memory(self) -> float:
        """Return what the process has in memory, MB."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
        line = next(one for one in status.splitlines() if one.startswith("VmRSS"))
        return int(line.split()[1]) / 1000

    def processor(self) -> float:
        """Return the processor time that the process has used, ms."""
        numbers = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2]
        used = sum(int(one) for one in numbers.split()[11:13])
        return 1000 * used / os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Measured:
    """What was seen of one app."""

    first: list[Run] = field(default_factory=list)  # the first run of a session
    alone: list[Run] = field(default_factory=list)
    known: list[Run] = field(default_factory=list)  # alone, asked before
    together: list[Run] = field(default_factory=list)
    known_together: list[Run] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)  # ms a choice alone
    wire: list[float] = field(default_factory=list)  # kB a choice alone
    memory: list[float] = field(default_factory=list)  # MB a session


def choices() -> Iterator[tuple[list[str], list[str]]]:
    """Yield two topics and two countries of outlets, each combination once."""
    for apart in range(1, len(COUNTRIES)):
        for step in range(1, len(TOPICS_DRAWN)):
            for place in range(len(TOPICS_DRAWN)):
                other = (place + step) % len(TOPICS_DRAWN)
                country = (place + step) % len(COUNTRIES)
                yield (
                    [TOPICS_DRAWN[place], TOPICS_DRAWN[other]],
                    [COUNTRIES[country], COUNTRIES[(country + apart) % len(COUNTRIES)]],
                )


@contextmanager
def serving(app: str, environ: Mapping[str, str]) -> Iterator[Server]:
    """Run `streamlit run` on a script of ours until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", app, "--server.port", str(port), *_QUIET]
    command += () if app == APPS["textbook"] else _UNCOLLECTED
    address = f"http://127.0.0.1:{port}"
    with (
        wire_to(address) as wire,
        subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **environ}, stdout=subprocess.DEVNULL
        ) as process,
    ):
        try:
            yield Server(address, process.pid, wire)
        finally:
            process.terminate()
            process.wait(20)


async def answering(client: aiohttp.ClientSession, server: Server) -> None:
    """Wait until the server answers; TimeoutError where it does not."""
    async with asyncio.timeout(_STARTING):
        while True:
            try:
                async with client.get(f"{server.address}/_stcore/health"):
                    return
            except aiohttp.ClientError:
                await asyncio.sleep(0.2)


async def chosen(session: Session, wanted: Iterator[tuple[list[str], list[str]]]) -> list[Run]:
    """Choose other topics, then other countries; return both runs."""
    topics, countries = next(wanted)
    return [await session.choose("Topics", topics), await session.choose("Published in", countries)]


async def use_alone(client, server: Server, found: Measured, wanted, rounds: int) -> None:
    """Add the runs of a session that has the server to itself, new choices and then known ones."""
    async with Session(client, server.wire.address) as session:
        found.first.append(await session.open())
        before, received = server.processor(), server.wire.received
        new = [next(wanted) for _ in range(rounds)]
        for choice in new:
            found.alone += await chosen(session, iter([choice]))
        found.processor.append((server.processor() - before) / (2 * rounds))
        found.wire.append((server.wire.received - received) / (2 * rounds) / 1000)
        for choice in new[-1:] + new:  # the first leads from the last choice back to the first
            found.known += await chosen(session, iter([choice]))


async def use_together(
    client, server: Server, found: list[Run], wanted, rounds: int, thinking: float = 2.0
) -> float:
    """Add the runs of twenty sessions at once; return what each adds to the memory, MB.

    Each thinks for so many seconds between choices.
    """
    before = server.memory()
    async with asyncio.TaskGroup() as tasks:
        for place in range(SESSIONS):
            waits = thinking * place / SESSIONS, thinking
            tasks.create_task(_use(client, server, found, wanted, rounds, waits))
    return (server.memory() - before) / SESSIONS


async def _use(client, server, found, wanted, rounds, waits) -> None:
    late, thinking = waits
    await asyncio.sleep(late)
    async with Session(client, server.address) as session:
        await session.open()
        for _ in range(rounds):
            for label, values in zip(("Topics", "Published in"), next(wanted), strict=True):
                await asyncio.sleep(thinking)
                found.append(await session.choose(label, values))


async def measure(
    servers: Mapping[str, Server], rounds: int, thinking: float
) -> dict[str, Measured]:
    """Use all servers, turn and turn about; return what was seen of each."""
    found = {name: Measured() for name in servers}
    wanted = {name: choices() for name in servers}
    async with aiohttp.ClientSession() as client:
        for name, server in servers.items():
            await answering(client, server)
            await use_alone(client, server, Measured(), wanted[name], 2)  # fills caches, imports
        for _ in range(2):
            for name, server in servers.items():
                await use_alone(client, server, found[name], wanted[name], rounds)
        same = list(islice(choices(), 2))  # asked by whoever filled the caches
        for name, server in servers.items():
            one, known = found[name], cycle(same)
            added = await use_together(client, server, one.known_together, known, 2, thinking)
            one.memory.append(added)
            # Ours begins further processes when readers wait for each other; a server that is used
            # like this has them, so none is timed while they begin.
            await use_together(client, server, [], wanted[name], 1, thinking)
            await use_together(client, server, one.together, wanted[name], 2, thinking)
    return found


def write_articles(store: Path, path: Path) -> None:
    """Write the CSV that the textbook app reads: the same articles."""
    opened = open_store(store)
    articles = opened.articles(Query())
    opened.close()
    table = articles.rename(
        columns={
            "published_day": "publish_date",
            "outlet_name": "media_name",
            "outlet_country": "media_pub_country",
        }
    ).assign(topics=articles["topics"].str.join("; "))
    columns = ["publish_date", "media_name", "media_pub_country", "language", "title", "topics"]
    table[columns].to_csv(path, index=False)


def write_options(path: Path) -> None:
    """Write the options of the empty page's widgets: as many as ours has."""
    options = {
        "Topics": TOPICS_DRAWN,
        "People, organisations, places": [f"Name {n}" for n in range(800)],
        "Published in": COUNTRIES,
        "About": [f"Country {n}" for n in range(27)],
        "Mentions": [f"Country {n}" for n in range(27)],
        "Language": sorted(set(LANGUAGES)),
        "Outlet": [f"Outlet {n}" for n in range(300)],
    }
    path.write_text(json.dumps(options), encoding="utf-8")


def to_lines(found: Mapping[str, Measured]) -> list[str]:
    """Return the table: one line a figure, one column an app, then ours through the others."""
    figures = {
        "first run, ms (median)": lambda one: _at(one.first, 50),
        "alone, ms (median)": lambda one: _at(one.alone, 50),
        "alone, ms (95th)": lambda one: _at(one.alone, 95),
        "alone, processor ms": lambda one: float(np.median(one.processor)),
        "alone, known, ms (median)": lambda one: _at(one.known, 50),
        "20 sessions, ms (median)": lambda one: _at(one.together, 50),
        "20 sessions, ms (95th)": lambda one: _at(one.together, 95),
        "20, known, ms (median)": lambda one: _at(one.known_together, 50),
        "20, known, ms (95th)": lambda one: _at(one.known_together, 95),
        "kB a choice, on the wire": lambda one: float(np.median(one.wire)),
        "kB a choice (median)": lambda one: float(np.median([r.bytes for r in one.alone])) / 1000,
        "kB, known (median)": lambda one: float(np.median([r.bytes for r in one.known])) / 1000,
        "MB a session (median)": lambda one: float(np.median(one.memory)),
    }
    lines = [f"{'':28}" + "".join(f"{name:>10}" for name in found) + "   ours through others"]
    for what, figure in figures.items():
        values = {name: figure(one) for name, one in found.items()}
        ratios = [f"{values['ours'] / values[name]:.2f}" for name in values if name != "ours"]
        numbers = "".join(f"{value:10.1f}" for value in values.values())
        lines.append(f"{what:28}{numbers}   {' '.join(ratios)}")
    return lines


def _at(runs: list[Run], percent: int) -> float:
    return float(np.percentile([run.milliseconds for run in runs], percent))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.dashboard_speed")
    parser.add_argument("--articles", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=6, help="choices of two widgets each, alone")
    parser.add_argument("--folder", type=Path, help="keeps the articles for the next run")
    parser.add_argument(
        "--apps",
        nargs="+",
        choices=list(APPS),
        default=list(APPS),
        help="twenty sessions of the textbook app copy two million articles each, some 20 GB",
    )
    parser.add_argument(
        "--thinking", type=float, default=2.0, help="seconds between a session's choices"
    )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as running:
        folder = asked.folder or Path(temporary)
        store, articles, options = (
            folder / f"store-{asked.articles}",
            folder / f"articles-{asked.articles}.csv",
            folder / "options.json",
        )
        if not store.exists():
            write_tagged_store(store, asked.articles)
        if "textbook" in asked.apps and not articles.exists():
            write_articles(store, articles)
        write_options(options)
        environ = {
            "WIREWATCH_STORE": str(store),
            "TEXTBOOK_ARTICLES": str(articles),
            "EMPTY_OPTIONS": str(options),
        }
        servers = {
            name: running.enter_context(serving(app, environ))
            for name, app in APPS.items()
            if name in asked.apps
        }
        found = asyncio.run(measure(servers, asked.rounds, asked.thinking))
    print(f"{asked.articles:,} articles, {SESSIONS} sessions, a choice each {asked.thinking:g} s")
    print("\n".join(to_lines(found)))


if __name__ == "__main__":
    main()
