"""Lay what a person knows over the facts: undoable, signed, and never in place of the evidence."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from pipelines.errors import StoreError
from pipelines.store.reader import Store
from pipelines.store.rows import Row
from pipelines.store.writer import open_writer


def set_date(
    store: Path, article_id: int, day: date | None, *, who: str, now: datetime, why: str = ""
) -> None:
    """Make `day` the publication day of an article, "set by user"; None takes a set date back.

    Raises KeyError where the store has no such article, StoreBusy where another run is writing.
    """
    reader = Store(store)
    try:
        reader.article(article_id)
    finally:
        reader.close()
    with open_writer(store, now=now) as writer:
        writer.overlay(
            {
                "article_id": article_id,
                "field": "published_day",
                "value": day.isoformat() if day else None,
                "who": who,
                "why": why,
            }
        )


def keep_labels(
    store: Path, topic: str, definition: int, labels: Iterable[Row], *, who: str, now: datetime
) -> int:
    """Keep what a person says of sentences of a topic; return how many labels that were.

    A label has article_id, sentence_key, sense, seed and right. Raises StoreError where the topic
    has another definition by now, StoreBusy where another run is writing.
    """
    rows = [{**row, "topic": topic, "definition": definition, "who": who} for row in labels]
    with open_writer(store, now=now) as writer:
        if writer.definitions().get(topic) != definition:
            raise StoreError("another run changed the topic meanwhile; run again")
        writer.label(rows)
    return len(rows)
