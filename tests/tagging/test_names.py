"""Names that no table knows: which become candidates, and which fuller name they stand for."""

import re

import pytest

from pipelines.article import Mention, TagKind, Tags, Zone
from pipelines.tagging import make_taggers
from pipelines.tagging.names import NameTagger
from pipelines.tagging.spans import Span, SpanKind
from tests.tagging.written import article, mentions

P, ORG, L = SpanKind.PERSON, SpanKind.ORGANISATION, SpanKind.PLACE
NOTHING = Tags()


class Told:
    """Finds the names that it was told, as whole words."""

    def __init__(self, **names: SpanKind) -> None:
        self.names = {name.replace("_", " "): kind for name, kind in names.items()}

    def spans(self, text: str, lang: str) -> list[Span]:
        longest = sorted(self.names, key=len, reverse=True)
        pattern = "|".join(rf"\b{re.escape(name)}\b" for name in longest)
        return [
            Span(*one.span(), self.names[one.group()])
            for one in (re.finditer(pattern, text) if pattern else ())
        ]


def tags(spans: Told, *parts: str | tuple[Zone, str], found: Tags = NOTHING) -> list[str]:
    return [one.tag for one in NameTagger(spans).find(article(*parts), found).mentions]


def test_a_candidate_is_tagged_by_kind_and_name() -> None:
    spans = Told(Jane_Doe=P, Kestrel_Ltd=ORG, Foxton=L)
    assert tags(spans, "Jane Doe of Kestrel Ltd came to Foxton.") == [
        "person:Jane Doe",
        "organisation:Kestrel Ltd",
        "place:Foxton",
    ]


def test_places_are_of_the_article_whatever_zones_lie_between() -> None:
    parts = ((Zone.HEADLINE, "Doe leaves"), (Zone.RELATED, "Doe again"), "Jane Doe left.")
    made = article(*parts)
    for one in NameTagger(Told(Jane_Doe=P, Doe=P)).find(made, Tags()).mentions:
        assert made.text[one.start : one.end] == one.surface
        assert one.zone in (Zone.HEADLINE, Zone.BODY)


def test_a_surname_stands_for_the_full_name_before_or_behind_it() -> None:
    spans = Told(Jane_Doe=P, Doe=P)
    assert (
        tags(spans, (Zone.HEADLINE, "Doe leaves"), "Jane Doe left. Doe said so.")
        == ["person:Jane Doe"] * 3
    )


def test_of_two_bearers_of_a_surname_it_is_the_last_one_named() -> None:
    spans = Told(Jane_Doe=P, Adam_Doe=P, Doe=P)
    assert tags(spans, "Jane Doe left. Doe wept. Adam Doe came. Doe smiled.") == [
        "person:Jane Doe",
        "person:Jane Doe",
        "person:Adam Doe",
        "person:Adam Doe",
    ]


def test_a_given_name_of_two_people_is_nobodys() -> None:
    spans = Told(Jane_Doe=P, Jane_Roe=P, Jane=P)
    assert tags(spans, "Jane Doe met Jane Roe. Jane left.")[-1] == "person:Jane"
    assert tags(Told(Jane_Doe=P, Jane=P), "Jane Doe came. Jane left.")[-1] == "person:Jane Doe"


def test_a_surname_behind_junior_is_found() -> None:
    spans = Told(**{"John Doe Jr": P, "Doe": P})
    assert tags(spans, "John Doe Jr came. Doe left.") == ["person:John Doe Jr"] * 2


def test_an_abbreviation_stands_for_the_organisation() -> None:
    spans = Told(Free_Heron_Movement=ORG, FHM=ORG)
    bracketed = tags(spans, "The Free Heron Movement (FHM) met. The FHM said so.")
    spelled = tags(spans, "The Free Heron Movement met. The FHM said so.")
    assert set(bracketed) == set(spelled) == {"organisation:Free Heron Movement"}


def test_a_speaker_in_capitals_is_written_as_names_are() -> None:
    assert tags(Told(PSARRA=P), "PSARRA: We will see.") == ["person:Psarra"]
    assert (
        tags(Told(PSARRA=P, Ada_Psarra=P), "Ada Psarra: hm.", "PSARRA: We will see.")
        == ["person:Ada Psarra"] * 2
    )


def test_a_place_is_not_linked_to_a_longer_one() -> None:
    assert tags(Told(Foxton_Hills=L, Foxton=L), "Foxton Hills is not Foxton.")[1] == "place:Foxton"


def test_places_of_our_tables_are_left_to_them() -> None:
    assert tags(Told(France=L, Foxton=L), "France and Foxton.") == ["place:Foxton"]


def test_the_table_is_right_where_it_has_a_mention() -> None:
    known = Mention(TagKind.ENTITY, "jane-doe", 4, 12, "Jane Doe", Zone.BODY)
    spans = Told(**{"Mrs Jane Doe": P, "Adam Roe": P})
    assert tags(spans, "Mrs Jane Doe and Adam Roe.", found=Tags((known,))) == ["person:Adam Roe"]


@pytest.mark.parametrize(
    ("surface", "why"),
    [
        ("Jane Doe", "names model"),
        ("Doe", "names model, surname of 'Jane Doe'"),
    ],
)
def test_why_says_the_rule(surface: str, why: str) -> None:
    made = article("Jane Doe came. Doe left.")
    found = NameTagger(Told(Jane_Doe=P, Doe=P)).find(made, Tags()).mentions
    assert {one.why for one in found if one.surface == surface} == {why}


def test_the_line_runs_the_model_after_the_table() -> None:
    text = "Sergei Lavrov met Ngozi Adeyemi in Kaduna."
    assert [one.tag for one in mentions(TagKind.NAME, text)][:1] == ["person:Ngozi Adeyemi"]
    assert [one.tag for one in mentions(TagKind.ENTITY, text)] == ["sergei-lavrov"]


def test_the_setting_chooses_the_finder() -> None:
    assert make_taggers((), names="none").names == "none"
    assert make_taggers(()).names == "crf"


def test_capitals_bracketed_behind_a_disease_or_a_law_are_no_body() -> None:
    spans = Told(GRS=ORG, FDA=ORG, KCL=ORG)
    text = "Grey river syndrome (GRS) and the Fair Docks Act (FDA) worry KCL. GRS is back."
    assert tags(spans, text) == ["organisation:KCL"]


def test_a_roman_number_is_no_body() -> None:
    assert tags(Told(XXI=ORG), "In the age of chapter XXI all was well.") == []


def test_capitals_of_diseases_and_measures_are_never_a_body() -> None:
    assert tags(Told(HIV=ORG, GDP=ORG, KCL=ORG), "HIV and GDP worry KCL.") == ["organisation:KCL"]
    assert tags(Told(AI=L, KCL=ORG), "AI worries KCL.") == ["organisation:KCL"]


def test_words_that_only_begin_a_sentence_are_no_names() -> None:
    assert tags(Told(Who=ORG, Oh=P, Ohm=P), "Who came? Oh, it was Ohm.") == ["person:Ohm"]


def test_a_bracket_that_closes_behind_a_name_is_no_part_of_it() -> None:
    [found] = NameTagger(_Bracketed()).find(article("A body (of KCL) came."), NOTHING).mentions
    assert (found.tag, found.surface) == ("organisation:KCL", "KCL")


class _Bracketed:
    """Finds a name with the bracket behind it, as a model may."""

    def spans(self, text: str, lang: str) -> list[Span]:
        start = text.index("KCL)")
        return [Span(start, start + 4, SpanKind.ORGANISATION)]
