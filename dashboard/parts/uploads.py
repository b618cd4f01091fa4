"""Texts that a reader brings: files, pasted text or an address in; what the line makes of it out.

Files are written to a folder of their own for the time of one run; the store keeps their bytes.
"""

import hashlib
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pandas as pd
import streamlit as st

from dashboard import data, tables
from pipelines.analysis.labels import known_entities
from pipelines.article import Article, Capture, Fetch, Outcome
from pipelines.config import SourceConfig
from pipelines.errors import WirewatchError
from pipelines.gather import Correction, Stream, Understood, corrected, gather, understand
from pipelines.tagging import country_names
from pipelines.topic_changes.files import topics_in_force

FOLDER = "added"  # how the place of what was brought begins, in the store and on screen
PASTED = "pasted.txt"


@dataclass(frozen=True, slots=True)
class Brought:
    """One thing a reader brings: a file by name with its bytes, or an address without."""

    name: str
    content: bytes = b""
    address: str = ""


def brought(files: Sequence[tuple[str, bytes]], pasted: str, address: str) -> tuple[Brought, ...]:
    """Return what there is to read; names that are given twice are told apart."""
    found: dict[str, Brought] = {}
    every = [*files, *([(PASTED, pasted.encode())] if pasted.strip() else [])]
    for given, content in every:
        name = Path(given).name or "file"
        while name in found:
            name = f"{Path(name).stem} (2){Path(name).suffix}"
        found[name] = Brought(name, content)
    more = [Brought(address.strip(), address=address.strip())] if address.strip() else []
    return (*found.values(), *more)


@st.cache_data(show_spinner="Reading", max_entries=8, max_size="100mb")
def understood(things: tuple[Brought, ...]) -> list[Understood]:
    """Return what the line would make of what was brought; raises WirewatchError."""
    with tempfile.TemporaryDirectory() as folder:
        sources = _sources(things, Path(folder))
        named = partial(_named, folder=Path(folder))
        return list(understand(data.own_config(), sources, now=datetime.now(UTC), change=named))


def store_all(
    things: tuple[Brought, ...], corrections: Mapping[str, Correction]
) -> tuple[dict[Outcome, int], str]:
    """Bring everything into the store; return how captures ended, and what hinders it."""
    config = data.own_config()
    try:
        with tempfile.TemporaryDirectory() as folder:
            report, _ = gather(
                config,
                config.store,
                _sources(things, Path(folder)),
                now=datetime.now(UTC),
                change=lambda stream: corrected(_named(stream, folder=Path(folder)), corrections),
            )
    except WirewatchError as error:
        return {}, str(error)
    return dict(report.outcomes), ""


def _sources(things: Iterable[Brought], folder: Path) -> list[SourceConfig]:
    sources = []
    for thing in things:
        if thing.address:
            sources.append(SourceConfig(thing.address, name=FOLDER))
            continue
        path = folder / thing.name
        path.write_bytes(thing.content)
        sources.append(SourceConfig(str(path), name=FOLDER))
    return sources


def _named(stream: Stream, *, folder: Path) -> Iterator[Fetch | Capture]:
    """Yield the stream with places that mean something when the folder is gone."""
    for item in stream:
        yield replace(item, locator=item.locator.replace(f"{folder}/", f"{FOLDER}/"))


def table(found: Sequence[Understood]) -> pd.DataFrame:
    """Return one row for each capture: what it is, its date with certainty, what it mentions.

    `Outlet` and `Published` are there to be put right; `Published` is empty where undated.
    """
    names = known_names()
    rows = [_row(one, names) for one in found]
    frame = pd.DataFrame(
        rows, columns=["Headline", "Outlet", "Published", "Date is", "Topics", "In"]
    )
    frame["Published"] = pd.to_datetime(frame["Published"])
    return frame


def known_names() -> tables.Names:
    """Return id -> label of all topics of the settings, entities and countries, without a store."""
    config = data.own_config()
    in_force = topics_in_force(config.topics, config.store)
    topics = {topic.id: topic.name for topic in in_force}
    entities = {tag: entity.name for tag, entity in known_entities().items()}
    return {"topics": topics, "entities": entities, "mentioned": country_names()}


def topics_named(found: Sequence[Understood]) -> dict[str, int]:
    """Return how many of the articles name each topic, the most frequent first."""
    names = known_names()["topics"]
    counts = Counter(names.get(topic, topic) for one in found for topic in one.tags.topics)
    return dict(counts.most_common())


def _row(one: Understood, names: tables.Names) -> tuple[object, ...]:
    article = one.article
    if article is None:
        return (f"(not read: {one.reason})", "", None, "", "", one.locator)
    topics = [names["topics"].get(topic, topic) for topic in one.tags.topics]
    return (
        article.title or tables.NO_HEADLINE,
        article.outlet.name,
        article.publication.published_day,
        _certainty(article),
        ", ".join(topics) or "no topic",
        one.locator,
    )


def _certainty(article: Article) -> str:
    said = article.publication
    row = pd.DataFrame(
        [
            {
                "date_precision": said.precision or "",
                "date_confidence": said.confidence,
                "date_source": said.source or "",
            }
        ]
    )
    return str(tables.certainties(row).iloc[0])


def corrections(found: Sequence[Understood], edited: pd.DataFrame) -> dict[str, Correction]:
    """Return what was put right by hand in `table`, by the place of the capture."""
    result = {}
    for one, outlet, published in zip(found, edited["Outlet"], edited["Published"], strict=True):
        if one.article is None:
            continue
        day = None if pd.isna(published) else pd.Timestamp(published).date()
        was: date | None = one.article.publication.published_day
        own = Correction(
            outlet=str(outlet) if outlet != one.article.outlet.name else "",
            day=day if day != was else None,
        )
        if own != Correction():
            result[one.locator] = own
    return result


def digest(things: Iterable[Brought]) -> str:
    """Return a short name for what was brought, for keys of widgets."""
    parts = (f"{thing.name}{hashlib.sha256(thing.content).hexdigest()}" for thing in things)
    return hashlib.sha256("".join(parts).encode()).hexdigest()[:16]
