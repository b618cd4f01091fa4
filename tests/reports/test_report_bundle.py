"""A report as one zip: what its manifest says, that it can be verified, and what is noticed."""

import io
import json
import resource
import zipfile
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipelines.analysis.labels import countries_shown_as, show_countries_as
from pipelines.article import TagKind
from pipelines.cli import main
from pipelines.errors import ReportUnreadable
from pipelines.query import Interval, Query
from pipelines.reports.bundle import FILES, MANIFEST, README, make_report
from pipelines.reports.verify import Doubt, read_report, verify_report
from pipelines.store import hide, open_store, set_date
from tests.store.build import LENTA, article, build, naming, on_day

MADE = datetime(2015, 7, 2, 8, tzinfo=UTC)
ASKED = Query(topics=("syria",), text="peace", start=date(2015, 6, 1), end=date(2015, 6, 30))


@pytest.fixture
def store_path(tmp_path):
    written = [
        naming(
            article(number, on_day(date(2015, 6, number)), text=text, title=title, outlet=LENTA),
            (TagKind.TOPIC, "syria", "Syria"),
            (TagKind.COUNTRY, "SY", "Syria"),
        )
        for number, text, title in (
            (1, "Syria wants peace.", "Talks"),
            (2, "Nothing new in Syria.", "=cmd|' /C calc'!A0"),
            (3, "Rain.", "Weather"),
        )
    ]
    return build(tmp_path / "store", written)


@pytest.fixture
def report_path(store_path, tmp_path):
    with closing(open_store(store_path)) as store:
        path = tmp_path / "report.zip"
        path.write_bytes(make_report(store, ASKED, now=MADE, name=path.name).content)
        return path


def rewritten(path: Path, name: str, content: bytes | None) -> Path:
    """Return a copy of a report in which one file is another, or gone."""
    copy = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w") as new:
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
        if content is not None:
            new.writestr(name, content)
    return copy


def test_a_report_has_every_file_with_its_rows_and_says_what_was_asked(report_path):
    report = read_report(report_path)
    manifest = report.manifest
    assert set(report.files) == {f"{kind}.csv" for kind in FILES} | {MANIFEST, README}
    rows = {entry["kind"]: entry["rows"] for entry in manifest["files"]}
    assert rows["articles"] == 2
    assert rows["countries"] == 2  # Syria mentioned, Russia published in
    assert manifest["heading"] == "Syria and peace, 2015-06-01 to 2015-06-30"
    topic, query = manifest["series"]
    assert (topic["query"], topic["version"], topic["reading"]) == ("Syria", 1, "Syria")
    assert query["reading"] == "peace"
    assert report.query.topics == ("syria",)
    assert (report.query.snap, report.query.interval) == (1, Interval.DAY)
    cells = {entry["kind"]: entry["guarded_cells"] for entry in manifest["files"]}
    assert (cells["articles"], cells["attention"]) == (1, 0)


def test_the_same_question_gives_the_same_bytes(store_path):
    with closing(open_store(store_path)) as one, closing(open_store(store_path)) as other:
        first, second = (make_report(store, ASKED, now=MADE) for store in (one, other))
    assert first.content == second.content


def test_a_report_holds_though_the_store_has_gone_on(store_path, report_path):
    with closing(open_store(store_path)) as store:
        other = int(store.articles(Query())["article_id"].iloc[0])
    set_date(store_path, other, date(2015, 6, 20), who="A. Reader", now=MADE)
    assert verify_report(read_report(report_path), store_path) == []


def test_a_changed_file_is_named_with_its_line(store_path, report_path):
    content = read_report(report_path).files["articles.csv"].replace(b"Talks", b"Talk")
    changed = rewritten(report_path, "articles.csv", content)
    (finding,) = verify_report(read_report(changed), store_path)
    assert (finding.doubt, finding.file) == (Doubt.CHANGED, "articles.csv")


def test_a_missing_and_an_added_file_are_named(store_path, report_path):
    (finding,) = verify_report(read_report(rewritten(report_path, "outlets.csv", None)), store_path)
    assert (finding.file, finding.what) == ("outlets.csv", "is missing")
    added = read_report(rewritten(report_path, "more.csv", b"x"))
    (finding,) = verify_report(added, store_path)
    assert (finding.file, finding.what) == ("more.csv", "is not in the manifest")


def test_a_forged_manifest_does_not_agree_with_the_store(store_path, report_path):
    report = read_report(report_path)
    link = report.manifest["link"].replace("topic=syria", "topic=ukraine")
    forged = json.dumps({**report.manifest, "link": link}).encode()
    findings = verify_report(read_report(rewritten(report_path, MANIFEST, forged)), store_path)
    assert {one.doubt for one in findings} == {Doubt.DIFFERS}
    assert "line 2 was" in next(one.what for one in findings if one.file == "articles.csv")


