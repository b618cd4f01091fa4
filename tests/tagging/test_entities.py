"""Entities named in articles: one mention each, the right bearer, and the table of names."""

from collections import Counter
from dataclasses import replace

import pytest
from written import article, mentions, taggers

from pipelines.article import Capture, Form, TagKind, Zone
from pipelines.extraction import extract
from pipelines.tagging import entity_names, find_mentions, make_taggers, read_topics
from pipelines.tagging.declension import variants
from pipelines.tagging.entity_table import PERSON, read_entities
from pipelines.tagging.quotation import quoted_spans

HEADLINE = (
    "US State Secretary John Kerry's visit to Sochi was not a new 'reset' in relations between "
    "the US and Russia, Russian Foreign Minister Sergei Lavrov told Bloomberg."
)
BODY = (
    'US Secretary of State John Kerry\'s visit to Sochi on May 12 was not a diplomatic "reset" '
    "but a return to normal relations, Russian Foreign Minister Sergei Lavrov told Bloomberg on "
    "Tuesday.",
    "Kerry's meeting with Lavrov and Russian President Vladimir Putin in May generated "
    "speculation about its implications for US-Russian relations and the crisis in Ukraine.",
    '"I think we are sufficiently realistic. President Putin talks to President Obama on the '
    "phone from time to time, the dialogue is pretty pragmatic, they discuss specific areas of "
    'cooperation where both countries could benefit," Lavrov told Bloomberg.',
    '"I would call this a realization of the need for normalcy," Lavrov added.',
    "Lavrov also said that he and Kerry agreed to maintain contacts between Moscow and "
    "Washington on a regular basis to exchange assessments of the situation.",
    (Zone.SUBHEAD, "Some Must Decide on Syria"),
    'Lavrov told Bloomberg that the US "obsession" with overthrowing Assad is not helping resolve '
    "the Syrian conflict.",
    '"Some external players must answer the question of who presents a greater threat, Assad or '
    'the Islamic State," Lavrov said.',
    "He added that the Syrian conflict can only be resolved politically, based on the communique "
    "agreed on during the Geneva II conference on Syria.",
    "The American bombing of ISIL-held Syrian territory without its government's agreement was "
    "also a mistake, Lavrov said, calling the decision to begin the bombing campaign without a "
    "United Nations Security Council (UNSC) resolution regrettable.",
)
AROUND = (
    (Zone.RELATED, "Lavrov's Biker Look Impresses Journalists"),
    (Zone.RELATED, "Lavrov Says Germany 'Worthy' of Permanent UNSC Membership"),
    (Zone.TAGS, "interview, Russian Foreign Ministry, Russia"),
)
SEED = ((Zone.LEDE, HEADLINE), *BODY, *AROUND)


def named(*parts, language="en"):
    found = mentions(TagKind.ENTITY, *parts, language=language)
    return [(one.surface, one.tag) for one in found]


def ids(*parts, language="en"):
    return {tag for _, tag in named(*parts, language=language)}


def test_the_interview_names_lavrov_nine_times_and_nothing_from_around_it():
    counts = Counter(tag for _, tag in named(*SEED))
    assert counts == {
        "sergei-lavrov": 9,
        "john-kerry": 4,
        "bloomberg": 4,
        "vladimir-putin": 2,
        "bashar-al-assad": 2,
        "islamic-state": 2,
        "barack-obama": 1,
        "un-security-council": 1,
    }


def test_the_interview_as_it_was_scraped_gives_the_same(shared_data):
    scraped = next((shared_data / "seed").glob("*.txt")).read_bytes()
    document = extract(Capture("seed", "seed", Form.CLIPPING, scraped))
    whole = replace(article(document.text), zones=document.zones)
    found = Counter(one.tag for one in find_mentions(whole, taggers()).mentions)
    written = find_mentions(article(*SEED), taggers()).mentions
    assert found == Counter(one.tag for one in written)


def test_the_interview_names_four_countries():
    assert {one.tag for one in mentions(TagKind.COUNTRY, *SEED)} == {"RU", "SY", "UA", "US"}


