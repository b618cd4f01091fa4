"""The quality gate keeps its floors, on tiny made pages."""

import gzip
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipelines.article import Publication
from tests.bench.interleaved import read_kept
from tests.quality import date_days, gate
from tests.quality.bootstrap import interval
from tests.quality.corpora import fingerprint
from tests.quality.date_days import Page
from tests.quality.dumps import visible_text
from tests.quality.floors import floor_of, read_floors
from tests.quality.measures import MEASURES, DateScore, calibration_error, day_accuracy
from tests.quality.quality_page import ALL, SAMPLE, to_page
from tests.quality.sets import OF_PAGES, SETS

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ROOT / "tests" / "quality" / "floors.json"
BODY = " ".join(f"The envoy said that round {n} of the talks had ended." for n in range(40))
PAGE = f"""<html><head><title>Talks end</title>
<meta property="article:published_time" content="2021-03-04T10:00:00+00:00"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Talks end</h1><p>{BODY}</p></article></body>
"""


def pack(path: Path, text: str = PAGE) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), mtime=0))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a folder with one page of each set."""
    pages = tmp_path / "data" / "pages"
    pack(pages / "scrapinghub-aeb" / "html" / "one.html.gz")
    truth = {"one": {"url": "https://a.example/1", "articleBody": BODY}}
    (pages / "scrapinghub-aeb" / "ground-truth.json").write_text(json.dumps(truth))
    pack(pages / "htmldate-eval" / "html" / "one.html.gz")
    days = {"https://a.example/1": {"file": "one.html", "date": "2021-03-04"}}
    (pages / "htmldate-eval" / "eval_default_half.json").write_text(json.dumps(days))
    outlet = pages / "fundus-parsers" / "us"
    pack(outlet / "Outlet_2021_03_05.html.gz")
    name = "Outlet_2021_03_05.html"
    info = {name: {"url": "https://b.example/1", "crawl_date": "2021-03-05 08:00:00"}}
    (outlet / "meta.info").write_text(json.dumps(info))
    versions = {"V1": {"publishing_date": "2021-03-04 10:00:00+00:00"}}
    (outlet / "Outlet.json").write_text(json.dumps(versions))
    return tmp_path / "data"


@pytest.fixture
def floors(data: Path) -> Path:
    """Return the floors pinned on the made pages."""
    path = data / "floors.json"
    assert run(data, path, "--pin", "--on", "2026-01-01") == 0
    return path


PAGES = ("bodies", "dumps", "htmldate", "fundus")  # what the made data holds


def run(data: Path, floors: Path, *more: str) -> int:
    sets = () if "--sample" in more else ("--sets", *PAGES)
    return gate.main(["--data", str(data), "--floors", str(floors), *sets, *more])


def set_floor(path: Path, name: str, floor: float) -> None:
    kept = json.loads(path.read_text())
    kept["runs"][ALL][name]["floor"] = floor
    path.write_text(json.dumps(kept))


def test_figures_at_their_floors_pass(data: Path, floors: Path) -> None:
    assert run(data, floors) == 0
    assert read_floors(floors).runs[ALL]["day_fundus"].floor == 1.0


def test_a_broken_floor_is_named_and_ends_with_1(
    data: Path, floors: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    set_floor(floors, "calibration_error", 0.0)
    assert run(data, floors) == 1
    assert "worse than the floor: calibration_error" in capsys.readouterr().out


def test_peers_are_shown_beside_ours(
    data: Path, floors: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = ["--data", str(data), "--floors", str(floors), "--sets", "dumps", "--peers"]
    assert gate.main(one) == 0
    assert "the dump as it is" in capsys.readouterr().out


def test_a_figure_without_a_floor_does_not_pass(data: Path, tmp_path: Path) -> None:
    assert run(data, tmp_path / "none.json") == 1


def test_a_changed_page_ends_with_2(data: Path, floors: Path) -> None:
    pack(data / "pages" / "htmldate-eval" / "html" / "one.html.gz", PAGE + " ")
    assert run(data, floors) == 2
    assert run(data, floors, "--pin", "--on", "2026-01-02") == 2


def test_changed_pages_are_pinned_with_a_reason(data: Path, floors: Path) -> None:
    pack(data / "pages" / "htmldate-eval" / "html" / "one.html.gz", "<p>No date here at all.</p>")
    change = ("--new-corpus", "htmldate-eval", "--why", "the truth was wrong")
    assert run(data, floors, "--pin", "--on", "2026-01-02", *change) == 0
    kept = read_floors(floors)
    assert kept.runs[ALL]["day_htmldate"].floor == 0.0
    assert [r["why"] for r in kept.reasons] == ["the truth was wrong"]
    assert run(data, floors) == 0


def test_pinning_some_sets_keeps_the_floors_of_the_others(data: Path, floors: Path) -> None:
    before = read_floors(floors).runs[ALL]
    one = ["--data", str(data), "--floors", str(floors), "--sets", "fundus"]
    assert gate.main([*one, "--pin", "--on", "2026-01-02"]) == 0
    after = read_floors(floors)
    assert after.runs[ALL] == before
    assert after.measured_on == "2026-01-02"
    assert set(after.corpora) == {"fundus-parsers", "htmldate-eval", "scrapinghub-aeb"}


def test_a_measure_that_no_longer_exists_is_a_broken_floor(data: Path, floors: Path) -> None:
    kept = json.loads(floors.read_text())
    kept["runs"][ALL]["gone"] = kept["runs"][ALL]["day_fundus"]
    floors.write_text(json.dumps(kept))
    assert run(data, floors) == 1


def test_pinning_refuses_to_lower_a_floor(data: Path, floors: Path) -> None:
    set_floor(floors, "body_f1", 1.5)
    before = floors.read_bytes()
    assert run(data, floors, "--pin", "--on", "2026-01-02") == 1
    assert floors.read_bytes() == before


def test_a_floor_is_lowered_with_a_reason_that_is_kept(data: Path, floors: Path) -> None:
    set_floor(floors, "body_f1", 1.5)
    lower = ("--lower", "body_f1", "--why", "fewer pages")
    assert run(data, floors, "--pin", "--on", "2026-01-02", *lower) == 0
    (reason,) = read_floors(floors).reasons
    assert (reason["measure"], reason["from"], reason["why"]) == ("body_f1", "1.5", "fewer pages")
    assert "body_f1, 1.5 to 1.0: fewer pages" in to_page(read_floors(floors))


@pytest.mark.parametrize(
    "arguments",
    [["--pin"], ["--pin", "--on", "2026-01-01", "--lower", "body_f1"], ["--peers", "--sample"]],
)
def test_half_a_command_is_refused(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        gate.main(arguments)
    assert refused.value.code == 2


def test_a_clock_taken_for_a_date_cannot_be_pinned(data: Path, tmp_path: Path) -> None:
    wrong = PAGE.replace("2021-03-04T10", "2021-03-05T10")  # the day of the crawl
    pack(data / "pages" / "fundus-parsers" / "us" / "Outlet_2021_03_05.html.gz", wrong)
    lower = ("--lower", "clocks_taken", "--why", "no")
    assert run(data, tmp_path / "new.json", "--pin", "--on", "2026-01-02", *lower) == 1


def test_without_the_data_it_skips_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, tmp_path / "floors.json") == 0
    assert capsys.readouterr().out.startswith("skipped: the real test data is not beside")


def test_a_floor_is_rounded_to_the_worse_side() -> None:
    assert floor_of("body_f1", 0.96419) == 0.964
    assert floor_of("body_f1", 0.964) == 0.964
    assert floor_of("calibration_error", 0.0311) == 0.032


def test_a_renamed_file_is_another_corpus(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    before = fingerprint(tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    assert fingerprint(tmp_path).sha256 != before.sha256
    assert before.files == 1


def dated(publisher: str, confidence: float, *, right: bool) -> DateScore:
    return DateScore(publisher, right, dated=True, confidence=confidence, clock=False, minute=None)


def test_confidence_of_nine_tenths_right_half_the_time_is_off_by_four_tenths() -> None:
    scores = [dated("a", 0.9, right=True), dated("b", 0.9, right=False)]
    assert calibration_error(scores) == pytest.approx(0.4)


def test_the_interval_draws_publishers_not_pages() -> None:
    scores = [dated("a", 0.9, right=True)] * 50 + [dated("b", 0.9, right=False)] * 50
    assert interval(scores, day_accuracy) == (0.0, 1.0)


def test_a_dump_is_what_a_reader_sees() -> None:
    page = b"""<head><title>No</title></head><body><p>One <b>two</b>
    three<br>four</p><script>no</script><!-- no --><p hidden>no</p> five<div>six</div></body>"""
    assert visible_text(page) == "One two three\nfour\nfive\nsix"


def test_every_measure_has_floors() -> None:
    runs = read_floors(FLOORS).runs
    assert set(runs[ALL]) == set(runs[SAMPLE]) == set(MEASURES)


def test_the_page_shows_the_pinned_figures() -> None:
    page = (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")
    assert page == to_page(read_floors(FLOORS), read_kept()), (
        "run: python -m tests.quality.gate --write docs/quality.md"
    )


def test_every_measure_is_taken_in_one_of_the_two_samples() -> None:
    of_texts = set(SETS) - set(OF_PAGES)
    for name, measure in MEASURES.items():
        assert set(measure.sets) <= set(OF_PAGES) or set(measure.sets) <= of_texts, name


def test_a_truth_after_the_crawl_makes_no_clock_of_the_day_of_the_crawl() -> None:
    crawled = datetime(2021, 3, 5, 8, tzinfo=UTC)
    found = Publication(published_day=crawled.date())
    for day, is_clock in ((date(2021, 3, 1), True), (date(2021, 5, 3), False)):
        page = Page("one", b"", "", day, crawled=crawled)
        assert date_days.is_clock(page, found) is is_clock


def test_midnight_stands_for_a_day() -> None:
    day = date(2021, 3, 4)
    midnight, noon = datetime(2021, 3, 4, tzinfo=UTC), datetime(2021, 3, 4, 12, tzinfo=UTC)
    assert not date_days.is_timed(Page("one", b"", "", day, midnight))
    assert date_days.is_timed(Page("one", b"", "", day, noon))


def test_a_day_is_as_exact_as_a_truth_of_midnight_and_not_as_a_time() -> None:
    day = date(2021, 3, 4)
    midnight, noon = datetime(2021, 3, 4, tzinfo=UTC), datetime(2021, 3, 4, 12, tzinfo=UTC)
    of_a_day, of_a_time = Page("one", b"", "", day, midnight), Page("one", b"", "", day, noon)
    assert date_days.as_exact(of_a_day, None, day)
    assert date_days.as_exact(of_a_day, midnight, day)
    assert not date_days.as_exact(of_a_day, noon, day)
    assert not date_days.as_exact(of_a_day, None, date(2021, 3, 5))
    assert not date_days.as_exact(of_a_time, None, day)
    assert date_days.as_exact(of_a_time, noon, day)
