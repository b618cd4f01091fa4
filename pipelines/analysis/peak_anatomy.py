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

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

SOLID, THIN, SUSPICIOUS = "solid", "thin", "suspicious"
PARTS = [
    *("excess", "new_texts", "copies", "largest_text", "outlet", "outlet_part", "weak_part"),
    *("late_part", "redated_part", "newcomers"),
]
_HALF, _THIRD = 0.5, 1 / 3


def anatomy(
    found: pd.DataFrame, held: pd.DataFrame, rare_without: "pd.Series[bool]"
) -> pd.DataFrame:
    """Return the peaks with PARTS, `badge` and `why` added.

    `found` are measured peaks (see `deviations`), `held` their articles by `series` and `date`, and
    `rare_without` says which would stand out without the outlet named. Parts ending in `_part` are
    of the excess, 0 to 1; `largest_text` is the number of articles of the text most copied.
    """
    made = found.merge(_of_articles(held), "left", ["series", "date"])
    excess = (made["texts"] - made["expected"]).clip(lower=1e-9)
    names = held.drop_duplicates("outlet").set_index("outlet")["outlet_name"]
    made = made.assign(
        excess=excess,
        copies=made["articles"] - made["held_texts"],
        outlet=made["outlet"].map(names).fillna(made["outlet"]),
        outlet_part=_part(made["outlet_texts"] - made["outlet_usual"], excess),
        weak_part=_part(made["weak"] - made["weak_usual"], excess),
        late_part=_part(made["late"] - made["late_usual"], excess),
        redated_part=_part(made["redated"], excess),
    )
    return _judged(made, rare_without.to_numpy(dtype=bool))


def _judged(made: pd.DataFrame, rare_without: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """Add the badge and the sentence that says why."""
    suspicious = [made[name] >= _HALF for name in _DOUBTS]
    thin = [
        (made["outlet_part"] >= _THIRD) & ~rare_without,
        made["largest_text"] > _HALF * made["articles"],
        made["new_texts"] < _HALF * made["held_texts"],
    ]
    weak = [
        _percent(made[name]) + f" of what is above the usual {words}"
        for name, words in _DOUBTS.items()
    ]
    few = [
        "without " + made["outlet"] + " it would not stand out",
        _n(made["largest_text"]) + " of " + _n(made["articles"]) + " articles are one text",
        "only " + _n(made["new_texts"]) + " of " + _n(made["held_texts"]) + " texts are new",
    ]
    fine = _n(made["outlets"]) + " outlets, " + _n(made["new_texts"]) + " of "
    fine = fine + _n(made["held_texts"]) + " texts are new, dates as sure as usual"
    cases = [*suspicious, *thin]
    badge = np.select(cases, [SUSPICIOUS] * len(suspicious) + [THIN] * len(thin), default=SOLID)
    reason = np.select(cases, [*weak, *few], default=fine)
    badges = pd.Series(badge, index=made.index, dtype="str")
    why = badges.str.capitalize() + ": " + pd.Series(reason, index=made.index, dtype="str") + "."
    more = " " + _n(made["newcomers"]) + " more from outlets new here are not counted in it."
    return made.assign(badge=badges, why=why + more.where(made["newcomers"] > 0, ""))


_DOUBTS = {
    "weak_part": "has no sure date",
    "late_part": "was fetched days after it was published, as after a gap",
    "redated_part": "are old texts under a new date",
}


def _n(numbers: "pd.Series[Any]") -> "pd.Series[str]":
    return numbers.astype("int64").astype("str")


def _percent(parts: "pd.Series[float]") -> "pd.Series[str]":
    return (100 * parts).round().astype("int64").astype("str") + " %"


def _of_articles(held: pd.DataFrame) -> pd.DataFrame:
    """Return per peak: held_texts, new_texts, redated (texts), largest_text, names of outlets."""
    text = held.groupby(["series", "date", "syndication_id"], as_index=False).agg(
        size=("article_id", "nunique"), new=("new", "all"), redated=("redated", "all")
    )
    return text.groupby(["series", "date"], as_index=False).agg(
        held_texts=("size", "size"),
        new_texts=("new", "sum"),
        redated=("redated", "sum"),
        largest_text=("size", "max"),
    )


def _part(texts: "pd.Series[float]", excess: "pd.Series[float]") -> "pd.Series[float]":
    return (texts / excess).clip(0, 1)
