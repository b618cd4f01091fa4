"""The sentences of a document in, what two models together make of each word out, as numbers.

A model's score of a label for a word is the sum of its weights for the features of the word. Most
of these follow from the form of the word or of a neighbour alone, so the sums over them are
remembered by form; what is left is looked up. Both models are read at once: the columns of a row
are the labels of the first, then those of the second.
"""

from collections.abc import Sequence
from itertools import accumulate, chain, repeat

import numpy as np
import numpy.typing as npt

from pipelines.tagging.spans.features import Described
from pipelines.tagging.spans.forms import Forms, Group
from pipelines.tagging.spans.model import Model, Numbers
from pipelines.tagging.spans.second_pass import (
    ALWAYS,
    FIRST,
    LAST,
    by_labels,
    by_vote,
    kind_of,
    votes_of,
)

_AROUND = ((Group.BEFORE, -1), (Group.BEHIND, 1), (Group.TWO_BEFORE, -2), (Group.TWO_BEHIND, 2))
_NO_FEATURE = ""
_NOTHING = 0  # the row of what no model knows


class Scores:
    """Sums the weights of two models."""

    def __init__(self, first: Model, second: Model, forms: Forms) -> None:
        """Take the models, and the forms that will be asked for."""
        known = dict.fromkeys(chain(first.attributes, second.attributes))
        self._rows = {name: row for row, name in enumerate(known, 1)}
        self._split = len(first.names)
        self._weights = np.zeros((len(known) + 1, self._split + len(second.names)))
        for model, columns in ((first, slice(self._split)), (second, slice(self._split, None))):
            rows = [self._rows[name] for name in model.attributes]
            self._weights[rows, columns] = model.weights
        self._forms = forms
        self._sums = np.zeros((0, len(Group), self._weights.shape[1]))  # by number of a form
        self._filled = 0
        self._names = first.names
        self._by_labels = self._of_labels()
        kinds = dict.fromkeys(kind_of(name) for name in self._names)
        votes = [kind + always for kind in kinds for always in ("", ALWAYS)]
        self._vote_rows = {vote: row for row, vote in enumerate(votes)}
        self._by_vote = self._of_votes(votes)

    def document(self, sentences: Sequence[Described]) -> tuple[Numbers, Numbers]:
        """Return the scores of each word by the first model, and by the second without its help."""
        self._remember()
        begin, end = self._forms.begin, self._forms.end
        numbers: list[int] = []
        places: list[npt.NDArray[np.intp]] = []
        rich: list[int] = []
        for one in sentences:
            numbers.append(begin.number)
            rich += [len(numbers) + place for place in one.rich]
            places.append(np.arange(len(numbers), len(numbers) + len(one.words)))
            numbers += [form.number for form in one.words]
            numbers.append(end.number)
        numbers.append(begin.number)  # so that every word has two behind it
        form, full = np.array(numbers), np.array(rich, dtype=np.intp)
        scores = self._sums[form, Group.POOR]
        summed = self._summed([told for one in sentences for told in one.told])
        summed += self._sums[form[full], Group.OWN]
        for group, away in _AROUND:
            summed += self._sums[form[full + away], group]
        scores[full] = summed
        scores = scores[np.concatenate(places)]
        return scores[:, : self._split], scores[:, self._split :]

    def told_by_first(self, sentences: Sequence[Described], label: Sequence[int]) -> Numbers:
        """Return what the first model's labels of all words add to the scores of the second."""
        lengths = [len(one.words) for one in sentences]
        starts = list(accumulate(lengths[:-1], initial=0))
        now, ends = np.array(label), np.cumsum(lengths)
        before, behind = np.roll(now, 1), np.roll(now, -1)
        before[starts] = behind[ends - 1] = len(self._names)
        rich = [
            start + place
            for start, one in zip(starts, sentences, strict=True)
            for place in one.rich
        ]
        told = np.zeros((len(now), self._weights.shape[1] - self._split))
        told[rich] = self._by_labels[before[rich], now[rich], behind[rich]]
        written = [form for one in sentences for form in one.written]
        votes = votes_of(
            (form.number, self._names[label[place]])
            for place, form in enumerate(written)
            if form.first_upper
        )
        voted = [place for place in rich if written[place].number in votes]
        vote = [self._vote_rows[votes[written[place].number]] for place in voted]
        told[voted] += self._by_vote[vote, now[voted]]
        return told

    def _of_labels(self) -> Numbers:
        """Return what a label adds, by the label before, it, and the label behind."""
        before, behind = (*self._names, FIRST), (*self._names, LAST)
        told = [by_labels(a, b, c) for a in before for b in self._names for c in behind]
        summed = self._summed(told)[:, self._split :]
        return summed.reshape(len(before), len(self._names), len(behind), -1)

    def _of_votes(self, votes: Sequence[str]) -> Numbers:
        """Return what a vote adds, by the vote and the label."""
        summed = self._summed([by_vote(vote, name) for vote in votes for name in self._names])
        return summed[:, self._split :].reshape(len(votes), len(self._names), -1)

    def forget(self) -> None:
        """Forget the sums of all forms."""
        self._filled = 0

    def _remember(self) -> None:
        """Sum the features of the forms that were met since the last document."""
        forms = self._forms.in_order
        new = forms[self._filled :]
        if not new:
            return
        if len(forms) > len(self._sums):
            more = np.zeros((2 * len(forms), *self._sums.shape[1:]))
            more[: self._filled] = self._sums[: self._filled]
            self._sums = more
        summed = self._summed([(*group, _NO_FEATURE) for one in new for group in one.groups])
        self._sums[self._filled : len(forms)] = summed.reshape(len(new), len(Group), -1)
        self._filled = len(forms)

    def _summed(self, told: Sequence[Sequence[str]]) -> Numbers:
        """Return the sums of the weights of each list of features, of which none is empty."""
        if not told:
            return np.zeros((0, self._weights.shape[1]))
        starts = list(accumulate((len(one) for one in told[:-1]), initial=0))
        rows = list(map(self._rows.get, chain.from_iterable(told), repeat(_NOTHING)))
        return np.add.reduceat(self._weights[rows], starts)
