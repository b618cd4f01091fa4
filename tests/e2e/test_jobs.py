"""The jobs of an analyst: how many steps each takes, and that what comes of it is right.

What is right is counted over the invented articles (`corpus.py`), not over the store.
"""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from analyst import CHART, Analyst
from corpus import SPIKE, Truth, articles, command, ingest
from serving import serving
from watching import Watched

pytestmark = pytest.mark.e2e
Browse = Callable[..., Watched]
Record = Callable[[str, object], None]
TODAY = datetime.now(UTC).date()
NAMES = {"syria": "Syria", "ukraine": "Ukraine", "unsc": "UN Security Council", "yemen": "Yemen"}
COUNTRIES = {"RU": "Russia", "US": "United States", "GB": "United Kingdom"}
LANDS = "Russia, United States, United Kingdom"


@dataclass
class World:
    """A store that is served, and what is true of the articles in it."""

    store: Path
    address: str
    truth: list[Truth]

    def count(self, topic: str, first: date, last: date, countries: tuple[str, ...] = ()) -> int:
        """Return how many articles name a topic between two days, both included."""
        return sum(
            one.topic == topic
            and first <= one.day <= last
            and (not countries or one.country in countries)
            for one in self.truth
        )


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Fill a store by the real command and serve it by the real command."""
    folder = tmp_path_factory.mktemp("jobs")
    truth = list(articles(TODAY))
    ingest(folder, [one.as_row(n) for n, one in enumerate(truth)], folder / "store")
    with serving(folder / "store") as address:
        yield World(folder / "store", address, truth)


@pytest.fixture
def analyst(browse: Browse) -> Analyst:
    """Return somebody before an empty window; high, as a list near its edge closes on scrolling."""
    return Analyst(browse(1440, 1900))


def done(record: Record, job: str, steps: int, *, most: int, begins: str = "Overview") -> None:
    """Note for the table how many steps a job took, and hold it to what it may take."""
    record("job", (job, steps, most, begins))
    assert steps <= most


def rows_of(content: bytes) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def placed(content: bytes) -> list[dict[str, str]]:
    """Return the rows of an attention CSV that stand on the time axis."""
    return [row for row in rows_of(content) if row["bucket_end"]]


def test_three_topics_90_days_and_one_countrys_press_on_one_chart(
    world: World, analyst: Analyst, record_property: Record
):
    analyst.watched.open(world.address)
    analyst.type("Topics", "yemen, unsc, ukraine")
    analyst.choose("Period", "Last 90 days")
    analyst.choose("Published in", "Russia")
    first = TODAY - timedelta(days=89)
    assert analyst.page.inner_text("h1") == (
        f"Yemen, UN Security Council and Ukraine, {first} to {TODAY}, published in Russia"
    )
    steps, lines = analyst.steps, analyst.drawn()
    rows = placed(analyst.download("CSV: attention"))
    for topic in ("yemen", "unsc", "ukraine"):
        own = [row for row in rows if row["query"] == NAMES[topic]]
        assert sum(int(row["count"] or 0) for row in own) == world.count(
            topic, first, TODAY, ("RU",)
        )
        assert max(lines[NAMES[topic]]) == max(int(row["count"] or 0) for row in own)
    done(record_property, "three topics, 90 days, one country's press", steps, most=3)


def test_that_chart_as_one_csv(world: World, analyst: Analyst, record_property: Record):
    asked = "topic=yemen&topic=unsc&topic=ukraine&last=90d&outlet_country=RU&interval=week"
    analyst.watched.open(f"{world.address}/?{asked}")
    rows = placed(analyst.download("CSV: attention"))
    period = TODAY - timedelta(days=89), TODAY
    topics = {name: topic for topic, name in NAMES.items()}
    assert {row["query"] for row in rows} == {"Yemen", "UN Security Council", "Ukraine"}
    for row in rows:
        first, last = date.fromisoformat(row["date"]), date.fromisoformat(row["bucket_end"])
        days = max(first, period[0]), min(last, period[1])
        assert int(row["count"] or 0) == world.count(topics[row["query"]], *days, ("RU",))
    done(record_property, "that chart as one CSV", analyst.steps, most=1, begins="the chart")


def test_what_caused_this_spike(world: World, analyst: Analyst, record_property: Record):
    analyst.watched.open(f"{world.address}/?topic=syria&last=90d&interval=day")
    day = TODAY - timedelta(days=SPIKE)
    cell = (
        '[data-testid="stDataFrame"] td:has-text("{}")'  # of the peaks: is it real, without a step
    )
    for words in (str(day), "solid"):
        analyst.page.wait_for_selector(cell.format(words), state="attached")
    points = analyst.page.locator(f"{CHART} .scatterlayer .trace .points path")
    points.first.wait_for()
    marks = points.all()
    tops = [mark.bounding_box() for mark in marks]
    highest = min(range(len(marks)), key=lambda n: tops[n]["y"])  # type: ignore[index]
    analyst.click(marks[highest], force=True)
    analyst.page.wait_for_url("**/articles?**")
    steps = analyst.steps
    found = rows_of(analyst.download("CSV: articles"))
    assert {row["title"] for row in found} == {
        one.title for one in world.truth if one.topic == "syria" and one.day == day
    }
    assert len(found) >= 12
    done(record_property, "what caused this spike", steps, most=1, begins="the chart")


def test_the_articles_and_sentences_behind_a_number(
    world: World, analyst: Analyst, record_property: Record
):
    analyst.watched.open(f"{world.address}/?topic=ukraine&last=90d&interval=week")
    number = int(analyst.drawn()["Ukraine"][2])
    points = analyst.page.locator(f"{CHART} .scatterlayer .trace .points path")
    analyst.click(points.nth(2), force=True)
    analyst.page.wait_for_url("**/articles?**")
    analyst.watched.settle()
    first, last = map(date.fromisoformat, parse_qs(urlsplit(analyst.page.url).query)["date"])
    true = [one for one in world.truth if one.topic == "ukraine" and first <= one.day <= last]
    assert number == len(true)
    assert f"{number} articles, newest first" in analyst.page.inner_text('[data-testid="stMain"]')
    table = analyst.page.locator('[data-testid="stDataFrame"] td')
    table.first.wait_for(state="attached")
    cells = table.all_text_contents()
    for one in true:
        assert one.title in cells
        assert any("Ukraine" in cell and cell in one.text for cell in cells)
    done(record_property, "articles and sentences", analyst.steps, most=1, begins="a number")


def test_russian_against_us_against_uk_press(
    world: World, analyst: Analyst, record_property: Record
):
    analyst.watched.open(f"{world.address}/?topic=syria&last=90d&interval=month")
    analyst.click(analyst.page.get_by_role("link", name="Countries"))
    analyst.page.wait_for_selector(f"{CHART} .heatmaplayer image")  # the last
    analyst.watched.settle()
    analyst.type("Compare the press of", LANDS)
    steps = analyst.steps
    analyst.page.locator(f"{CHART} .annotation-text").filter(has_text="Germany").wait_for(
        state="detached"
    )
    rows = placed(analyst.download("CSV: comparison"))
    codes = {name: code for code, name in COUNTRIES.items()}
    assert {row["query"] for row in rows} == set(codes)
    for row in rows:
        first, last = date.fromisoformat(row["date"]), date.fromisoformat(row["bucket_end"])
        days = max(first, TODAY - timedelta(days=89)), last
        assert int(row["count"] or 0) == world.count("syria", *days, (codes[row["query"]],))
    done(record_property, "Russian, US and UK press", steps, most=2)


def test_what_lavrov_said_on_ukraine(world: World, analyst: Analyst, record_property: Record):
    analyst.watched.open(f"{world.address}/?last=all")
    analyst.click(analyst.page.get_by_role("link", name="Quotes"))
    analyst.type("Who, or who on what", "lavrov on ukraine")
    true = [one for one in world.truth if one.quoted]
    analyst.page.wait_for_selector(
        f"text={len(true)} quotes of Sergei Lavrov that name Ukraine, newest first"
    )
    steps = analyst.steps
    said = rows_of(analyst.download("CSV: quotes"))
    assert len(said) == len(true)
    assert all(any(row["quote"].rstrip(",") in one.text for one in true) for row in said)
    done(record_property, "what Lavrov said on Ukraine", steps, most=2)


def test_the_same_view_and_numbers_to_a_colleague(
    world: World, analyst: Analyst, browse: Browse, tmp_path: Path, record_property: Record
):
    analyst.watched.open(f"{world.address}/?topic=syria&last=90d&interval=month")
    analyst.click(analyst.page.get_by_role("button", name="Share"))
    links = analyst.page.locator('[data-testid="stPopoverBody"] code')
    links.nth(1).wait_for()
    pinned, live = links.all_inner_texts()
    steps, own = analyst.steps, placed(analyst.download("CSV: attention"))
    late = Truth(TODAY, "RU", "syria", "Late talks on Syria", "They spoke of Syria once more.")
    ingest(tmp_path, [late.as_row(9000)], world.store, "late")
    world.truth.append(late)
    colleague = Analyst(browse(1440, 1900))
    colleague.watched.open(pinned)
    assert colleague.page.inner_text("h1") == analyst.page.inner_text("h1")
    theirs = placed(colleague.download("CSV: attention"))
    assert [row["count"] for row in theirs] == [row["count"] for row in own]
    colleague.watched.open(live)
    now = placed(colleague.download("CSV: attention"))
    assert sum(int(row["count"] or 0) for row in now) == 1 + sum(
        int(row["count"] or 0) for row in own
    )
    done(record_property, "same view and numbers to a colleague", steps, most=1, begins="the chart")


def test_last_quarters_report_is_made_again(world: World, tmp_path: Path, record_property: Record):
    old, new = tmp_path / "before.zip", tmp_path / "now.zip"
    middle = TODAY - timedelta(days=50)
    before = ("--from", str(TODAY - timedelta(days=99)), "--to", str(middle))
    asked = ("--topic", "syria", "--outlet-country", "RU", "--interval", "month")
    command(world.store, "report", "make", str(old), "--only", "attention", *asked, *before)
    period = ("--from", str(middle + timedelta(days=1)), "--to", str(TODAY))
    command(world.store, "report", "redo", str(old), str(new), *period)  # 1
    with zipfile.ZipFile(new) as report:
        (name,) = (one for one in report.namelist() if one.endswith("attention.csv"))
        rows = placed(report.read(name))
    true = world.count("syria", middle + timedelta(days=1), TODAY, ("RU",))
    assert sum(int(row["count"] or 0) for row in rows) == true
    done(record_property, "redo last quarter's report", 1, most=1, begins="the command line")


def test_a_pile_of_scraped_text_is_added_and_counted(
    world: World, analyst: Analyst, tmp_path: Path, record_property: Record
):
    day = TODAY - timedelta(days=3)
    for name, topic in (("one", "Yemen"), ("two", "Yemen"), ("three", "Syria")):
        (tmp_path / f"{name}.txt").write_text(
            f"Envoys on {topic} meet, {name}\nBy Ann Lee\n{day:%d %B %Y}\n\n"
            f"The envoys for {topic} met behind closed doors, {name} of them said on leaving."
        )
    analyst.watched.open(f"{world.address}/add")
    analyst.drop(sorted(tmp_path.glob("*.txt")))
    button = analyst.page.get_by_role("button", name="Store", exact=True)
    button.wait_for()
    analyst.click(button)
    said = analyst.page.inner_text('[data-testid="stAlert"]')
    assert "3 articles new in the store (3 stored). On topics: Yemen 2, Syria 1." in said
    steps = analyst.steps
    analyst.watched.open(f"{world.address}/?topic=yemen&date={day}&date={day}")
    counted = sum(int(row["count"] or 0) for row in placed(analyst.download("CSV: attention")))
    assert counted == world.count("yemen", day, day) + 2
    done(record_property, "a pile of scraped text added and counted", steps, most=2, begins="Add")


def test_a_topic_is_changed_and_the_next_ingest_keeps_it(
    world: World, analyst: Analyst, tmp_path: Path, record_property: Record
):
    """The last of all: from here on Yemen counts otherwise."""
    asked = f"{world.address}/?last=90d&interval=month&topic=yemen"
    analyst.watched.open(f"{asked}&topic=ukraine")
    before, analyst.steps = placed(analyst.download("CSV: attention")), 0
    analyst.watched.open(f"{world.address}/topics?subject=yemen&last=all")
    analyst.click(analyst.page.get_by_role("radio", name="Change"))
    analyst.write("Query", "Yemen OR Ukraine")
    analyst.page.get_by_text("with the query tried").wait_for()
    analyst.write("Your name, for the record", "Ann")
    analyst.write("Why, for the record", "both in one line")
    analyst.click(analyst.page.get_by_role("button", name="Count with this query"))
    analyst.page.get_by_text("counts like this from now on, as version 2").wait_for()
    steps = analyst.steps
    late = Truth(TODAY, "RU", "ukraine", "Later talks on Ukraine", "They spoke of Ukraine again.")
    ingest(tmp_path, [late.as_row(9001)], world.store, "later")
    world.truth.append(late)
    analyst.watched.open(asked)
    after = placed(analyst.download("CSV: attention"))
    assert sum(int(row["count"] or 0) for row in after) == 1 + sum(
        int(row["count"] or 0) for row in before
    )
    done(record_property, "a topic changed and counted", steps, most=5, begins="Topics")
