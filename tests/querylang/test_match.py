import time

import pytest

from pipelines.article import Zone, ZoneSpan
from pipelines.errors import QueryError
from pipelines.querylang import Candidates, clean, make_searchable, match, parse
from pipelines.querylang.spans import Span, merge
from tests.bench.hostile_queries import ACCEPTED, REFUSED
from tests.bench.hostile_queries import searchable as article_of_one_word
from tests.querylang.zones import surfaces


@pytest.mark.parametrize(
    "text",
    [
        "united nations security council",
        "UNITED NATIONS SECURITY COUNCIL",
        "United\xa0Nations Security\xa0Council",
        "United\u2060 Nations Secu\u2060rity Council",
        "United Nations \ufffcSecurity Coun\ufffccil",
        "United Na\u00adtions Security\u2009Council",
        "United Nations\u200b Security Council",
        "Ｕnited Ｎations Security Council",
    ],
)
@pytest.mark.parametrize("stored", [clean, str], ids=["cleaned", "as it is"])
def test_odd_writing_of_a_name_still_matches(text, stored):
    assert len(surfaces('"United Nations Security Council"', stored(text))) == 1


def test_surface_is_the_text_at_the_given_offsets():
    assert surfaces('"security council"', "the Security\xa0Council met") == ["Security\xa0Council"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Security Council (UNSC) met", ["Security Council (UNSC)"]),
        ("security council (unsc) met", ["security council (unsc)"]),
        ("Security Council (“UNSC”)", ["Security Council (“UNSC”)"]),
        ("Security Council [UNSC]", ["Security Council [UNSC]"]),
        ("UNSC (Security Council) met", ["UNSC (Security Council)"]),
        ("Security Council, UNSC", ["Security Council", "UNSC"]),
        ("Security Council (the UNSC)", ["Security Council", "UNSC"]),
        ("Security Council (UNSC", ["Security Council", "UNSC"]),
        ("Security Council (UNSC said)", ["Security Council", "UNSC"]),
        ("Security Council (Security Council)", ["Security Council", "Security Council"]),
    ],
)
def test_name_with_its_abbreviation_in_brackets_is_one_mention(text, found):
    # initials of "security council" are sc, so lower-case unsc needs the whole name
    query = 'unsc OR "security council"'
    if text.startswith("security"):
        text, found = f"united nations {text}", [f"united nations {found[0]}"]
        query = 'unsc OR "united nations security council"'
    assert surfaces(query, text) == found


def test_a_word_of_nothing_but_a_lengthening_stroke_is_no_initial():
    text = "مجلس ـ الأمن (unsc)"
    inner = text.index("unsc")
    name, short = Span(0, 12, "name"), Span(inner, inner + 4, "short")
    assert merge(text, [name, short]) == (name, short)


def test_abbreviation_that_the_query_does_not_name_is_left_out():
    assert surfaces('"security council"', "Security Council (UNSC)") == ["Security Council"]


def test_overlapping_spans_are_one_mention_named_by_the_longest():
    text = "UN Security Council"
    parsed = parse('"un security council" OR "security council" OR council OR un')
    spans = match(parsed, make_searchable(text, [ZoneSpan(0, len(text), Zone.BODY)]))
    assert [(span.start, span.end, span.term) for span in spans] == [
        (0, 19, '"un security council"')
    ]


def test_touching_characters_are_two_mentions():
    assert surfaces("叙利亚", "叙利亚叙利亚") == ["叙利亚", "叙利亚"]


@pytest.mark.parametrize("zone", sorted(Zone))
def test_only_counted_zones_are_searched(zone):
    counted = zone in {Zone.HEADLINE, Zone.SUBHEAD, Zone.LEDE, Zone.BODY, Zone.CAPTION}
    assert (surfaces("syria", f"{zone}: Syria") is not None) == counted


def test_what_stands_only_in_furniture_does_not_undo_a_match():
    assert surfaces("kerry NOT syria", "body: Kerry ¶ related: Syria") == ["Kerry"]


def test_phrase_crosses_no_border_of_zones_even_without_a_newline():
    text = "Security Council"
    zones = [ZoneSpan(0, 9, Zone.HEADLINE), ZoneSpan(9, 16, Zone.BODY)]
    assert match(parse('"security council"'), make_searchable(text, zones)) is None


def test_neighbouring_spans_of_one_zone_are_one_paragraph_until_a_newline():
    text = "Security Council"
    zones = [ZoneSpan(0, 9, Zone.BODY), ZoneSpan(9, 16, Zone.BODY)]
    assert match(parse('"security council"'), make_searchable(text, zones)) is not None


def test_only_branches_that_hold_are_marked():
    assert surfaces("(a1 b1) OR c1", "a1 c1") == ["c1"]
    assert surfaces("a1 OR NOT a1", "b1") == []


def test_tags_are_found_and_not_marked():
    searchable = make_searchable("", (), tags_text="Syria, United Nations")
    assert match(parse('tags:"united nations"'), searchable) == ()
    assert match(parse("syria"), searchable) is None


def test_missing_date_is_in_no_interval():
    assert match(parse("published:1900/2100"), make_searchable("", ())) is None


def test_unknown_language_can_be_asked_for():
    assert match(parse("lang:unknown"), make_searchable("", ())) == ()


