"""The command `edits`: what changed between two versions of an article, as text or as a file."""

import argparse
from contextlib import closing

from pipelines.analysis.edits import Comparison, compare, edits_frame, marked_words
from pipelines.cli.filters import add_version
from pipelines.cli.output import FORMATS, print_frame
from pipelines.cli.run import Run, add_places
from pipelines.cli.write import article_id
from pipelines.edits import EditKind, TagChange
from pipelines.errors import StoreError
from pipelines.hashing import id_text
from pipelines.store import open_store

_SIGNS = {
    EditKind.REMOVED: "-",
    EditKind.ADDED: "+",
    EditKind.CHANGED: "~",
    EditKind.MOVED: ">",
}


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add edits."""
    about = "show what changed between two versions of an article"
    parser = commands.add_parser("edits", help=about, description=about)
    add_places(parser)
    parser.add_argument("article", metavar="ARTICLE", type=article_id, help="its id")
    parser.add_argument("--versions", nargs=2, type=int, metavar="N", help="the older, the newer")
    add_version(parser)
    parser.add_argument("--format", choices=FORMATS, default="table")
    parser.add_argument("--raw", action="store_true", help="CSV cells as they are, unguarded")
    parser.set_defaults(run=_edits)


def _edits(run: Run) -> int:
    options = run.options
    try:
        with closing(open_store(run.store, snap=options.snap)) as store:
            comparison = compare(store, options.article, options.versions or ())
    except KeyError as error:
        raise StoreError(f"{error.args[0]}; `articles` prints the ids") from error
    if options.format == "table":
        print("\n".join(_lines(comparison)))
    else:
        print_frame(edits_frame(comparison), "edits", options.format, raw=options.raw)
    return 0


def _lines(comparison: Comparison) -> list[str]:
    old, new = comparison.versions
    lines = [f"article {id_text(comparison.article_id)}, version {old} to {new}"]
    if comparison.is_enrichment:
        before, after = (kind.replace("_", " ") for kind in comparison.kinds)
        lines += [f"not an edit: {old} is a {before} and {new} a {after}; headlines only"]
    if comparison.read_again:
        lines += [f"not an edit: {new} is {old}, read again by a later Wirewatch"]
    same = 0
    for edit in comparison.edits:
        if edit.kind is EditKind.SAME:
            same += 1
            continue
        lines += ["", f"{_SIGNS[edit.kind]} {edit.kind}, {edit.zone}", f"  {marked_words(edit)}"]
    lines += ["", f"{same} {'paragraph' if same == 1 else 'paragraphs'} unchanged"]
    return lines + [_of_tag(change) for change in comparison.tags]


def _of_tag(change: TagChange) -> str:
    since = "removed since" if not change.after else f"{change.after} now"
    return f"mentions of {change.kind} {change.tag}: {change.before} before, {since}"
