"""Compare two versions of one article: store and id in, what changed between them out.

Versions are compared like with like: without a wish, the newest version with the one before it from
the same kind of text. Where the two are of different kinds (a page after a feed's summary), the
second is an enrichment: nobody edited anything, and only the headlines are compared. Nobody did
either where a version is a former one that later code read again: it is never chosen as an edit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from pipelines.article import Zone
from pipelines.edits import Edit, EditKind, TagChange, Wording, find_edits, mention_changes
from pipelines.errors import StoreError
from pipelines.hashing import id_text
from pipelines.store import Store, StoredArticle

_COLUMNS = ("article_id", "old_version", "new_version", "edit", "zone", "old", "new", "words")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions and what lies between them; `kinds` are the kinds of text, old and new.

    `read_again` says that both are the same bytes, read by earlier and by later code.
    """

    article_id: int
    versions: tuple[int, int]
    kinds: tuple[str, str]
    edits: tuple[Edit, ...]
    tags: tuple[TagChange, ...]  # empty for an enrichment
    read_again: bool = False

    @property
    def is_enrichment(self) -> bool:
        """Say whether the two are different kinds of text."""
        return self.kinds[0] != self.kinds[1]


def compare(store: Store, article_id: int, versions: Sequence[int] = ()) -> Comparison:
    """Return what changed between two versions; without any, as `latest_pair` chooses them.

    Raises KeyError where the store has no such article or version, StoreError where it has one
    version only.
    """
    article = store.article(article_id)
    old, new = versions or latest_pair(article.versions, article_id)
    before, after = store.article(article_id, old), store.article(article_id, new)
    kinds = _kind(before, old), _kind(after, new)
    edits = find_edits(_wording(before, old), _wording(after, new))
    tags = mention_changes(_tags(before), _tags(after))
    if kinds[0] != kinds[1]:
        edits, tags = tuple(one for one in edits if one.zone is Zone.HEADLINE), ()
    again = _origin(article, old) == _origin(article, new)
    return Comparison(article_id, (old, new), kinds, edits, tags, again)


def latest_pair(versions: pd.DataFrame, article_id: int) -> tuple[int, int]:
    """Return the newest version that has an older one of its kind, and that one.

    Where no two are of a kind, the newest and the one before; where all later ones were read again,
    the newest of these. Raises StoreError where there is one.
    """
    newest = versions.sort_values("version", ascending=False)
    if len(newest) < 2:
        raise StoreError(f"article {id_text(article_id)} has one version only; nothing was edited")
    again = newest["text_source"].duplicated(keep="last")
    edited = newest[again & newest["read_from"].isna()]
    chosen = edited if len(edited) else newest[again]
    if chosen.empty:
        return int(newest["version"].iloc[1]), int(newest["version"].iloc[0])
    new, kind = int(chosen["version"].iloc[0]), chosen["text_source"].iloc[0]
    older = newest[(newest["text_source"] == kind) & (newest["version"] < new)]
    return int(older["version"].iloc[0]), new


def _origin(article: StoredArticle, version: int) -> int:
    """Return the version whose bytes a version was read from: mostly itself."""
    came_from = article.versions.set_index("version").loc[version, "read_from"]
    return version if pd.isna(came_from) else int(came_from)


def edits_frame(comparison: Comparison) -> pd.DataFrame:
    """Return one row per paragraph that did not stay the same, in reading order."""
    same_for_all = (comparison.article_id, *comparison.versions)
    rows = [
        (*same_for_all, str(one.kind), str(one.zone), one.old, one.new, marked_words(one))
        for one in comparison.edits
        if one.kind is not EditKind.SAME
    ]
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def marked_words(edit: Edit) -> str:
    """Return a paragraph with `[-removed-]` and `{+added+}` words, as wdiff writes them."""
    signs = {EditKind.REMOVED: "[-{}-]", EditKind.ADDED: "{{+{}+}}", EditKind.SAME: "{}"}
    parts = []
    for piece in edit.pieces:
        before, words, after = _trimmed(piece.text)
        parts.append(f"{before}{signs[piece.kind].format(words)}{after}")
    return "".join(parts).strip()


def _trimmed(text: str) -> tuple[str, str, str]:
    """Return the spaces before, the words, and the spaces after."""
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    return text[:start], text[start:end], text[end:]


def _wording(article: StoredArticle, version: int) -> Wording:
    titles = article.versions.loc[article.versions["version"] == version, "title"]
    return Wording(str(titles.iloc[0] or ""), article.text, article.zones)


def _kind(article: StoredArticle, version: int) -> str:
    kinds = article.versions.loc[article.versions["version"] == version, "text_source"]
    return str(kinds.iloc[0])


def _tags(article: StoredArticle) -> list[tuple[str, str]]:
    mentions = article.mentions
    return list(zip(mentions["kind"].astype(str), mentions["tag"].astype(str), strict=True))
