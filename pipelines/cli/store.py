"""Commands for the upkeep of the store: what it takes, whether it is whole, how it gets smaller."""

import argparse
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta

import pandas as pd

from pipelines.cli.output import print_table
from pipelines.cli.run import Run, add_below, add_places, user_name
from pipelines.errors import ConfigError
from pipelines.query import Query
from pipelines.store import open_store
from pipelines.store.upkeep.checking import check
from pipelines.store.upkeep.compaction import MOST_FILES, compact
from pipelines.store.upkeep.inventory import Inventory, take_inventory
from pipelines.store.upkeep.pins import pin, unpin
from pipelines.store.upkeep.retention import Plan, Rule, vacuum


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add store with the commands below it."""
    about = "say what the store takes, check it, make it faster or smaller, pin versions"
    parser = commands.add_parser("store", help=about, description=about)
    add_places(parser)
    parser.set_defaults(run=lambda run: _usage(parser))
    below = parser.add_subparsers(title="commands", metavar="COMMAND")
    add_below(below, "stats", "print rows, files and bytes, versions and pins", _stats)
    verify = add_below(below, "verify", "read every file and check all tables", _verify)
    verify.add_argument("--newest", action="store_true", help="the newest and pinned versions only")
    add_below(below, "compact", "join the small files of tables", _compact)
    again = add_below(below, "reprocess", "read kept captures again by today's code", _reprocess)
    again.add_argument("--dry-run", action="store_true", help="only say what would change")
    keep = add_below(below, "pin", "keep a version from vacuum", _pin)
    keep.add_argument("version", metavar="VERSION", type=_number, help="its number")
    keep.add_argument("--why", default="", help="what for; kept with your name")
    loose = add_below(below, "unpin", "take a pin back", _unpin)
    loose.add_argument("version", metavar="VERSION", type=_number, help="its number")
    clean = add_below(below, "vacuum", "remove old versions, and what killed runs left", _vacuum)
    clean.add_argument("--keep-days", type=_number, metavar="N", help="keep those of N days")
    clean.add_argument("--keep-last", type=_number, metavar="N", help="keep the newest N")
    clean.add_argument("--dry-run", action="store_true", help="only say what would go")


def _usage(parser: argparse.ArgumentParser) -> int:
    parser.print_help()
    return 0


def _number(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 on")
    return int(text)


def _stats(run: Run) -> int:
    taken = take_inventory(run.store)
    with closing(open_store(run.store)) as store:
        articles, indexed = store.article_count(Query()), store.indexed()
    rows = [(one.name, one.rows, one.files, one.size) for one in taken.tables]
    table = pd.DataFrame(rows, columns=["table", "rows", "files", "bytes"])
    table.loc[len(table)] = ["all", *table.drop(columns="table").sum()]
    each = (table["bytes"] / max(articles, 1)).round().astype(int)
    print_table(table.assign(bytes_an_article=each))
    print(f"\n{articles} articles; text index: {indexed} of them")
    print("\n".join(_kept(taken)))
    many = [one.name for one in taken.tables if one.files > MOST_FILES]
    if many:
        print(f"many small files: {', '.join(many)} (`store compact` joins them)")
    return 0


def _kept(taken: Inventory) -> list[str]:
    """Return lines on versions, pins and what is on the disk beside the newest version."""
    first, last = taken.versions[0], taken.versions[-1]
    lines = [
        f"{len(taken.versions)} versions kept: {first} of {taken.oldest:%Y-%m-%d} "
        f"to {last} of {taken.newest:%Y-%m-%d}",
        f"only in older versions: {_size(taken.older_size)}; logs: {_size(taken.log_size)}; "
        f"indexes: {_size(taken.index_size)}",
    ]
    for one in taken.pins:
        why = f": {one.why}" if one.why else ""
        lines.append(f"pinned: {one.version} by {one.who} on {one.made_at:%Y-%m-%d}{why}")
    return lines


def _size(count: int) -> str:
    """Return bytes as people read them: 830 bytes, 1.4 MB."""
    for unit, worth in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= worth:
            return f"{count / worth:.1f} {unit}"
    return f"{count} bytes"


def _verify(run: Run) -> int:
    checked = check(run.store, every=not run.options.newest, progress=_show_progress)
    for finding in checked.findings:
        versions = f" (version {_listed(finding.versions)})" if finding.versions else ""
        print(f"{finding.what}{versions}\n  mend: {finding.mend}", file=sys.stderr)
    looked = f"{len(checked.versions)} versions, {checked.files} files"
    if checked.findings:
        print(f"damaged: {len(checked.findings)} findings in {looked}")
        return 1
    print(f"whole: {looked}")
    return 0


def _listed(numbers: tuple[int, ...]) -> str:
    return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]} to {numbers[-1]}"


def _show_progress(done: int, wanted: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if done == wanted else ""
        print(f"\r{done} of {wanted} versions", end=end, file=sys.stderr)


def _compact(run: Run) -> int:
    joined = compact(run.store, now=run.now)
    for one in joined:
        print(
            f"{one.table}: {one.files_before} files to {one.files_after}, "
            f"{_size(one.bytes_before)} to {_size(one.bytes_after)}"
        )
    if not joined:
        print(f"nothing to do: no table has more than {MOST_FILES} small files")
    return 0


def _reprocess(run: Run) -> int:
    from pipelines.cli.reprocessing import run_reprocess  # loads what reads pages

    return run_reprocess(run)


def _pin(run: Run) -> int:
    made = pin(run.store, run.options.version, why=run.options.why, who=user_name(), now=run.now)
    print(f"version {made.version} is pinned: `store vacuum` keeps it")
    return 0


def _unpin(run: Run) -> int:
    unpin(run.store, run.options.version)
    print(f"version {run.options.version} is no longer pinned")
    return 0


def _vacuum(run: Run) -> int:
    options = run.options
    if options.keep_days is None and options.keep_last is None:
        raise ConfigError("say what to keep: --keep-days N, --keep-last N, or both")
    since = run.now - timedelta(days=options.keep_days) if options.keep_days else None
    vacuum(run.store, Rule(options.keep_last or 1, since), _agreed_by(dry_run=options.dry_run))
    return 0


def _agreed_by(*, dry_run: bool) -> Callable[[Plan], bool]:
    """Return what tells the plan of a vacuum, and whether to go on."""

    def tell(plan: Plan) -> bool:
        would = "would remove" if dry_run else "removing"
        print(
            f"{would} {len(plan.gone)} of {len(plan.gone) + len(plan.kept)} versions, "
            f"{len(plan.files)} files, {_size(plan.size)}",
            flush=True,
        )
        return not dry_run

    return tell
