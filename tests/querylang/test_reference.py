"""The matcher agrees with the slow reference: a share of `python -m tests.querylang.agreement`."""

import pytest

from pipelines.querylang import match, parse
from tests.querylang import reference
from tests.querylang.agreement import Drawn, disagreement, searchable

PAIRS = 1_500  # in CI; 20,000 by the command
BATCH = 100


@pytest.mark.parametrize("first", range(0, PAIRS, BATCH))
def test_matcher_agrees_with_the_reference_on_match_and_spans(first):
    for seed in range(first, first + BATCH):
        wrong, drawn = disagreement(seed)
        assert not wrong, f"seed {seed}: {reference.written(drawn.query)}"


def test_a_negated_query_matches_exactly_where_the_query_does_not():
    for seed in range(300):
        drawn = Drawn(seed)
        written, article = reference.written(drawn.query), searchable(drawn)
        found = match(parse(written), article)
        assert (found is None) != (match(parse(f"NOT {written}"), article) is None)


def test_a_third_of_the_drawn_pairs_match():
    drawn = [Drawn(seed) for seed in range(300)]
    matching = [d for d in drawn if reference.matches(d.query, d.article, d.forms) is not None]
    assert 75 < len(matching) < 225
