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
    """What one definition finds: rows of `Store.hits` and of `Store.spans`."""

    articles: pd.DataFrame
    spans: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Diff:
    """`counts` as in COLUMNS; of the others, article_id, day, start: the first span, if any."""

    counts: pd.DataFrame
    gained: pd.DataFrame
    lost: pd.DataFrame


def compare_hits(old: Hits, new: Hits) -> Diff:
    """Return what changed from `old` to `new`, newest articles first."""
    articles = _joined(_articles(old), _articles(new), ["article_id"])
    mentions = _joined(_spans(old), _spans(new), SPAN)
    counts = pd.concat(
        [_counts(articles, "articles"), _counts(mentions, "mentions")], ignore_index=True
    )
    return Diff(counts, _only(articles, "right_only", new), _only(articles, "left_only", old))


def _articles(hits: Hits) -> pd.DataFrame:
    rows = hits.articles
    is_placed = rows["placement"] == Placement.PLACED.value
    days = pd.to_datetime(rows["day"])
    month = days.dt.strftime("%Y-%m").where(is_placed, rows["placement"])
    return rows[["article_id"]].assign(month=month.astype("str"))


def _spans(hits: Hits) -> pd.DataFrame:
    return hits.spans[SPAN].merge(_articles(hits), "left", "article_id")


def _joined(old: pd.DataFrame, new: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    return old.merge(new, "outer", [*key, "month"], indicator="side")


def _counts(rows: pd.DataFrame, unit: str) -> pd.DataFrame:
    sides = {"left_only": "lost", "right_only": "gained", "both": "kept"}
    counted = pd.crosstab(rows["month"], rows["side"].map(sides).astype("str"))
    counted = counted.reindex(columns=["gained", "lost", "kept"], fill_value=0)
    order = sorted(counted.index, key=lambda month: (not month[:1].isdigit(), month))
    counted = counted.reindex(order)
    counted = pd.concat([counted.sum().to_frame(ALL).T, counted])
    counted["old"] = counted["kept"] + counted["lost"]
    counted["new"] = counted["kept"] + counted["gained"]
    return (
        counted.rename_axis("month")
        .reset_index()
        .assign(unit=unit)
        .reindex(columns=list(COLUMNS))
        .astype(dict.fromkeys(COLUMNS[2:], "int64"))
    )


def _only(articles: pd.DataFrame, side: str, hits: Hits) -> pd.DataFrame:
    """Return the articles of one side, newest first, with the start of their first span."""
    ids = articles.loc[articles["side"] == side, "article_id"]
    rows = hits.articles.loc[hits.articles["article_id"].isin(ids), ["article_id", "day"]]
    first = hits.spans.groupby("article_id")["start"].min()
    return rows.assign(start=rows["article_id"].map(first)).reset_index(drop=True)
