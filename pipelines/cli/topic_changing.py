"""The commands `topics set` and `topics remove`: a topic changed in its file and in the store."""

import argparse
from dataclasses import replace
from pathlib import Path

from pipelines.cli.filters import check_query
from pipelines.cli.run import Run, add_below, reason, user_name
from pipelines.errors import ConfigError
from pipelines.tagging.topics import Topic
from pipelines.topic_changes.change import change_topic
from pipelines.topic_changes.files import last_said


def add_commands(below: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add set and remove."""
    about = "make or change a topic, and tag the stored articles by it"
    parser = add_below(below, "set", about, _set)
    parser.add_argument("topic", metavar="ID", help="small letters, digits and hyphens; it stays")
    parser.add_argument("--query", help="what it counts")
    parser.add_argument("--name", help="as it is shown (default for a new one: the id)")
    parser.add_argument("--description", help="what counts and what does not")
    _add_signature(parser)
    parser = add_below(below, "remove", "take a topic away; its history stays", _remove)
    parser.add_argument("topic", metavar="ID", help="its id, as `topics` lists it")
    _add_signature(parser)


def _add_signature(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--why", type=reason, required=True, help="kept with the change")
    parser.add_argument("--who", default="", help="who says so (default: your user name); kept")


def _set(run: Run) -> int:
    options = run.options
    known = last_said(options.topic, run.config.topics, run.store)
    if known is None and not options.query:
        raise ConfigError(f"there is no topic `{options.topic}`; say what it counts with --query")
    if options.query:
        check_query(options.query)
    given = {key: getattr(options, key) for key in ("query", "name", "description")}
    given = {key: " ".join(text.split()) for key, text in given.items() if text is not None}
    base = known or Topic(options.topic, options.topic, "")
    return _change(run, replace(base, counted=True, **given), known)


def _remove(run: Run) -> int:
    known = last_said(run.options.topic, run.config.topics, run.store)
    if known is None or not known.counted:
        raise ConfigError(
            f"no topic `{run.options.topic}` is counted; `topics` lists those that are"
        )
    return _change(run, replace(known, counted=False), known)


def _change(run: Run, new: Topic, known: Topic | None) -> int:
    from pipelines.cli.ingesting import retag_line, show_retag  # see there

    seen = known if known is not None and known.counted else None
    who = run.options.who or user_name()
    done = change_topic(
        run.config,
        run.store,
        new,
        seen,
        who=who,
        why=run.options.why,
        now=run.now,
        progress=show_retag,
    )
    file = str(done.file).removeprefix(f"{Path.cwd()}/")
    said = "counted" if new.counted else "not counted any more"
    print(f"topic {new.id} is {said}, as {file} says")
    if done.retagged.versions:
        print(retag_line(done.retagged))
    return 0
