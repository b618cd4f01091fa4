"""Bring a store's tags to the topics and names in force: facts stay, derived tables are made anew.

The store's commit carries a hash of the definitions its tags were made with. Where it differs from
that of the taggers, every stored version is tagged again and the result replaces the derived tables
in one commit, so that no number ever mixes two definitions.
"""

from collections.abc import Iterator, Sequence
from dataclasses import astuple
from pathlib import Path

from pipelines.article import Tags
from pipelines.furniture import without_furniture
from pipelines.hashing import hash63
from pipelines.store.facts import read_articles
from pipelines.store.writer import Writer
from pipelines.tagging import Taggers, find_mentions
from pipelines.tagging.topics import Topic

_DEFINITIONS = ("tagging", "querylang")  # the folders whose code and tables decide on a tag


def definitions_hash(topics: Sequence[Topic]) -> str:
    """Return the hash of all that decides which tags a text gets: topics, names and code."""
    here = Path(__file__).parent
    files = sorted(
        path
        for folder in _DEFINITIONS
        for path in (here / folder).rglob("*")
        if path.suffix in (".py", ".csv", ".toml", ".txt")
    )
    contents = (path.read_bytes() for path in files)
    return f"{hash63(*map(astuple, topics), *contents):016x}"


def refresh_tags(writer: Writer, taggers: Taggers, topics: Sequence[Topic]) -> int:
    """Tag every stored version again where the definitions changed; return how many were."""
    tags_hash = definitions_hash(topics)
    if writer.commit.tags_hash == tags_hash:
        return 0
    count = 0

    def tagged() -> Iterator[tuple[int, int, Tags]]:
        nonlocal count
        for article, version in read_articles(writer.files()):
            count += 1
            article = without_furniture(article, writer.known.furniture)
            yield article.article_id, version, find_mentions(article, taggers)

    writer.replace_topics(
        [
            {
                "id": topic.id,
                "name": topic.name,
                "query": topic.query,
                "color": topic.color,
                "description": topic.description,
            }
            for topic in topics
        ],
        tags_hash,
    )
    if "articles" in writer.commit.tables:
        writer.replace_tags(tagged())
    writer.flush()
    return count
