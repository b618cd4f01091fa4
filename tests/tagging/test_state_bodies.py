"""State bodies get one id, however a kind and a state are put together."""

from collections import Counter
from functools import cache
from time import process_time

import pytest

from pipelines.article import TagKind, Tags, Zone
from pipelines.tagging import entity_names
from pipelines.tagging.entities import EntityTagger
from pipelines.tagging.entity_table import read_entities
from pipelines.tagging.state_bodies import RULE, StateBodyTagger
from pipelines.tagging.state_bodies.table import (
    body_of,
    composed_names,
    known_bodies,
    state_bodies,
    words_for,
)
from tests.tagging.written import article, mentions

KENYAN, UKRAINIAN = "kenyan-foreign-ministry", "ukrainian-foreign-ministry"


def bodies(*parts, language="en"):
    """Return surface and id of each entity that is a state body."""
    found = mentions(TagKind.ENTITY, *parts, language=language)
    return [(one.surface, one.tag) for one in found if body_of(one.tag) is not None]


@pytest.mark.parametrize(
    ("language", "text", "surface", "entity"),
    [
        ("en", "The Ukrainian Foreign Ministry spoke.", "Ukrainian Foreign Ministry", UKRAINIAN),
        ("en", "The MFA of Ukraine spoke.", "MFA of Ukraine", UKRAINIAN),
        ("en", "The Foreign Ministry in Kyiv spoke.", "Foreign Ministry", UKRAINIAN),
        ("en", "Kenya's foreign ministry spoke.", "foreign ministry", KENYAN),
        ("en", "Kenya\u2019s Ministry of Foreign Affairs.", "Ministry of Foreign Affairs", KENYAN),
        ("en", "The ministry of foreign affairs of Kenya.", "ministry of foreign affairs of Kenya",
         KENYAN),
        ("en", "The foreign ministry of the Republic of Kenya.",
         "foreign ministry of the Republic of Kenya", KENYAN),
        ("en", "The French Defense Ministry spoke.", "French Defense Ministry",
         "french-defence-ministry"),
        ("en", "The UK Home Office spoke.", "UK Home Office", "british-interior-ministry"),
        ("en", "The U.S. State Department spoke.", "U.S. State Department", "us-state-department"),
        ("en", "The parliament of Georgia voted.", "parliament of Georgia", "georgian-parliament"),
        ("en", "Georgia's parliament voted.", "parliament", "georgian-parliament"),
        ("en", "The German Bundestag voted.", "Bundestag", "bundestag"),
        ("en", "The Iraqi army advanced.", "Iraqi army", "iraqi-army"),
        ("en", "The Royal Thai Navy sailed.", "Royal Thai Navy", "thai-navy"),
        ("en", "Turkish Central Bank spoke.", "Turkish Central Bank", "turkish-central-bank"),
        ("en", "National Bank of Ukraine", "National Bank of Ukraine", "ukrainian-central-bank"),
        ("en", "The UN mission in Mali left.", "UN mission in Mali", "minusma"),
        ("en", "US armed forces left.", "US armed forces", "us-armed-forces"),
        ("en", "The U.S. Embassy in Baghdad closed.", "U.S. Embassy", "us-embassy-in-iraq"),
        ("en", "U.S. Embassy Kabul closed.", "U.S. Embassy Kabul", "us-embassy-in-afghanistan"),
        ("en", "Kenyan embassy staff in Rome left.", "Kenyan embassy", "kenyan-embassy-in-italy"),
        ("en", "The Japanese Ministry of Economy, Trade and Industry.",
         "Japanese Ministry of Economy, Trade and Industry", "japanese-economy-ministry"),
        ("en", "The Nicaraguan National Assembly.", "Nicaraguan National Assembly",
         "nicaraguan-parliament"),
        ("ru", "МИД Кении заявил.", "МИД Кении", KENYAN),
        ("ru", "Об этом сообщили в министерстве обороны Ирака.", "министерстве обороны Ирака",
         "iraqi-defence-ministry"),
        ("ru", "Посольство России в Киеве закрыто.", "Посольство России",
         "russian-embassy-in-ukraine"),
        ("ru", "Российская армия отступила.", "Российская армия", "russian-army"),
        ("ru", "Парламент Республики Казахстан.", "Парламент Республики Казахстан",
         "kazakh-parliament"),
        ("uk", "МЗС Грузії заявило.", "МЗС Грузії", "georgian-foreign-ministry"),
        ("fr", "Le ministère français des Affaires étrangères.",
         "ministère français des Affaires étrangères", "french-foreign-ministry"),
        ("fr", "Le ministère de la Défense de l'Ukraine.", "ministère de la Défense de l'Ukraine",
         "ukrainian-defence-ministry"),
        ("fr", "L'armée malienne avance.", "armée malienne", "malian-army"),
        ("es", "El Ministerio ruso de Defensa.", "Ministerio ruso de Defensa",
         "russian-defence-ministry"),
        ("es", "El Ministerio de Relaciones Exteriores de Chile.",
         "Ministerio de Relaciones Exteriores de Chile", "chilean-foreign-ministry"),
        ("de", "Das ukrainische Außenministerium schweigt.", "ukrainische Außenministerium",
         UKRAINIAN),
        ("de", "Das Innenministerium der Ukraine.", "Innenministerium der Ukraine",
         "ukrainian-interior-ministry"),
        ("de", "Das US-Justizministerium ermittelt.", "US-Justizministerium",
         "us-justice-department"),
    ],
)  # fmt: skip
def test_kind_and_state_make_one_id(language, text, surface, entity):
    assert (surface, entity) in bodies(text, language=language)


