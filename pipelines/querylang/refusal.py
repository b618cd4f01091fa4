"""How a query is refused: the place, what is wrong there, and what was expected."""

from pipelines.errors import QueryError


def refusal(message: str, position: int, expected: str) -> QueryError:
    """Return the QueryError whose text names the place (counted from 1) and what was expected."""
    return QueryError(
        f"cannot read the query at character {position + 1}: {message}; expected {expected}",
        position=position,
        expected=expected,
    )
