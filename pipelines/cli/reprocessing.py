"""`store reprocess` itself: kept captures read again, and the table of what became of them."""

import sys

import pandas as pd

from pipelines.cli.output import print_table
from pipelines.cli.run import Run
from pipelines.gather import read_again
from pipelines.reprocess import Reprocessed, Reread
from pipelines.store import lay_out

_SHOWN = 20
_MEANS = {
    Reread.SAME: "as stored",
    Reread.CHANGED: "differs: a new version, no edit",
    Reread.FOUND: "brought no article, and does now",
    Reread.NOTHING: "brings no article still",
    Reread.LOST: "would bring none now: left as stored",
    Reread.MOVED: "would be another article now: left as stored",
    Reread.OLDER: "the publisher changed the text since",
    Reread.DUPLICATE: "of an article under another address",
    Reread.DONE: "this code has read it already",
    Reread.WITHOUT_CLAIMS: "kept without what its source said: left as stored",
    Reread.DAMAGED: "its bytes cannot be unpacked",
}


def run_reprocess(run: Run) -> int:
    """Read the kept captures again, or say what would change; return the exit code."""
    is_trial = run.options.dry_run
    report = read_again(
        run.config, run.store, now=run.now, is_trial=is_trial, progress=_show_progress
    )
    rows = [(str(one), report.outcomes[one], said) for one, said in _MEANS.items()]
    print_table(pd.DataFrame(rows, columns=["outcome", "captures", "meaning"]))
    print(f"\n{report.count} captures" + (", nothing was written" if is_trial else ""))
    for end in report.ended[:_SHOWN]:
        print(f"  {end.outcome}: {end.kept.locator}: {end.reason}")
    if len(report.ended) > _SHOWN:
        print(f"  and {len(report.ended) - _SHOWN} more")
    if report.retagged:
        print(f"{report.retagged} stored versions tagged again: lines that their outlet repeats")
    if not is_trial:
        lay_out(run.store)
    return 0


def _show_progress(report: Reprocessed) -> None:
    if sys.stderr.isatty():
        end = "\n" if report.count == report.total else ""
        print(f"\r{report.count} of {report.total} captures", end=end, file=sys.stderr)
