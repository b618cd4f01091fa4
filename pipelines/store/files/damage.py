"""Find which file of a store is damaged, and say so where reading one failed."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import duckdb

from pipelines.errors import StoreDamaged

Files = Mapping[str, Sequence[str]]  # table -> Parquet files


def find_damage(files: Files) -> Iterator[str]:
    """Yield "path: what is wrong" for every file that cannot be read to its end."""
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")  # of what takes two seconds
        for path in (path for paths in files.values() for path in paths):
            try:
                # A hash of whole rows reads every page of every column.
                connection.execute("SELECT sum(hash(t)) FROM read_parquet(?) t", [path]).fetchall()
            except duckdb.Error as error:
                yield f"{path}: {error}"


@contextmanager
def naming_damage(files: Files) -> Iterator[None]:
    """Turn an error of the engine into StoreDamaged where a file is the cause, and name the file.

    The engine's own error often names none ("TProtocolException: Invalid data").
    """
    try:
        yield
    except duckdb.Error as error:
        damage = next(find_damage(files), None)
        if damage is None:
            raise
        raise StoreDamaged(
            f"cannot read a file of the store: {damage}; `python -m pipelines doctor` says which "
            "commits are whole"
        ) from error
