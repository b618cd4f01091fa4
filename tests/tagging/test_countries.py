"""Countries named in articles: what counts for which, and the tables of names."""

import json

import pytest
from written import article, mentions

from pipelines.article import Mention, TagKind, Tags, Zone
from pipelines.tagging import country_names
from pipelines.tagging.countries import CountryTagger
from pipelines.tagging.declension import adjective_forms
from pipelines.tagging.gazetteer import read_table, split_names
from pipelines.tagging.namesakes import namesakes


def countries(*parts, language="en"):
    return {mention.tag for mention in mentions(TagKind.COUNTRY, *parts, language=language)}


def why(text):
    return [(one.surface, one.tag, one.why) for one in mentions(TagKind.COUNTRY, text)]


NAMED = [
    ("Talks between Russia and Ukraine resumed.", {"RU", "UA"}),
    ("Syrian and Iraqi troops met American advisers.", {"SY", "IQ", "US"}),
    ("The Kremlin and the White House declined to comment.", {"RU", "US"}),
    ("Moscow told Kyiv; Washington listened.", {"RU", "UA", "US"}),
    ("Peru, United Kingdom, United States of America", {"PE", "GB", "US"}),
    ("North Korea threatened South Korea.", {"KP", "KR"}),
    ("South Korean and North Korean officials met.", {"KP", "KR"}),
    ("Rebels from the DR Congo crossed the border.", {"CD"}),
    ("The Democratic Republic of the Congo voted.", {"CD"}),
    ("The Republic of the Congo voted, and Congo counts.", {"CG"}),
    ("Congo's army fought rebels near Goma.", {"CD"}),
    ("Congolese voters queued in Brazzaville.", {"CG"}),
    ("Papua New Guinea held an election.", {"PG"}),
    ("Guinea-Bissau had a coup.", {"GW"}),
    ("Equatorial Guinea pumps oil.", {"GQ"}),
    ("Guinea's president resigned.", {"GN"}),
    ("Niger expelled the envoy of Nigeria.", {"NE", "NG"}),
    ("Nigerien and Nigerian soldiers.", {"NE", "NG"}),
    ("Police in Northern Ireland arrested a man.", {"GB"}),
    ("The Republic of Ireland voted.", {"IE"}),
    ("The Palestinian leader left Gaza.", {"PS"}),
    ("Kosovo and Serbia signed.", {"XK", "RS"}),
    ("Taiwan and Hong Kong watched.", {"TW", "HK"}),
    ("Four Americans were released.", {"US"}),
    ("The U.S. and the U.K. agreed.", {"US", "GB"}),
    ("A court in New Mexico ruled.", {"US"}),
    ("Turkey shot down a jet.", {"TR"}),
    ("Chad sent troops.", {"TD"}),
    ("King Abdullah of Jordan spoke.", {"JO"}),
    ("Jordan closed the crossing.", {"JO"}),
    ("Fighting in Côte d\u2019Ivoire and the UAE's vote.", {"CI", "AE"}),
    ("Saudi Arabia's king", {"SA"}),
    ("Georgia wants to join NATO, said Tbilisi.", {"GE"}),
    ("Georgia's president spoke at the UN in New York.", {"GE", "US"}),
    ("Ukraine, Moldova and Georgia signed in Washington.", {"UA", "MD", "GE", "US"}),
    ("Voters in Georgia and Pennsylvania went to the polls.", {"US"}),
    ("The trial in Atlanta, Georgia, begins.", {"US"}),
    ("The bank is in London, Ontario.", {"CA"}),
    ("He was born in Moscow, Idaho.", {"US"}),
    ("A storm hit Lebanon, Pennsylvania.", {"US"}),
    ("US-led and ISIL-held, US-Russian and Israel-Hamas", {"US", "RU", "IL"}),
    ("talks between russia and ukraine", {"RU", "UA"}),
    ("RUSSIA VETOES DRAFT ON SYRIA", {"RU", "SY"}),
    ("Police left Birmingham, Alabama. Later Birmingham was calm.", {"US"}),
    ("Birmingham is England's second city.", {"GB"}),
    ("Spills in San Juan and Cajamarca, Peru", {"PE"}),
    ("San Juan has a new mayor.", {"PR"}),
    ("Republican Doug Collins of Georgia spoke of Ukraine.", {"US", "UA"}),
    ("Senators backed Ukraine, Moldova and Georgia.", {"UA", "MD", "GE"}),
    ("The Soviet Union fell; Tibetan monks and Antarctic lichens", {"RU", "CN", "AQ"}),
    ("Vernon Jordan spoke. Jordan left for Jordan, or so to Jordan.", {"JO"}),
    (
        "Kunar and Cornwall and Lac-Mégantic and Tocantins",
        {"GB", "AF", "CA", "BR"},
    ),
]