ONE_MENTION = [
    ("Russian Foreign Minister Sergei Lavrov", "sergei-lavrov"),
    ("US Secretary of State John Kerry", "john-kerry"),
    ("former U.S. Secretary of State Hillary Clinton", "hillary-clinton"),
    ("President Putin", "vladimir-putin"),
    ("Wendy R. Sherman", "wendy-sherman"),
    ("Marco A. Rubio", "marco-rubio"),
    ("Russia's President Vladimir Putin", "vladimir-putin"),
    ("President of the Russian Federation Vladimir Putin", "vladimir-putin"),
    ("Vice Chancellor and Foreign Minister Frank-Walter Steinmeier", "frank-walter-steinmeier"),
    ("Mr. Obama", "barack-obama"),
    ("Prime Minister May", "theresa-may"),
    ("British Prime Minister Theresa May", "theresa-may"),
    ("his Russian counterpart Sergey Lavrov", "sergei-lavrov"),
    ("United Nations Security Council (UNSC)", "un-security-council"),
    ("Islamic State (IS)", "islamic-state"),
    ("UN Secretary-General Ban", "ban-ki-moon"),
    ("ЧВК «Вагнер", "wagner-group"),
    ("World Health Organization (WHO)", "world-health-organization"),
    ("министр иностранных дел России Сергей Лавров", "sergei-lavrov"),
    ("президенту России Владимиру Путину", "vladimir-putin"),
]


@pytest.mark.parametrize(("surface", "entity"), ONE_MENTION, ids=[s for s, _ in ONE_MENTION])
def test_a_name_with_what_belongs_to_it_is_one_mention(surface, entity):
    found = named(f"So said {surface} again.")
    assert found[-1] == (surface.removeprefix("his "), entity)
    assert [tag for _, tag in found].count(entity) == 1


def test_a_body_within_a_role_keeps_its_own_mention():
    assert named("NATO Secretary-General Jens Stoltenberg spoke.") == [
        ("NATO", "nato"),
        ("NATO Secretary-General Jens Stoltenberg", "jens-stoltenberg"),
    ]


def test_a_role_does_not_reach_over_a_sentence():
    assert named("He left the US. President Obama stayed.") == [("President Obama", "barack-obama")]


def test_why_says_alias_and_rule():
    found = mentions(TagKind.ENTITY, "Russian President Vladimir Putin met Lavrov.")
    assert [one.why for one in found] == ["role + name 'Vladimir Putin'", "alias 'Lavrov'"]


@pytest.mark.parametrize(
    "name", ["ISIL", "ISIS", "Islamic State", "Daesh", "ИГИЛ", "داعش", "Islamic State group"]
)
def test_names_of_the_islamic_state_are_one_entity(name):
    assert ids(f"Fighters of {name} left.") == {"islamic-state"}


NOT_NAMED = [
    "In May the power of rice and brown bread grew, with a key in hand.",
    "May is a month, Rice is a grain and Brown is a colour.",
    "Tell us who it is.",
    "WHO IS IT, ASKED THE MAN",
    "Michelle Obama and Melania Trump met Asma al-Assad.",
    "Martine Moïse wished Abhijit Mukherjee well, and Eid Mubarak.",
    "The president of Gabon spoke of the white house on the hill.",
    "The Russian Security Council met under the National Security Council's eyes.",
    "A security council of the city",
    "President Brown of the club",
]


@pytest.mark.parametrize("text", NOT_NAMED)
def test_a_text_names_nobody_of_the_table(text):
    assert ids(text) - {"united-nations"} == set()


def test_a_surname_counts_once_the_full_name_is_there():
    assert named("Theresa May spoke.", "Then May left in May.")[:2] == [
        ("Theresa May", "theresa-may"),
        ("May", "theresa-may"),
    ]


def test_a_name_ends_behind_the_point_of_its_abbreviation():
    assert named("Joseph R. Biden, Jr. left.") == [("Joseph R. Biden, Jr.", "joe-biden")]


def test_a_shared_surname_is_the_last_bearers():
    text = "Bill Clinton spoke, Clinton said. Hillary Clinton answered, and Clinton left."
    assert [tag for _, tag in named(text)] == ["bill-clinton"] * 2 + ["hillary-clinton"] * 2


def test_a_shared_surname_before_any_full_name_is_the_next_bearers():
    assert ids((Zone.HEADLINE, "Clinton leaves"), "Hillary Clinton left.") == {"hillary-clinton"}


