"""Where the very name of a body lies among the words that name it."""

import pytest

from pipelines.tagging.bodies import place_of_name
from pipelines.tagging.entity_table import read_entities

_ENTITIES = {entity.id: entity for entity in read_entities()}


@pytest.mark.parametrize(
    ("text", "found", "entity", "name"),
    [
        (
            "He told the New York Times so.",
            "the New York Times",
            "new-york-times",
            "New York Times",
        ),
        ("The Guardian wrote so.", "The Guardian", "the-guardian", "Guardian"),
        ("He told Xinhua news agency so.", "Xinhua news agency", "xinhua", "Xinhua"),
        ("He told Xinhua News Agency so.", "Xinhua News Agency", "xinhua", "Xinhua News Agency"),
        ("He left Boeing Co. again.", "Boeing", "boeing", "Boeing Co."),
        ("He left Toyota Corporation, Inc.", "Toyota", "toyota", "Toyota Corporation, Inc."),
        ("He left Boeing Company rules.", "Boeing", "boeing", "Boeing Company"),
        ("He left Boeing Coast.", "Boeing", "boeing", "Boeing"),
    ],
)
def test_articles_go_and_legal_forms_come(text: str, found: str, entity: str, name: str) -> None:
    start = text.index(found)
    first, last = place_of_name(text, start, start + len(found), _ENTITIES[entity])
    assert text[first:last] == name
