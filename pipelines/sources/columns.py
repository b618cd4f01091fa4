"""Which column of a table or key of a JSON object is which: names as found in, our fields out.

Known are our own names, those of Media Cloud's and GDELT's exports and their common cousins; a
`columns` table of a source maps any other. GDELT's `seendate` and Media Cloud's `indexed_date` are
the times of a crawl: they are `fetched_at`, never a publication date.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from pipelines.errors import SourceError

FIELDS: Mapping[str, tuple[str, ...]] = {  # the better name first: an instant before a day
    "url": ("url", "link", "web_url", "article_url"),
    "title": ("title", "headline"),
    "text": ("text", "body", "content", "article_text", "article_body", "full_text"),
    "html": ("html", "content_html", "raw_html"),
    "summary": ("summary", "description", "abstract"),
    "published": (
        "published_at",
        "publish_date",
        "published",
        "pub_date",
        "pubdate",
        "date_published",
        "publication_date",
        "created_at",
        "date",
    ),
    "fetched_at": ("fetched_at", "indexed_date", "seendate", "crawled_at"),
    "outlet": (
        *("outlet", "media_name", "outlet_name", "publisher", "publication"),
        *("newspaper", "medium", "source_name", "source"),
    ),
    "outlet_country": ("outlet_country", "media_pub_country"),
    "language": ("language", "lang"),
    "author": ("author", "authors", "byline"),
    "tags": ("tags", "keywords"),
}
"""Our fields, each with the column names it is recognised by."""

TRANSLATED: Mapping[str, str] = {
    "url": "adresse lien enlace dirección indirizzo ссылка адрес посилання",
    "title": "titel überschrift schlagzeile titre titulo título titolo tytuł заголовок название"
    " назва العنوان 标题 標題",
    "text": "texte texto testo inhalt volltext contenu contenido artikeltext tekst текст"
    " текст_статьи полный_текст النص 正文 内容",
    "summary": "zusammenfassung résumé resumen riassunto аннотация описание",
    "published": "datum erscheinungsdatum veröffentlicht date_de_publication fecha"
    " fecha_de_publicación data data_pubblicazione дата дата_публикации التاريخ 日期 发布时间",
    "outlet": "quelle zeitung média media journal medio periódico testata fonte"
    " издание сми источник газета видання المصدر 来源",
    "language": "sprache langue idioma lingua язык мова",
    "author": "autor autorin auteur autore автор 作者",
    "tags": "schlagwörter schlagworte mots_clés palabras_clave ключевые_слова теги",
}
"""Names of columns in the languages of exports other than English; they come after `FIELDS`."""

NOT_USED: Mapping[str, str] = {
    "id": "Media Cloud's number of the story; ours comes from the address",
    "media_url": "the address says the same",
    "domain": "the address says the same",
    "sourcecountry": "where GDELT places the outlet; ours comes from the list of outlets",
    "url_mobile": "a second address of the same article",
    "mobileurl": "a second address of the same article",
    "socialimage": "a picture",
    "shareimage": "a picture",
}
"""Columns that are known and left alone, with the reason."""

_NAMES = {f: (*names, *TRANSLATED.get(f, "").split()) for f, names in FIELDS.items()}
_FIELD_OF = {name: field for field, names in _NAMES.items() for name in names}
_OURS = {name: field for field, names in FIELDS.items() for name in (field, *names)}
_SPACES = re.compile(r"[\s\-]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_CONTENT = ("text", "html", "summary", "title")
_DELIMITERS = (",", ";", "\t", "|")


def normal(name: str) -> str:
    """Return a column name as it is compared: lower case, words joined by underscores.

    `publishedAt` is read as `published_at`, as NewsAPI and schema.org write their keys.
    """
    written = unicodedata.normalize("NFC", name).strip().strip("\ufeff\"'")
    plain, parted = (_SPACES.sub("_", n.casefold()) for n in (written, _CAMEL.sub("_", written)))
    return plain if _is_name(plain) else parted


def best_delimiter(line: str) -> tuple[str, int]:
    """Return the delimiter that splits `line` into most known column names, and how many."""
    known = {mark: sum(_is_known(cell) for cell in line.split(mark)) for mark in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda mark: (known[mark], line.count(mark)))
    return best, known[best]


def _is_known(cell: str) -> bool:
    return _is_name(normal(cell))


def _is_name(name: str) -> bool:
    return name in _FIELD_OF or name in NOT_USED


def recognise_columns(names: Sequence[str], mapping: Mapping[str, str]) -> dict[str, list[str]]:
    """Return for each of our fields the columns that carry it, the better one first.

    `mapping` (our field -> column) goes before what is recognised. Raises SourceError where it
    names a field or column that is not there, or where no column holds a text or a title.
    """
    _check(names, mapping)
    by_name: dict[str, str] = {}
    for name in names:
        by_name.setdefault(normal(name), name)
    known = dict(_known_fields(by_name))
    found = {field: [c for c in columns if c in by_name] for field, columns in known.items()}
    fields = {field: [by_name[c] for c in columns] for field, columns in found.items() if columns}
    fields.update({_OURS[field]: [column] for field, column in mapping.items()})
    if not any(field in fields for field in _CONTENT):
        raise SourceError(
            f"no column holds a title or a text; found are {listed(names)}. Map them in "
            "wirewatch.toml, for example: columns = { title = 'Headline', url = 'Address' }"
        )
    return fields


def _known_fields(by_name: Mapping[str, str]) -> Iterable[tuple[str, tuple[str, ...]]]:
    # In GDELT's CSV ("URL,MobileURL,Date,Title") the date is the time of the crawl.
    gdelt = "mobileurl" in by_name or "url_mobile" in by_name
    for field, columns in _NAMES.items():
        if gdelt and field == "published":
            columns = tuple(column for column in columns if column != "date")
        if gdelt and field == "fetched_at":
            columns = (*columns, "date")
        yield field, columns


def _check(names: Sequence[str], mapping: Mapping[str, str]) -> None:
    for field, column in mapping.items():
        if field not in _OURS:
            near = difflib.get_close_matches(field, FIELDS, n=1, cutoff=0.0)[0]
            raise SourceError(
                f"`columns` maps {field!r}, which is no field of an article; nearest is {near!r}"
            )
        if column not in names:
            raise SourceError(
                f"`columns` maps {field} to {column!r}, which is not there; "
                f"found are {listed(names)}"
            )


def passed_over(names: Iterable[str], fields: Mapping[str, Sequence[str]]) -> str:
    """Say which columns were not used, where one of them may hold what is missing; else nothing.

    Missed are a title, a date, and the outlet where no address tells it.
    """
    wanted = {"title": "the title", "published": "the date"}
    if "url" not in fields:
        wanted["outlet"] = "the outlet"
    missing = [words for field, words in wanted.items() if field not in fields]
    used = {column for columns in fields.values() for column in columns}
    left = [name for name in names if name and name not in used and normal(name) not in NOT_USED]
    if not missing or not left:
        return ""
    return (
        f"no column is known to hold {' or '.join(missing)}; not used: {listed(left)}. Map them in "
        "wirewatch.toml if one does, for example: columns = { published = 'Day' }"
    )


def listed(names: Sequence[str]) -> str:
    """Return column names for a message, at most twenty of them."""
    shown = ", ".join(name or "(empty)" for name in names[:20])
    return shown + (", ..." if len(names) > 20 else "") if names else "none"
