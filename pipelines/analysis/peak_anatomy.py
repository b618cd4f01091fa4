"""What a peak is made of, and a badge in one word with its reason: measured peaks in, words out.

The excess of a peak is what it has above the usual, in distinct texts. The rules, first that fits:

- *suspicious*: at least half of the excess, beyond what is usual for the series, are texts without
  a sure date; or texts fetched more than two days after they were published, as a source brings
  when it recovers from a gap; or old texts under a new date (a copy was out more than two weeks
  before). The calendar may have made the peak, not the press.
- *thin*: the one outlet that is furthest above its own part brings a third of the excess or more,
  and without it the rest would not stand out (with less, any would make a peak thin that just
  stands out); or more than half of its articles are one text; or fewer than half of its texts are
  new (none of their copies was out before the bucket). It is real, but few have made it.
- *solid*: all others.

What outlets publish that are new here is no part of a peak, and is told beside it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SOLID, THIN, SUSPICIOUS = "solid", "thin", "suspicious"
PARTS = [
    *("excess", "new_texts", "copies", "largest_text", "outlet", "outlet_part", "weak_part"),
    *("late_part", "redated_part", "newcomers"),
]
_HALF, _THIRD = 0.5, 1 / 3


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a peak; `text` groups copies, `new` and `redated` as in `volumes.py`."""

    article_id: int
    text: int
    outlet: str
    outlet_name: str
    title: str | None
    new: bool
    redated: bool


def anatomy(
    measured: Mapping[str, Any], articles: Sequence[Article], *, rare_without: bool
) -> dict[str, Any]:
    """Return PARTS, `badge` and `why` of a peak.

    `measured` is the row of its bucket (see `deviations`), `articles` are those in it, and
    `rare_without` says whether it would stand out without the outlet named. Parts ending in `_part`
    are of the excess, 0 to 1; `largest_text` is the number of articles of the text most copied.
    """
    sizes = Counter(one.text for one in articles)
    known = {one.text for one in articles if not one.new}
    fresh = {one.text for one in articles if not one.redated}
    names = {one.outlet: one.outlet_name for one in reversed(articles)}  # as the first has it
    excess = max(measured["texts"] - measured["expected"], 1e-9)
    parts = {
        "excess": excess,
        "new_texts": len(sizes) - len(known),
        "copies": measured["articles"] - len(sizes),
        "largest_text": max(sizes.values()),
        "outlet": names.get(measured["outlet"], measured["outlet"]),
        "outlet_part": _part(measured["outlet_texts"] - measured["outlet_usual"], excess),
        "weak_part": _part(measured["weak"] - measured["weak_usual"], excess),
        "late_part": _part(measured["late"] - measured["late_usual"], excess),
        "redated_part": _part(len(sizes) - len(fresh), excess),
        "newcomers": measured["newcomers"],
    }
    badge, why = _verdict({**measured, **parts, "held_texts": len(sizes)}, rare=rare_without)
    return {**parts, "badge": badge, "why": why}


def _verdict(row: Mapping[str, Any], *, rare: bool) -> tuple[str, str]:
    """Return the badge of a peak and the sentence that says why."""
    badge, reason = _reason(row, rare=rare)
    more = f" {row['newcomers']} more from outlets new here are not counted in it."
    return badge, f"{badge.capitalize()}: {reason}.{more if row['newcomers'] > 0 else ''}"


def _reason(row: Mapping[str, Any], *, rare: bool) -> tuple[str, str]:
    """Return the first rule that fits: badge and reason; `rare`: even without its outlet."""
    for name, words in _DOUBTS.items():
        if row[name] >= _HALF:
            part = f"{round(100 * row[name])} %"
            return SUSPICIOUS, f"{part} of what is above the usual {words}"
    new, texts, largest = row["new_texts"], row["held_texts"], row["largest_text"]
    if row["outlet_part"] >= _THIRD and not rare:
        return THIN, f"without {row['outlet']} it would not stand out"
    if largest > _HALF * row["articles"]:
        return THIN, f"{largest} of {row['articles']} articles are one text"
    if new < _HALF * texts:
        return THIN, f"only {new} of {texts} texts are new"
    fine = f"{new} of {texts} texts are new, dates as sure as usual"
    return SOLID, f"{row['outlets']} outlets, {fine}"


_DOUBTS = {
    "weak_part": "has no sure date",
    "late_part": "was fetched days after it was published, as after a gap",
    "redated_part": "are old texts under a new date",
}


def _part(texts: float, excess: float) -> float:
    return min(max(texts / excess, 0.0), 1.0)
