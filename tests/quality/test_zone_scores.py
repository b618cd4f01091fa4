"""The pages labelled with zones are whole, and their scorer counts as it says."""

import gzip
import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.article import Form, Mention, TagKind, Zone
from tests.quality import zones
from tests.quality.bootstrap import interval
from tests.quality.zones import ZoneScore, agreement, count_words, score
from tests.quality.zones_aligned import align
from tests.quality.zones_gold import (
    SPLITS,
    GoldPage,
    Labelled,
    Range,
    gold_pages,
    n_words,
    read_keys,
    read_labelled,
    zones_of,
)

F, H, L, B, R = Zone.FURNITURE, Zone.HEADLINE, Zone.LEDE, Zone.BODY, Zone.RELATED
HEADLINE = "Envoys agree on a new round of talks"
LEDE = "The envoys said in Geneva on Monday that the talks would go on for another week at least."
BODY = (
    "They will meet again on Thursday, when the ministers of both sides are expected to join them."
)
LAST = "A diplomat from Norway, who asked not to be named, called the day a small but real step."
TAIL = "Readers of this newspaper pay less for the ferry to Iceland when they book in the spring."
LINES = ("Menu", HEADLINE, LEDE, BODY, LAST, TAIL)
HTML = f"""<html><head><title>{HEADLINE}</title></head><body><nav>Menu</nav><article>
<h1>{HEADLINE}</h1><p>{LEDE}</p><p>{BODY}</p><p>{LAST}</p><p>{TAIL}</p></article></body></html>"""


def made(*labels: Zone, lines: tuple[str, ...] = LINES, html: str = HTML) -> GoldPage:
    return GoldPage(1, "https://a.example/talks", "dev", html.encode(), lines, labels)


def scored(*pairs: tuple[str, Zone, Zone], publisher: str = "a.example") -> ZoneScore:
    """Return the score of lines with their true and their found zones."""
    lines, true, found = zip(*pairs, strict=True)
    return ZoneScore(publisher, 1, count_words(lines, true, found), found)


def place(folder: Path, html: str = HTML) -> Labelled:
    """Save a page and return what names it."""
    (folder / "set").mkdir()
    (folder / "set" / "one.html.gz").write_bytes(gzip.compress(html.encode(), mtime=0))
    hashes = (hashlib.sha256(text.encode()).hexdigest() for text in (html, "\n".join(LINES)))
    return Labelled(1, "set/one.html.gz", "https://a.example/1", "dev", *hashes, n_lines=6)


# The labels.


def test_every_chosen_page_is_labelled_and_no_other() -> None:
    assert [page.number for page in read_labelled(splits=SPLITS)] == sorted(read_keys())


def test_every_range_lies_inside_its_dump_and_none_overlap() -> None:
    keys = read_keys()
    for page in read_labelled(splits=SPLITS):
        assert len(zones_of(keys[page.number], page.n_lines)) == page.n_lines


def test_every_page_has_a_headline_and_one_lede() -> None:
    for ranges in read_keys().values():
        assert any(found.zone is H for found in ranges)
        assert [found.last - found.first for found in ranges if found.zone is L] == [0]


def test_the_pages_are_those_that_were_labelled(shared_data: Path) -> None:
    pages = list(gold_pages(shared_data / "pages", read_keys()))
    assert [page.number for page in pages] == list(range(1, 61))
    assert [page.split for page in pages] == ["dev"] * 30 + ["test"] * 30


def test_the_fresh_pages_are_those_that_were_labelled(shared_data: Path) -> None:
    pages = zones.labelled_pages(shared_data, ["fresh"])
    assert [page.number for page in pages] == list(range(61, 91))
    assert {page.split for page in pages} == {"fresh"}


def test_pages_that_were_not_asked_for_are_not_read(tmp_path: Path) -> None:
    row = {"corpus": "set", "file": "one", "url": "u", "sha256": "", "dump_sha256": "", "lines": 1}
    rows = [row | {"number": n, "split": split} for n, split in enumerate(SPLITS, 1)]
    path = tmp_path / "pages.json"
    path.write_text(json.dumps(rows))
    assert [page.split for page in read_labelled(path)] == ["dev", "test"]
    assert [page.split for page in read_labelled(path, ["fresh"])] == ["fresh"]


