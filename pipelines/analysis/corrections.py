"""What people corrected by hand: a store in, every correction with who, when and why out."""

import json

import pandas as pd

from pipelines.analysis.labels import country_label
from pipelines.article import DateSource
from pipelines.hashing import id_text, line_text
from pipelines.store import Store

TAKEN_BACK = "taken back"
_WHAT = {
    "published_day": "date",
    "outlet": "outlet",
    "domain": "outlet",
    "hidden": "hide",
    "line": "line",
}
_OVERLAYS = """
SELECT article_id, field, value, who, why, made_at,
    row_number() OVER (PARTITION BY article_id, field ORDER BY made_at DESC) = 1
        AND value IS NOT NULL AS in_force,
    max(CASE WHEN field = 'domain' THEN json_extract_string(value, '$.at') END)
        OVER (PARTITION BY article_id, field) AS domain
FROM overlays ORDER BY made_at DESC, article_id
"""
_FOUND = """
WITH wanted AS (SELECT DISTINCT article_id FROM overlays WHERE field <> 'line')
SELECT found.article_id, found.title, found.published_day, found.date_source, found.outlet_name,
    found.outlet_country
FROM articles AS found JOIN wanted USING (article_id)
LEFT JOIN article ON article.article_id = found.article_id
QUALIFY row_number() OVER (
    PARTITION BY found.article_id
    ORDER BY found.version = article.version DESC NULLS LAST, found.version DESC) = 1
"""
_DOMAIN = """
SELECT DISTINCT outlet_name, outlet_country, count(DISTINCT article_id) OVER () AS articles
FROM articles WHERE outlet_domain = ? ORDER BY outlet_name, outlet_country
"""
_COLUMNS = ["made_at", "what", "target", "title", "articles", "was", "set_to", "in_force"]
_COLUMNS += ["who", "why"]


def corrections(store: Store) -> pd.DataFrame:
    """Return one row for each correction ever made, newest first.

    Columns: made_at (UTC), what (date, outlet, hide, line), target (an article's id, a domain, or
    the key of a line), title (of the article; the words of the line), articles (how many it
    concerns), was (what was found), set_to, in_force, who, why. Of several corrections of one thing
    the latest is in force; one that takes the former back is in force nowhere.
    """
    rows = store.look_up(_OVERLAYS)
    found = store.look_up(_FOUND).set_index("article_id")
    lines = store.furniture().set_index("line_key") if (rows["field"] == "line").any() else found
    parts = [_of(store, row, lines if row["field"] == "line" else found) for row in _dicts(rows)]
    told = pd.DataFrame(parts, columns=["target", "title", "articles", "was", "set_to"])
    told["articles"] = told["articles"].astype("int64")
    said = rows[["made_at", "in_force", "who", "why"]].assign(what=rows["field"].map(_WHAT))
    return pd.concat([said, told], axis=1)[_COLUMNS]


def _dicts(rows: pd.DataFrame) -> list[dict[str, object]]:
    return [dict(zip(rows.columns, row, strict=True)) for row in rows.itertuples(index=False)]


def _of(
    store: Store, row: dict[str, object], known: pd.DataFrame
) -> tuple[str, str, int, str, str]:
    """Return target, title, articles, was, set_to of one correction."""
    key, field = int(str(row["article_id"])), str(row["field"])
    value = row["value"]
    set_to = _in_words(field, value) if isinstance(value, str) else TAKEN_BACK
    if field == "domain":
        return _of_domain(store, str(row["domain"]), set_to)
    target = line_text(key) if field == "line" else id_text(key)
    if key not in known.index:
        return target, "", 0, "", set_to
    one = known.loc[key]
    if field == "line":
        return target, str(one["line"]), int(one["articles"]), "furniture", set_to
    was = {"published_day": _date(one), "outlet": _outlet(*one[["outlet_name", "outlet_country"]])}
    return target, str(one["title"] or ""), 1, was.get(field, "counted"), set_to


def _of_domain(store: Store, domain: str, set_to: str) -> tuple[str, str, int, str, str]:
    names = store.look_up(_DOMAIN, domain)
    pairs = zip(names["outlet_name"], names["outlet_country"], strict=True)
    was = "; ".join(_outlet(*pair) for pair in pairs)
    return domain, "", int(names["articles"].iloc[0]), was, set_to


def _date(found: "pd.Series[object]") -> str:
    day = found["published_day"]
    if day is None or day != day or day is pd.NaT:
        return "undated"
    return f"{day:%Y-%m-%d} ({DateSource(str(found['date_source']))})"


def _in_words(field: str, value: str) -> str:
    if field not in ("outlet", "domain"):
        return value
    said = json.loads(value)
    country = country_label(said["country"]) if said.get("country") else "country unknown"
    return f"{said['name']}, {country}" if "name" in said else country


def _outlet(name: object, country: object) -> str:
    return f"{name}, {country_label(str(country)) if country else 'country unknown'}"
