"""Lines off the article: what tells other stories from furniture."""

import pytest

from pipelines.article import Zone
from pipelines.extraction.line_words import PLACES, places_of, score, word_weights
from pipelines.extraction.lines import Line, Role, role_of
from pipelines.extraction.stories import FEATURES, features_of, open_lines, settle

_BODY = [
    f"On walk {n} the harbour authority counted {n} broken stones in the northern quay."
    for n in range(12)
]
_STORIES = [
    "Museum of ferries reopens after a winter of repairs",
    "Why the island's last baker wants to keep his oven",
    "Council votes on a new road to the lighthouse",
    "Fishermen ask for a longer season after two storms",
]


def zoned(texts: list[str], zone: Zone) -> list[Line]:
    return [Line(n, text, role_of(text), zone) for n, text in enumerate(texts, 1)]


def test_words_are_read_alike_whatever_their_case():
    assert places_of("Sign in") == places_of("SIGN IN")
    assert all(0 <= place < PLACES for place in places_of("Sign in"))


def test_line_without_words_has_no_odds():
    assert score("", word_weights()) == 0.0


def test_endless_line_is_read_in_part():
    assert places_of("quay " * 100_000) == places_of("quay " * 1000)


@pytest.mark.parametrize(
    ("story", "button"),
    [
        ("Government to vote on budget after protests in capital", "Accept all cookies"),
        ("Polizei nimmt zwei Männer nach Einbruch fest", "Newsletter abonnieren"),
    ],
    ids=["English", "German"],
)
def test_words_of_a_story_score_above_those_of_a_button(story: str, button: str):
    assert score(story, word_weights()) > score(button, word_weights())


def test_every_line_has_every_feature():
    lines = zoned([*_BODY, *_STORIES], Zone.FURNITURE)
    rows = features_of(lines, 0, len(_BODY), word_weights())
    assert {len(row) for row in rows} == {len(FEATURES)}
    assert len(rows) == len(lines)


def test_only_related_and_furniture_off_the_body_are_settled():
    body = zoned(_BODY * 4, Zone.BODY)
    tags = zoned(["harbour, quay, stones"], Zone.TAGS)
    rest = zoned(_STORIES, Zone.FURNITURE)
    lines = [*rest, *body, *tags, *rest]
    assert open_lines(lines, 4, 52) == [0, 1, 2, 3, 53, 54, 55, 56]
    settled = settle(lines, 4, 52)
    assert [x.zone for x in settled[4:53]] == [x.zone for x in lines[4:53]]
    assert [x.text for x in settled] == [x.text for x in lines]


def test_headlines_below_the_body_are_related_and_buttons_furniture():
    buttons = ["Log in", "Privacy policy", "Terms of use", "Contact us", "Cookie settings"] * 4
    lines = zoned(_BODY, Zone.BODY)
    lines += zoned(_STORIES * 3, Zone.RELATED) + zoned(buttons, Zone.FURNITURE)
    zones = [line.zone for line in settle(lines, 0, len(_BODY))[len(_BODY) :]]
    assert zones == [Zone.RELATED] * 12 + [Zone.FURNITURE] * 20


@pytest.mark.parametrize("count", [39, 5001], ids=["no whole page", "endless"])
def test_dump_of_unusual_length_is_left_to_the_rules(count: int):
    lines = [Line(n, "Log in", Role.SHORT, Zone.RELATED) for n in range(count)]
    assert settle(lines, 0, 0) == lines
