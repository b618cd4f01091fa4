"""Write `sample_data/`, byte for byte the same every time: `python -m tests.sample.write`."""

import csv
import io
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.sample import material, tables
from tests.sample.archives import sitemap, warc
from tests.sample.clippings import clipping
from tests.sample.compose import Story
from tests.sample.feeds import Changes, choose_changes, feed_files
from tests.sample.material import FIRST_DENSE, HERE
from tests.sample.pages import page
from tests.sample.schedule import OUTAGE, OUTAGE_OUTLET, all_stories
from tests.sample.spin import draw, shuffled
from tests.sample.tables import Manner
from tests.sample.truth import NOT_ASSERTED, Truth

TARGET = HERE.parents[1] / "sample_data"
_OURS = ("url", "title", "text", "published_at", "outlet", "language", "fetched_at")
_CLOUD = ("url", "title", "text", "publish_date", "media_name", "language", "")
_GERMAN = ("Adresse", "Headline", "Body", "Datum", "", "", "")
_FOLDERS = {
    "Harbor Ledger": "harbor-ledger",
    "Bosphorus Herald": "bosphorus-herald",
    "La Gazette du Rhône": "gazette-du-rhone",
    "Thameside Courier": "thameside-courier",
}
_NO_DAY_IN_URL = ("Dnipro Chronicle", "Barada Post", "Deccan Observer", "Rift Valley Standard")


@dataclass(frozen=True, slots=True)
class Shares:
    """Which stories go into which form; each stands in one list, pages of feeds in two."""

    feeds: Mapping[str, list[Story]]
    feed_pages: list[Story]
    pages: list[Story]
    titles_only: list[Story]
    clippings: list[Story]
    desk: list[Story]
    warc: list[Story]
    gdelt: list[Story]
    tables: Mapping[str, list[Story]]
    archive: Mapping[str, list[Story]]
    dense: list[Story]


def sample_files(stories: Sequence[Story]) -> dict[str, bytes]:
    """Return every file of the sample by its path below `sample_data/`."""
    shares = _share_out(stories)
    truth = Truth()
    changes = choose_changes(stories)
    files: dict[str, bytes] = {}
    for part in (
        _feeds(shares, changes, truth),
        _sitemap_and_pages(shares, truth),
        _clippings(shares, truth),
        _rows(shares, truth),
        _archives(shares, truth),
        _settings(),
    ):
        files.update(part)
    outage = {"outlet": OUTAGE_OUTLET, "days": [day.isoformat() for day in OUTAGE]}
    files["planted_truth.json"] = truth.as_json({"outage": outage}).encode()
    return files


class _Pile:
    """Stories not yet put into any form."""

    def __init__(self, stories: Sequence[Story]) -> None:
        self.rest = list(stories)

    def take(self, name: str, kind: str, number: int) -> list[Story]:
        """Take some stories of an outlet off the pile."""
        there = [story for story in self.rest if story.outlet.name == name and story.kind == kind]
        chosen = shuffled(f"{name}/{kind}/{number}", there)[:number]
        self.rest = [story for story in self.rest if story not in chosen]
        return sorted(chosen, key=lambda story: (story.published, story.key))

    def take_all(self, name: str) -> list[Story]:
        """Take all stories of an outlet off the pile."""
        chosen = [story for story in self.rest if story.outlet.name == name]
        self.rest = [story for story in self.rest if story.outlet.name != name]
        return chosen


def _share_out(stories: Sequence[Story]) -> Shares:
    everything = _Pile(stories)
    by_table = {name: everything.take_all(name) for name in ("Elbe Review", "Каменный мост")}
    old = [story for story in everything.rest if story.day < FIRST_DENSE]
    pile = _Pile([story for story in everything.rest if story.day >= FIRST_DENSE])
    feeds = {name: pile.take_all(name) for name in _FOLDERS}
    news = [story for story in feeds["Harbor Ledger"] if story.kind == "news"]
    return Shares(
        feeds=feeds,
        feed_pages=shuffled("pages", news[:-4])[:6],
        pages=pile.take("Deccan Observer", "news", 11) + pile.take("Corniche Daily", "news", 9),
        titles_only=pile.take("Deccan Observer", "news", 4),
        clippings=pile.take("Barada Post", "news", 16) + pile.take("Barada Post", "explainer", 2),
        desk=pile.take("Dnipro Chronicle", "news", 3)
        + pile.take("Rift Valley Standard", "news", 2)
        + pile.take("Guanabara Report", "explainer", 1),
        warc=pile.take("Rift Valley Standard", "news", 4),
        gdelt=pile.take("Guanabara Report", "news", 6),
        tables=by_table,
        archive={
            "2013-2016": [story for story in old if story.day.year <= 2016],
            "2021-2024": [story for story in old if story.day.year > 2016],
        },
        dense=pile.rest,
    )


def _feeds(shares: Shares, changes: Changes, truth: Truth) -> Iterator[tuple[str, bytes]]:
    for name, folder in _FOLDERS.items():
        source = f"feeds/{folder}"
        for file, content in feed_files(shares.feeds[name], changes, truth, source):
            yield f"{source}/{file}", content


