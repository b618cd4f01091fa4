"""How many of a topic's hits are right: labels of a random sample in, precision with interval out.

**Drawing.** Every article has a place between 0 and 1 that only topic, seed and article decide (a
permanent random number: Ohlsson, "Coordination of samples using permanent random numbers", in
Business Survey Methods, Wiley 1995). A sample of n are the n hits with the lowest places, so it is
random among the hits of any definition, and two definitions share as much of it as they can: what
was labelled before is asked again only where it no longer applies. Of each article one sentence is
drawn the same way, of an article without a marked span its headline.

**Which labels hold.** A label says that this sentence is, or is not, about the topic. It holds for
a definition while the article is a hit and the sentence still among its evidence; of two labels on
one sentence the later one. The frame is all hits up to the highest place that was ever labelled
with this seed; those in it without a label came with a new definition or a later ingest, and until
they are labelled too the figures speak for the others: `unlabelled` counts them.

**Figures.** Precision is right / labelled with Wilson's 95 % interval (JASA 22, 1927, p. 209). A
corrected count is count times precision, and so are its ends: it supposes that precision is the
same in every bucket, which the rows by language and alias let one judge. Copies of a text are
labelled as separate articles, so with many copies the interval is too narrow.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from pipelines.analysis.attention import wilson
from pipelines.hashing import hash63, id_number, id_text

SHEET = ("article_id", "date", "outlet", "language", "alias", "before", "sentence", "after", "url")
SHEET_COLUMNS = (*SHEET, "right", "key", "sample")
_RIGHT = {"1": True, "yes": True, "y": True, "true": True, "right": True}
_WRONG = {"0": False, "no": False, "n": False, "false": False, "wrong": False}
_TOP = float(1 << 63)
HIT, MISS = "hit", "miss"  # what a label is of
_SENSES = {HIT: HIT, MISS: MISS}


@dataclass(frozen=True, slots=True)
class Precision:
    """A share of right ones among labelled ones, with the ends of its interval; None: no label."""

    right: int
    labelled: int
    unlabelled: int = 0  # in the frame, without a label that holds
    share: float | None = None
    low: float | None = None
    high: float | None = None


def place(topic: str, seed: int, article_id: int) -> float:
    """Return the article's permanent random number for this topic and seed, from 0 to 1."""
    return hash63("sample", topic, seed, article_id) / _TOP


def sentence_key(sentence: str) -> int:
    """Return what a label is tied to: the sentence, whatever its case and spaces."""
    return hash63(" ".join(sentence.casefold().split()))


