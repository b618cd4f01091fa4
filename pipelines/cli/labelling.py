"""The commands `topics label` and `topics recall`: sheets of sentences out, answers in."""

import argparse
import io
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pandas as pd

from pipelines.analysis import topic_precision as precision
from pipelines.analysis.topic_sentences import around, evidence_of
from pipelines.analysis.topic_subject import Subject
from pipelines.cli.output import print_bytes, print_table
from pipelines.cli.read import row_count
from pipelines.cli.run import Run, add_places, user_name
from pipelines.cli.topic_choice import in_force
from pipelines.errors import ConfigError, why
from pipelines.query import Interval, Placement, Query
from pipelines.reports.csv_report import to_csv
from pipelines.store import Store, keep_labels, open_store
from pipelines.store.writing.rows import Row


def add_commands(below: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add label."""
    about = "measure a topic's precision: a sheet of random hits out, answers in"
    parser = below.add_parser("label", help=about, description=about)
    add_places(parser, argparse.SUPPRESS)
    parser.add_argument("topic", metavar="NAME", help="its id or name")
    add_sheet(parser)
    parser.set_defaults(run=_label)


def add_sheet(parser: argparse.ArgumentParser) -> None:
    """Add the options of a sheet."""
    parser.add_argument("--n", type=row_count, default=50, metavar="N", help="sentences (50)")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="of the sample")
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--out", metavar="FILE", help="where to write the sheet")
    way.add_argument("--in", dest="sheet", metavar="FILE", help="a sheet that was filled in")


def _label(run: Run) -> int:
    options = run.options
    if options.sheet:
        with closing(open_store(run.store)) as store:
            subject = in_force(store, options.topic)
        print(taken_in(run, subject))
    with closing(open_store(run.store)) as store:
        subject = in_force(store, options.topic)
        rows, labels = evidence_of(store, subject), store.labels(subject.id)
        if options.sheet:
            print_precision(store, subject, rows, labels)
            return 0
        hits = labels[labels["sense"] == precision.HIT]
        sample = precision.draw(rows, subject.id, n=options.n, seed=options.seed)
        sample = precision.with_labels(sample, rows, hits)
        sheet = precision.to_sheet(sample, around(store, sample), precision.HIT, options.seed)
    write_sheet(sheet, options.out)
    known = int((sheet["right"] != "").sum())
    said = f"; {known} were labelled before and still apply" if known else ""
    print(
        f"{subject.name}: {len(sheet)} of {rows['article_id'].nunique()} articles{said}",
        file=sys.stderr,
    )
    return 0


def write_sheet(sheet: pd.DataFrame, out: str | None) -> None:
    """Write a sheet as CSV to a file, or to standard output."""
    content = to_csv(sheet, "label_sheet", bom=out is not None)
    if out is None:
        print_bytes(content)
        return
    if Path(out).exists():
        raise ConfigError(f"{out} is there already and may hold answers; choose another name")
    try:
        Path(out).write_bytes(content)
    except OSError as error:
        raise ConfigError(f"cannot write {out}: {error.strerror}") from error


def read_sheet(path: str) -> pd.DataFrame:
    """Return the answers of a sheet, also one that a spreadsheet saved with semicolons."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
        header = text.partition("\n")[0]
        separator = ";" if header.count(";") > header.count(",") else ","
        sheet = pd.read_csv(io.StringIO(text), sep=separator, dtype="str")
        return precision.from_sheet(sheet)
    except (OSError, ValueError) as error:
        raise ConfigError(f"cannot read the sheet {path}: {why(error)}") from error


def taken_in(run: Run, subject: Subject) -> str:
    """Store the answers of a sheet; return in words how many."""
    answers = read_sheet(run.options.sheet)
    if not len(answers):
        raise ConfigError(f"no row of {run.options.sheet} has yes or no in `right`")
    who, rows = user_name(), _rows(answers)
    kept = keep_labels(run.store, subject.id, subject.definition, rows, who=who, now=run.now)
    return f"{kept} labels kept"


def _rows(answers: pd.DataFrame) -> Iterable[Row]:
    plain = answers.astype("object")
    return [dict(zip(plain.columns, row, strict=True)) for row in plain.itertuples(index=False)]


def print_precision(
    store: Store, subject: Subject, rows: pd.DataFrame, labels: pd.DataFrame
) -> None:
    """Print precision, where it differs, and the trend corrected by it."""
    found = precision.precision(labels, rows, subject.id)
    print(f"\n{subject.name}\n{precision_line(found)}")
    if found.share is None:
        return
    hits = labels[labels["sense"] == precision.HIT]
    held, _ = precision.in_frame(hits, rows, subject.id, int(hits["seed"].iloc[-1]))
    for column in ("language", "alias"):
        groups = precision.by_group(held, column).rename(columns={"value": column})
        print()
        print_table(groups.assign(**{column: groups[column].replace("", "unknown")}))
    print()
    print_table(_trend(store, subject, found))


def precision_line(found: precision.Precision) -> str:
    """Return in words how precise the hits are."""
    if found.share is None or found.low is None or found.high is None:
        return "precision: not measured yet; `topics label` writes a sheet"
    line = (
        f"precision {found.share:.2f} ({found.low:.2f} to {found.high:.2f} for 95 %): "
        f"{found.right} of {found.labelled} right"
    )
    if found.unlabelled:
        line += (
            f"\n{found.unlabelled} hits of the sample have no label for this definition: "
            "the figure speaks for the others until they have"
        )
    return line


def _trend(store: Store, subject: Subject, found: precision.Precision) -> pd.DataFrame:
    counts = store.counts(subject.asked(Query(interval=Interval.MONTH)))
    placed = counts[counts["placement"] == Placement.PLACED.value]
    months = [f"{day:%Y-%m}" for day in placed["bucket"]]
    trend = precision.corrected(placed["articles"].reset_index(drop=True), found)
    trend.insert(0, "month", pd.Series(months, dtype="str"))
    return trend
