"""What `topics test` and `topics diff` say: definitions and filters in, printed tables out."""

import pandas as pd

from pipelines.analysis.labels import country_label
from pipelines.analysis.topic_aliases import Role
from pipelines.analysis.topic_diff import Diff
from pipelines.analysis.topic_subject import Subject
from pipelines.analysis.topic_trial import Found, with_sentences
from pipelines.cli.output import print_table
from pipelines.hashing import hash63
from pipelines.store import Store

_TOP = 5  # rows of languages, outlets, countries
_GROUPS = {"language": "language", "outlet": "outlet", "outlet_country": "country of outlet"}


def print_test(store: Store, found: Found, *, n: int, seed: int) -> None:
    """Print counts, groups, words, examples and warnings."""
    share = f" ({found.articles / found.corpus:.1%})" if found.corpus else ""
    print(
        f"{found.subject.name}: {found.articles} of {found.corpus} articles{share}, "
        f"{len(found.mentions)} mentions"
    )
    for column, title in _GROUPS.items():
        print()
        print_table(_group(store, found, column, title))
    print()
    print_table(_shown_shares(found.shares))
    _print_dead(found.shares)
    for title, rows in (
        ("newest", found.mentions.drop_duplicates("article_id").head(n)),
        (f"drawn at random, seed {seed}", drawn(found.mentions, n=n, seed=seed)),
    ):
        print(f"\n{title}:")
        print_table(_sentences(rows))
    for warning in found.parsed.warnings:
        print(f"\nnote: {warning.message}; written so it is clear:\n  {warning.fix}")


def _group(store: Store, found: Found, column: str, title: str) -> pd.DataFrame:
    rows = store.group_counts(found.query, column).head(_TOP)
    labels = rows["label"].replace("", "unknown")
    if column == "outlet_country":
        labels = pd.Series([country_label(code) for code in rows["value"]], dtype="str")
    whole = rows["articles"] / found.articles if found.articles else rows["articles"] * 0.0
    return pd.DataFrame({title: labels, "articles": rows["articles"], "ratio": whole})


def _shown_shares(shares: pd.DataFrame) -> pd.DataFrame:
    """Return the words that carry something; those that do not are named below the table."""
    return shares[shares["articles"] > 0]


def _print_dead(shares: pd.DataFrame) -> None:
    dead = shares.loc[(shares["articles"] == 0) & (shares["role"] == Role.ALIAS.value), "alias"]
    if len(dead):
        print(f"\naliases that match nothing here: {', '.join(dead)}")


def drawn(mentions: pd.DataFrame, *, n: int, seed: int) -> pd.DataFrame:
    """Return `n` rows of different articles drawn at random; the same for the same seed."""
    order = [
        hash63(seed, article, start)
        for article, start in zip(mentions["article_id"], mentions["start"], strict=True)
    ]
    shuffled = mentions.assign(order=order).sort_values("order")
    return shuffled.drop_duplicates("article_id").head(n)


def _sentences(rows: pd.DataFrame) -> pd.DataFrame:
    day = rows["day"].astype("object")
    return pd.DataFrame(
        {
            "day": day.where(day.notna(), "undated"),
            "outlet": rows["outlet_name"],
            "sentence": rows["sentence"],
        }
    )


def print_diff(store: Store, found: Diff, old: Subject, new: Subject, *, n: int) -> None:
    """Print the sums, the months and examples of both sides."""
    print(f"from {old.name}\n  to {new.name}\n")
    print_table(found.counts)
    for title, rows in (("gained", found.gained), ("lost", found.lost)):
        if len(rows):
            print(f"\n{title}:")
            print_table(_sentences(with_sentences(store, rows.head(n))))
    if old.definition == new.definition:
        print("\nboth have the same query")
