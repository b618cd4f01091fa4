"""Time two ways of doing the same work, turn and turn about: callables in, a ratio of speeds out.

CPU time of this process, so that a neighbour on the machine does not count, and both within each
round, so that a slow minute slows both. The ratio is the median over rounds.
"""

import json
import platform
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from statistics import median

SPEEDS = Path(__file__).with_name("speeds.json")


@dataclass(frozen=True, slots=True)
class Speed:
    """Our speed beside another's: units of work per second of CPU time, and ours through theirs."""

    what: str
    unit: str
    ours: float
    rival: str
    theirs: float
    ratio: float
    aim: float  # of the ratio
    rounds: int
    on: str = ""
    machine: str = ""


def compare(
    what: str,
    ours: Callable[[], object],
    rival: tuple[str, Callable[[], object]],
    *,
    unit: str,
    units: int,
    aim: float,
    rounds: int = 5,
    clock: Callable[[], float] = time.process_time,
) -> Speed:
    """Return the speeds of both over `rounds` rounds after one that is thrown away.

    Each call does `units` units of work.
    """
    name, theirs = rival
    for call in (ours, theirs):
        call()
    pairs = [(_spent(ours, clock), _spent(theirs, clock)) for _ in range(rounds)]
    return Speed(
        what=what,
        unit=unit,
        ours=_rounded(units / median(a for a, _ in pairs)),
        rival=name,
        theirs=_rounded(units / median(b for _, b in pairs)),
        ratio=_rounded(median(b / a for a, b in pairs)),
        aim=aim,
        rounds=rounds,
    )


def to_line(speed: Speed) -> str:
    """Return the comparison as one line for a terminal."""
    verdict = "reached" if speed.ratio >= speed.aim else "missed"
    return (
        f"{speed.what}: {speed.ours:g} {speed.unit}/s, {speed.rival} {speed.theirs:g}: "
        f"ratio {speed.ratio:g} (aim {speed.aim:g}: {verdict})"
    )


def keep(speeds: Mapping[str, Speed], on: date, path: Path = SPEEDS) -> None:
    """Write comparisons, by name, into the file that docs/quality.md shows; others there stay."""
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    machine = f"{platform.machine()}, Python {platform.python_version()}"
    for name, speed in speeds.items():
        kept[name] = asdict(speed) | {"on": on.isoformat(), "machine": machine}
    path.write_text(json.dumps(dict(sorted(kept.items())), indent=2) + "\n", encoding="utf-8")


def read_kept(path: Path = SPEEDS) -> list[Speed]:
    """Return what was kept, in order of names; none where nothing was."""
    if not path.exists():
        return []
    return [Speed(**row) for row in json.loads(path.read_text(encoding="utf-8")).values()]


def _spent(call: Callable[[], object], clock: Callable[[], float]) -> float:
    began = clock()
    call()
    return clock() - began


def _rounded(number: float) -> float:
    return float(f"{number:.3g}")
