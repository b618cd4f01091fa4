"""Zones of a dump's lines: their words and features, and what settles them."""

import numpy as np
import pytest

from pipelines.article import COUNTED_ZONES, Zone
from pipelines.extraction.lines.features import FEATURES, features_of
from pipelines.extraction.lines.model import (
    best_path,
    far_from_the_article,
    likeliest,
    settle,
)
from pipelines.extraction.lines.roles import Line, Role, role_of
from pipelines.extraction.lines.words import (
    PLACES,
    ZONES,
    places_of,
    word_numbers,
    word_scores,
)

_BODY = [
    f"On walk {n} the harbour authority counted {n} broken stones in the northern quay."
    for n in range(12)
]
_HEADLINE = "Harbour authority counts broken stones in the northern quay"
_STORIES = [
    "Museum of ferries reopens after a winter of repairs",
    "Why the island's last baker wants to keep his oven",
    "Council votes on a new road to the lighthouse",
    "Fishermen ask for a longer season after two storms",
]
_BUTTONS = ["Log in", "Privacy policy", "Terms of use", "Contact us", "Cookie settings"]
_SIGNED = ["By Ana Brenko", "2 June 2015, 10:30"]
_RELATED = ZONES.index(Zone.RELATED)


def zoned(texts: list[str], zone: Zone) -> list[Line]:
    return [Line(n, text, role_of(text), zone) for n, text in enumerate(texts, 1)]


def scores_of(texts: list[str]) -> np.ndarray:
    return word_scores([places_of(text) for text in texts], word_numbers())


def test_words_are_read_alike_whatever_their_case():
    assert places_of("Sign in") == places_of("SIGN IN")
    assert all(0 <= place < PLACES for place in places_of("Sign in"))


def test_line_without_words_has_no_odds():
    assert scores_of(["", "Sign in"])[0].tolist() == [0.0] * (len(ZONES) - 1)


def test_line_has_the_same_odds_whatever_stands_around_it():
    alone, among = scores_of([_STORIES[0]])[0], scores_of([*_BODY, _STORIES[0]])[-1]
    assert among == pytest.approx(alone)


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
    scores = scores_of([story, button])
    assert scores[0, _RELATED] > scores[1, _RELATED]


def test_every_line_has_every_feature():
    lines = zoned([*_BODY, *_STORIES], Zone.FURNITURE)
    rows = features_of(lines, 0, len(_BODY), scores_of([line.text for line in lines]))
    assert rows.shape == (len(lines), len(FEATURES))
    assert len(set(FEATURES)) == len(FEATURES)


def test_features_tell_of_neighbours_and_of_none_beyond_the_ends():
    lines = zoned(["Log in", _BODY[0], "Log in"], Zone.FURNITURE)
    rows = features_of(lines, 1, 2, scores_of([line.text for line in lines]))
    named = {name: rows[:, FEATURES.index(name)].tolist() for name in FEATURES}
    assert named["ends"] == [0, 1, 0]
    assert named["ends +1"] == [1, 0, -1]
    assert named["ends -1"] == [-1, 0, 1]
    assert named["since prose"] == [99, 99, 1]
    assert named["until prose"] == [1, 99, 99]
    assert named["again below"] == [1, 0, 0]
    assert named["in run"] == [0, 1, 0]


def test_move_that_is_worth_more_than_the_odds_decides():
    odds = np.array([[1.0, 0.0], [0.0, 0.5], [1.0, 0.0]])
    assert best_path(odds, np.zeros((2, 2))) == [0, 1, 0]
    assert best_path(odds, np.array([[0.0, -1.0], [-1.0, 0.0]])) == [0, 0, 0]


def test_page_with_article_stories_and_buttons_is_told_apart():
    lines = zoned(_BUTTONS * 4, Zone.FURNITURE) + zoned([_HEADLINE], Zone.HEADLINE)
    lines += zoned(_SIGNED, Zone.BYLINE) + zoned(_BODY, Zone.BODY)
    lines += zoned(_STORIES * 3, Zone.RELATED) + zoned(_BUTTONS * 4, Zone.FURNITURE)
    settled = settle(lines, 23, 23 + len(_BODY))
    assert [line.text for line in settled] == [line.text for line in lines]
    zones = [line.zone for line in settled]
    assert zones[20] is Zone.HEADLINE
    assert zones[21:23] == [Zone.BYLINE] * 2
    assert zones[23 : 23 + len(_BODY)] == [Zone.BODY] * len(_BODY)
    assert zones[23 + len(_BODY) : -20] == [Zone.RELATED] * 12
    assert zones[-20:] == [Zone.FURNITURE] * 20


def test_what_never_counts_does_not_whatever_the_odds_say():
    lines = zoned(["Share", "(Ana Brenko / AFP)", "Read also: Council votes on a road"], Zone.BODY)
    odds = np.zeros((3, len(ZONES)))
    odds[:, ZONES.index(Zone.BODY)] = 9.0
    zones = likeliest(lines, odds, np.zeros((len(ZONES), len(ZONES))))
    assert not COUNTED_ZONES & set(zones)


def test_line_without_a_stop_that_rules_call_another_story_needs_more_to_count():
    told = [_STORIES[0], f"{_STORIES[0]}."]
    lines = zoned(told, Zone.RELATED)
    odds = np.zeros((2, len(ZONES)))
    odds[:, _RELATED], odds[:, ZONES.index(Zone.BODY)] = 0.5, 1.0
    zones = likeliest(lines, odds, np.zeros((len(ZONES), len(ZONES))))
    assert zones == [Zone.RELATED, Zone.BODY]
    odds[:, ZONES.index(Zone.BODY)] = 2.5
    assert likeliest(lines, odds, np.zeros((len(ZONES), len(ZONES)))) == [Zone.BODY] * 2


def test_little_text_far_below_the_article_does_not_count():
    lines = zoned([*_BODY, *_BUTTONS * 4, _BODY[0]], Zone.FURNITURE)
    zones = [Zone.BODY] * 12 + [Zone.FURNITURE] * 20 + [Zone.BODY]
    assert far_from_the_article(lines, zones) == [32]
    assert far_from_the_article(lines[:13] + lines[32:], zones[:13] + zones[32:]) == []


@pytest.mark.parametrize("count", [59, 5001], ids=["no whole page", "endless"])
def test_dump_of_unusual_length_is_left_to_the_rules(count: int):
    lines = [Line(n, "Log in", Role.SHORT, Zone.RELATED) for n in range(count)]
    assert settle(lines, 0, 0) == lines