def _sitemap_and_pages(shares: Shares, truth: Truth) -> Iterator[tuple[str, bytes]]:
    source = "sitemap/deccan-observer.xml"
    paged = [story for story in shares.pages if story.outlet.name == "Deccan Observer"]
    listed = sorted([*paged[:7], *shares.titles_only], key=lambda story: story.published)
    for story in listed:
        truth.stored(source, story, texts=(story.title,), day=story.day)
    yield source, sitemap(listed).encode()
    for story in [*shares.feed_pages, *shares.pages]:
        if story in listed or story in shares.feed_pages:
            truth.changed("pages", story.url, "enriched", (story.title, *story.paragraphs))
        else:
            truth.stored("pages", story, day=story.day)
        host = story.outlet.domain.partition(".")[0]
        yield f"pages/{host}-{draw(story.key, 10**8):08}.html", page(story).encode()


def _clippings(shares: Shares, truth: Truth) -> Iterator[tuple[str, bytes]]:
    for number, story in enumerate(shares.clippings):
        name = _clipping_name(number, story)
        dated = story.kind != "explainer" and number % 4 != 3
        _take_down_clipping(story, f"clippings/barada-post/{name}", truth, dated=dated)
        yield f"clippings/barada-post/{name}", clipping(story, dated=dated).encode()
    said = io.StringIO()
    sidecar = csv.writer(said, lineterminator="\n")
    sidecar.writerow(["file", "url", "outlet", "date"])
    for number, story in enumerate(shares.desk):
        name = _clipping_name(number, story)
        path = f"clippings/desk/{name}"
        if number < 4:
            sidecar.writerow([name, story.url, story.outlet.name, story.day.isoformat()])
            truth.stored("clippings/desk", story, day=story.day, precision="day")
        else:  # nothing is known of these: no outlet, no address
            dated = story.kind != "explainer"
            _take_down_clipping(story, path, truth, dated=dated, outlet="(unknown outlet)")
        yield path, clipping(story, dated=number == 4).encode()
    yield "clippings/desk/sidecar.csv", said.getvalue().encode()


def _clipping_name(number: int, story: Story) -> str:
    return f"{number:03}_{draw(story.key, 2**64):016x}.txt"


def _take_down_clipping(
    story: Story, path: str, truth: Truth, *, dated: bool, outlet: str | None = None
) -> None:
    source = path.rpartition("/")[0]
    if dated:
        truth.stored(source, story, key=path, day=story.day, precision="day", outlet=outlet)
    elif story.kind == "explainer":
        truth.stored(source, story, key=path, precision="", outlet=outlet)
    else:  # the text names days: a guess is allowed, a sure date is not
        unsure = NOT_ASSERTED
        truth.stored(source, story, key=path, day=unsure, precision=unsure, outlet=outlet)


def _rows(shares: Shares, truth: Truth) -> Iterator[tuple[str, bytes]]:
    for era, stories in shares.archive.items():
        path = f"jsonl/archive-{era}.jsonl"
        vague = [story for story in stories if story.outlet.name in _NO_DAY_IN_URL]
        by_month = frozenset(story.key for story in shuffled(era, vague)[:3])
        manner = Manner(path, _CLOUD, by_month=by_month)
        yield path, _lines(tables.jsonl(stories, manner, truth))
    path = "jsonl/collected-2024.jsonl"
    dnipro = [s for s in shares.dense if s.outlet.name == "Dnipro Chronicle" and s.kind == "news"]
    manner = Manner(path, _OURS, wrong_year=frozenset({dnipro[9].key}))
    lines = tables.jsonl(shares.dense, manner, truth)
    barada = [s for s in shares.dense if s.outlet.name == "Barada Post" and s.kind == "news"]
    lines += tables.repeats(barada[:5], manner, truth)
    yield path, _lines(tables.broken(lines, manner, path, truth))
    for name, manner in (
        ("Каменный мост", Manner("tables/kamenny-most.csv", _OURS)),
        ("Elbe Review", Manner("tables/elbe-review.csv", _GERMAN, day_only=True)),
    ):
        yield manner.source, tables.table(shares.tables[name], manner, truth).encode()


def _archives(shares: Shares, truth: Truth) -> Iterator[tuple[str, bytes]]:
    for story in shares.warc:
        truth.stored("warc/rift-valley-standard.warc.gz", story, day=story.day)
    yield "warc/rift-valley-standard.warc.gz", warc(shares.warc)
    path = "gdelt/20241231234500.gkg.csv"
    yield path, tables.gdelt(shares.gdelt, path, truth).encode()


def _settings() -> Iterator[tuple[str, bytes]]:
    rows = io.StringIO()
    writer = csv.writer(rows, lineterminator="\n")
    writer.writerow(["name", "domain", "country", "language", "basis"])
    for one in material.outlets():
        basis = f"invented; its newsroom is said to be in {one.city.title()}"
        writer.writerow([one.name, one.domain, one.country, one.language, basis])
    yield "outlets.csv", rows.getvalue().encode()
    for path in sorted((HERE / "settings").iterdir()):
        yield path.name, path.read_bytes()


def _lines(lines: Sequence[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()


def write(target: Path = TARGET) -> int:
    """Replace what stands in the folder; return the number of files."""
    files = sample_files(all_stories())
    if target.exists():
        shutil.rmtree(target)
    for name, content in files.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return len(files)


if __name__ == "__main__":
    print(f"{write()} files written to {TARGET.name}/")
