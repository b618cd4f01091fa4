"""The measures of linking and of ids count what they say."""

import pytest

from pipelines.tagging.linking import NameSpan
from tests.quality.entity_ids import IdScore, id_precision, id_recall
from tests.quality.linking import (
    GoldName,
    GoldText,
    gum_documents,
    link_precision,
    link_recall,
    link_scores,
)


def gold(text, *names):
    """Return a text with these names, each with its chain, in order of their place."""
    found, start = [], 0
    for surface, chain in names:
        start = text.index(surface, start)
        end = start + len(surface)
        found.append(GoldName(NameSpan(start, end, surface, "person"), chain))
        start = end
    return GoldText("one", text, found)


def test_a_link_is_right_where_it_leads_to_the_same_chain():
    text = gold("Jane Doe met Doe and Roe.", ("Jane Doe", "1"), ("Doe", "1"), ("Roe", "2"))
    scores = link_scores([text])
    assert [(one.wanted, one.linked, one.right) for one in scores] == [(True, True, True)]


def test_a_link_to_another_chain_costs_precision_and_recall():
    other = ("Ann Doe", "2")
    text = gold("Jane Doe met Ann Doe. Doe left.", ("Jane Doe", "1"), other, ("Doe", "1"))
    scores = link_scores([text])
    assert (link_precision(scores), link_recall(scores)) == (0.0, 0.0)


def test_ids_are_counted_from_both_sides():
    scores = [IdScore("a", True, True, "x"), IdScore("a", True, False, "y")]
    scores += [IdScore("a", False, True, "x")]
    assert (id_precision(scores), id_recall(scores)) == (1.0, 0.5)


@pytest.mark.slow
def test_surnames_of_gum_are_linked_as_well_as_measured(shared_data):
    scores = link_scores(gum_documents(shared_data))
    assert link_precision(scores) >= 0.97
    assert link_recall(scores) >= 0.99
