"""The command `topics`: what the store counts, and the life of a topic: tried, changed, applied."""

import argparse
import sys
from contextlib import closing

import pandas as pd

from pipelines.analysis import topic_trial
from pipelines.analysis.topic_precision import precision
from pipelines.analysis.topic_sentences import evidence_of
from pipelines.analysis.topic_subject import Subject
from pipelines.cli import labelling, recalling, topic_changing, topic_report
from pipelines.cli.filters import (
    add_narrowing,
    add_time,
    add_version,
    check_query,
    make_filters,
)
from pipelines.cli.output import FORMATS, print_frame, print_table
from pipelines.cli.read import row_count
from pipelines.cli.run import Run, add_below, add_places
from pipelines.cli.topic_choice import (
    choose,
    declared,
    from_file,
    in_force,
    older,
    versions_of,
)
from pipelines.errors import ConfigError, QueryError
from pipelines.query import Query
from pipelines.reading.workers import wanted_processes
from pipelines.retag import refresh_tags
from pipelines.store import Store, open_store
from pipelines.tagging.topics import parse_topic
from pipelines.topic_changes.opening import open_tagging


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add topics with the commands below it."""
    about = "list the topics the store counts; try, change and judge one"
    parser = commands.add_parser("topics", help=about, description=about)
    add_places(parser)
    parser.set_defaults(run=_list)
    below = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_test(below)
    _add_diff(below)
    _add_history(below)
    apply = add_below(below, "apply", "tag the stored articles by the topics file now", _apply)
    apply.description = "Bring the store's tags to the topics file; `ingest` does it too."
    topic_changing.add_commands(below)
    labelling.add_commands(below)
    recalling.add_commands(below)


def _add_output(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("output")
    group.add_argument("--format", choices=FORMATS, default="table")
    group.add_argument("--raw", action="store_true", help="CSV cells as they are, unguarded")


def _add_test(below: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = add_below(below, "test", "what a topic or a query finds, and by which words", _test)
    parser.add_argument("topic", nargs="?", metavar="NAME", help="its id or name")
    parser.add_argument("--query", default="", help="a query in place of a topic")
    parser.add_argument(
        "--examples", type=row_count, default=3, metavar="N", help="newest and random sentences"
    )
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="of the random ones")
    add_narrowing(parser)
    add_time(parser)
    _add_output(parser)


def _add_diff(below: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = add_below(below, "diff", "what a change of a topic gains and loses", _diff)
    parser.add_argument("topic", metavar="NAME", help="its id or name")
    new = parser.add_mutually_exclusive_group()
    new.add_argument("--query", default="", help="the new query")
    new.add_argument("--file", default="", help="a topics file with the new query")
    parser.add_argument(
        "--from", dest="version", type=int, metavar="VERSION", help="an older version to start at"
    )
    parser.add_argument(
        "--examples", type=row_count, default=3, metavar="N", help="sentences of each side"
    )
    add_narrowing(parser)
    add_version(parser)
    parser.set_defaults(start=None, end=None, last="", interval=None, tz="", guesses=False)
    parser.set_defaults(placement=None)
    _add_output(parser)


def _add_history(below: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = add_below(below, "history", "every definition a topic ever had", _history)
    parser.add_argument("topic", nargs="?", metavar="NAME", help="its id or name; default: all")
    add_version(parser)
    _add_output(parser)


def _list(run: Run) -> int:
    with closing(open_store(run.store)) as store:
        counts = store.tag_counts(Query(), "topic").set_index("tag")["articles"]
        topics = store.topics()
    topics["articles"] = counts.reindex(topics["id"], fill_value=0).to_numpy()
    print_table(topics[["id", "name", "articles", "query"]])
    return 0


def _test(run: Run) -> int:
    options = run.options
    if bool(options.topic) == bool(options.query):
        raise ConfigError("name one topic, or give a query with --query")
    with closing(open_store(run.store, snap=options.snap)) as store:
        if options.query:
            check_query(options.query, notes=options.format != "table")
            subject = Subject("", f"`{options.query}`", options.query)
        else:
            subject = choose(run, store, options.topic)
        found = topic_trial.find(store, subject, make_filters(run, store))
        if options.format == "table":
            topic_report.print_test(store, found, n=options.examples, seed=options.seed)
            if subject.is_tagged:
                _print_precision(store, subject)
                _say_if_file_differs(run, subject)
        else:
            print_frame(found.shares, "aliases", options.format, raw=options.raw)
    return 0


def _print_precision(store: Store, subject: Subject) -> None:
    labels = store.labels(subject.id)
    if len(labels):
        found = precision(labels, evidence_of(store, subject), subject.id)
        print(f"\n{labelling.precision_line(found)}")


def _say_if_file_differs(run: Run, subject: Subject) -> None:
    topic = declared(run, subject.id)
    if topic is not None and Subject(topic.id, "", topic.query).definition != subject.definition:
        said = f"the topics file has another query; `topics diff {subject.id}` compares"
        print(f"note: {said}", file=sys.stderr)


def _diff(run: Run) -> int:
    options = run.options
    with closing(open_store(run.store, snap=options.snap)) as store:
        old, new = _both(run, store)
        filters = make_filters(run, store)
        diff = topic_trial.diff(store, old, new, filters)
        if options.format == "table":
            topic_report.print_diff(store, diff, old, new, n=options.examples)
        else:
            print_frame(diff.counts, "topic_diff", options.format, raw=options.raw)
    return 0


def _both(run: Run, store: Store) -> tuple[Subject, Subject]:
    """Return the definitions to compare: older or in force, with new or in force."""
    options, name = run.options, run.options.topic
    is_new = not options.query and not options.file and choose(run, store, name).is_tagged is False
    if is_new and options.version is None:
        raise ConfigError(f"the store has no topic {name!r} yet; `topics test {name}` tries it")
    old = in_force(store, name) if options.version is None else older(store, name, options.version)
    if options.query:
        check_query(options.query)
        try:
            parse_topic(options.query)
        except QueryError as error:
            raise ConfigError(f"the new query: {error}") from error
        return old, Subject(old.id, f"`{options.query}`", options.query)
    if options.file or options.version is None:
        return old, from_file(run, name, options.file)
    return old, in_force(store, name)


def _history(run: Run) -> int:
    options = run.options
    with closing(open_store(run.store, snap=options.snap)) as store:
        name = options.topic
        versions = versions_of(store, name) if name else store.topic_versions()
    hashes = [f"d{int(number):016x}" for number in versions["definition"]]
    versions = versions.rename(columns={"id": "topic", "is_removed": "removed"}).assign(
        definition=hashes
    )
    if options.format == "table":
        print_table(_shown_versions(versions))
    else:
        print_frame(versions, "topic_versions", options.format, raw=options.raw)
    return 0


def _shown_versions(versions: pd.DataFrame) -> pd.DataFrame:
    shown = versions[["topic", "version", "since", "in_force", "who", "name", "query"]].copy()
    shown["since"] = shown["since"].dt.strftime("%Y-%m-%d %H:%M")
    shown["in_force"] = shown["in_force"].map({True: "yes", False: ""})
    shown["in_force"] = shown["in_force"].mask(versions["removed"], "removed")
    return shown


def _apply(run: Run) -> int:
    from pipelines.cli.ingesting import retag_line, show_retag  # see there

    open_store(run.store).close()  # says so where there is no store
    with open_tagging(run.config, run.store, now=run.now) as (writer, topics, taggers):
        processes = wanted_processes(run.config.reading)
        done = refresh_tags(writer, taggers, topics, processes=processes, progress=show_retag)
    is_same = not done.topics and not done.everything
    print("no query changed: nothing to tag again" if is_same else retag_line(done))
    return 0