def test_a_forged_heading_is_named_wherever_it_stands(store_path, report_path):
    report = read_report(report_path)
    readme = report.files[README].replace(b"Syria", b"Russia")
    (finding,) = verify_report(read_report(rewritten(report_path, README, readme)), store_path)
    assert (finding.doubt, finding.file) == (Doubt.CHANGED, README)
    heading = report.manifest["heading"].replace("Syria", "Russia")
    forged = json.dumps({**report.manifest, "heading": heading}).encode()
    one = rewritten(report_path, README, readme).rename(report_path.with_name("one.zip"))
    both = rewritten(one, MANIFEST, forged)
    (finding,) = verify_report(read_report(both), store_path)
    assert finding.file == MANIFEST
    assert finding.what.startswith("`heading` is not")
    (finding,) = verify_report(read_report(rewritten(report_path, README, None)), store_path)
    assert (finding.file, finding.what) == (README, "is missing")


def test_a_disk_that_is_full_leaves_the_report_that_is_there(store_path, tmp_path, capsys):
    file = tmp_path / "out" / "june.zip"
    file.parent.mkdir()
    words = ["report", "make", str(file), "--topic", "syria"]
    assert main([*words, "--store", str(store_path)]) == 0
    before = file.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        assert main([*words, "--store", str(store_path)]) == 2
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert "cannot write the report" in capsys.readouterr().err
    assert list(file.parent.iterdir()) == [file]
    assert file.read_bytes() == before


def test_a_version_that_is_gone_is_said(report_path, tmp_path):
    (finding,) = verify_report(read_report(report_path), tmp_path / "nowhere")
    assert finding.doubt is Doubt.GONE


def test_countries_called_otherwise_by_now_are_no_difference(store_path, tmp_path):
    show_countries_as({"SY": "Syrian Arab Republic"})
    try:
        with closing(open_store(store_path)) as store:
            path = tmp_path / "report.zip"
            path.write_bytes(make_report(store, ASKED, now=MADE, name=path.name).content)
    finally:
        show_countries_as({})
    assert b"Syrian Arab Republic" in read_report(path).files["countries.csv"]
    assert verify_report(read_report(path), store_path) == []
    assert countries_shown_as() == {}


def test_other_code_is_a_note_and_not_a_fault(store_path, report_path):
    manifest = {**read_report(report_path).manifest, "code": "0" * 16}
    other = rewritten(report_path, MANIFEST, json.dumps(manifest).encode())
    assert [one.doubt for one in verify_report(read_report(other), store_path)] == [Doubt.CODE]


@pytest.mark.parametrize(
    "content",
    [b"", b"no zip", pytest.param(None, id="a zip without a manifest"), b'{"format": 99}', b"[]"],
)
def test_what_is_no_report_is_refused(tmp_path, content):
    path = tmp_path / "report.zip"
    path.write_bytes(content or b"")
    if content is None or content[:1] in (b"{", b"["):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr(MANIFEST if content else "x.csv", content or b"x")
        path.write_bytes(packed.getvalue())
    with pytest.raises(ReportUnreadable):
        read_report(path)


def test_an_unknown_kind_of_file_is_refused(store_path):
    with closing(open_store(store_path)) as store, pytest.raises(ValueError, match="no file"):
        make_report(store, ASKED, now=MADE, files=["weather"])


def test_the_command_line_makes_checks_and_asks_again(store_path, tmp_path, capsys):
    old, new = str(tmp_path / "old.zip"), str(tmp_path / "new.zip")
    at = ["--store", str(store_path)]
    assert main(["report", "make", old, "--topic", "syria", "--to", "2015-06-01", *at]) == 0
    assert "articles.csv 1 rows" in capsys.readouterr().out
    assert main(["report", "verify", old, *at]) == 0
    assert "holds" in capsys.readouterr().out
    assert main(["report", "redo", old, new, "--to", "2015-06-30", *at]) == 0
    assert "articles.csv 2 rows" in capsys.readouterr().out
    changed = rewritten(Path(old), "articles.csv", b"x")
    assert main(["report", "verify", str(changed), *at]) == 1
    assert "was changed" in capsys.readouterr().err
    assert main(["report", "verify", str(tmp_path), *at]) == 1
    assert main(["report", "make", str(tmp_path), *at]) == 2


def test_a_report_says_what_people_corrected_and_hid(store_path):
    with closing(open_store(store_path)) as store:
        newest = int(store.articles(Query(topics=("syria",)))["article_id"].iloc[0])
    hide(store_path, newest, who="A. Reader", now=MADE, why="a test page")
    with closing(open_store(store_path)) as store:
        report = make_report(store, ASKED, now=MADE)
    assert report.manifest["hidden"] == 1
    with zipfile.ZipFile(io.BytesIO(report.content)) as archive:
        listed = archive.read("corrections.csv").decode()
    assert "A. Reader,a test page" in listed