@pytest.mark.parametrize(
    "ranges",
    [
        [Range(1, 3, B), Range(3, 4, L)],
        [Range(5, 6, B), Range(1, 2, L)],
        [Range(3, 2, B)],
        [Range(0, 2, B)],
        [Range(6, 7, B)],
    ],
    ids=["overlap", "out of order", "backwards", "before the first line", "behind the last"],
)
def test_a_range_that_cannot_be_is_an_error(ranges: list[Range]) -> None:
    with pytest.raises(ValueError, match="ranges must be in order"):
        zones_of(ranges, 6)


def test_lines_in_no_range_are_furniture() -> None:
    assert zones_of([Range(2, 2, H), Range(4, 5, B)], 6) == (F, H, F, B, B, F)


def test_an_unknown_zone_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "keys.json").write_text('{"1": [[1, 2, "footer"]]}')
    with pytest.raises(ValueError, match="footer"):
        read_keys(tmp_path / "keys.json")


def test_a_page_is_read_with_its_labels(tmp_path: Path) -> None:
    page = place(tmp_path)
    (found,) = gold_pages(tmp_path, {1: [Range(2, 2, H)]}, [page])
    assert found.lines == LINES
    assert found.zones == (F, H, F, F, F, F)


def test_a_changed_page_is_named(tmp_path: Path) -> None:
    page = replace(place(tmp_path), sha256="0")
    with pytest.raises(ValueError, match=r"page 1, set/one\.html\.gz: not the page"):
        list(gold_pages(tmp_path, {1: []}, [page]))


def test_a_changed_dump_is_named(tmp_path: Path) -> None:
    page = replace(place(tmp_path), dump_sha256="0")
    with pytest.raises(ValueError, match=r"page 1, set/one\.html\.gz: its dump has changed"):
        list(gold_pages(tmp_path, {1: []}, [page]))


def test_a_page_without_a_key_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"page 1, set/one\.html\.gz: it has no key"):
        list(gold_pages(tmp_path, {}, [place(tmp_path)]))


def test_a_bad_key_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"page 1, set/one\.html\.gz: lines 7 to 7"):
        list(gold_pages(tmp_path, {1: [Range(7, 7, B)]}, [place(tmp_path)]))


def test_a_missing_page_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(gold_pages(tmp_path / "elsewhere", {1: []}, [place(tmp_path)]))


# The figures.


@pytest.mark.parametrize(
    ("line", "words"),
    [("two words", 2), ("日本の新聞", 3), ("AI と日本", 3), ("— ___ ,", 0), ("Сирию, 2015", 2)],
)
def test_two_characters_are_a_word_in_scripts_without_spaces(line: str, words: int) -> None:
    assert n_words(line) == words


@pytest.mark.parametrize("form", [Form.PAGE, Form.CLIPPING], ids=["page", "dump"])
def test_a_page_read_as_it_is_labelled_scores_1(form: Form) -> None:
    found = [score(made(F, H, L, B, B, B), form)]
    assert zones.zone_f1(found) == zones.counted_f1(found) == zones.mean_f1(found) == 1.0
    assert zones.stray_mentions(found) == 0.0
    assert found[0].mentions > 0


@pytest.mark.parametrize("form", [Form.PAGE, Form.CLIPPING], ids=["page", "dump"])
@pytest.mark.parametrize("zone", [R, Zone.TAGS, F])
def test_a_mention_counted_where_none_may_be_is_stray(form: Form, zone: Zone) -> None:
    found = score(made(F, H, L, B, B, zone), form)
    assert [(mention.tag, mention.zone) for mention in found.stray] == [("IS", B)]