@pytest.mark.parametrize(("text", "expected"), NAMED, ids=[text[:40] for text, _ in NAMED])
def test_a_text_names_these_countries(text, expected):
    assert countries(text) == expected


NOT_NAMED = [
    "tell us who it is",
    "WHO TOLD US THAT IT IS OVER",
    "The IT company IS fine, said a man from OR.",
    "The turkey was roasted with chestnuts.",
    "a chad hung from the ballot",
    "Latin American and South American leaders met North American ones.",
    "Ships crossed the Indian Ocean and the South China Sea to the Persian Gulf.",
    "Oil leaked into the Gulf of Mexico.",
    "The Panama Papers named him.",
    "He ate French fries and a Brazil nut.",
    "Michael Jordan won again.",
    "Vernon Jordan and Barbara Jordan",
    "Jack London wrote it, Irving Berlin sang.",
    "Geneva II failed, and the Geneva Convention was broken.",
    "The Minsk agreements and the Minsk II accord",
    "They cited the Budapest Memorandum and the Vienna Convention.",
    "The Paris Agreement and the Paris climate accord",
    "After the Oslo accords and the Doha Round",
    "Camp David Accords",
    "The Islamic State of Iraq and Syria claimed it.",
    "The Washington Post and the Moscow Times reported.",
    "The Korean Peninsula",
    "a guinea pig",
    "It cost US$5 million, said Agence France-Presse.",
    "The Cambridge Analytica scandal",
    "Defence Minister Israel Katz spoke.",
    "Steven L. Jordan, Huascar Medina, Mr. Aden and Nikki Holland",
    "Vernon Jordan spoke. Jordan then left.",
    "He speaks Polish, Czech, French and German.",
    "the Spanish language, a Russian-speaking crowd, written in Arabic and said in Persian",
    "The Prince of Wales and the Duchess of Cornwall",
    "The University of Miami and the Observatoire de Paris",
    "The Jordan Times, the Bangkok Post and the Chicago Tribune",
    "The Treaty of Utrecht and the Brussels Forum",
    "Scientific American, the New England Journal of Medicine, Hong Kong flu",
]


def test_an_address_of_the_web_names_no_country():
    text = "Siehe https://deutsch.example.com/a und deutsche-nachrichten.de, nicht mail@deutsch.org"
    assert countries(text, language="de") == set()
    assert countries("In Syria.Then a US-led group", language="en") == {"SY", "US"}


@pytest.mark.parametrize("text", NOT_NAMED)
def test_a_text_names_no_country(text):
    assert countries(text) == set()


LANGUAGES = [
    ("ru", "Переговоры России с Украиной и Сирией прошли в Москве.", {"RU", "UA", "SY"}),
    ("ru", "Египет и США, в Египте и с Германией", {"EG", "US", "DE"}),
    ("ru", "Сирийские и российские военные", {"SY", "RU"}),
    ("uk", "Президент України прибув до Німеччини, а не до Росії.", {"UA", "DE", "RU"}),
    ("ar", "روسيا وسوريا وأوكرانيا", {"RU", "SY", "UA"}),
    ("fr", "La Russie et les États-Unis parlent de la Syrie.", {"RU", "US", "SY"}),
    ("es", "Rusia y Estados Unidos hablan de Siria.", {"RU", "US", "SY"}),
    ("de", "Russland und die Türkei sprechen über Syrien.", {"RU", "TR", "SY"}),
    (
        "fr",
        "Le président russe et la délégation syrienne, les soldats ukrainiens",
        {"RU", "SY", "UA"},
    ),
    ("es", "Las tropas rusas y el presidente francés", {"RU", "FR"}),
    ("de", "Der russische Präsident und die syrischen Truppen", {"RU", "SY"}),
    (
        "it",
        "La Russia e gli Stati Uniti parlano dell'Ucraina, i cinesi tacciono.",
        {"RU", "US", "UA", "CN"},
    ),
    ("it", "Le truppe siriane, un ministro polacco e due turche", {"SY", "PL", "TR"}),
    (
        "pt",
        "A Rússia e a Ucrânia falam da Síria; tropas iranianas partem.",
        {"RU", "UA", "SY", "IR"},
    ),
    ("pt", "O ministro alemão e a embaixadora francesa", {"DE", "FR"}),
    ("pl", "Prezydent Ukrainy rozmawiał w Niemczech o rosyjskich wojskach.", {"UA", "DE", "RU"}),
    ("pl", "Moskwa i Londyn", {"RU", "GB"}),
    (
        "nl",
        "De Oekraïense president is in de VS, Duitslands leger niet; Zuid-Korea en Wit-Rusland.",
        {"UA", "US", "DE", "KR", "BY"},
    ),
    ("nl", "Franse boeren en Van Praag in Latijns-Amerika, de één vs de ander", {"FR"}),
    (
        "tr",
        "Türkiye'nin Rusya’da görüştüğü ABD'li bakan, Suriyelilerin ve İRAN'ın durumu",
        {"TR", "RU", "US", "SY", "IR"},
    ),
    ("tr", "MISIR ve Kıbrıs, İngilizler ve Güney Kore", {"EG", "CY", "GB", "KR"}),
    ("tr", "Mali kurallar, mısır tarlası, alman gerekiyor", set()),
    ("tr", "Mali'de ve İsrail'de", {"ML", "IL"}),
    ("en", "An Island of Grenade and Dominique", set()),
    ("de", "Island liegt im Norden.", {"IS"}),
]


