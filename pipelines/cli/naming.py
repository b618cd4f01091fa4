"""Commands on names and words: who said what, who is named with whom, which words mark it."""

import argparse
import difflib
import sys
from collections.abc import Mapping

import pandas as pd

from pipelines.analysis.candidates import candidates
from pipelines.analysis.comentions import KINDS, comentions
from pipelines.analysis.labels import country_labels, entity_labels
from pipelines.analysis.quotes import quotes, speakers
from pipelines.analysis.words import SAMPLE, unspaced, words
from pipelines.cli.filters import known_ids
from pipelines.cli.run import Run
from pipelines.errors import ConfigError
from pipelines.query import Query
from pipelines.store import Store


def ask_quotes(run: Run, store: Store, query: Query) -> pd.DataFrame:
    """Return the quotes of the query's articles, of one speaker where that is asked."""
    by = speaker_tags(store, run.options.speaker)
    certain = run.options.certain
    return quotes(store, query, speakers=by, uncertain=not certain, limit=run.options.limit)


def add_quote_options(group: "argparse._ArgumentGroup") -> None:
    """Add what only quotes can be asked."""
    group.add_argument("--speaker", action="append", default=[], help="only of this person or body")
    group.add_argument("--certain", action="store_true", help="only where the speaker is certain")


def speaker_tags(store: Store, given: list[str]) -> tuple[str, ...]:
    """Return the tags of speakers given by name or tag; ConfigError where the store has none such.

    A part of a name will do ("Lavrov"). What several are called stands for all of them.
    """
    if not given:
        return ()
    known = speakers(store, Query())
    by_name: dict[str, list[str]] = {}
    for name, tag in zip(known["speaker"], known["entity_id"], strict=True):
        for key in {name.casefold(), tag.casefold(), *name.casefold().split()}:
            by_name.setdefault(key, []).append(tag)
    found: list[str] = []
    for name in given:
        if name.casefold() not in by_name:
            near = difflib.get_close_matches(name.casefold(), by_name, n=3, cutoff=0.5)
            hint = f"; did you mean {', '.join(near)}?" if near else ""
            raise ConfigError(f"nobody called {name!r} is quoted in this store{hint}")
        found += by_name[name.casefold()]
    return tuple(dict.fromkeys(found))


def ask_speakers(run: Run, store: Store, query: Query) -> pd.DataFrame:
    """Return who is quoted in the query's articles."""
    return speakers(store, query, limit=run.options.limit)


def ask_words(run: Run, store: Store, query: Query) -> pd.DataFrame:
    """Return the words that mark the articles; say how many of them are not split into words."""
    if number := unspaced(store, query):
        said = "not split into words: languages written without spaces"
        print(f"{number:,} of the articles are {said}", file=sys.stderr)
    sample = run.options.sample or None
    return words(store, query, limit=run.options.limit, sample=sample)


def add_word_options(group: argparse._ArgumentGroup) -> None:
    """Add how many articles are read."""
    about = f"read at most N articles (default {SAMPLE:,}); 0: all"
    group.add_argument("--sample", type=_sample_size, default=SAMPLE, metavar="N", help=about)


def _sample_size(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of articles such as 1000")
    return int(text)


def ask_names(run: Run, store: Store, query: Query) -> pd.DataFrame:
    """Return the names that no table knows."""
    return candidates(store, query, limit=run.options.limit)


def ask_comentions(run: Run, store: Store, query: Query) -> pd.DataFrame:
    """Return what is named together with one tag."""
    kind, _, name = run.options.of.partition(":")
    if kind not in KINDS or not name:
        raise ConfigError(
            f"--of {run.options.of!r}: write a kind and a name, such as entity:sergei-lavrov; "
            f"kinds are {', '.join(KINDS)}"
        )
    (tag,) = known_ids(kind, [name], _names(store, kind, name))
    return comentions(store, query, kind, tag, of_kind=run.options.kind, limit=run.options.limit)


def add_comention_options(group: "argparse._ArgumentGroup") -> None:
    """Add what only co-mentions can be asked."""
    group.add_argument(
        "--of", required=True, metavar="TAG", help="kind and name: entity:sergei-lavrov, country:SY"
    )
    group.add_argument("--kind", choices=KINDS, default="entity", help="what to list beside it")


def _names(store: Store, kind: str, asked: str) -> Mapping[str, str]:
    """Return the names of all tags of a kind by id, of embassies that of the one asked for."""
    if kind == "entity":
        return entity_labels(asked)
    if kind == "country":
        return country_labels()
    topics = store.topics()
    return dict(zip(topics["id"], topics["name"], strict=True))
