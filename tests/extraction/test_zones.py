"""The partition: every code point of the text lies in exactly one zone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.article import Capture, Document, Form, Zone, ZoneSpan
from pipelines.errors import CaptureError
from pipelines.extraction import extract
from pipelines.extraction.zones import Part, partition, tags_part, with_headline, with_lede
from pipelines.querylang import clean

_parts = st.lists(st.builds(Part, st.text(), st.sampled_from(list(Zone))), max_size=12)


def assert_partition(text: str, zones: tuple[ZoneSpan, ...]) -> None:
    assert [z.start for z in zones] == [0, *(z.end for z in zones)][: len(zones)]
    assert (zones[-1].end if zones else 0) == len(text)
    assert all(z.start < z.end for z in zones)


@given(_parts)
def test_zones_partition_the_text(parts: list[Part]):
    text, zones = partition(parts)
    assert_partition(text, zones)


@given(_parts)
def test_stored_text_is_normal(parts: list[Part]):
    text, _ = partition(parts)
    assert clean(text) == text


@given(st.sampled_from(list(Form)), st.text(), st.text(max_size=30))
def test_every_form_partitions_whatever_comes(form: Form, text: str, title: str):
    content = text.encode("utf-8", "surrogatepass")
    try:
        document: Document = extract(Capture("any", "any", form, content, title=title))
    except CaptureError:
        return
    assert_partition(document.text, document.zones)


def test_newline_belongs_to_the_paragraph_before_it():
    text, zones = partition([Part("Head", Zone.HEADLINE), Part("Body", Zone.BODY)])
    assert text == "Head\nBody"
    assert zones == (ZoneSpan(0, 5, Zone.HEADLINE), ZoneSpan(5, 9, Zone.BODY))


def test_neighbours_of_one_zone_are_one_span():
    _, zones = partition([Part("One", Zone.BODY), Part("Two\nThree", Zone.BODY)])
    assert zones == (ZoneSpan(0, 13, Zone.BODY),)


def test_first_paragraph_of_the_body_is_the_lede():
    assert with_lede([Part("Sub", Zone.SUBHEAD), Part("One\nTwo", Zone.BODY)]) == [
        Part("Sub", Zone.SUBHEAD),
        Part("One", Zone.LEDE),
        Part("Two", Zone.BODY),
    ]


@pytest.mark.parametrize("repeat", ["Quay closed", "QUAY CLOSED.", "«Quay closed»"])
def test_repeat_of_the_headline_is_not_counted_twice(repeat: str):
    body = Part("The quay was closed.", Zone.BODY)
    assert with_headline([Part(repeat, Zone.BODY), body], "Quay closed") == [
        Part("Quay closed", Zone.HEADLINE),
        body,
    ]


def test_headline_words_deep_in_the_body_stay():
    body = [Part(f"Paragraph {n}.", Zone.BODY) for n in range(6)] + [Part("Quay", Zone.BODY)]
    assert with_headline(body, "Quay")[1:] == body


def test_tags_are_one_part_without_repeats():
    assert tags_part(["grain", " ports ", "grain", ""]) == [Part("grain, ports", Zone.TAGS)]


@pytest.mark.parametrize(
    "dateline",
    ["LIMA: ", "LIMA, Peru (Agency) - ", "Lima, Peru – ", "PUERTO RICO — "],
)
def test_paragraph_over_the_one_with_the_dateline_is_the_standfirst(dateline: str):
    texts = ["The quay is closed.", f"{dateline}Two storms broke it.", "It is old."]
    zones = [part.zone for part in with_lede([Part(text, Zone.BODY) for text in texts])]
    assert zones == [Zone.SUBHEAD, Zone.LEDE, Zone.BODY]


@pytest.mark.parametrize(
    "second", ["Ana Ruiz: It is old.", "It is old - and wet.", "RADIO: Is it old?"]
)
def test_first_paragraph_is_the_lede_where_the_second_has_no_dateline(second: str):
    zones = [part.zone for part in with_lede([Part(x, Zone.BODY) for x in ("It shut.", second)])]
    assert zones == [Zone.LEDE, Zone.BODY]


def test_speakers_of_a_transcript_are_no_datelines():
    texts = ["Two talk.", "RUIZ: It is old.", "LUNA: It is wet.", "RUIZ: It is both."]
    assert with_lede([Part(text, Zone.BODY) for text in texts])[0].zone is Zone.LEDE
