"""Finding the body: the blocks of a page, the trees that weigh them, and who wins of several."""

from pathlib import Path

from pipelines.article import Zone
from pipelines.extraction.body.block_choice import beside_other, choose
from pipelines.extraction.body.block_features import FEATURES, features_of
from pipelines.extraction.body.blocks import parse_html
from pipelines.extraction.body.bodies import most_alike
from pipelines.extraction.body.page_blocks import PageBlocks, blocks_of
from pipelines.extraction.forest import Tree, make_forest, read_forest, write_forest
from pipelines.extraction.zones import Part

_QUAY = "The harbour authority closed the northern quay after two storms had broken its wall."
_CRANE = "A crane that was only half paid for went into the water on the first of these nights."
_ALL = make_forest([], 1.0, FEATURES)  # takes every block


def cut(markup: str) -> PageBlocks:
    tree = parse_html(markup)
    assert tree is not None
    return blocks_of(tree)


def texts(page: PageBlocks) -> list[str]:
    return [block.text for block in page.blocks]


def body(*texts: str) -> list[Part]:
    return [Part(text, Zone.BODY) for text in texts]


def test_block_ends_at_elements_and_at_two_line_breaks():
    page = cut("<h1>One</h1>Two<br>still two<br><br>Three<div>Four <b>bold</b></div>Five")
    assert texts(page) == ["One", "Two still two", "Three", "Four bold", "Five"]


def test_navigation_scripts_and_lone_signs_are_no_blocks():
    assert texts(cut("<nav><p>Home</p></nav><script>x</script><p>·</p><p>Quay</p>")) == ["Quay"]


def test_text_behind_a_silent_element_is_kept():
    assert texts(cut("<p>One <script>x</script>two</p>")) == ["One two"]


def test_block_knows_its_share_of_links():
    (block,) = cut('<p>Read <a href="/x">this story</a></p>').blocks
    assert block.linked == 10 / 15


def test_container_knows_what_those_around_it_are_called():
    (block,) = cut('<div class="related-items"><article><p>Quay</p></article></div>').blocks
    assert {"margin", "article"} <= block.within.marks
    assert "margin" not in block.within.own


def test_container_holds_the_text_of_those_inside():
    page = cut(f"<main><div><p>{_QUAY}</p></div><div><p>{_CRANE}</p></div></main>")
    (main,) = (container for container in page.containers if container.tag == "main")
    assert (main.chars, main.blocks) == (len(_QUAY) + len(_CRANE), 2)


def test_every_row_has_all_features():
    page = cut(f"<h1>Quay</h1><p>{_QUAY}</p><ul><li>a</li></ul><p>{_CRANE}</p>")
    assert {len(row) for row in features_of(page)} == {len(FEATURES)}


def test_lone_link_outside_the_prose_has_no_row():
    page = cut(f'<div><a href="/x">Sport</a></div><main><p>{_QUAY}</p><p>{_CRANE}</p></main>')
    assert [bool(row) for row in features_of(page)] == [False, True, True]


def test_page_without_text_has_no_rows():
    assert features_of(cut("<img src=x>")) == []


def test_other_extractors_answer_stands_beside_the_features():
    page = cut(f"<p>{_QUAY}</p><p>{_CRANE}</p>")
    rows = beside_other(page.blocks, features_of(page), body(_CRANE))
    assert [row[-2:] for row in rows] == [[0.0, 0.5], [1.0, 0.0]]


def test_hidden_copy_of_visible_text_is_dropped():
    page = cut(f"<div hidden><p>{_QUAY}</p></div><p>{_QUAY}</p>")
    assert choose(page.blocks, features_of(page), _ALL) == body(_QUAY)


def test_summary_in_one_piece_gives_way_to_the_paragraphs():
    page = cut(f"<p>{_QUAY}</p><p>{_CRANE}</p><div>{_QUAY} {_CRANE}</div>")
    assert choose(page.blocks, features_of(page), _ALL) == body(_QUAY, _CRANE)


def test_headings_and_captions_keep_their_zones():
    page = cut("<h2>Storm</h2><figure><figcaption>A crane</figcaption></figure><p>Quay</p>")
    zones = [part.zone for part in choose(page.blocks, features_of(page), _ALL)]
    assert zones == [Zone.SUBHEAD, Zone.CAPTION, Zone.BODY]


def test_each_row_goes_down_to_its_own_leaf():
    leaves = tuple(float(n) for n in range(8))
    tree = Tree(("a", "b", "b", "c", "c", "c", "c"), (0.5,) * 7, leaves)
    forest = make_forest([tree, tree], 0.25, ("a", "b", "c"))
    rows = [[n >> 2 & 1, n >> 1 & 1, n & 1] for n in range(8)]
    assert forest.log_odds(rows) == [0.25 + 2 * leaf for leaf in leaves]


def test_forest_comes_back_from_its_file(tmp_path: Path):
    path = tmp_path / "forest.csv"
    tree = Tree(tuple("abababa"), (0.125,) * 7, (0.5, -0.5) * 4)
    write_forest(path, [tree], -0.75)
    rows = [[0.0, 1.0], [1.0, 0.0]]
    again = read_forest(path, ("a", "b"))
    assert again.log_odds(rows) == make_forest([tree], -0.75, ("a", "b")).log_odds(rows)


def test_answer_most_like_the_others_wins():
    assert most_alike([body(_QUAY), body(_QUAY, _CRANE), body(_CRANE, _QUAY, _QUAY)]) == body(
        _QUAY, _CRANE
    )


def test_of_two_equal_answers_the_first_wins_and_an_empty_one_never():
    assert most_alike([[], body(_QUAY), body(_CRANE)]) == body(_QUAY)
    assert most_alike([[], []]) == []
