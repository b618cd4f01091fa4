"""What an article is about: which countries, which is the main one, and when nothing is said."""

import pytest
from written import article, taggers

from pipelines.article import Zone
from pipelines.tagging import find_mentions
from pipelines.tagging.entity_table import read_entities
from pipelines.tagging.focus import FocusTagger, Weights, states_of

SAID = "It was said that nobody knew what to do about it. "


def about(*parts):
    return find_mentions(article(*parts), taggers()).about


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([f"Peru votes. Peru counts. Peruvians wait. {SAID * 40} Chile watches."], ("PE",)),
        (["Peru and Chile met. Peru and Chile agreed."], ("PE", "CL")),
        (["Chile and Peru met. Chile and Peru agreed."], ("CL", "PE")),
        (["Peru, Chile, Chad and Mali. Peru, Chile, Chad and Mali."], ("PE", "CL", "TD")),
        (["Somebody in Chile said so."], ("CL",)),
        (["Nobody said so."], ()),
        ([(Zone.HEADLINE, "Vote in Chad"), "France waits. France counts."], ("TD", "FR")),
        ([(Zone.RELATED, "Togo, Togo, Togo"), "A vote in Chad."], ("TD",)),
    ],
)
def test_the_countries_named_most_are_what_it_is_about(parts, expected):
    assert about(*parts) == expected


def test_people_in_office_make_their_state_the_main_one():
    texts = "Kenya, the United States, Kenya, the United States, Kenya"
    assert about(texts) == ("KE", "US")
    assert about(f"Antony Blinken left. Antony Blinken landed. {texts}") == ("US", "KE")


def test_whom_the_headline_names_first_counts_more():
    texts = "Kenya and Peru, Kenya and Peru, Kenya and Peru, Peru."
    assert about((Zone.HEADLINE, "Kenya visits Peru"), texts) == ("KE", "PE")
    assert about((Zone.HEADLINE, "Peru receives Kenya"), texts) == ("PE", "KE")
    assert about((Zone.HEADLINE, "A visit to Kenya"), f"{texts} Peru, Peru.") == ("KE", "PE")


def test_a_country_is_a_subject_where_it_is_named_early_and_in_more_sentences():
    vote = f"Peru votes. {SAID * 10} Peru counts. {SAID * 10} Peruvians wait. {SAID * 10}"
    assert about(f"{vote} Chile watches. Chile wrote to Peru. Chile waits.") == ("PE", "CL")
    assert about(f"{vote} Chile, Chad and Mali watch.") == ("PE",)


def test_the_place_it_was_filed_from_is_no_subject():
    vote = "Peru votes, and Peru counts. " * 3
    assert about(f"GENEVA, June 3 (Reuters) - {vote}") == ("PE",)
    assert about(f"Geneva waits. {vote}") == ("PE", "CH")


def test_one_country_named_once_far_down_is_in_passing():
    assert about(f"{SAID * 10} So in Chile.") == ("CL",)
    assert about(f"{SAID * 30} So in Chile.") == ()
    assert about(f"{SAID * 30} So in Chile, and in Peru.") == ()
    assert about(f"{SAID * 30} So in Chile. And Chile again.") == ("CL",)
    assert about((Zone.HEADLINE, "A vote in Chile"), f"{SAID * 30}") == ("CL",)


def test_people_alone_say_nothing_of_a_country_that_is_not_named():
    assert about("Sergei Lavrov met somebody in Kenya. Sergei Lavrov left.") == ("KE",)


def test_people_stand_for_the_one_state_whose_office_they_held():
    entities = {entity.id: entity for entity in read_entities()}
    states = states_of(entities.values())
    assert states["antony-blinken"] == "US"
    assert "united-nations" not in states
    assert states["ned-price"] == "US"  # the spokesman of a body that speaks for the state
    for person, state in states.items():
        owners = {one for held in entities[person].own_roles.values() for one in held}
        assert owners == {state} or not any(one.isupper() for one in owners - {state})


def test_the_outlet_is_no_evidence():
    silent = article("Nobody said so.")
    assert FocusTagger({}).find(silent, find_mentions(silent, taggers())).about == ()


def test_weights_can_be_others():
    text = article((Zone.HEADLINE, "Vote in Chad"), "France, France.")
    found = find_mentions(text, taggers())
    assert FocusTagger({}, Weights(headline=1)).find(text, found).about[0] == "FR"
    assert FocusTagger({}).find(text, found).about[0] == "TD"
