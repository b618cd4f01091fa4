"""Group copies of one text: each article gets the id of its text, shared by all its copies.

Two articles are copies where the counted text below the headline is the same word for word (case,
punctuation and spacing aside) and has at least 20 words; shorter texts, such as a feed's one-line
summary, are too often alike by chance. An article keeps its id through all its versions, and an id
once given is never changed: reports rest on it.
"""

from collections.abc import Mapping, Sequence

from pipelines.article import Article
from pipelines.hashing import hash63

MINIMUM_WORDS = 20


def text_hash(words: Sequence[str]) -> int:
    """Return the 63-bit hash that copies share, 0 for a text too short to be told from others."""
    if len(words) < MINIMUM_WORDS:
        return 0
    return hash63(*words)


def assign(article: Article, ids_by_text: Mapping[int, int], own_id: int | None) -> int:
    """Return the syndication id of `article`.

    `own_id` is the id an earlier version of the article was given, None for a new article;
    `ids_by_text` maps the text hash of stored articles to their group.
    """
    if own_id is not None:
        return own_id
    if not article.text_hash:
        return article.article_id
    return ids_by_text.get(article.text_hash, article.article_id)