def test_abbreviation_of_two_letters_takes_no_plural():
    assert surfaces("UN", "uns", "de") is None
    assert surfaces("СБ", "СБУ", "ru") is None


@pytest.mark.parametrize(
    ("language", "query", "found", "other"),
    [
        ("en", "crisis", "crises", "critical"),
        ("en", "church", "churches", "churchill"),
        ("de", "Konflikt", "Konflikten", "Konfliktzone"),
        ("de", "Iran", "Irans", "Iraner"),
        ("de", "Syrien", "Syriens", "Syrer"),
        ("en", "Syria", "Syrias", "Syrian"),
        ("", "Syria", "Syria's", "Syriac"),
        ("", "plan", "plans", "planes"),
        ("fr", "journal", "journaux", "journaliste"),
        ("es", "sanción", "sanciones", "sancionado"),
        ("es", "país", "países", "paisaje"),
        ("pt", "sanção", "sanções", "sancionar"),
        ("ru", "Сирия", "Сирией", "сирийский"),
        ("ru", "Газа", "Газе", "газ"),
        ("ru", "Лавров", "Лавровым", "лавровый"),
        ("ru", "беженец", "беженцев", "беженка"),
        ("ru", "санкции", "санкциями", "санкционный"),
        ("ru", "химическое", "химического", "химик"),
        ("ru", "война", "войн", "военный"),
        ("ru", "Кремль", "Кремля", "кремлевский"),
        ("uk", "Сирія", "Сирією", "сирійський"),
        ("uk", "Україна", "України", "український"),
        ("uk", "безпека", "безпеці", "безпечний"),
        ("uk", "конфлікт", "конфліктів", "конфліктний"),
        ("ar", "سوريا", "لسوريا", "سوري"),
        ("ar", "العقوبات", "والعقوبات", "عقوبة"),
        ("he", "סוריה", "בסוריה", "סורי"),
        ("ko", "시리아", "시리아는", "시리아인"),
    ],
)
def test_word_takes_its_cases_and_plurals_and_no_other_word(language, query, found, other):
    assert surfaces(query, found, language)
    assert surfaces(query, other, language) is None


@pytest.mark.parametrize(
    ("language", "query", "text"),
    [
        ("ru", "Совет Безопасности ООН", "Совета Безопасности ООН"),
        ("ru", "Совет Безопасности ООН", "Советом безопасности ООН"),
        ("ru", "Организация Объединённых Наций", "Организации Объединенных Наций"),
        ("ru", "химическое оружие", "химическим оружием"),
        ("uk", "Рада Безпеки ООН", "Раді Безпеки ООН"),
        ("en", "chemical weapon", "chemical weapons"),
    ],
)
def test_phrase_inflects_its_words(language, query, text):
    assert surfaces(f'"{query}"', text, language) == [text]
    assert surfaces(f'="{query}"', text, language) is None


def test_exact_form_ignores_case_of_letters():
    assert surfaces('="sanction"', "SANCTION sanctions") == ["SANCTION"]


def test_the_same_word_thousands_of_times_is_searched_in_seconds():
    text = "the " * 5_000
    zones = [ZoneSpan(0, len(text), Zone.BODY)]
    searchable = make_searchable(text, zones)
    near = " NEAR/100 ".join(["the"] * 5)
    started = time.perf_counter()
    for query in (near, '"the the the the the"~100', 'repeat100:"the"', '"the the"'):
        assert match(parse(query), searchable) is not None
    assert time.perf_counter() - started < 10


@pytest.mark.parametrize("name", sorted(ACCEPTED))
def test_largest_query_of_its_kind_finishes_on_a_hostile_text(name):
    match(parse(ACCEPTED[name]), article_of_one_word(200))


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_query_beyond_a_limit_is_refused(name):
    with pytest.raises(QueryError):
        parse(REFUSED[name])


def test_chain_of_near_is_found_in_any_order():
    assert surfaces("a1 NEAR/1 b1 NEAR/1 c1", "a1 c1 b1") == ["a1", "c1", "b1"]
    assert surfaces("a1 NEAR/1 b1 NEAR/1 c1", "a1 b1 x1 x1 c1") is None


def test_chain_of_near_marks_what_a_mention_was_found_with():
    assert surfaces("a1 NEAR/1 b1 NEAR/1 c1", "a1 x1 b1 x1 c1") == ["a1", "b1", "c1"]


def test_a_place_is_not_near_itself():
    assert surfaces("council NEAR/5 council", "the council") is None
    assert surfaces('council NEAR/5 "security council"', "the security council") is None


def test_queries_without_a_needed_word_are_always_candidates():
    queries = [parse(text) for text in ("NOT syria", "lang:ru", "tags:syria", "iran", "a1 OR -b1")]
    searchable = make_searchable("Kerry", [ZoneSpan(0, 5, Zone.BODY)])
    assert Candidates(queries).of(searchable) == [0, 1, 2, 4]


def test_candidates_are_found_by_any_needed_word():
    queries = [parse(text) for text in ('"the security council"', "ukrain*", "iran (a1 OR b1)")]
    text = "Ukraine's security"
    searchable = make_searchable(text, [ZoneSpan(0, len(text), Zone.BODY)])
    assert Candidates(queries).of(searchable) == [0, 1]
