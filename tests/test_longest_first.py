"""The list of the longest files names files that are there."""

from tests.longest_first import LONGEST, ROOT


def test_every_file_of_the_list_is_there():
    assert [name for name in LONGEST if not (ROOT / name).is_file()] == []
    assert len(set(LONGEST)) == len(LONGEST)
