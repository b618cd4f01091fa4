"""The command `topics recall`: what a topic may miss, which words would find it, and how much."""

import argparse
import sys
from contextlib import closing

import pandas as pd

from pipelines.analysis import topic_precision as precision
from pipelines.analysis.near_misses import missed, recall
from pipelines.analysis.recall import NearMisses, find_near_misses
from pipelines.analysis.topic_sentences import evidence_of
from pipelines.analysis.topic_subject import Subject
from pipelines.cli.labelling import add_sheet, taken_in, write_sheet
from pipelines.cli.output import print_table
from pipelines.cli.run import Run, add_places
from pipelines.cli.topic_choice import in_force
from pipelines.query import Query
from pipelines.querylang import parse
from pipelines.store import Store, open_store


def add_commands(below: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add recall."""
    about = "what a topic may miss: near misses, suggested aliases, a sheet to judge them"
    parser = below.add_parser("recall", help=about, description=about)
    add_places(parser, argparse.SUPPRESS)
    parser.add_argument("topic", metavar="NAME", help="its id or name")
    add_sheet(parser)
    parser.set_defaults(run=_recall)


def _recall(run: Run) -> int:
    options = run.options
    with closing(open_store(run.store)) as store:
        subject = in_force(store, options.topic)
    if options.sheet:
        print(taken_in(run, subject))
    with closing(open_store(run.store)) as store:
        labels = store.labels(subject.id)
        misses = labels[labels["sense"] == precision.MISS]
        seed = options.seed
        if options.sheet and len(misses):
            seed = int(misses["seed"].iloc[-1])
        near = find_near_misses(
            store, parse(subject.text), subject.asked(Query()), topic=subject.id, seed=seed
        )
        if options.out:
            _write(near, misses, subject, run)
        _print(store, near, subject, seed=seed)
    return 0


def _write(near: NearMisses, misses: pd.DataFrame, subject: Subject, run: Run) -> None:
    """Write a sheet with half of its rows from each stratum, as far as they have some."""
    options = run.options
    samples = []
    left = options.n
    for number, rows in enumerate(near.rows.values()):
        n = min(len(rows), max(left - _rest(near, number), left // (len(near.rows) - number)))
        sample = precision.draw(rows, subject.id, n=n, seed=options.seed)
        samples.append(precision.with_labels(sample, rows, misses))
        left -= len(sample)
    whole = pd.concat([sample for sample in samples if len(sample)] or samples[:1])
    sheet = precision.to_sheet(whole, {}, precision.MISS, options.seed)
    write_sheet(sheet, options.out)
    print(f"{subject.name}: {len(sheet)} near misses in {options.out}", file=sys.stderr)


def _rest(near: NearMisses, number: int) -> int:
    """Return how many rows the strata after this one have."""
    return sum(len(rows) for rows in list(near.rows.values())[number + 1 :])


def _print(store: Store, near: NearMisses, subject: Subject, *, seed: int) -> None:
    print(f"{subject.name}\n\nwords it might also have:")
    print_table(near.suggested)
    print("\nwhat its hits are known by:")
    for language, rows in near.words.groupby("language"):
        print(f"{language or 'unknown'}: {', '.join(rows['word'])}")
    print()
    labels = store.labels(subject.id)
    misses = labels[labels["sense"] == precision.MISS]
    strata = {
        name: _judged(misses, rows, subject.id, seed=seed) for name, rows in near.rows.items()
    }
    print_table(_strata(near, strata))
    if near.is_sampled:
        print("worded near misses were looked for in a sample; their number is an estimate")
    print(f"\n{_line(near, strata, _right_hits(store, subject, labels))}")


def _right_hits(store: Store, subject: Subject, labels: pd.DataFrame) -> float | None:
    """Return how many hits are right by their labels, None without any."""
    found = precision.precision(labels, evidence_of(store, subject), subject.id)
    if found.share is None:
        return None
    return store.article_count(subject.asked(Query())) * found.share


def _judged(
    misses: pd.DataFrame, rows: pd.DataFrame, topic: str, *, seed: int
) -> precision.Precision:
    held, frame = precision.in_frame(misses, rows, topic, seed)
    return precision.estimate(held["right"], unlabelled=frame - len(held))


def _strata(near: NearMisses, strata: dict[str, precision.Precision]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "near misses": list(strata),
            "articles": [round(near.sizes[name]) for name in strata],
            "labelled": [found.labelled for found in strata.values()],
            "right": [found.right for found in strata.values()],
        }
    )


def _line(
    near: NearMisses, strata: dict[str, precision.Precision], right_hits: float | None
) -> str:
    """Return in words how much is missed."""
    found = missed([(near.sizes[name], one) for name, one in strata.items()])
    if found is None:
        return "missed: not measured yet; `topics recall --out FILE` writes a sheet to fill in"
    middle, low, high = found
    line = f"missed: at least about {middle:.0f} articles ({low:.0f} to {high:.0f} for 95 %)"
    if right_hits is None:
        return f"{line}; label hits too for the recall"
    most = recall(right_hits, middle)
    return line if most is None else f"{line}, so recall is at most about {most:.2f}"
