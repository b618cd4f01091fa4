"""Lines of the table of the store's speed: calls in, times and ratios out, and the page of them.

Calls of one line are made turn and turn about. A ratio is of CPU time of this process with all its
threads, ours through the other's, the median over the rounds: neighbours on the machine slow the
wall of one round and not the other.
"""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from statistics import median

STORE_SPEEDS = Path(__file__).with_name("store_speeds.json")
_FASTEST = 0.01  # ms: less cannot be told from nothing


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is done: milliseconds by name (wall, CPU), and ours through each other's.

    `said` is a figure that is no time ("412 bytes"); `most` has the limits of some ratios.
    """

    title: str
    wall: Mapping[str, float] = field(default_factory=dict)
    cpu: Mapping[str, float] = field(default_factory=dict)
    ratios: Mapping[str, float] = field(default_factory=dict)
    most: Mapping[str, float] = field(default_factory=dict)
    said: str = ""

    @property
    def collapsed(self) -> bool:
        """Return whether a ratio is past its limit."""
        return any(self.ratios.get(name, 0) > most for name, most in self.most.items())


def timed(
    title: str,
    calls: Mapping[str, Callable[[], object]],
    *,
    rounds: int,
    most: Mapping[str, float] | None = None,
    said: str = "",
) -> Line:
    """Return the times of each call, that of "ours" against the others, after a first round."""
    for call in calls.values():
        call()
    spent: dict[str, list[tuple[float, float]]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            wall, cpu = time.perf_counter(), time.process_time()
            call()
            cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
            spent[name].append((wall * 1000, max(cpu * 1000, _FASTEST)))
    ratios = {
        name: median(a / b for (_, a), (_, b) in zip(spent["ours"], times, strict=True))
        for name, times in spent.items()
        if name != "ours"
    }
    return Line(
        title,
        {name: _rounded(min(wall for wall, _ in times)) for name, times in spent.items()},
        {name: _rounded(median(cpu for _, cpu in times)) for name, times in spent.items()},
        {name: _rounded(ratio) for name, ratio in ratios.items()},
        most or {},
        said,
    )


def _rounded(number: float) -> float:
    return float(f"{number:.3g}")


def to_text(line: Line) -> str:
    """Return a line for a terminal."""
    times = [f"{name} {line.wall[name]:g}/{line.cpu[name]:g} ms" for name in line.wall]
    ratios = [f"{ratio:g}x {name}" for name, ratio in line.ratios.items()]
    parts = [line.said, "  ".join(times), ", ".join(ratios)]
    return f"{line.title:<38} " + " | ".join(part for part in parts if part)


def keep(lines: Sequence[Line], articles: int, on: date, path: Path = STORE_SPEEDS) -> None:
    """Write the lines of so many articles into the file that docs/quality.md shows."""
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    kept[str(articles)] = {"on": on.isoformat(), "lines": [asdict(line) for line in lines]}
    kept = dict(sorted(kept.items(), key=lambda item: int(item[0])))
    path.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def read_kept(path: Path = STORE_SPEEDS) -> dict[int, tuple[str, list[Line]]]:
    """Return by number of articles the day of the run that was kept, and its lines."""
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {
        int(articles): (run["on"], [Line(**line) for line in run["lines"]])
        for articles, run in kept.items()
    }


_HEAD = """
## Speed of the store

`make bench-store` draws a store from a seed and prints this table; the machine has two cores that
others share and 23 GB of memory. Times are milliseconds: the least on the wall, and the median CPU
time of all threads. The ratio is ours through the other's in CPU time, the median of rounds in
which all are asked in turn: below 1 ours is faster. Trust the ratio, since the wall is that of a
busy machine. Every rival's answer is checked to be ours. Of ten million articles there are tags and
no texts; pandas and SQLite are not asked of them, since frames of 160 million tags take ten GB and
filling SQLite hours.

Rivals are given the articles as flat tables that need no working out, and count articles alone;
ours also counts mentions, distinct texts and weak dates, and every placement. pandas has its
frames in memory, polars and ours read files. The limits are what reading the needed columns once
takes. SQLite's commit is into an empty file of four tables; ours writes six tables with a log each.

Missed: twice a scan of the needed columns in memory (of which half is making frames for a small
store, and distinct texts for a large one; from files the scan alone takes, from a million on, up to
eight times as long as our answer); under 500 MB for a dashboard over ten million, where it holds
503, 353 of which are mapped files that give way. A commit takes 1.6 times SQLite's time at a
million, where twice was the aim. One topic of ten tagged again takes 4.5 s of a million, where 5
were the aim; opening the store to write is not among them (.9 s). CSV takes 1.6 times pyarrow's
time, which guards no cell, where twice was the aim; both begin with the frame. What a new version
is counted in is made from that of the version before by the articles that differ; "first reader" is
one who finds it not yet made.

![CPU time of each question from 100,000 to ten million articles](store-growth.svg)
"""


def to_section(path: Path = STORE_SPEEDS) -> str:
    """Return the section of docs/quality.md; nothing where nothing was kept."""
    kept = read_kept(path)
    if not kept:
        return ""
    parts = [_HEAD]
    for articles, (on, lines) in kept.items():
        parts.append(f"\n### {articles:,} articles, {on}\n\n")
        parts.append(
            "| what | ours, wall / CPU ms | others: wall / CPU ms, ratio |\n|---|---|---|\n"
        )
        parts += [to_row(line) for line in lines]
    return "".join(parts)


def to_row(line: Line) -> str:
    """Return a line for the page."""
    ours = f"{line.wall['ours']:g} / {line.cpu['ours']:g}" if "ours" in line.wall else line.said
    others = "; ".join(
        f"{name} {line.wall[name]:g} / {line.cpu[name]:g}, {ratio:g}"
        for name, ratio in line.ratios.items()
    )
    beside = line.said if "ours" in line.wall and line.said else ""
    return f"| {line.title} | {ours} | {'; '.join(filter(None, (others, beside)))} |\n"