CAPITALS = [
    ("de", "Moskau und Kiew verhandeln in Genf, Peking sieht zu.", {"RU", "UA", "CH", "CN"}),
    ("fr", "Téhéran répond à Bruxelles ; Le Caire attend.", {"IR", "BE", "EG"}),
    ("es", "Moscú y Pekín firmaron en La Habana.", {"RU", "CN", "CU"}),
    ("it", "Mosca avverte Varsavia e Londra.", {"RU", "PL", "GB"}),
    ("pt", "Moscovo e Pequim falaram em Lisboa.", {"RU", "CN", "PT"}),
    ("pl", "Londyn i Bruksela rozmawiały o Kijowie. Kijów czeka.", {"GB", "BE", "UA"}),
    ("ar", "قالت موسكو وطهران إن دمشق وافقت.", {"RU", "IR", "SY"}),
]


@pytest.mark.parametrize(("language", "text", "expected"), CAPITALS)
def test_capitals_are_known_as_the_language_writes_them(
    language: str, text: str, expected: set[str]
):
    assert countries(text, language=language) == expected


@pytest.mark.parametrize(("language", "text", "expected"), LANGUAGES)
def test_names_are_known_in_other_languages(language, text, expected):
    assert countries(text, language=language) == expected


WITHIN = [
    ("fr", "L'océan Indien, le golfe du Mexique et la mer de Chine méridionale", set()),
    ("fr", "Irlande du Nord et Nouveau-Mexique, Nouvelle-Guinée", {"GB", "US"}),
    ("de", "im Indischen Ozean, am Golf von Mexiko, in Nordirland", {"GB"}),
    ("es", "Irlanda del Norte, Nueva Guinea y las montañas rusas", {"GB"}),
    ("it", "L'oceano Indiano e l'Irlanda del Nord", {"GB"}),
    ("ru", "Страны Латинской Америки и Южная Америка", set()),
    ("ru", "в Индийском океане, у Мексиканского залива и Южно-Китайского моря", set()),
    ("ru", "В Северной Ирландии и на Новой Гвинее", {"GB"}),
    ("uk", "країни Латинської Америки, Індійський океан", set()),
    ("pl", "w Irlandii Północnej, nad Oceanem Indyjskim", {"GB"}),
    ("ar", "دول أمريكا اللاتينية", set()),
    ("tr", "Kuzey İrlanda ve Japon Denizi", {"GB"}),
    ("en", "New Guinea, the Bermuda Triangle and a Cuban sandwich", set()),
]


@pytest.mark.parametrize(("language", "text", "expected"), WITHIN)
def test_a_name_within_another_is_not_meant_in_any_language(language, text, expected):
    assert countries(text, language=language) == expected


def test_why_says_the_kind_of_name():
    assert why("Russian envoys left Moscow for Sochi in Russia, not Chechnya.") == [
        ("Russian", "RU", "adjective"),
        ("Moscow", "RU", "metonym"),
        ("Sochi", "RU", "city"),
        ("Russia", "RU", "name"),
        ("Chechnya", "RU", "region"),
    ]


AMBIGUOUS = [
    ("Georgia voted.", "name; Georgia the US state: no US place in the article"),
    ("Georgia and Ohio voted.", "name; the country: listed with Ohio"),
    ("Georgia and Chad voted.", "name; Georgia the US state: listed with Chad"),
    ("Georgia voted, said Tbilisi.", "name; Georgia the US state: the Caucasus is named"),
    ("In Atlanta they say: Georgia voted.", "name; the country: Atlanta is named"),
    ("Birmingham voted.", "city; Birmingham in US: nothing else there is named"),
    ("Birmingham and Leeds voted.", "city; Birmingham in US: GB is named otherwise"),
    ("Birmingham voted, and Texas.", "city; Birmingham in GB: only US is named otherwise"),
    ("Birmingham, Alabama, voted.", "city; the article says in which"),
    ("Congo voted.", "name; the Republic of the Congo: not the only one named in full"),
]


