"""Keep the pinned floors: today's figures in, what is broken or may be raised out.

`floors.json` holds the fingerprints of the corpora and, for all pages and for each sample, the
figures when they were last pinned and the floor below which none may fall. A floor is the figure
rounded to three decimals to the worse side. Pinning raises floors and never lowers one, unless its
name and a reason are given; the reason stays in the file. Floors that were measured on other bytes
are no floors: a changed corpus must be pinned with a reason too.
"""

import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from tests.quality.corpora import Corpus
from tests.quality.measures import MEASURES
from tests.quality.sets import corpora_of

_DIGITS = 1000


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure as measured: its value, its 95 % interval, and on how many pages."""

    value: float
    low: float
    high: float
    pages: int


@dataclass(frozen=True, slots=True)
class Pinned:
    """A figure and its floor; for a measure where less is better, its ceiling."""

    floor: float
    figure: Figure


@dataclass(frozen=True, slots=True)
class Peer:
    """A library on the pages of one measure, and ours in the same run.

    `low` and `high` bound ours less theirs, paired; `on` is the day of the run.
    """

    measure: str
    name: str
    value: float
    ours: float
    low: float
    high: float
    on: str = ""


@dataclass(frozen=True, slots=True)
class Floors:
    """All that `floors.json` holds."""

    measured_on: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    corpora: Mapping[str, Corpus] = field(default_factory=dict)
    runs: Mapping[str, Mapping[str, Pinned]] = field(default_factory=dict)
    peers: Sequence[Peer] = ()
    reasons: Sequence[Mapping[str, str]] = ()


def read_floors(path: Path) -> Floors:
    """Return the pinned floors; none where the file is not there yet."""
    if not path.exists():
        return Floors()
    kept = json.loads(path.read_text(encoding="utf-8"))
    runs = {
        run: {name: Pinned(p["floor"], Figure(**p["figure"])) for name, p in pinned.items()}
        for run, pinned in kept["runs"].items()
    }
    corpora = {name: Corpus(**corpus) for name, corpus in kept["corpora"].items()}
    peers = tuple(Peer(**peer) for peer in kept["peers"])
    reasons = tuple(kept["reasons"])
    return Floors(kept["measured_on"], kept["versions"], corpora, runs, peers, reasons)


def write_floors(floors: Floors, path: Path) -> None:
    """Write the floors, readable in a diff."""
    path.write_text(json.dumps(asdict(floors), indent=2) + "\n", encoding="utf-8")


def floor_of(name: str, value: float) -> float:
    """Return the floor that a value allows: three decimals, rounded to the worse side."""
    match MEASURES[name].better:
        case "none":
            return 0.0
        case "less":
            return math.ceil(round(value * _DIGITS, 6)) / _DIGITS
        case _:
            return math.floor(round(value * _DIGITS, 6)) / _DIGITS


def is_broken(name: str, value: float, floor: float) -> bool:
    """Say whether a value is worse than its floor."""
    return value < floor if MEASURES[name].better == "more" else value > floor


def broken(pinned: Mapping[str, Pinned], figures: Mapping[str, Figure]) -> list[str]:
    """Return the measures that are worse than their floors, or pinned and no longer measured."""
    return [
        name
        for name, pin in pinned.items()
        if name not in figures or is_broken(name, figures[name].value, pin.floor)
    ]


def measured(pinned: Mapping[str, Pinned], names: Collection[str]) -> dict[str, Pinned]:
    """Return the pins of these measures and of those that no longer exist."""
    return {name: pin for name, pin in pinned.items() if name in names or name not in MEASURES}


def changed(floors: Floors, corpora: Mapping[str, Corpus]) -> list[str]:
    """Return the corpora that are not the bytes that the floors were measured on."""
    return [name for name, corpus in corpora.items() if floors.corpora.get(name, corpus) != corpus]


def moved(floors: Floors, corpora: Mapping[str, Corpus], allowed: Mapping[str, str]) -> Floors:
    """Return the floors on these corpora, without the figures of those that changed.

    Raises ValueError where a corpus changed without a reason.
    """
    names = changed(floors, corpora)
    if refused := [name for name in names if name not in allowed]:
        raise ValueError(f"the floors were measured on another {', '.join(refused)}")
    gone = {
        measure for measure, made in MEASURES.items() if set(corpora_of(made.sets)) & set(names)
    }
    runs = {
        run: {name: pin for name, pin in pinned.items() if name not in gone}
        for run, pinned in floors.runs.items()
    }
    corpora = {**floors.corpora, **corpora}
    reasons = [
        {"corpus": n, "from": floors.corpora[n].sha256, "to": corpora[n].sha256, "why": allowed[n]}
        for n in names
    ]
    return replace(
        floors,
        corpora=dict(sorted(corpora.items())),
        runs=runs,
        reasons=(*floors.reasons, *reasons),
    )


def raised(
    floors: Floors, run: str, figures: Mapping[str, Figure], allowed: Mapping[str, str]
) -> Floors:
    """Return the floors of one run raised to today's figures; `allowed` may fall.

    Raises ValueError where a floor would fall without a reason, or what must be 0 is not.
    """
    old = floors.runs.get(run, {})
    must_be_0 = {n for n, f in figures.items() if MEASURES[n].better == "none" and f.value}
    falling = set(broken(measured(old, figures), figures)) - set(allowed)
    if refused := sorted(falling | must_be_0):
        raise ValueError(f"pinning {run} would lower {', '.join(refused)}")
    new, reasons = dict(old), []
    for name, figure in figures.items():
        floor = floor_of(name, figure.value)
        before = old[name].floor if name in old else floor
        if is_broken(name, floor, before):
            change = {"run": run, "measure": name, "from": str(before), "to": str(floor)}
            reasons.append(change | {"why": allowed[name]})
        new[name] = Pinned(floor, figure)
    ordered = {name: new[name] for name in MEASURES if name in new}
    return replace(floors, runs={**floors.runs, run: ordered}, reasons=(*floors.reasons, *reasons))
