"""The peers are asked as they are, and say plainly where they are not installed."""

import sys
from datetime import date

import pytest

from tests.quality.peer_extractors import BODIES, DAYS, LANGUAGES, PeerNotInstalled

_SENTENCE = (
    "The harbour office said on Monday that the ferry would run again from the second pier. "
)
_PAGE = (
    '<html lang="en"><head><title>Ferry</title>'
    '<meta property="article:published_time" content="2024-03-04T09:30:00Z"></head>'
    f"<body><article><h1>Ferry</h1>{f'<p>{_SENTENCE * 3}</p>' * 4}</article></body></html>"
).encode()


def test_a_missing_peer_is_an_error_that_names_the_requirements(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "newsplease", None)
    with pytest.raises(PeerNotInstalled, match=r"tests/quality/peers\.txt"):
        BODIES["news-please"](_PAGE, "")


@pytest.mark.parametrize("name", [name for name in BODIES if name.startswith("trafilatura")])
def test_trafilatura_finds_the_body_in_each_of_its_ways(name: str) -> None:
    assert _SENTENCE.strip() in BODIES[name](_PAGE, "https://example.org/ferry")


@pytest.mark.parametrize("name", ["readability", "jusText"])
def test_the_lock_has_peers_that_find_a_body(name: str) -> None:
    assert _SENTENCE.strip() in BODIES[name](_PAGE, "")


@pytest.mark.parametrize("name", [name for name in DAYS if name.startswith("htmldate")])
def test_htmldate_finds_the_day_that_a_page_states(name: str) -> None:
    assert DAYS[name](_PAGE, "", None) == date(2024, 3, 4)


def test_py3langid_names_a_language() -> None:
    assert LANGUAGES["py3langid"](_SENTENCE) == "en"
