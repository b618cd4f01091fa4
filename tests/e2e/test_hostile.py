"""Headlines, names and texts that try to be more than text: on every page they do nothing."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from corpus import command
from serving import serving
from watching import Watched

pytestmark = pytest.mark.e2e
Browse = Callable[..., Watched]
TRACKER = "http://tracker.example"
HOSTILE = (
    "<script>window.hit = 1</script>",
    f"![pixel]({TRACKER}/md.png)",
    f'<img src="{TRACKER}/html.png" onerror="window.hit = 1">',
    "[read on](javascript:window.hit=1)",
    '<a href="javascript:window.hit=1" onmouseover="window.hit=1">read on</a>',
    "\u202eesrever eb ot dnetni\u202c :red[loud] :material/home: $x^2$",
)
ALL = " ".join(HOSTILE)
LONG = "Syria " + "endless " * 1250  # 10,000 characters
SETTINGS = """
store = "{store}"
topics = "topics.toml"

[reading]
processes = 0
"""
TOPICS = f"""
[[topic]]
id = "syria"
name = '''Syria {HOSTILE[1]} {HOSTILE[2]}'''
color = "#b5442e"
description = '''{ALL}'''
query = "Syria"
"""


def _row(number: int, title: str, text: str, **more: str) -> dict[str, str]:
    return {
        "url": f"https://echo.example/{number}",
        "title": title,
        "text": text,
        "publish_date": f"2024-05-{number % 28 + 1:02}",
        "media_name": f"Echo {HOSTILE[0]} {HOSTILE[1]}",
        "outlet_country": "GB",
        "author": ALL,
        "tags": HOSTILE[3],
        "language": "en",
        **more,
    }


def _rows() -> Iterator[dict[str, str]]:
    said = f'"Syria {ALL}," Sergei Lavrov said on Monday. '
    for number, hostile in enumerate(HOSTILE):
        yield _row(number, f"Syria {hostile}", f"They spoke of Syria in Geneva. {said}{hostile}")
    yield _row(10, f"Everything on Syria {ALL}", f"{said}\n\n{ALL}\n\nNothing more on Syria.")
    yield _row(11, LONG, f"{LONG}\n\nSyria it was.")
    yield _row(12, "Syria by a foul address", "Of Syria.", url="javascript:window.hit=1")


@pytest.fixture(scope="module")
def hostile_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fill a store with the texts above by the real command."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "wirewatch.toml").write_text(SETTINGS.format(store=folder / "store"))
    (folder / "topics.toml").write_text(TOPICS, encoding="utf-8")
    pile = folder / "pile.jsonl"
    pile.write_text("".join(json.dumps(row) + "\n" for row in _rows()), encoding="utf-8")
    command(folder / "store", "ingest", str(pile), "--config", str(folder / "wirewatch.toml"))
    return folder / "store"


@pytest.fixture(scope="module")
def hostile(hostile_store: Path) -> Iterator[str]:
    """Serve these texts and return where."""
    settings = str(hostile_store.parent / "wirewatch.toml")
    with serving(hostile_store, WIREWATCH_CONFIG=settings, WIREWATCH_NOTICE=ALL) as started:
        yield started


def _id_of(store: Path, title: str) -> str:
    rows = json.loads(command(store, "articles", "--format", "json"))
    return next(str(row["id"]) for row in rows if title in str(row["title"]))


def _assert_nothing_happened(watched: Watched) -> None:
    page = watched.page
    assert page.evaluate("window.hit") is None
    assert page.locator(f'[src*="{TRACKER}"], [href^="javascript:"], [onerror]').count() == 0
    assert (
        page.locator('[data-testid="stMain"] script, [data-testid="stMain"] marquee').count() == 0
    )
    assert page.locator('[data-testid="stException"]').count() == 0
    main = page.locator('[data-testid="stMain"]')
    assert main.evaluate("one => one.scrollWidth - one.clientWidth") == 0


PAGES = (
    "?topic=syria",
    "entities?topic=syria",
    "entity?name=sergei-lavrov",
    "countries?topic=syria",
    "quotes?topic=syria",
    "articles?topic=syria",
    "topics?subject=syria",
    "coverage",
    "reports?topic=syria",
)


@pytest.mark.parametrize("page", PAGES)
def test_hostile_texts_do_nothing(hostile: str, browse: Browse, page: str):
    watched = browse(390, 844)  # here a headline of 10,000 characters would push the page wide
    watched.open(f"{hostile}/{page}")
    _assert_nothing_happened(watched)
    assert "<script>window.hit = 1</script>" in watched.page.inner_text('[data-testid="stApp"]')


@pytest.mark.parametrize("title", ["Everything on Syria", "endless"])
def test_a_hostile_article_is_shown_as_it_was_written(
    hostile: str, hostile_store: Path, browse: Browse, title: str
):
    watched = browse(390, 844)
    watched.open(f"{hostile}/article?article={_id_of(hostile_store, title)}")
    _assert_nothing_happened(watched)
    shown = watched.page.inner_text("h1").replace("\u2060", "")
    turned = {ord(mark): None for mark in "\u202e\u202c"}  # these are taken out when it is read in
    assert shown in (f"Everything on Syria {ALL}".translate(turned), LONG.strip())
    assert watched.page.locator('h1 :is(img, b, script, a:not([href^="#"]))').count() == 0
