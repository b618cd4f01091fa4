"""Datelines: what is one, in which country its place lies, and what only looks like one."""

import pytest
from written import mentions

from pipelines.article import TagKind, Zone


def datelines(*parts, language="en"):
    found = mentions(TagKind.DATELINE, *parts, language=language)
    return [(one.tag, one.surface) for one in found]


REST = "The talks about the border went on for a fourth day, officials said on Tuesday."
DATELINES = [
    ("MOSCOW, March 3 (Reuters) - ", ("RU", "MOSCOW")),
    ("KYIV — ", ("UA", "KYIV")),
    ("Kyiv — ", ("UA", "Kyiv")),
    ("GENEVA (AP) — ", ("CH", "GENEVA")),
    ("LONDON, 3 March 2015 – ", ("GB", "LONDON")),
    ("BERLIN -- ", ("DE", "BERLIN")),
    ("NEW DELHI: ", ("IN", "NEW DELHI")),
    ("BEIJING, Nov. 5 (Xinhua) -- ", ("CN", "BEIJING")),
    ("PUTRAJAYA, Nov 22 — ", ("MY", "PUTRAJAYA")),
    ("Hong Kong (CNN Business) ", ("HK", "Hong Kong")),
    ("SINGAPORE — ", ("SG", "SINGAPORE")),
    ("UNITED NATIONS (AP) — ", ("US", "UNITED NATIONS")),
    ("Jane Doe, Monday — ", None),
    ("BEIRUT/SIDON (Reuters) - ", ("LB", "BEIRUT/SIDON")),
    ("HANOI, Vietnam (AP) — ", ("VN", "HANOI, Vietnam")),
    ("HARTFORD, Conn. (AP) — ", ("US", "HARTFORD, Conn.")),
    ("Dekalb, Ill. — ", ("US", "Dekalb, Ill.")),
    ("BUFFALO, N.Y. — ", ("US", "BUFFALO, N.Y.")),
    ("LONDON, Ontario (CP) — ", ("CA", "LONDON, Ontario")),
    ("TUMBLEWEED, Texas — ", ("US", "TUMBLEWEED, Texas")),
    ("BEIRUT/DAMASCUS (Reuters) - ", None),
    ("Russia — ", None),
    ("UKRAINE — ", None),
    ("CHINESE AGGRESSION: ", None),
    ("Paris: ", None),
    ("South Dakota Gov. Kristi Noem (R) said ", None),
    ("Jane Doe, Texas, said ", None),
    ("XANADU (AP) — ", None),
    ("London, which has ", None),
]


@pytest.mark.parametrize(("before", "expected"), DATELINES, ids=[text for text, _ in DATELINES])
def test_the_first_words_are_a_dateline(before, expected):
    found = datelines((Zone.HEADLINE, "Talks go on"), before + REST)
    assert found == ([expected] if expected else [])


RUSSIAN = [
    ("МОСКВА, 3 марта. /ТАСС/. Переговоры продолжились.", [("RU", "МОСКВА")]),
    ("Москва, 3 марта. /ТАСС/. Переговоры продолжились.", [("RU", "Москва")]),
    ("МОСКВА, 3 мар — РИА Новости. Переговоры продолжились.", [("RU", "МОСКВА")]),
    ("Москва. 3 марта. INTERFAX.RU - Переговоры продолжились.", [("RU", "Москва")]),
    ("Москва и Киев обменялись пленными.", []),
]


@pytest.mark.parametrize(("text", "expected"), RUSSIAN)
def test_russian_agencies_have_their_own_form(text, expected):
    assert datelines((Zone.HEADLINE, "Переговоры"), text, language="ru") == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Berlin, Germany", [("DE", "Berlin, Germany")]),
        ("Washington, D.C.", [("US", "Washington, D.C.")]),
        ("New York City, New York", [("US", "New York City, New York")]),
        ("Rehoboth Beach, Delaware", [("US", "Rehoboth Beach, Delaware")]),
        ("Minneapolis, MN", [("US", "Minneapolis, MN")]),
        ("Berlin", []),
        ("Jane Doe, Texas", []),
    ],
)
def test_a_line_of_its_own_is_a_place_in_a_named_part(line, expected):
    speaker = "Antony J. Blinken, Secretary of State"
    assert datelines((Zone.HEADLINE, "Remarks"), speaker, line, REST) == expected


def test_a_place_below_the_first_long_line_is_no_dateline():
    assert datelines((Zone.HEADLINE, "Remarks"), REST, "KYIV — " + REST) == []


def test_a_headline_holds_no_dateline():
    assert datelines((Zone.HEADLINE, "KYIV — talks go on, it is said"), REST) == []


def test_the_place_of_a_dateline_is_mentioned_too():
    found = mentions(TagKind.COUNTRY, "KYIV — " + REST)
    assert [(one.tag, one.surface) for one in found] == [("UA", "KYIV")]


@pytest.mark.parametrize("line", ["Oval Office", "Mildenhall, United Kingdom", "Brussels"])
def test_a_line_over_the_time_of_day_is_the_place(line):
    text = f"{line}\n1:57 P.M. EST\nTHE PRESIDENT: Hello."
    assert [surface for _, surface in datelines((Zone.HEADLINE, "Remarks"), text)] == [line]


def test_a_notice_is_signed_at_the_white_house():
    signed = (REST, "JOSEPH R. BIDEN JR.", "THE WHITE HOUSE,", "August 6, 2021.")
    assert datelines((Zone.HEADLINE, "Notice"), *signed) == [("US", "THE WHITE HOUSE")]
    assert datelines((Zone.HEADLINE, "Notice"), "THE WHITE HOUSE,", *[REST] * 3) == []