def evidence(articles: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each sentence that makes an article a hit, with its key and alias.

    `articles` and `mentions` are of `Store.articles` and `Store.mentions` for the topic; columns
    article_id, sentence_key, sentence, alias, start, language, outlet, date, url.
    """
    marked = mentions[["article_id", "sentence", "why", "start"]]
    bare = articles[~articles["article_id"].isin(marked["article_id"])]
    titles = bare[["article_id"]].assign(sentence=bare["title"], why="", start=0)
    rows = pd.concat([marked, titles], ignore_index=True)
    rows["sentence_key"] = [sentence_key(str(text)) for text in rows["sentence"]]
    rows = rows.drop_duplicates(["article_id", "sentence_key"]).rename(columns={"why": "alias"})
    facts = articles[["article_id", "language", "outlet_name", "published_day", "url"]]
    facts = facts.rename(columns={"outlet_name": "outlet", "published_day": "date"})
    return rows.merge(facts, "inner", "article_id").reset_index(drop=True)


def draw(rows: pd.DataFrame, topic: str, *, n: int, seed: int) -> pd.DataFrame:
    """Return the sample: at most `n` articles of `evidence`, one sentence and place each."""
    places = {key: place(topic, seed, int(key)) for key in rows["article_id"].unique()}
    drawn = rows.assign(
        place=rows["article_id"].map(places).astype("float64"),
        within=[
            hash63("sentence", topic, seed, article_id, key)
            for article_id, key in zip(rows["article_id"], rows["sentence_key"], strict=True)
        ],
    )
    first = drawn.sort_values(["place", "within"]).drop_duplicates("article_id")
    return first.head(n).drop(columns="within").reset_index(drop=True)


def with_labels(sample: pd.DataFrame, rows: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    """Return the sample with what was said before (`right`), by the sentence it was said of.

    `rows` is the evidence the sample was drawn from; an article without a label that holds keeps
    the sentence that was drawn.
    """
    held = that_hold(labels, rows[rows["article_id"].isin(sample["article_id"])])
    said = sample[["article_id", "place"]].merge(held[[*rows.columns, "right"]], "inner")
    rest = sample[~sample["article_id"].isin(said["article_id"])].assign(right=None)
    both = [part.astype({"right": "object"}) for part in (said, rest) if len(part)]
    whole = pd.concat(both) if both else rest
    return whole.sort_values("place", ignore_index=True)


def that_hold(labels: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the labels that hold for `evidence`: one for each article, with its facts."""
    latest = labels.drop_duplicates(["article_id", "sentence_key"], keep="last")
    held = latest.merge(rows, "inner", ["article_id", "sentence_key"])
    return held.drop_duplicates("article_id", keep="last").reset_index(drop=True)


def precision(labels: pd.DataFrame, rows: pd.DataFrame, topic: str) -> Precision:
    """Return the precision of the hits in `evidence` by their labels, those of the newest seed."""
    hits = labels[labels["sense"] == HIT]
    if hits.empty:
        return Precision(0, 0)
    held, frame = in_frame(hits, rows, topic, int(hits["seed"].iloc[-1]))
    return estimate(held["right"], unlabelled=frame - len(held))


def in_frame(
    labels: pd.DataFrame, rows: pd.DataFrame, topic: str, seed: int
) -> tuple[pd.DataFrame, int]:
    """Return the labels that hold within the frame of a seed, and how many articles it has."""
    asked = labels.loc[labels["seed"] == seed, "article_id"].unique()
    last = max((place(topic, seed, int(key)) for key in asked), default=-1.0)
    inside = [key for key in rows["article_id"].unique() if place(topic, seed, int(key)) <= last]
    held = that_hold(labels, rows[rows["article_id"].isin(inside)])
    return held, len(inside)


def estimate(right: pd.Series, *, unlabelled: int = 0) -> Precision:
    """Return the share of right ones with its interval."""
    if not len(right):
        return Precision(0, 0, unlabelled)
    good, total = pd.Series([float(right.sum())]), pd.Series([float(len(right))])
    low, high = wilson(good, total)
    share = float(good.iloc[0] / total.iloc[0])
    ends = float(low.iloc[0]), float(high.iloc[0])
    return Precision(int(good.iloc[0]), len(right), unlabelled, share, *ends)


def by_group(held: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return value, right, labelled, precision, low, high: of each value of a column."""
    groups = held.groupby(column, as_index=False).agg(
        right=("right", "sum"), labelled=("right", "size")
    )
    groups["precision"] = groups["right"] / groups["labelled"]
    groups["low"], groups["high"] = wilson(
        groups["right"].astype("float64"), groups["labelled"].astype("float64")
    )
    ordered = groups.sort_values(["labelled", column], ascending=[False, True], ignore_index=True)
    return ordered.rename(columns={column: "value"})


def corrected(counts: pd.Series, found: Precision) -> pd.DataFrame:
    """Return count, corrected, low, high: how many of each bucket's hits are likely right."""
    frame = pd.DataFrame({"count": counts})
    for name, share in (("corrected", found.share), ("low", found.low), ("high", found.high)):
        frame[name] = counts.astype("float64") * (float("nan") if share is None else share)
    return frame


def to_sheet(
    sample: pd.DataFrame, context: Mapping[int, tuple[str, str]], sense: str, seed: int
) -> pd.DataFrame:
    """Return the rows of a sample as a sheet to fill in; `right` is empty where it is to be said.

    `context` has the text before and after each sampled sentence; `sense` is HIT or MISS.
    """
    around = [context.get(int(key), ("", "")) for key in sample["article_id"]]
    sheet = sample.assign(
        before=[before for before, _ in around],
        after=[after for _, after in around],
        right=_as_said(sample),
        key=[id_text(int(key)) for key in sample["sentence_key"]],
        sample=f"{sense} {seed}",
    )
    return sheet.reindex(columns=list(SHEET_COLUMNS))


def _as_said(sample: pd.DataFrame) -> list[str]:
    if "right" not in sample:
        return [""] * len(sample)
    return ["" if pd.isna(said) else "yes" if said else "no" for said in sample["right"]]


def from_sheet(sheet: pd.DataFrame) -> pd.DataFrame:
    """Return article_id, sentence_key, sense, seed, right of the rows that are filled in.

    ValueError where a row says neither yes nor no, or has no ids.
    """
    missing = {"article_id", "key", "right", "sample"} - set(sheet.columns)
    if missing:
        raise ValueError(f"the sheet has no column {', '.join(sorted(missing))}")
    said = sheet["right"].fillna("").astype("str").str.strip().str.casefold()
    filled = sheet[said != ""]
    answers = _RIGHT | _WRONG
    for line, word in said[said != ""].items():
        if word not in answers:
            raise ValueError(f"row {int(str(line)) + 2} has {word!r} in `right`; write yes or no")
    ids, keys, samples = _keys(filled)
    return pd.DataFrame(
        {
            "article_id": pd.Series(ids, dtype="int64"),
            "sentence_key": pd.Series(keys, dtype="int64"),
            "sense": pd.Series([sense for sense, _ in samples], dtype="str"),
            "seed": pd.Series([seed for _, seed in samples], dtype="int64"),
            "right": pd.Series([answers[word] for word in said[said != ""]], dtype="bool"),
        }
    )


def _keys(filled: pd.DataFrame) -> tuple[list[int], list[int], list[tuple[str, int]]]:
    """Return the ids of articles and sentences of a sheet's rows, and what sample each is of."""
    try:
        ids, keys = (
            [id_number(str(key)) for key in filled[name]] for name in ("article_id", "key")
        )
        samples = [(_SENSES[sense], int(n)) for sense, n in filled["sample"].str.split(" ")]
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"an id or sample of the sheet was changed: {error}") from error
    return ids, keys, samples
