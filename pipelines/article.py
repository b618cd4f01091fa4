"""The records that travel down the line: Fetch, Capture, Document, Publication, Article, Mention.

Offsets are code points into `Document.text`, the stored normalised text. Instants are aware and in
UTC. A missing value is `None` or empty, never a guess.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class SourceKind(StrEnum):
    """What a source is; one reader in `pipelines/sources/` for each."""

    CLIPPING = "clipping"
    PAGE = "page"
    JSONL = "jsonl"
    TABLE = "table"
    FEED = "feed"
    SITEMAP = "sitemap"
    WARC = "warc"
    GDELT = "gdelt"
    TELEGRAM = "telegram"


class Extraction(StrEnum):
    """How much is asked to find the body of a page."""

    CASCADE = "cascade"  # two libraries and our own reading
    FAST = "fast"  # our own reading only


class Form(StrEnum):
    """How the bytes of a capture are to be read; one extractor for each."""

    PAGE = "page"  # a whole HTML page
    FRAGMENT = "fragment"  # the HTML of one entry, as feeds carry it
    TEXT = "text"  # the article's own text, nothing else in it
    CLIPPING = "clipping"  # text scraped off a page, furniture and all


class TextSource(StrEnum):
    """Where the text came from; versions are compared like with like. Ordered poor to rich."""

    SUMMARY = "summary"
    FEED_TEXT = "feed_text"
    FILE = "file"
    PAGE = "page"


class Zone(StrEnum):
    """A part of an article's text. Every code point lies in exactly one."""

    HEADLINE = "headline"
    SUBHEAD = "subhead"
    LEDE = "lede"
    BODY = "body"
    CAPTION = "caption"
    BYLINE = "byline"
    RELATED = "related"
    TAGS = "tags"
    FURNITURE = "furniture"


COUNTED_ZONES = frozenset({Zone.HEADLINE, Zone.SUBHEAD, Zone.LEDE, Zone.BODY, Zone.CAPTION})


class Outcome(StrEnum):
    """How a capture ended. Closed: the counts of a run add up to the captures read."""

    STORED = "stored"  # a new article
    ENRICHED = "enriched"  # a known article, from a richer kind of text
    EDITED = "edited"  # a known article whose text or title changed
    UNCHANGED = "unchanged"  # known, nothing new
    DUPLICATE = "duplicate"  # the same text at the same outlet under another address
    NO_ARTICLE = "no_article"
    UNSUPPORTED = "unsupported"
    QUARANTINED = "quarantined"
    FAILED = "failed"


class FetchStatus(StrEnum):
    """How one request (or the reading of one file) ended."""

    OK = "ok"
    NOT_MODIFIED = "not_modified"
    FAILED = "failed"
    UNSUPPORTED = "unsupported"


class DateSource(StrEnum):
    """Where a date was found: the rungs of the ladder in `pipelines/dates.py`."""

    SET_BY_USER = "set by user"
    JSON_LD = "json-ld"
    META = "meta"
    MICRODATA = "microdata"
    FEED = "feed"
    SITEMAP = "sitemap"
    ROW = "row"  # a date column of a JSONL or CSV file
    URL = "url"
    TIME_TAG = "time tag"
    BYLINE = "byline"
    DATELINE = "dateline"
    RELATIVE = "relative"  # "on Tuesday", "yesterday"
    FREE_TEXT = "free text"
    PAGE_CLOCK = "page clock"
    FETCH_CLOCK = "fetch clock"


class DateRole(StrEnum):
    """What a date found in a capture may be used for."""

    PUBLISHED = "published"  # claims to be the publication
    MODIFIED = "modified"
    UPPER_BOUND = "upper bound"  # published no later than this; page and fetch clocks
    EVENT = "event"  # the date of something told in the text


class DatePrecision(StrEnum):
    """How fine a date is. A day, month or year has no instant and never shifts with time zones."""

    INSTANT = "instant"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class CopyLevel(StrEnum):
    """What makes an article a copy of a text stored before it, see `pipelines/syndication/`."""

    NONE = ""
    EXACT = "exact"  # word for word
    NEAR = "near"  # lightly edited, or cut
    UPDATE = "update"  # grown or changed beyond that


LIKELY = 0.6  # date confidence from which a date is used; below it is a guess
SURE = 0.95


@dataclass(frozen=True, slots=True)
class DateEvidence:
    """One date found in or with a capture, kept whether it was used or not."""

    source: DateSource
    raw: str  # as found
    role: DateRole = DateRole.PUBLISHED
    instant: datetime | None = None  # aware; keeps the publisher's offset
    day: date | None = None  # publisher's own day; first day of the month or year if coarser
    precision: DatePrecision | None = None  # None: could not be resolved to a date
    where: str = ""  # "article:published_time", "line 1"
    note: str = ""  # why it was used or not; the resolver fills it


@dataclass(frozen=True, slots=True)
class Publication:
    """When an article was published, how that was found and how sure it is."""

    published_at: datetime | None = None  # UTC; only with precision INSTANT
    published_day: date | None = None  # publisher's day
    precision: DatePrecision | None = None  # None: undated
    source: DateSource | None = None
    confidence: float = 0.0
    earliest: date | None = None  # bounds, also for undated articles
    latest: date | None = None
    modified_at: datetime | None = None  # UTC
    evidence: tuple[DateEvidence, ...] = ()


@dataclass(frozen=True, slots=True)
class ZoneSpan:
    """The zone of `text[start:end]`."""

    start: int
    end: int
    zone: Zone


