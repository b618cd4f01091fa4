"""What a change of a topic's query changes: the hits of both in, what came, went and stayed out.

Articles are compared by id, mentions by article and span. For both, and in every row,
`kept + lost = old` and `kept + gained = new`; the months and the articles without a place on the
time axis add up to the whole. An article can stay and still gain or lose mentions.
"""

from dataclasses import dataclass

import pandas as pd

from pipelines.query import Placement

COLUMNS = ("unit", "month", "old", "gained", "lost", "kept", "new")
SPAN = ["article_id", "start", "end"]
ALL = "all"


@dataclass(frozen=True, slots=True)
class Hits:
    """What one definition finds: rows of `Store.articles` and of `Store.mentions`."""

    articles: pd.DataFrame
    mentions: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Diff:
    """`counts` as in COLUMNS; the others are article_id, day, outlet_name, title, sentence."""

    counts: pd.DataFrame
    gained: pd.DataFrame
    lost: pd.DataFrame


def compare_hits(old: Hits, new: Hits) -> Diff:
    """Return what changed from `old` to `new`, newest articles first."""
    articles = _joined(_articles(old), _articles(new), ["article_id"])
    mentions = _joined(_mentions(old), _mentions(new), SPAN)
    counts = pd.concat(
        [_counts(articles, "articles"), _counts(mentions, "mentions")], ignore_index=True
    )
    return Diff(
        counts, _examples(articles, "right_only", new), _examples(articles, "left_only", old)
    )


def _articles(hits: Hits) -> pd.DataFrame:
    rows = hits.articles
    is_placed = rows["placement"] == Placement.PLACED.value
    days = pd.to_datetime(rows["published_day"])
    month = days.dt.strftime("%Y-%m").where(is_placed, rows["placement"])
    return rows[["article_id"]].assign(month=month.astype("str"))


def _mentions(hits: Hits) -> pd.DataFrame:
    return hits.mentions[SPAN].merge(_articles(hits), "left", "article_id")


def _joined(old: pd.DataFrame, new: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    return old.merge(new, "outer", [*key, "month"], indicator="side")


def _counts(rows: pd.DataFrame, unit: str) -> pd.DataFrame:
    sides = {"left_only": "lost", "right_only": "gained", "both": "kept"}
    counted = pd.crosstab(rows["month"], rows["side"].map(sides).astype("str"))
    counted = counted.reindex(columns=["gained", "lost", "kept"], fill_value=0)
    order = sorted(counted.index, key=lambda month: (not month[:1].isdigit(), month))
    counted = counted.reindex(order)
    counted = pd.concat([counted.sum().to_frame(ALL).T, counted])
    counted["old"], counted["new"] = (
        counted["kept"] + counted["lost"],
        counted["kept"] + counted["gained"],
    )
    return (
        counted.rename_axis("month")
        .reset_index()
        .assign(unit=unit)
        .reindex(columns=list(COLUMNS))
        .astype(dict.fromkeys(COLUMNS[2:], "int64"))
    )


def _examples(articles: pd.DataFrame, side: str, hits: Hits) -> pd.DataFrame:
    """Return the articles of one side with a sentence each; the title where no span is marked."""
    ids = articles.loc[articles["side"] == side, "article_id"]
    rows = hits.articles[hits.articles["article_id"].isin(ids)]
    first = hits.mentions.drop_duplicates("article_id").set_index("article_id")["sentence"]
    sentence = rows["article_id"].map(first).astype("object")
    shown = sentence.where(sentence.notna(), rows["title"]).astype("str")
    kept = rows[["article_id", "published_day", "outlet_name", "title"]]
    return (
        kept.rename(columns={"published_day": "day"}).assign(sentence=shown).reset_index(drop=True)
    )
