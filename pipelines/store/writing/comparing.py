"""An article read again in, what differs from the stored version out."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from pipelines.article import Article
from pipelines.store.files.damage import naming_damage
from pipelines.store.files.engine import open_connection
from pipelines.store.writing.rows import article_row, text_row

Facts: TypeAlias = dict[tuple[int, int], dict[str, object]]  # of article and version

# What is compared, and how a person calls it.
_CALLED = {
    "title": "headline",
    "text": "text",
    "zones": "zones",
    "author": "author",
    "url": "address",
    "outlet": "outlet",
    "outlet_name": "outlet",
    "outlet_domain": "outlet",
    "outlet_country": "outlet country",
    "language": "language",
    "published_at": "date",
    "published_day": "date",
    "date_precision": "date",
    "date_source": "date",
    "date_confidence": "date",
    "date_earliest": "date",
    "date_latest": "date",
    "modified_at": "date",
    "content_hash": "words",
    "text_hash": "words",
    "n_words": "words",
}
_FACTS = f"""
SELECT article_id, version, {", ".join(_CALLED)}
FROM read_parquet(?) AS articles JOIN read_parquet(?) AS texts USING (article_id, version)
WHERE article_id IN (SELECT unnest(?))
"""


def read_facts(files: Mapping[str, Sequence[str]], ids: Sequence[int]) -> Facts:
    """Return what is compared of every version of some articles."""
    if not ids or not files.get("articles"):
        return {}
    with naming_damage(files), open_connection() as connection:
        paths = [list(files["articles"]), list(files["texts"])]
        cursor = connection.execute(_FACTS, [*paths, list(ids)])
        names = [column[0] for column in cursor.description]
        rows = (dict(zip(names, row, strict=True)) for row in cursor.fetchall())
        return {(int(row["article_id"]), int(row["version"])): row for row in rows}


def differs(article: Article, stored: Mapping[str, object] | None) -> list[str]:
    """Return what of an article is not as it is stored, in words; all where nothing is."""
    if stored is None:
        return sorted(set(_CALLED.values()))
    now = article_row(article, 0, article.fetched_at) | text_row(article, 0)  # type: ignore[arg-type]  # not compared
    return list(
        dict.fromkeys(called for name, called in _CALLED.items() if now[name] != stored[name])
    )
