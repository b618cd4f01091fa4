"""Stories in, snapshots of feeds out: each file is what the feed said at the time in its name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape

from tests.sample.compose import Story, at
from tests.sample.material import FIRST_DENSE, LAST_DENSE, Outlet
from tests.sample.schedule import OUTAGE, OUTAGE_OUTLET
from tests.sample.truth import Truth

_LAST = datetime(2025, 1, 1, 6, tzinfo=UTC)
_EMPTY = ("Harbor Ledger", datetime(2024, 12, 14, 23, 50, tzinfo=UTC))
_RETITLED = "Harbor Ledger"
_REWRITTEN = "Bosphorus Herald"
_CHANGE_DAY = datetime(2024, 12, 16, tzinfo=UTC).date()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One file of a feed: when it was fetched and what stood in it."""

    fetched_at: datetime
    items: tuple[Story, ...]

    @property
    def name(self) -> str:
        """Return the file name without its ending."""
        return self.fetched_at.strftime("%Y-%m-%dT%H%M%S_0000")


@dataclass(frozen=True, slots=True)
class Changes:
    """Keys of the stories changed after publication: one in its title, one in its text."""

    title: str
    text: str


def summary(story: Story) -> tuple[str, ...]:
    """Return the parts a feed shows of a story when it does not give it all."""
    return story.paragraphs[:2]


def feed_files(
    stories: Sequence[Story], changes: Changes, truth: Truth, source: str
) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of every snapshot, and take down what each item comes to."""
    seen: dict[str, Story] = {}
    outlet = stories[0].outlet
    ending = "atom" if outlet.form == "atom" else "rss"
    for snapshot in _snapshots(stories, changes):
        name = f"{snapshot.name}.{ending}"
        if (outlet.name, snapshot.fetched_at) == _EMPTY:
            truth.problem(source, f"{source}/{name}", "failed", "an answer of zero bytes")
            yield name, b""
            continue
        for story in snapshot.items:
            _take_down(truth, source, story, seen)
        write = _atom if outlet.form == "atom" else _rss
        yield name, write(outlet, snapshot).encode()


def _take_down(truth: Truth, source: str, story: Story, seen: dict[str, Story]) -> None:
    parts = (story.title, *(summary(story) if _is_short(story.outlet) else story.paragraphs))
    before = seen.get(story.url)
    if before is None:
        truth.stored(source, story, texts=parts, day=story.day)
    elif before == story:
        truth.outcome(source, "unchanged")
    else:
        truth.changed(source, story.url, "edited", parts)
    seen[story.url] = story


def _is_short(outlet: Outlet) -> bool:
    return outlet.name == "Harbor Ledger"


def _snapshots(stories: Sequence[Story], changes: Changes) -> Iterator[Snapshot]:
    """Yield what the feed said: daily before midnight, the outage outlet's at noon too."""
    often = stories[0].outlet.name == OUTAGE_OUTLET
    for number in range((LAST_DENSE - FIRST_DENSE).days + 1):
        day = FIRST_DENSE + timedelta(days=number)
        if often and day in OUTAGE:
            continue
        for hour, minute in ((12, 0), (23, 50)) if often else ((23, 50),):
            yield _snapshot(at(day, hour, minute), stories, changes, 24 if often else 48)
    yield _snapshot(_LAST, stories, changes, 24)


def _snapshot(
    fetched_at: datetime, stories: Sequence[Story], changes: Changes, hours: int
) -> Snapshot:
    since = fetched_at - timedelta(hours=hours)
    there = [story for story in stories if since < story.published <= fetched_at]
    items = [_as_shown(story, fetched_at, changes) for story in there]
    return Snapshot(fetched_at, tuple(reversed(items)))


def _as_shown(story: Story, fetched_at: datetime, changes: Changes) -> Story:
    """Return the story as it stood at that time; two were changed the same evening or next day."""
    if story.key == changes.title and fetched_at.date() > story.day:
        return replace(story, title=story.title + " (Updated)")
    if story.key == changes.text and fetched_at.hour > 12:
        return replace(story, paragraphs=story.paragraphs[:-1])
    return story


def choose_changes(stories: Sequence[Story]) -> Changes:
    """Choose the story whose title is changed and the one whose text is."""
    news = [story for story in stories if story.kind == "news" and story.day >= _CHANGE_DAY]
    titled = next(story for story in news if story.outlet.name == _RETITLED)
    texted = next(
        story
        for story in news
        if story.outlet.name == _REWRITTEN
        and story.published.hour < 12  # so that the noon snapshot has the text as it was
        and len(story.paragraphs) > 3
    )
    return Changes(title=titled.key, text=texted.key)


def _rss(outlet: Outlet, snapshot: Snapshot) -> str:
    items = "".join(_rss_item(outlet, story) for story in snapshot.items)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">\n<channel>\n'
        f"<title>{escape(outlet.name)}</title>\n<link>https://www.{outlet.domain}/</link>\n"
        f"<description>{escape(outlet.name)}</description>\n"
        f"<language>{outlet.language}</language>\n"
        f"<lastBuildDate>{format_datetime(snapshot.fetched_at)}</lastBuildDate>\n"
        f"{items}</channel>\n</rss>\n"
    )


def _rss_item(outlet: Outlet, story: Story) -> str:
    body = "".join(f"<p>{escape(text, quote=False)}</p>" for text in story.paragraphs)
    link, content = story.url, ""
    if outlet.name == "Harbor Ledger":
        described = escape(" ".join(summary(story)), quote=False)
        link += "?utm_source=rss&amp;utm_medium=feed"
    elif outlet.name == "La Gazette du Rhône":
        described = escape(story.paragraphs[0], quote=False)
        content = f"<content:encoded><![CDATA[{body}]]></content:encoded>\n"
    else:
        described = escape(body, quote=False)
    return (
        f"<item>\n<title>{escape(story.title, quote=False)}</title>\n<link>{link}</link>\n"
        f'<guid isPermaLink="false">{outlet.domain}:{story.url.rpartition("/")[2]}</guid>\n'
        f"<pubDate>{format_datetime(story.published)}</pubDate>\n"
        f"<description>{described}</description>\n{content}</item>\n"
    )


def _atom(outlet: Outlet, snapshot: Snapshot) -> str:
    entries = "".join(
        f"<entry>\n<title>{escape(story.title, quote=False)}</title>\n"
        f'<link rel="alternate" href="{story.url}"/>\n<id>{story.url}</id>\n'
        f"<published>{_stamp(story.published)}</published>\n"
        f"<updated>{_stamp(story.published)}</updated>\n"
        '<content type="html">'
        + escape("".join(f"<p>{escape(t, quote=False)}</p>" for t in story.paragraphs), quote=False)
        + "</content>\n</entry>\n"
        for story in snapshot.items
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{outlet.language}">\n'
        f"<title>{escape(outlet.name)}</title>\n<id>https://www.{outlet.domain}/</id>\n"
        f"<updated>{_stamp(snapshot.fetched_at)}</updated>\n{entries}</feed>\n"
    )


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