@pytest.mark.parametrize(("again", "stray"), [(False, 0), (True, 1)], ids=["once", "twice"])
def test_a_title_shown_twice_is_stray_where_it_is_counted_twice(again: bool, stray: int) -> None:
    title = "Envoys from Iceland agree on a new round of talks"
    page = made(F, H, L, lines=(title, title, LEDE))
    texts = [(0, title, H)] * (1 + again) + [(0, LEDE, L)]
    ours = [(100 * n, text, zone) for n, (_, text, zone) in enumerate(texts)]
    mentions = [
        Mention(TagKind.COUNTRY, "IS", at, at + 7, "Iceland", H) for at, _, z in ours if z is H
    ]
    links = {(0, 0), (1, 1), (2, 2)} if again else {(0, 0), (1, 2)}
    assert len(zones.stray_of(mentions, ours, links, page)[0]) == stray


def test_furniture_found_as_body_costs_precision() -> None:
    found = [scored((LEDE, B, B), (TAIL, F, B))]
    assert zones.zone_f1(found) == zones.counted_f1(found) == 2 * 18 / (18 + 35)


def test_lede_and_body_swapped_cost_f1_but_nothing_where_they_are_one() -> None:
    found = [scored((HEADLINE, H, H), (LEDE, L, B), (BODY, B, L))]
    assert zones.zone_f1(found) == 8 / 43
    assert zones.merged_f1(found) == zones.counted_f1(found) == 1.0


def test_counted_f1_knows_only_what_counts() -> None:
    found = [scored((HEADLINE, H, B), (LEDE, Zone.BYLINE, R), (BODY, B, B), (LAST, B, F))]
    assert zones.counted_f1(found) == 2 * 25 / (43 + 25)


def test_nothing_found_scores_0() -> None:
    found = [scored((LEDE, L, F))]
    assert zones.zone_f1(found) == zones.counted_f1(found) == zones.mean_f1(found) == 0.0


def test_a_capture_without_a_document_is_all_furniture_and_says_why() -> None:
    lines = ("Menu", "Search", "Log in")
    found = score(made(F, H, F, lines=lines), Form.CLIPPING)
    assert found.words == {(F, F): 3, (H, F): 1}
    assert "page 1" in found.problem


def test_the_interval_is_that_of_the_figure() -> None:
    found = [
        scored((LEDE, L, L), publisher="a.example"),
        scored((LEDE, L, F), publisher="b.example"),
    ]
    low, high = interval(found, zones.zone_f1)
    assert (low, high) == (0.0, 1.0)


def test_text_that_is_nowhere_on_the_page_is_not_stray_but_unplaced() -> None:
    html = HTML.replace(f"<title>{HEADLINE}", "<title>Iceland and Norway in the same boat again")
    page = made(F, H, L, B, B, B, html=html.replace(f"<h1>{HEADLINE}</h1>", ""))
    found = score(page, Form.PAGE)
    assert (found.stray, found.unplaced) == ((), 2)


