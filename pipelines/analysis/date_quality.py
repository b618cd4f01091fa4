"""Say whose dates cannot be trusted: counts per source and outlet in, shares and a verdict out.

Rules, for an analyst to review. Below 20 articles nothing is said.

- **A clock taken for a date, to the instant.** Four in five of at least 20 instants lie within two
  minutes of their own fetch. An hourly feed brings items up to an hour old, so about 3 % of them
  do; even polled every ten minutes 20 % would. Or half of them share one instant with four others
  or more: an export's or an import's time.
- **Dates pile up on the day of collection.** Of at least 20 articles dated to a whole day nine in
  ten carry the day they were fetched on, in UTC or in a calendar the publisher may have. A daily
  feed does that rightly; so it counts only where the articles came in a burst: on one or two days
  of collection, or three times the usual number on the busiest. An archive read in one go holds
  older articles, and pages that carry the crawl's day show just this. (A source that takes the
  clock for its date and brings the same number every day cannot be told from a good one by days.)
- **Dates in the future.** At least three articles, and 2 % of the dated, are published more than an
  hour after they were fetched (or first seen, where no fetch time is known). An hour is left for
  clocks that differ; more is a wrong time zone or a date that is none.
- **Refused dates.** At least three articles, and 5 % of all, had a date refused because it lay
  in the future when they were fetched: the next ones may be wrong and look right.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

FEWEST = 20
_AT_FETCH, _SAME_INSTANT = 0.8, 0.5
_ON_FETCH_DAY, _BURST, _FEW_DAYS = 0.9, 3, 2
_FEWEST_ODD, _FUTURE, _REFUSED = 3, 0.02, 0.05

COLUMNS = [
    *("source", "outlet", "outlet_name", "articles", "dated", "sure_share", "undated_share"),
    *("fetch_day_share", "local_fetch_day_share", "at_fetch_share", "future", "refused"),
    *("median_age_hours", "flagged", "verdict"),
]


def date_quality(counts: pd.DataFrame) -> pd.DataFrame:
    """Return one row per source and outlet of `Store.source_dates` with shares and a verdict.

    Shares are of 1, empty where there is nothing to divide by. `flagged` marks the rows whose
    verdict names a fault; theirs come first.
    """
    found = counts.assign(
        sure_share=_share(counts["sure"], counts["articles"]),
        undated_share=_share(counts["undated"], counts["articles"]),
        fetch_day_share=_share(counts["on_fetch_day"], counts["fetched"]),
        local_fetch_day_share=_share(counts["on_local_fetch_day"], counts["fetched"]),
        at_fetch_share=_share(counts["at_fetch"], counts["timed"]),
    )
    words = _joined([_clock(found), _pile(found), _future(found), _refused(found)])
    judged = found["articles"] >= FEWEST
    found["flagged"] = judged & words.ne("")
    found["verdict"] = np.where(judged, words.where(words.ne(""), "nothing odd"), "too few to say")
    order = ["flagged", "articles", "source", "outlet"]
    sorted_rows = found.sort_values(order, ascending=[False, False, True, True])
    return sorted_rows[COLUMNS].reset_index(drop=True)


def _clock(found: pd.DataFrame) -> pd.Series:
    enough = found["timed"] >= FEWEST
    at_fetch = enough & (found["at_fetch_share"] >= _AT_FETCH)
    same = enough & (_share(found["same_instant"], found["timed"]) >= _SAME_INSTANT)
    of = " of " + found["timed"].astype("str") + " instants"
    fetch_words = "the time of collection is taken for the date: " + found["at_fetch"].astype("str")
    same_words = "many articles bear one instant: " + found["same_instant"].astype("str")
    return _words(at_fetch, fetch_words + of).where(at_fetch, _words(same, same_words + of))


def _pile(found: pd.DataFrame) -> pd.Series:
    share = _share(found["whole_days_on_fetch_day"], found["whole_days"])
    burst = (found["fetch_days"] <= _FEW_DAYS) | (
        found["busiest_day"] >= _BURST * found["usual_day"]
    )
    odd = (found["whole_days"] >= FEWEST) & (share >= _ON_FETCH_DAY) & burst
    words = "dates pile up on the day of collection: " + _percent(share)
    words = words + " of " + found["whole_days"].astype("str") + " articles"
    usual = share[~odd].median()
    return _words(odd, words if pd.isna(usual) else words + f", usual is {100 * usual:.0f} %")


def _future(found: pd.DataFrame) -> pd.Series:
    odd = (found["future"] >= _FEWEST_ODD) & (found["future"] >= _FUTURE * found["dated"])
    return _words(odd, found["future"].astype("str") + " articles dated after they were fetched")


def _refused(found: pd.DataFrame) -> pd.Series:
    odd = (found["refused"] >= _FEWEST_ODD) & (found["refused"] >= _REFUSED * found["articles"])
    return _words(odd, found["refused"].astype("str") + " articles with a date in the future")


def _joined(faults: Sequence[pd.Series]) -> pd.Series:
    """Return the faults of each row in one sentence; "" where there are none."""
    words = faults[0]
    for fault in faults[1:]:
        between = np.where(words.ne("") & fault.ne(""), "; ", "")
        words = words + between + fault
    return words


def _share(part: pd.Series, whole: pd.Series) -> pd.Series:
    return (part / whole.where(whole > 0)).astype("float64")


def _percent(share: pd.Series) -> pd.Series:
    return (share * 100).round().astype("Int64").astype("str") + " %"


def _words(odd: pd.Series, words: pd.Series) -> pd.Series:
    return words.where(odd, "").astype("str")
