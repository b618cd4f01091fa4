"""Read the stored facts back as records, so that derived tables can be rebuilt from them."""

from collections.abc import Iterator, Mapping, Sequence

import duckdb

from pipelines.article import Article, Outlet, Publication, TextSource
from pipelines.store.files.damage import naming_damage
from pipelines.store.files.texts import zone_spans

_FACTS = """
SELECT article_id, version, url, outlet, outlet_name, outlet_domain, outlet_country, language,
    title, author, published_day, date_latest, text_source, content_hash, text_hash, n_words,
    source, locator, fetched_at, text, raw_text, zones
FROM read_parquet(?) AS articles JOIN read_parquet(?) AS texts USING (article_id, version)
WHERE ? OR article_id IN (SELECT unnest(?))
ORDER BY article_id, version
"""


def read_articles(
    files: Mapping[str, Sequence[str]], only: Sequence[int] | None = None
) -> Iterator[tuple[Article, int]]:
    """Yield every stored version with its number, on request those of some articles only.

    Of the publication only the day and its upper bound come back: what is derived asks no more.
    """
    with naming_damage(files), duckdb.connect() as connection:
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
                    publication=Publication(
                        published_day=row["published_day"], latest=row["date_latest"]
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
