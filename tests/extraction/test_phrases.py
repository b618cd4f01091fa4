"""What pages of news say in many languages: buttons, headings of boxes, comments, "read also"."""

import tomllib

import pytest

from pipelines.extraction.lines import phrases
from pipelines.extraction.lines.phrases import phrase_of, read_phrases, sends_on
from pipelines.extraction.lines.roles import Role, role_of, says_read_also


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Share this article", "furniture"),
        ("» Zum Inhalt springen", "furniture"),
        ("Je m'abonne à partir de 1 €", ""),
        ("La suite après cette publicité", "furniture"),
        ("Mehr von Jana Roe", "related"),
        ("KOMMENTARE (12)", "comments"),
        ("Najczęściej czytane", "related"),
        ("Материалы по теме:", "related"),
        ("الأكثر قراءة", "related"),
        ("相关新闻", "related"),
        ("人気記事ランキング", ""),
        ("댓글쓰기", "comments"),
        ("댓글", ""),  # beside the buttons above an article, too,
    ],
)
def test_line_is_the_phrase_that_it_is_made_of(line: str, kind: str):
    assert phrase_of(line) == kind


@pytest.mark.parametrize(
    "line",
    [
        "Del Potro gana la final del puerto",
        "Más de 300 muertos en el puerto",
        "Latest from the harbour: cranes stand still",
        "Latest from the harbour on all 12 cranes",
        "Kommentar: Warum der Hafen schweigt",
        "速報：港で大きな地震があり船が止まった",
        "He told the court that he would share this article with nobody.",
    ],
)
def test_headline_and_sentence_that_begin_alike_are_no_phrases(line: str):
    assert phrase_of(line) == ""


def test_line_before_another_story_says_so_in_many_languages():
    for line in ("Lesen Sie auch: Der Hafen", "Lea también: El puerto", "Читайте также: Порт"):
        assert says_read_also(line)
        assert role_of(line) is not Role.BOUNDARY  # the article goes on behind it
    assert not sends_on("Relief at the quay")


def test_roles_of_lines_know_the_phrases():
    assert role_of("Siste nytt") is Role.BOUNDARY
    assert role_of("Napisz komentarz") is Role.COMMENTS
    assert role_of("Zgłoś błąd") is Role.FURNITURE


def test_every_phrase_of_the_file_is_found_as_its_kind_or_an_earlier_one():
    told = tomllib.loads(phrases._FILE.read_text(encoding="utf-8"))
    assert len(told) == 28
    for language, kinds in told.items():
        assert set(kinds) <= {"furniture", "related", "also", "comments"}, language
        for kind, listed in kinds.items():
            for phrase in (" ".join(one.split()) for one in listed.split("|")):
                line = phrase.rstrip("*").strip()
                assert line == line.lower(), (language, phrase)
                assert sends_on(line) if kind == "also" else phrase_of(line), (language, phrase)
    assert len(read_phrases().whole) > 2500


def test_phrase_goes_on_at_its_end_only():
    told = [phrase for _, phrase in phrases._told()]
    assert len(told) > 3000
    assert [phrase for phrase in told if "*" in phrase[:-1]] == []
