"""How well names in two scripts are told to be one: pairs of our table in, right and wrong out.

Each name in Cyrillic script is paired with the Latin name of its person, and with those of others
whose surname begins alike. Half of the people, by the hash of their id, are to develop with.

`python -m tests.quality.transliteration train` prints the figures of one half.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.hashing import hash63
from pipelines.tagging.entity_table import PERSON, read_entities
from pipelines.tagging.transliteration import same_name, to_latin


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names, and whether they are one person's."""

    publisher: str  # the person
    one: str
    other: str
    same: bool

    @property
    def said(self) -> bool:
        """Return what `same_name` says."""
        return same_name(self.one, self.other)


def pairs(half: str) -> Iterator[Pair]:
    """Yield the pairs of one half: train or test."""
    people = [one for one in read_entities() if one.type == PERSON and " " in one.name]
    ours = [one for one in people if (hash63(one.id) % 2 == 0) == (half == "train")]
    for person in ours:
        written = [name for name in person.aliases if _is_cyrillic(name) and " " in name]
        latin = [name for name in person.full if not _is_cyrillic(name) and name.isascii()]
        for name in written:
            yield Pair(person.id, name, latin[0], same=True)
            initial = to_latin(name).split()[-1][:1]
            for other in ours:
                if other is not person and other.name.split()[-1][:1].lower() == initial:
                    yield Pair(person.id, name, other.name, same=False)


def _is_cyrillic(name: str) -> bool:
    return any("\u0400" <= letter <= "\u052f" for letter in name)


def main(arguments: Sequence[str]) -> None:
    """Print precision and recall on one half; on train also what is wrong."""
    found = list(pairs(arguments[0]))
    right = sum(pair.same and pair.said for pair in found)
    said = sum(pair.said for pair in found)
    same = sum(pair.same for pair in found)
    print(f"P {right / said:.3f} of {said}, R {right / same:.3f} of {same}; {len(found)} pairs")
    if arguments[0] == "train":
        for pair in found:
            if pair.said != pair.same:
                print("  ", pair)


if __name__ == "__main__":
    main(sys.argv[1:])
