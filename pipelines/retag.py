"""Bring a store's tags to the topics and names in force: facts stay, derived tables are made anew.

The store's commit carries a hash of the definitions its tags were made with. Where it differs from
that of the taggers, every stored version is tagged again and the result replaces the derived tables
in one commit, so that no number ever mixes two definitions.
"""

from collections.abc import Iterator, Sequence

from pipelines.article import Tags
from pipelines.store.facts import read_articles
from pipelines.store.writer import Writer
from pipelines.tagging import Taggers, find_mentions
from pipelines.tagging.topics import Topic


def refresh_tags(writer: Writer, taggers: Taggers, topics: Sequence[Topic], tags_hash: str) -> int:
    """Tag every stored version again unless the store's tags carry `tags_hash`; return how many."""
    if writer.commit.tags_hash == tags_hash:
        return 0
    count = 0

    def tagged() -> Iterator[tuple[int, int, Tags]]:
        nonlocal count
        for article, version in read_articles(writer.files()):
            count += 1
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