def test_the_report_names_the_pages_with_stray_mentions(
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = made(F, H, L, B, B, R)
    found = [score(page, Form.CLIPPING)]
    zones.report("made", found)
    zones.report_wrong([page], found)
    printed = capsys.readouterr().out
    assert "stray mentions 1 on 1 pages [1]" in printed
    assert "   6   17   related not body" in printed


# Where the document's lines stand on the page.


def linked(ours: list[tuple[str, Zone]], dump: list[str]) -> list[tuple[int, int]]:
    return sorted(align(ours, dump))


def test_a_title_that_also_stands_in_a_menu_is_the_one_over_the_text() -> None:
    dump = [HEADLINE, "Menu", HEADLINE, LEDE, BODY, "Most read", HEADLINE]
    assert linked([(HEADLINE, H), (LEDE, L), (BODY, B)], dump) == [(0, 2), (1, 3), (2, 4)]


def test_a_caption_put_last_is_found_where_it_stands() -> None:
    dump = [HEADLINE, TAIL, LEDE, BODY]
    ours = [(HEADLINE, H), (LEDE, L), (BODY, B), (TAIL, Zone.CAPTION)]
    assert linked(ours, dump) == [(0, 0), (1, 2), (2, 3), (3, 1)]


def test_a_paragraph_joined_from_lines_is_all_of_them() -> None:
    dump = [LEDE, "Yes.", BODY, "Share"]
    assert linked([(f"{LEDE} Yes. {BODY}", B)], dump) == [(0, 0), (0, 1), (0, 2)]


def test_a_line_read_as_several_paragraphs_is_each_of_them() -> None:
    ours = [(LEDE, L), ("Yes.", B), (BODY, B)]
    assert linked(ours, ["Menu", f"{LEDE} Yes. {BODY}"]) == [(0, 1), (1, 1), (2, 1)]


def test_a_line_that_lost_a_link_is_still_that_line() -> None:
    assert linked([(BODY.replace("ministers ", ""), B)], ["Menu", LEDE, BODY]) == [(0, 2)]


def test_spelling_does_not_part_lines() -> None:
    assert linked([("“Talks” — again…", H)], ['"Talks" - AGAIN']) == [(0, 0)]


def test_tags_in_one_line_are_found_one_by_one_beside_the_text() -> None:
    dump = ["Talks", *["Menu"] * 30, LEDE, "Norway", ",", "Talks"]
    ours = [(LEDE, L), ("Norway, Talks, Geneva", Zone.TAGS)]
    assert linked(ours, dump) == [(0, 31), (1, 32), (1, 34)]


def test_a_short_line_far_from_the_text_is_a_menu() -> None:
    assert linked([(LEDE, L), ("Norway", B)], ["Norway", *["Menu"] * 30, LEDE]) == [(0, 31)]


def test_lines_that_only_share_words_are_not_linked() -> None:
    assert linked([("The talks ended on Monday without a word", B)], [LEDE, BODY]) == []


# The second annotator.


def test_the_same_labels_agree_fully() -> None:
    kappa, found = agreement([made(F, H, L, B, B, R)], {1: [*keys_of(F, H, L, B, B, R)]})
    assert kappa == zones.zone_f1(found) == 1.0


def test_kappa_is_what_is_left_beyond_chance() -> None:
    words = {(B, B): 40, (B, F): 10, (F, B): 20, (F, F): 30}
    assert zones.kappa(words) == pytest.approx(0.4)  # 0.7 seen, 0.5 by chance


def test_only_pages_that_both_labelled_are_compared() -> None:
    pages = [made(F, H, L, B, B, B), replace(made(F, F, F, F, F, F), number=2)]
    _, found = agreement(pages, {1: keys_of(F, H, B, B, B, B)})
    assert [page.number for page in found] == [1]
    assert found[0].words[(L, B)] == n_words(LEDE)


def keys_of(*labels: Zone) -> list[Range]:
    return [Range(at, at, zone) for at, zone in enumerate(labels, 1) if zone is not F]


@pytest.mark.slow
def test_the_command_prints_the_figures_of_one_split(
    shared_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    zones.main([str(shared_data), "--dev"])
    printed = capsys.readouterr().out
    assert "dev, pages: 30 pages" in printed
    assert "dev, dumps: 30 pages" in printed
    assert "test, pages" not in printed


@pytest.mark.parametrize("asked", [["--fresh"], ["--agreement", "keys.json"]])
def test_the_command_does_not_show_the_lines_of_fresh_pages(
    asked: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        zones.main([str(tmp_path), *asked, "--wrong"])
    assert "the lines of fresh pages are not shown" in capsys.readouterr().err


def test_the_command_compares_two_key_files(
    shared_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "keys.json"
    other.write_text('{"12": [[1, 1, "headline"], [3, 3, "lede"], [4, 35, "body"]]}')
    zones.main([str(shared_data), "--agreement", str(other)])
    assert capsys.readouterr().out.startswith("Cohen's kappa over words 0.")


def test_the_command_compares_the_pages_of_one_split(
    shared_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "keys.json"
    other.write_text('{"12": [[1, 1, "headline"]], "61": [[125, 125, "headline"]]}')
    zones.main([str(shared_data), "--agreement", str(other), "--fresh"])
    assert ", ours as the truth: 1 pages" in capsys.readouterr().out
