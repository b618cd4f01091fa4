"""The mentions of one article go in, sentences, choices and marks for them come out."""

from collections.abc import Iterable, Mapping

import pandas as pd

from dashboard.words.marking import Marked
from pipelines.article import Mention

Names = Mapping[str, Mapping[str, str]]
_KINDS = {
    "topic": " (topic)",
    "country": " (country)",
    "dateline": " (filed from)",
    "name": " (not in the table)",
}
_FIELDS = {
    "topic": "topics",
    "entity": "entities",
    "country": "mentioned",
    "dateline": "mentioned",
}


def sentences(mentions: pd.DataFrame, names: Names) -> list[tuple[str, str, str]]:
    """Return for each mention its sentence, the words in it, and what they name, where and why."""
    rows = mentions[["kind", "tag", "zone", "why", "sentence", "surface"]].astype(str)
    return [
        (sentence, surface, f"{_tag_name(kind, tag, names)} ({kind}), in the {zone}, by “{why}”")
        for kind, tag, zone, why, sentence, surface in rows.itertuples(index=False)
    ]


def _tag_name(kind: str, tag: str, names: Names) -> str:
    if kind == "name":  # "person:Jane Doe"
        return tag.partition(":")[2]
    return names.get(_FIELDS.get(kind, ""), {}).get(tag, tag)


def tag_counts(mentions: pd.DataFrame, names: Names) -> dict[str, str]:
    """Return "kind:tag" -> "name, how often" for each tag of an article, most frequent first."""
    counts = mentions.groupby(["kind", "tag"], sort=True).size().sort_values(ascending=False)
    rows = counts.rename("n").reset_index()
    return {
        f"{kind}:{tag}": f"{_tag_name(kind, tag, names)}{_KINDS.get(kind, '')}: {n}"
        for kind, tag, n in zip(rows["kind"], rows["tag"], rows["n"], strict=True)
    }


def of_tag(mentions: pd.DataFrame, chosen: str | None) -> pd.DataFrame:
    """Return the mentions of the tag "kind:tag", all where none is chosen."""
    if not chosen:
        return mentions
    kind, _, tag = chosen.partition(":")
    return mentions[(mentions["kind"] == kind) & (mentions["tag"] == tag)]


def marks(mentions: pd.DataFrame, names: Names) -> list[Marked]:
    """Return the spans to mark in the text, each with the name of its tag."""
    columns = (mentions[name] for name in ("start", "end", "kind", "tag"))
    return [
        Marked(int(start), int(end), f"{kind}: {_tag_name(kind, tag, names)}")
        for start, end, kind, tag in zip(*columns, strict=True)
    ]


def marks_of(mentions: Iterable[Mention], names: Names) -> list[Marked]:
    """Return the same of mentions that are not stored yet."""
    return [
        Marked(one.start, one.end, f"{one.kind}: {_tag_name(one.kind, one.tag, names)}")
        for one in mentions
    ]
