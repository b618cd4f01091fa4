"""The tags of one kind of earlier and of changed articles in, those of both out: see `merging.py`.

Tags stand in two lists, by tag and by article; each is merged as a list of its own.
"""

from collections.abc import Iterator

import numpy as np

from pipelines.store.counted.columns import Column, Stream, offsets_of
from pipelines.store.counted.merge import Arrays, Codes, Merge


class MergedTags:
    """The tags of one kind; `occurs` says which names of both are named by an article then."""

    def __init__(
        self, merge: Merge, old: Arrays, new: Arrays, tables: tuple[Column, Column]
    ) -> None:
        """Find what goes and what comes in each list.

        `old` and `new` have the columns of the kind, `merge` says what becomes of the articles, and
        `tables` which name each earlier and each new tag has among all.
        """
        self._merge, self._old, self._new, self._tables = merge, old, new, tables
        size = max(int(table.max(initial=-1)) for table in tables) + 1
        before, added = (np.zeros(size, np.int64) for _ in range(2))
        before[tables[0]], added[tables[1]] = np.diff(old["begins"]), np.diff(new["begins"])
        gone = self._gone_tags()
        lost = np.bincount(tables[0][gone[0]], minlength=size)
        self._counts = before + added - lost
        self.occurs: Column = self._counts > 0
        self._by_tag = Merge(
            len(old["ordinals"]), self._places(*gone), self._places_before(before, added)
        )

    def columns(self, moved: Column, places: Column) -> Iterator[Stream]:
        """Yield the columns; `moved` and `places` say where earlier and new articles stand then."""
        old, new, by_tag = self._old, self._new, self._by_tag
        yield "begins", [np.append(0, np.cumsum(self._counts[self.occurs], dtype=np.int64))]
        yield "ordinals", by_tag.mapped(old["ordinals"], moved, places[new["ordinals"]])
        most = max(int(part.max(initial=0)) for part in by_tag.values(old["ns"], new["ns"], "u4"))
        width = np.min_scalar_type(most)
        for name in ("ns", "heads"):
            yield name, by_tag.values(old[name], new[name], width)
        sizes = self._merge.values(np.diff(old["offsets"]), np.diff(new["offsets"]))
        yield "offsets", [offsets_of(np.concatenate(list(sizes)))]
        lists = self._lists()
        codes = Codes(lists, old["codes"], new["codes"], self._tables)
        yield "codes", codes.narrowed(self.occurs, int(self.occurs.sum()))
        yield "same", self._merge.values(old["same"], new["same"])
        yield "of_ns", lists.values(old["of_ns"], new["of_ns"], width)

    def _lists(self) -> Merge:
        """Return what becomes of the list by article."""
        offsets = self._old["offsets"]
        before = np.repeat(offsets[self._merge.before], np.diff(self._new["offsets"]))
        return Merge(int(offsets[-1]), self._gone_places(), before)

    def _gone_places(self) -> Column:
        """Return where the tags of the articles that go are in the list by article."""
        firsts, ends = (self._old["offsets"][self._merge.gone + k] for k in (0, 1))
        counts = ends - firsts
        begins = np.cumsum(counts) - counts
        places: Column = np.repeat(firsts - begins, counts) + np.arange(counts.sum())
        return places

    def _gone_tags(self) -> tuple[Column, Column]:
        """Return tag and article of each place that goes from the list by tag, in its order."""
        counts = np.diff(self._old["offsets"])[self._merge.gone]
        articles = np.repeat(self._merge.gone, counts)
        codes = self._old["codes"][self._gone_places()].astype(np.int64)
        order = np.argsort(codes, kind="stable")
        return codes[order], articles[order]

    def _places(self, codes: Column, articles: Column) -> Column:
        """Return where in the earlier list by tag some articles stand, or before whom they would.

        They come tag by tag.
        """
        found = np.empty(len(codes), np.int64)
        distinct, firsts = np.unique(codes, return_index=True)
        ends = np.append(firsts, len(codes))[1:]
        begins, ordinals = self._old["begins"], self._old["ordinals"]
        articles = articles.astype(ordinals.dtype)  # of one type, else all would be made another
        for code, first, end in zip(distinct.tolist(), firsts.tolist(), ends.tolist(), strict=True):
            begin = int(begins[code])
            of_tag = ordinals[begin : int(begins[code + 1])]
            found[first:end] = begin + np.searchsorted(of_tag, articles[first:end])
        return found

    def _places_before(self, before: Column, added: Column) -> Column:
        """Return for each new place of the list by tag the earlier one before which it comes.

        `before` and `added` are how many places each tag has in both.
        """
        names = np.repeat(np.arange(len(added)), added)
        stands_before = self._merge.before[self._new["ordinals"]]
        found: Column = (np.cumsum(before) - before)[names]  # of a tag that is new
        code_of = np.full(len(before), -1)
        code_of[self._tables[0]] = np.arange(len(self._tables[0]))
        is_known = code_of[names] >= 0
        found[is_known] = self._places(code_of[names[is_known]], stands_before[is_known])
        return found
