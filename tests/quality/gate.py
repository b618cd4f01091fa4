"""Measure the quality of what is read out of captures, and fail where it is worse than pinned.

Usage: python -m tests.quality.gate [--sample] [--sets NAME ...] [--pin --on DATE [--peers]]
                                    [--write docs/quality.md]

Ends with 0 where every floor holds (or the data is not there), 1 where one is broken or may not be
pinned, 2 where the pages are not those that the floors were measured on. `--pin` raises the
floors; `--lower NAME --why TEXT` lets one fall, `--new-corpus NAME --why TEXT` lets the pages
change, and the reason is kept. `--sets` measures (and pins) only what is counted over these sets.
`--write` alone writes the page of what is pinned and measures nothing.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from pathlib import Path

from tests.bench.interleaved import read_kept
from tests.quality.bootstrap import interval
from tests.quality.corpora import fingerprint
from tests.quality.floors import (
    Figure,
    Floors,
    Peer,
    broken,
    changed,
    measured,
    moved,
    raised,
    read_floors,
    write_floors,
)
from tests.quality.measures import MEASURES, Scores
from tests.quality.peers import measure_peers
from tests.quality.quality_page import ALL, SAMPLE, to_page, to_row
from tests.quality.sets import CORPORA, SETS, corpora_of, read_scores

_HERE = Path(__file__).resolve()
_EVERY = 4
_LIBRARIES = {"trafilatura": "trafilatura", "readability": "readability-lxml"} | {
    name: name for name in ("htmldate", "lxml")
}


def main(arguments: Sequence[str]) -> int:
    """Run the gate; return the exit code."""
    options = _options(arguments)
    if options.pin or not options.write:
        code = _measure(options)
        if code:
            return code
    if options.write:
        page = to_page(read_floors(options.floors), read_kept())
        options.write.write_text(page, encoding="utf-8")
    return 0


def measure(scores: Scores) -> dict[str, Figure]:
    """Return the figures that these scores give, with their intervals."""
    figures = {}
    for name, made in MEASURES.items():
        if not set(made.sets) <= set(scores):
            continue
        found = made.chosen(scores)
        low, high = interval(found, made.figure)
        value = made.figure(found)
        figures[name] = Figure(round(value, 6), round(low, 4), round(high, 4), len(found))
    return figures


def _measure(options: argparse.Namespace) -> int:
    data: Path = options.data
    names = corpora_of(options.sets)
    missing = [data / CORPORA[name] for name in names if not (data / CORPORA[name]).is_dir()]
    if missing:
        print(f"skipped: the real test data is not beside this checkout ({missing[0]})")
        return 0
    floors = read_floors(options.floors)
    corpora = {name: fingerprint(data / CORPORA[name]) for name in names}
    different = [name for name in changed(floors, corpora) if name not in options.new_corpus]
    if different:
        print(f"the files of {', '.join(different)} are not those that the floors were measured on")
        return 2
    scores = read_scores(data, options.sets, _EVERY if options.sample else 1)
    figures = measure(scores)
    run = SAMPLE if options.sample else ALL
    _print_table(floors, run, figures)
    on = (options.on or date.min).isoformat()
    peers = measure_peers(data, scores, on) if options.peers else []
    _print_peers(peers)
    if not options.pin:
        return _judge(floors, run, figures)
    floors = moved(floors, corpora, dict.fromkeys(options.new_corpus, options.why))
    return _pin(options, floors, figures, scores, peers)


def _judge(floors: Floors, run: str, figures: dict[str, Figure]) -> int:
    pinned = measured(floors.runs.get(run, {}), figures)
    worse = broken(pinned, figures)
    unknown = [name for name in figures if name not in pinned]
    if worse:
        print(f"worse than the floor: {', '.join(worse)}")
    if unknown:
        print(f"without a floor: {', '.join(unknown)}; run with --pin")
    return 1 if worse or unknown else 0


def _pin(
    options: argparse.Namespace,
    floors: Floors,
    figures: dict[str, Figure],
    scores: Scores,
    peers: Sequence[Peer],
) -> int:
    sample = {part: found[::_EVERY] for part, found in scores.items()}
    lowered = dict.fromkeys(options.lower, options.why)
    try:
        floors = raised(floors, ALL, figures, lowered)
        floors = raised(floors, SAMPLE, measure(sample), lowered)
    except ValueError as e:
        print(f'not pinned: {e}; mend it, or give --lower NAME --why "..."')
        return 1
    again = {peer.measure for peer in peers}
    floors = replace(
        floors,
        measured_on=options.on.isoformat(),
        versions={name: version(package) for name, package in _LIBRARIES.items()},
        peers=[*(peer for peer in floors.peers if peer.measure not in again), *peers],
    )
    write_floors(floors, options.floors)
    return 0


def _print_table(floors: Floors, run: str, figures: dict[str, Figure]) -> None:
    pinned = floors.runs.get(run, {})
    print(run)
    rows = [("measure", "value", "95 % interval", "floor", "cases")]
    for name, figure in figures.items():
        rows.append(to_row(name, figure, pinned[name].floor if name in pinned else None))
    for title, value, between, floor, pages in rows:
        print(f"{title:38} {value:>7} {between:>18} {floor:>6} {pages:>6}")


def _print_peers(peers: Sequence[Peer]) -> None:
    for peer in peers:
        difference = f"{peer.low:+.4f} to {peer.high:+.4f}"
        title = MEASURES[peer.measure].title
        print(f"{title:38} {peer.name:34} {peer.value:.4f}, ours {peer.ours:.4f}, {difference}")


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = _parser()
    options = parser.parse_args(arguments)
    exceptions = options.lower or options.new_corpus
    faults = {
        'say why: --why "..."': exceptions and not options.why,
        "say when: --on YEAR-MONTH-DAY": options.pin and not options.on,
        "--pin measures all pages; the sample is part of them": options.pin and options.sample,
        "--lower and --new-corpus go with --pin": exceptions and not options.pin,
        "peers are measured on all pages": options.peers and options.sample,
    }
    for message, at_fault in faults.items():
        if at_fault:
            parser.error(message)
    return options


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.quality.gate")
    add = parser.add_argument
    data = _HERE.parents[3] / "shared" / "data"
    add("--data", type=Path, default=data, help="folder of the real test data")
    add("--floors", type=Path, default=_HERE.with_name("floors.json"), help="the pinned floors")
    add("--sample", action="store_true", help="every 4th page only, with floors of its own")
    add("--sets", nargs="+", default=list(SETS), choices=list(SETS), help="measure only these")
    add("--pin", action="store_true", help="raise the floors to today's figures")
    add("--on", type=date.fromisoformat, metavar="DATE", help="the day of measuring, with --pin")
    add("--peers", action="store_true", help="measure other libraries too")
    add("--lower", action="append", default=[], metavar="NAME", choices=list(MEASURES))
    add("--new-corpus", action="append", default=[], choices=sorted(CORPORA))
    add("--why", default="", help="the reason, kept with the floors")
    add("--write", type=Path, metavar="PAGE", help="write docs/quality.md from what is pinned")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
