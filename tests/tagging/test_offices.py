"""Who held an office when: the table of roles, and roles that stand in a text without a name."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from written import article

from pipelines.article import DatePrecision, Publication, Tags, Zone
from pipelines.tagging.entities import EntityTagger
from pipelines.tagging.entity_table import read_entities
from pipelines.tagging.gazetteer import read_table
from pipelines.tagging.offices import Days, Tenure, read_tenures, to_days

# Titles that several people hold at a time.
SHARED = {"senator", "special envoy", "envoy"}
IN_2015 = date(2015, 6, 1)


@cache
def tagger():
    return EntityTagger(read_entities())


def published(day, precision=DatePrecision.DAY, confidence=1.0):
    return Publication(published_day=day, precision=precision, confidence=confidence)


def holders(*parts, publication=None, language="en"):
    """Return who is tagged for a role that stands alone."""
    written = article(*parts, language=language)
    written = replace(written, publication=publication or published(IN_2015))
    found = tagger().find(written, Tags()).mentions
    return [one.tag for one in found if one.why.startswith("role '")]


ALONE = [
    ("The Russian foreign minister left.", "sergei-lavrov"),
    ("Russia's foreign minister left.", "sergei-lavrov"),
    ("In Moscow, the Russian foreign minister left.", "sergei-lavrov"),
    ("He met the foreign minister of Russia.", "sergei-lavrov"),
    ("He met the US secretary of state in Geneva.", "john-kerry"),
    ("the British foreign secretary", "philip-hammond"),
    ("the UN secretary-general", "ban-ki-moon"),
    ("The UN chief left.", "ban-ki-moon"),
    ("the president of the European Commission", "jean-claude-juncker"),
    ("the EU foreign policy chief", "federica-mogherini"),
    ("The NATO secretary general left.", "jens-stoltenberg"),
    ("the UN special envoy for Syria", "staffan-de-mistura"),
    ("Syria's UN ambassador", "bashar-jaafari"),
    ("the Pope left", "pope-francis"),
    ("министр иностранных дел России заявил", "sergei-lavrov"),
    ("глава МИД России заявил", "sergei-lavrov"),
]


@pytest.mark.parametrize(("text", "holder"), ALONE, ids=[text for text, _ in ALONE])
def test_a_role_alone_is_who_held_it_when_the_article_came(text, holder):
    assert holders(text) == [holder]


NOBODY = [
    "the foreign minister",
    "the president",
    "the former Russian foreign minister",
    "the then Russian foreign minister",
    "Russia's acting foreign minister",
    "Russia's deputy foreign minister",
    "a Russian foreign minister",
    "the next US president",
    "the first Russian president",
    "the US president-elect",
    "the US secretary of agriculture",
    "the British prime minister in waiting",
    "the Russian presidents",
    "He was the Russian foreign minister.",
    "He served as Russia's foreign minister.",
    "She was named the US secretary of state.",
    "Jane Doe, the Russian foreign minister, left.",
    "the Russian foreign minister Jane Doe",
    "the Russian foreign minister, Jane Doe, left",
    "the Russian foreign minister (Jane Doe)",
    "the office of the US president",
    "the Russian president's spokesman",
    "In 1999, the Russian foreign minister left.",
    "the prime minister of Mongolia",
]


@pytest.mark.parametrize("text", NOBODY)
def test_a_role_is_nobodys_where_it_may_be_anothers(text):
    assert holders(text) == []


def test_a_headline_needs_no_article_before_a_role():
    assert holders((Zone.HEADLINE, "Talks failed: Russian foreign minister")) == ["sergei-lavrov"]
    assert holders((Zone.HEADLINE, "Ex-Russian foreign minister dies")) == []


@pytest.mark.parametrize(
    ("publication", "holder"),
    [
        (published(date(2016, 12, 1)), ["barack-obama"]),
        (published(date(2017, 2, 1)), ["donald-trump"]),
        (published(date(2017, 1, 20)), []),  # the day of the change
        (published(date(2017, 1, 1), DatePrecision.MONTH), []),
        (published(date(2016, 1, 1), DatePrecision.YEAR), ["barack-obama"]),
        (published(date(2016, 12, 1), confidence=0.3), []),
        (Publication(), []),
    ],
    ids=["before", "after", "change", "month of change", "whole year", "guess", "undated"],
)
def test_the_holder_is_named_only_where_the_date_leaves_no_doubt(publication, holder):
    assert holders("The US president spoke.", publication=publication) == holder


def test_why_gives_the_words_and_the_time():
    written = replace(article("The UN chief left."), publication=published(IN_2015))
    why = [one.why for one in tagger().find(written, Tags()).mentions]
    assert why == ["alias 'UN'", "role 'UN chief', held 2007-01-01 to 2016-12-31"]


def test_a_surname_with_a_role_is_who_held_it_at_the_time():
    def bearer(day):
        text = replace(article("So said Prime Minister Sharif."), publication=published(day))
        return [one.tag for one in tagger().find(text, Tags()).mentions]

    assert bearer(date(2015, 6, 1)) == ["nawaz-sharif"]
    assert bearer(date(2024, 6, 1)) == ["shehbaz-sharif"]
    assert bearer(date(2019, 6, 1)) == []


def test_a_month_is_all_its_days():
    assert to_days("2016-02") == Days(date(2016, 2, 1), date(2016, 2, 29))
    assert to_days("2016") == Days(date(2016, 1, 1), date(2016, 12, 31))
    assert to_days("") is None


def test_the_table_has_hundreds_of_dated_roles_and_a_basis_for_each():
    tenures = read_tenures()
    assert sum(bool(tenure.held_from) for tenure in tenures) >= 600
    assert [tenure for tenure in tenures if not tenure.basis] == []


def test_every_role_is_of_a_known_person_and_a_known_state_or_body():
    entities = {entity.id for entity in read_entities()}
    known = entities | {row["code"] for row in read_table("countries.csv")} | {""}
    for tenure in read_tenures():
        assert tenure.entity in entities, tenure
        assert tenure.of in known, tenure


def test_no_role_ends_before_it_begins_or_is_given_twice():
    seen = set()
    for tenure in read_tenures():
        began = tenure.began()
        assert began is None or began.first <= tenure.ended().last, tenure
        assert began is not None or not tenure.held_to, tenure
        key = replace(tenure, basis="", held_to="")
        assert key not in seen, tenure
        seen.add(key)


def test_no_two_people_hold_an_office_at_a_time():
    by_office: dict[tuple[str, str], list[Tenure]] = defaultdict(list)
    for tenure in read_tenures():
        if tenure.held_from and tenure.title not in SHARED:
            for title in tenure.spellings():
                by_office[tenure.of, title].append(tenure)
    clashes = [
        (one, other)
        for rows in by_office.values()
        for one in rows
        for other in rows
        if one.entity != other.entity and _surely_together(one, other)
    ]
    assert clashes == []


def _surely_together(one: Tenure, other: Tenure) -> bool:
    began = max(one.began().last, other.began().last)
    return began < min(one.ended().first, other.ended().first)