@dataclass(frozen=True, slots=True)
class Fetch:
    """One request, or one file read: what was asked, when, and how it ended.

    Readers yield a `Fetch` before the captures it brought. `status` is the HTTP status, None for
    files. `fetched_at` is None for a file whose source does not say when it was collected.
    """

    source: str
    kind: SourceKind
    locator: str
    status: FetchStatus = FetchStatus.OK
    fetched_at: datetime | None = None
    http_status: int | None = None
    size: int = 0
    reason: str = ""  # why it failed, or what was odd about it
    outlet: str = ""
    etag: str = ""
    last_modified: str = ""
    complete_from: date | None = None  # the user's word that nothing is missing in this span
    complete_to: date | None = None
    content: bytes = b""  # of a failed fetch, for quarantine; else empty


@dataclass(frozen=True, slots=True)
class Capture:
    """What a source handed us for one item, untouched, with all that the source says about it.

    `problem` is set where the reader could not make an item of the bytes (a JSONL line that is not
    JSON); such a capture is quarantined with that reason.
    """

    source: str
    locator: str  # "articles.jsonl:17": where a person finds it again
    form: Form
    content: bytes
    text_source: TextSource = TextSource.FILE
    encoding: str = ""  # as the transport or the user said; empty: detect
    fetched_at: datetime | None = None
    url: str = ""
    outlet: str = ""  # as the source or the user says; empty: from the URL
    outlet_country: str = ""  # as a row says; outlets.csv wins
    title: str = ""
    author: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()
    dates: tuple[DateEvidence, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """What extraction read out of one capture: text in zones, and what the page claims.

    `zones` partition `text`; paragraphs are separated by one newline, which belongs to the
    paragraph before it. `raw_text` is the text before normalisation (for HTML: as extracted).
    """

    text: str
    zones: tuple[ZoneSpan, ...]
    raw_text: str = ""
    title: str = ""  # empty: none found, none is made up
    author: str = ""
    url: str = ""  # the page's own canonical link
    site_name: str = ""
    language: str = ""  # as declared
    dates: tuple[DateEvidence, ...] = ()

    def counted(self, *, headline: bool = True) -> Iterator[str]:
        """Yield the texts of the zones that count, in order; on request without the headline."""
        zones = COUNTED_ZONES if headline else COUNTED_ZONES - {Zone.HEADLINE}
        return (self.text[z.start : z.end] for z in self.zones if z.zone in zones)


UNKNOWN_OUTLET = "unknown"  # the id of all that nobody knows who published


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who published: id, display name, domain, home country (ISO 3166-1 alpha-2) and language."""

    id: str
    name: str
    domain: str = ""
    country: str = ""  # empty: unknown
    language: str = ""
    basis: str = ""  # what the country rests on


@dataclass(frozen=True, slots=True)
class Sketch:
    """A small sample of a text's word sequences, by which near copies are found.

    See `pipelines/syndication/sketch.py`; `size` is how many distinct sequences the text has.
    """

    size: int
    level: int  # hashes up to limit(level) are in the sample
    hashes: bytes  # unsigned, 32 bits each, little-endian
    places: bytes  # of each, in 256ths of the text


@dataclass(frozen=True, slots=True)
class Article:
    """One published item at one outlet, in one version."""

    article_id: int  # 63-bit hash, see `make_article`
    outlet: Outlet
    url: str  # canonical; empty: unknown
    title: str
    text: str
    zones: tuple[ZoneSpan, ...]
    raw_text: str
    language: str
    publication: Publication
    text_source: TextSource
    content_hash: int  # of title and counted text; decides unchanged, edited, duplicate
    text_hash: int  # of the counted text without headline; groups copies
    n_words: int  # of the counted zones
    author: str = ""
    source: str = ""
    locator: str = ""
    fetched_at: datetime | None = None
    sketch: Sketch | None = None  # of the same text as `text_hash`; None: too short


class TagKind(StrEnum):
    """What a mention names."""

    TOPIC = "topic"
    ENTITY = "entity"  # somebody or something of the table of names
    NAME = "name"  # a person, organisation or place that no table knows: a candidate
    COUNTRY = "country"
    DATELINE = "dateline"  # the country in which the article says it was filed
    QUERY = "query"  # an ad-hoc query, matched when asked


@dataclass(frozen=True, slots=True)
class Mention:
    """One span of an article that names a tag."""

    kind: TagKind
    tag: str  # stable id: topic slug, entity slug, ISO alpha-2, "person:Jane Doe" of a candidate
    start: int
    end: int
    surface: str
    zone: Zone
    why: str = ""  # the alias, rule or query term that made it
    in_quote: bool = False


class QuoteKind(StrEnum):
    """How an article gives what somebody said."""

    DIRECT = "direct"  # between quotation marks
    REPORTED = "reported"  # "... said that the talks had failed"


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody said, as the article has it: `text[start:end]`, without marks and "that".

    `certain` is whether the speaker may be shown without the words "speaker uncertain".
    """

    start: int
    end: int
    kind: QuoteKind
    zone: Zone
    speaker: str = ""  # tag of an entity or of a candidate name; empty: nobody of a known name
    speaker_name: str = ""  # the fullest name the article has; else the words that stand for it
    speaker_start: int = 0  # of the name, role or pronoun beside the quote; 0 to 0: none
    speaker_end: int = 0
    certain: bool = False
    why: str = ""  # the rule that found it


@dataclass(frozen=True, slots=True)
class Tags:
    """All that tagging found in one article.

    `topics` also names topics that match without a span of their own (`lang:ru NOT syria`). `about`
    are the countries the article is about, the main one first; each is among its mentions.
    """

    mentions: tuple[Mention, ...] = ()
    topics: tuple[str, ...] = field(default=())
    about: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()

    def __add__(self, other: "Tags") -> "Tags":
        """Return what both found, in this order."""
        return Tags(
            self.mentions + other.mentions,
            self.topics + other.topics,
            self.about + other.about,
            self.quotes + other.quotes,
        )
