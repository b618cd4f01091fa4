"""Signs of single lines that hint at captions, tags and names."""

import pytest

from pipelines.extraction.lines.cues import (
    begins_with_length,
    is_name_shaped,
    labels_tags,
    names_agency,
    prompts_picture,
    tells_how_long_ago,
    tells_what_is_shown,
    words_behind_stop,
)


@pytest.mark.parametrize(
    "line", ["Image 1 of 4", "Open this photo in gallery:", "Enlarge image", "2/7", "Vollbild"]
)
def test_words_of_a_gallery_prompt_a_picture(line: str):
    assert prompts_picture(line)


@pytest.mark.parametrize(
    "line", ["Image of a town in trouble after two storms", "The quay", "2/7 won"]
)
def test_other_lines_prompt_none(line: str):
    assert not prompts_picture(line)


def test_agency_is_looked_for_at_the_end_of_a_line():
    assert names_agency("The quay on Monday, as the first ferry lands at the market AP")
    assert not names_agency("AP and two other agencies told of the quay " + "on the next day " * 5)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Ana Brenko (left) and Eva Brandt at the quay", True),
        ("Der Kai von Osten; im Bild die zwei Kräne", True),
        ("They turned left at the quay", False),
    ],
)
def test_place_in_a_picture_tells_what_is_shown(line: str, *, shown: bool):
    assert tells_what_is_shown(line) is shown


@pytest.mark.parametrize(
    ("line", "worth"),
    [
        ("Tags:", 1.0),
        ("Mehr zu", 1.0),
        ("Filed to: harbours, storms, old cranes", 0.5),
        ("Quay", 0.0),
    ],
)
def test_heading_of_tags_is_told_from_one_with_tags_behind_it(line: str, worth: float):
    assert labels_tags(line) == worth


def test_few_words_behind_the_last_stop_are_counted():
    assert words_behind_stop("Two cranes fell. Ana Brenko") == 2
    assert words_behind_stop("Two cranes fell.") == 0
    assert words_behind_stop("Two fell. Nobody knows who will pay for the third one") == 0


def test_name_alone_on_its_line_has_the_shape_of_one():
    assert is_name_shaped("Ana Maria Brenko")
    assert not is_name_shaped("Ana went home")
    assert not is_name_shaped("LIVE NOW")


@pytest.mark.parametrize(
    ("line", "video"),
    [
        ("4:11 Ferry turns back in the storm", True),
        ("1:02:45 The harbour hearing in full", True),
        ("14:53 GMT", False),
        ("2:38 min", False),
    ],
)
def test_title_of_a_video_begins_with_how_long_it_runs(line: str, *, video: bool):
    assert begins_with_length(line) is video


@pytest.mark.parametrize(
    "line",
    [
        *("2 days ago at 07:52 am", "5h ago", "vor 4 Monaten", "il y a 2 heures", "hace 3 horas"),
        *(
            "3 ore fa",
            "há 2 dias",
            "5 часов назад",
            "2 saat önce",
            "3 godz temu",
            "5分钟前",
            "3時間前",
        ),
        *("2시간 전", "منذ 3 ساعات", "για πριν από 2 ώρες"),
    ],
)
def test_line_that_counts_back_from_now_is_known_in_many_languages(line: str):
    assert tells_how_long_ago(line)


def test_sentence_that_counts_back_is_no_stamp():
    assert not tells_how_long_ago(
        "The quay was closed two storms and three long winters ago, 4 years ago if you ask Ana."
    )