def test_why_of_a_short_name_says_what_let_it_count_and_of_how_many():
    text = "Bill Clinton left. Clinton slept. Hillary Clinton came. Clinton spoke."
    assert [one.why for one in mentions(TagKind.ENTITY, text)] == [
        "alias 'Bill Clinton'",
        "alias 'Clinton' after 'Bill Clinton'; of 2 bearers the one named nearest",
        "alias 'Hillary Clinton'",
        "alias 'Clinton' after 'Hillary Clinton'; of 2 bearers the one named nearest",
    ]


def test_a_shared_surname_alone_is_nobodys():
    assert ids("Clinton left.") == set()


def test_somebody_else_takes_a_surname_over_until_its_bearer_is_named():
    text = "Michelle Obama spoke. Obama left. Barack Obama came. Obama spoke."
    assert [surface for surface, _ in named(text)] == ["Barack Obama", "Obama"]
    assert ids("Donald Trump met Ivanka Trump. Trump left.") == {"donald-trump"}
    assert len(named("Trump met Ivanka Trump. Trump left.")) == 2


def test_an_agency_and_its_founder_are_told_apart():
    assert ids("Lavrov told Bloomberg.") == {"sergei-lavrov", "bloomberg"}
    assert ids("Michael Bloomberg ran; Bloomberg lost.") == {"michael-bloomberg"}


def test_a_given_name_of_ones_own_is_no_obstacle():
    assert ids("Recep Erdogan spoke, Bushra al-Assad did not.") == {"recep-tayyip-erdogan"}


def test_minutes_set_a_speakers_name_in_capitals():
    assert ("MR PRICE", "ned-price") in named("Ned Price spoke.", "MR PRICE: Good afternoon.")
    assert named("Ned Price spoke.", "THE PRICE is high.") == [("Ned Price", "ned-price")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Ein Bild der Stadt (Bild: Polizei), und die Welt hat die Zeit."),
        ("es", "El país necesita agua. El mundo es grande."),
        ("it", "La repubblica vota, La stampa italiana scrive."),
        ("pt", "O globo gira."),
    ],
)
def test_a_paper_called_like_a_common_word_is_not_that_word(language: str, text: str):
    assert ids(text, language=language) == set()


def test_a_paper_called_like_a_common_word_is_known_as_a_paper():
    assert ids("Das sagte er der Bild-Zeitung. Bild fragte nach.", language="de") == {"bild"}
    assert ids("Wie die Bild berichtet, war es so.", language="de") == {"bild"}
    assert ids("He told the German newspaper Bild and Die Welt.") == {"bild", "die-welt"}
    assert ids("Lo dijo a EL PAÍS y a El Mundo.", language="es") == {"el-pais", "el-mundo"}


def test_a_surname_that_is_a_word_keeps_its_capital():
    assert named("theresa may may go") == [("theresa may", "theresa-may")]


def test_the_security_council_needs_the_united_nations():
    text = "The Security Council voted."
    assert ids(text) == set()
    assert "un-security-council" in ids(text, "The United Nations said so.")


@pytest.mark.parametrize(
    "text",
    [
        "The Security Council of Russia met.",
        "The General Assembly of the Presbyterian Church met.",
        "Заседание Совета Безопасности РФ",
    ],
)
def test_a_council_of_somebody_else_is_not_that_of_the_united_nations(text: str):
    assert ids(text, "The UN said so.") == {"united-nations"}
    assert "un-security-council" in ids("The Security Council of the UN met.", "The UN said so.")


def test_text_without_capitals_and_all_in_capitals_is_read():
    assert ids("putin met obama in the kremlin") == {"vladimir-putin", "barack-obama", "kremlin"}
    assert ids("PUTIN MEETS OBAMA") == {"vladimir-putin", "barack-obama"}


@pytest.mark.parametrize("form", ["Лавров", "Лаврова", "Лаврову", "Лавровым", "Лаврове"])
def test_a_russian_surname_is_found_in_every_case(form):
    assert ids(f"Сказано о {form} вчера.", language="ru") == {"sergei-lavrov"}


def test_a_ukrainian_name_is_found_in_other_cases():
    text = "Розмова з Володимиром Зеленським і Дмитром Кулебою"
    assert ids(text, language="uk") == {"volodymyr-zelensky", "dmytro-kuleba"}


