"""Read the stored facts back as records, so that derived tables can be rebuilt from them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from pipelines.article import Article, DatePrecision, Outlet, Publication, TextSource
from pipelines.store.files.damage import naming_damage
from pipelines.store.files.engine import open_connection
from pipelines.store.files.texts import zone_spans

_FACTS = """
SELECT article_id, version, url, outlet, outlet_name, outlet_domain, outlet_country, language,
    title, author, published_day, date_precision, date_confidence, date_latest, text_source,
    content_hash, text_hash, n_words, source, locator, fetched_at, text, raw_text, zones
FROM read_parquet(?) AS articles JOIN read_parquet(?) AS texts USING (article_id, version)
WHERE ? OR article_id IN (SELECT unnest(?))
ORDER BY article_id, version
"""


def stored_publication(
    day: date | None, precision: str | None, confidence: float | None, latest: date | None
) -> Publication:
    """Return the day, how fine and how sure it is, and its upper bound, from their columns.

    Who held an office on the day is asked only of days that are likely.
    """
    return Publication(
        published_day=day,
        precision=DatePrecision(precision) if precision else None,
        confidence=confidence or 0.0,
        latest=latest,
    )


def read_articles(
    files: Mapping[str, Sequence[str]], only: Sequence[int] | None = None
) -> Iterator[tuple[Article, int]]:
    """Yield every stored version with its number, on request those of some articles only.

    Of the publication come back what `stored_publication` does: what is derived asks no more.
    """
    with naming_damage(files), open_connection() as connection:
        paths = [list(files["articles"]), list(files["texts"])]
        cursor = connection.execute(_FACTS, [*paths, only is None, list(only or ())])
        names = [column[0] for column in cursor.description]
        while rows := cursor.fetchmany(500):
            for values in rows:
                row = dict(zip(names, values, strict=True))
                outlet = Outlet(
                    id=row["outlet"],
                    name=row["outlet_name"],
                    domain=row["outlet_domain"],
                    country=row["outlet_country"],
                )
                article = Article(
                    article_id=row["article_id"],
                    outlet=outlet,
                    url=row["url"],
                    title=row["title"],
                    text=row["text"],
                    zones=zone_spans(row["zones"]),
                    raw_text=row["raw_text"] or row["text"],
                    language=row["language"],
                    publication=stored_publication(
                        row["published_day"],
                        row["date_precision"],
                        row["date_confidence"],
                        row["date_latest"],
                    ),
                    text_source=TextSource(row["text_source"]),
                    content_hash=row["content_hash"],
                    text_hash=row["text_hash"],
                    n_words=row["n_words"],
                    author=row["author"],
                    source=row["source"],
                    locator=row["locator"],
                    fetched_at=row["fetched_at"],
                )
                yield article, row["version"]