@pytest.mark.parametrize(
    "text",
    [
        "The Bosnian Serb Army advanced.",
        "The Texas Senate voted.",
        "Georgia's Supreme Court ruled.",
        "The Scottish Government spoke.",
        "The pro-Russian army advanced.",
        "The West German army paraded.",
        "The Kurdistan regional government of Iraq spoke.",
        "He left Iran army officers behind.",
        "The Tibetan parliament voted.",
        "Congolese army officers spoke in Brazzaville.",
        "The ministry said nothing. Parliament met.",
    ],
)
def test_another_body_of_such_a_name_is_none_of_the_state(text):
    assert bodies(text) == []


def test_words_without_a_state_mean_the_only_body_of_the_kind():
    found = bodies(
        "Kenya's foreign ministry spoke. The Foreign Ministry was asked. The ministry said no."
    )
    assert found == [
        ("foreign ministry", KENYAN),
        ("Foreign Ministry", KENYAN),
        ("ministry", KENYAN),
    ]


def test_words_without_a_state_mean_nobody_where_two_are_named():
    found = bodies(
        "Kenya's foreign ministry met Chad's foreign ministry. The Foreign Ministry said."
    )
    assert [entity for _, entity in found] == [KENYAN, "chadian-foreign-ministry"]


def test_the_ministry_means_nobody_where_two_ministries_are_named():
    text = "Kenya's foreign ministry and Kenya's health ministry spoke. The ministry said no."
    assert ("ministry", KENYAN) not in bodies(text)


@pytest.mark.parametrize(
    "text",
    [
        "Kenya's parliament met. The Parliament of Scotland met.",
        "Kenya's parliament met. Their parliament met.",
        "Kenya's parliament met. Abkhazia's parliament met.",
        "Kenya's army left. An army of ants came.",
        "Myanmar's army left. The Democratic Alliance Army came.",
    ],
)
def test_words_beside_make_it_another_body(text):
    assert len(bodies(text)) == 1


def test_a_body_of_the_curated_table_is_the_one_of_its_kind_too():
    found = bodies("The Knesset voted. Later parliament rose.")
    assert found == [("Knesset", "knesset"), ("parliament", "knesset")]