def test_a_womans_name_does_not_become_a_mans():
    assert "Захаров" not in variants("Захарова")
    assert {"Захаровой", "Захарову"} <= set(variants("Захарова"))


def test_an_arabic_name_is_found_with_a_word_joined_to_it():
    assert ids("قال الرئيس وبوتين", language="ar") == {"vladimir-putin"}


def test_quoted_spans_are_marked_and_only_they():
    found = mentions(TagKind.ENTITY, '"Putin called," Lavrov said. Obama smiled.')
    assert [(one.surface, one.in_quote) for one in found] == [
        ("Putin", True),
        ("Lavrov", False),
        ("Obama", False),
    ]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('a "b" c', ["b"]),
        ("a \u201cb\u201d c \u00abd\u00bb e \u201ef\u201c", ["b", "d", "f"]),
        ('"open to the end\nnext', ["open to the end"]),
        ('a board of 5" width', []),
        ("it's John's", []),
    ],
)
def test_quotation_marks_are_paired(text, quoted):
    assert [text[start:end] for start, end in quoted_spans(text)] == quoted


def test_offsets_and_zones_are_those_of_the_article():
    written = article((Zone.HEADLINE, "Lavrov speaks"), (Zone.BYLINE, "By Putin"), "Obama left.")
    for one in find_mentions(written, taggers()).mentions:
        assert written.text[one.start : one.end] == one.surface
    found = [(one.tag, one.zone) for one in find_mentions(written, taggers()).mentions]
    assert found == [("sergei-lavrov", Zone.HEADLINE), ("barack-obama", Zone.BODY)]


def test_topics_come_after_entities_and_countries():
    everything = make_taggers(read_topics(["default"]))
    kinds = [one.kind for one in find_mentions(article(*SEED), everything).mentions]
    order = [TagKind.ENTITY, TagKind.NAME, TagKind.COUNTRY, TagKind.TOPIC]
    assert kinds == sorted(kinds, key=order.index)
    assert set(kinds) == set(order)


def test_the_table_has_enough_entities_of_every_type():
    types = Counter(entity.type for entity in entity_names().values())
    assert set(types) == {"person", "organisation", "place"}
    assert types.total() >= 800


def test_no_id_is_given_twice():
    found = [entity.id for entity in read_entities()]
    assert [one for one, count in Counter(found).items() if count > 1] == []


def test_a_full_name_is_one_entitys_only():
    owner: dict[str, str] = {}
    for entity in read_entities():
        for text in (entity.name, *entity.aliases):
            assert owner.setdefault(text.casefold(), entity.id) == entity.id, text


def test_a_short_name_counts_alone_for_one_entity_at_most():
    owner: dict[str, str] = {}
    for entity in read_entities():
        for text in entity.short if entity.alone else ():
            assert owner.setdefault(text.casefold(), entity.id) == entity.id, text


def test_a_name_is_either_full_or_short():
    for entity in read_entities():
        assert not set(entity.short) & {entity.name, *entity.aliases}, entity.id


def test_licences_name_known_entities():
    known = set(entity_names())
    assert {licence for entity in read_entities() for licence in entity.licences} <= known


def test_every_alias_finds_its_own_entity():
    missed = [
        (entity.id, text)
        for entity in read_entities()
        for text in (entity.name, *entity.aliases)
        if entity.id not in ids(f"so {text} it")
    ]
    assert missed == []


def test_every_short_name_finds_its_own_entity_after_the_full_name():
    missed = [
        (entity.id, text)
        for entity in read_entities()
        for text in entity.short
        if (text, entity.id) not in named(f"so {entity.name} it", f"so {text} it")
        and entity.licences == (entity.id,)
    ]
    assert missed == []


def test_every_persons_role_lets_the_surname_count():
    missed = [
        (entity.id, title)
        for entity in read_entities()
        if entity.type == PERSON and entity.short and not entity.alone
        for title in entity.own_roles
        if entity.id not in ids(f"so {title} {entity.short[0]} it")
        and not any(title in other.own_roles for other in _sharing(entity))
    ]
    assert missed == []


def _sharing(entity):
    return [one for one in read_entities() if set(one.short) & set(entity.short) and one != entity]