@pytest.mark.parametrize(("text", "expected"), AMBIGUOUS, ids=[text for text, _ in AMBIGUOUS])
def test_why_says_what_else_the_name_could_have_been(text, expected):
    assert expected in [reason for _, _, reason in why(text)]


def test_every_namesake_is_a_name_of_its_usual_country():
    for name, codes in namesakes().items():
        assert countries(f"in {name.title()}") == {codes[0]}, name


def test_the_name_of_an_unknown_person_names_no_country():
    text = "Envoy Rouda Jordan spoke in Chad."
    name = Mention(TagKind.NAME, "person:Rouda Jordan", 6, 18, "Rouda Jordan", Zone.BODY)
    found = CountryTagger().find(article(text), Tags((name,)))
    assert [mention.tag for mention in found.mentions] == ["TD"]


def test_a_surname_that_stands_for_a_person_named_in_full_names_no_country():
    text = "Jordan won; Leeds voted."
    names = (
        Mention(TagKind.NAME, "person:Michael Jordan", 0, 6, "Jordan", Zone.BODY),
        Mention(TagKind.NAME, "person:Leeds", 12, 17, "Leeds", Zone.BODY),
    )
    found = CountryTagger().find(article(text), Tags(names))
    assert [mention.tag for mention in found.mentions] == ["GB"]


ABBREVIATED = [
    ("NAPLES, Fla. (AP) and Warsaw, Ind., are small.", {"US"}),
    ("He grew up in Lebanon, Pa. It rained.", {"US"}),
    ("Write to 5 Main Street, Cuba, MO 65453.", {"US"}),
    ("Offices in Tunis, TN, and Rabat, MA", {"TN", "MA"}),
    ("Police in London, Ont., and Paris, Ont. said so.", {"CA"}),
    ("WARSAW, IN SHOCK", {"PL"}),
]


@pytest.mark.parametrize(("text", "expected"), ABBREVIATED)
def test_a_place_before_an_abbreviated_state_lies_there(text, expected):
    assert countries(text) == expected


def test_a_country_whose_name_the_article_writes_small_too_is_that_word():
    assert countries((Zone.HEADLINE, "Turkey Prices Rise"), "Whole turkeys cost more.") == set()
    assert countries("Roast Turkey. Turkey sandwiches.", "The turkey is done.") == set()
    assert countries("Turkey said no.", "In Ankara a turkey was sold.") == {"TR"}
    assert countries("Turkey said no, see news.example/turkey and #turkey.") == {"TR"}


def test_a_role_still_names_its_country():
    assert countries("Russian Foreign Minister Sergei Lavrov spoke.") == {"RU"}


def test_related_headlines_and_tags_name_no_country():
    parts = [(Zone.HEADLINE, "Vote in Ghana"), (Zone.RELATED, "Germany wins"), (Zone.TAGS, "Togo")]
    assert countries(*parts) == {"GH"}


def test_a_name_does_not_cross_a_paragraph():
    assert countries("He moved from South", "Korea is divided.") == set()


def test_every_code_of_the_standard_is_named(shared_data):
    standard = json.loads((shared_data / "entities/mledoze_countries.json").read_text("utf-8"))
    assert {row["cca2"] for row in standard} <= set(country_names())


def test_no_code_is_listed_twice():
    codes = [row["code"] for row in read_table("countries.csv")]
    assert len(codes) == len(set(codes)) == 250


def test_no_name_stands_for_two_countries():
    owner: dict[str, str] = {}
    for row in read_table("countries.csv"):
        for text in [row["name"], *split_names(row["aliases"] + "|" + row["adjectives"])]:
            assert owner.setdefault(text.casefold(), row["code"]) == row["code"], text
    for row in read_table("places.csv"):
        for text in [row["name"], *split_names(row["aliases"])]:
            assert owner.setdefault(text.casefold(), row["code"]) == row["code"], text


@pytest.mark.parametrize("language", ["fr", "es", "de", "it", "pt", "pl", "nl", "tr"])
def test_no_foreign_adjective_stands_for_two_countries(language):
    owner: dict[str, str] = {}
    for row in read_table("adjectives.csv"):
        assert row["code"] in country_names()
        for text in split_names(row[language]):
            for form in adjective_forms(text, language):
                assert owner.setdefault(form, row["code"]) == row["code"], form


@pytest.mark.parametrize(
    "column", ["ru", "uk", "fr", "es", "de", "ar", "it", "pt", "pl", "nl", "tr"]
)
def test_no_foreign_name_stands_for_two_countries(column):
    owner: dict[str, str] = {}
    for row in read_table("countries.csv"):
        for text in split_names(row[column]):
            assert owner.setdefault(text.casefold(), row["code"]) == row["code"], text


def test_every_country_is_found_by_its_own_name():
    missed = {code for code, name in country_names().items() if code not in countries(f"in {name}")}
    assert missed == set()