def test_an_embassy_without_its_place_is_the_only_one_of_the_state():
    found = bodies("The U.S. Embassy in Kyiv closed. The embassy said so. A U.S. Embassy car left.")
    assert {entity for _, entity in found} == {"us-embassy-in-ukraine"}
    assert len(found) == 3


def test_a_headline_may_come_before_the_name():
    found = bodies((Zone.HEADLINE, "Parliament votes"), "The parliament of Kenya voted.")
    assert found[0] == ("Parliament", "kenyan-parliament")


def test_why_names_the_rule_and_the_words_of_kind_and_state():
    text = "The Kenyan parliament met. The U.S. Embassy in Rome closed. Parliament rose."
    why = [one.why for one in mentions(TagKind.ENTITY, text) if one.why.startswith(RULE)]
    assert why == [
        "state body 'parliament' of 'Kenyan'",
        "state body 'embassy' of 'U.S.', in IT",
        "state body 'parliament' after 'Kenyan parliament', the only one named",
    ]


def test_without_the_full_name_what_stood_on_it_is_gone():
    text = "The Kenyan parliament met. Parliament rose. The Kenyan army left."
    rest = bodies(text.replace("Kenyan parliament", "Kenyan people"))
    assert [one for one in bodies(text) if one not in rest] == [
        ("Kenyan parliament", "kenyan-parliament"),
        ("Parliament", "kenyan-parliament"),
    ]


def test_a_state_body_is_no_candidate_of_the_names_model():
    text = "The Kenyan Foreign Ministry spoke to the press."
    assert not [one for one in mentions(TagKind.NAME, text) if "Ministry" in one.surface]


def test_every_body_of_the_curated_table_is_there():
    organisations = {one.id for one in read_entities() if one.type == "organisation"}
    assert set(known_bodies()) <= organisations


def test_no_id_or_name_is_given_twice():
    names = Counter(one.name for one in composed_names().values())
    assert not [name for name, number in names.items() if number > 1]
    assert not composed_names().keys() & {one.id for one in read_entities()}


def test_every_kind_has_words_and_every_state_one_adjective():
    table = state_bodies()
    assert all(any(kind.forms.values()) for kind in (*table.kinds, *table.generic))
    assert len(set(table.called.values())) == len(table.called) > 190


@pytest.mark.parametrize(
    ("entity", "name"),
    [
        ("kenyan-parliament", "Kenyan Parliament"),
        ("us-embassy-in-iraq", "US Embassy in Iraq"),
        ("russian-embassy-in-united-states", "Russian Embassy in the United States"),
        ("ukrainian-foreign-ministry", "Ukrainian Foreign Ministry"),
    ],
)
def test_every_body_has_a_name(entity, name):
    assert entity in entity_names()
    assert entity_names()[entity].name == name
    assert entity_names().get(entity).type == "organisation"


@pytest.mark.parametrize("entity", ["us-embassy-in-atlantis", "martian-embassy-in-iraq", "kenyan"])
def test_what_is_no_body_has_no_name(entity):
    assert entity not in entity_names()
    assert entity_names().get(entity) is None


def test_an_embassy_is_known_by_its_id():
    found = body_of("us-embassy-in-iraq")
    assert (found.code, found.host) == ("US", "IQ")
    assert "embassy" in words_for(found)


@pytest.mark.parametrize(
    "piece",
    ["The Kenyan parliament met. The parliament left. ", "The Pentagon met. The department met. "],
)
def test_ten_times_the_bodies_take_about_ten_times_as_long(piece: str) -> None:
    _seconds(piece)  # reads the tables
    few, many = _seconds(piece * 500), _seconds(piece * 5_000)
    assert many < 20 * few + 0.5  # 18 to 39 s, against .4, where each was looked for among all


def _seconds(text: str) -> float:
    written = article(text)
    found = _entities().find(written, Tags())
    started = process_time()
    StateBodyTagger().find(written, found)
    return process_time() - started


@cache
def _entities() -> EntityTagger:
    return EntityTagger(read_entities())
