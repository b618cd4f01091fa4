"""The sentences that make articles hits of a definition, and the text around those to be judged."""

import pandas as pd

from pipelines.analysis import topic_precision as precision
from pipelines.analysis.topic_subject import Subject
from pipelines.query import Query
from pipelines.store import Store
from pipelines.store.files.texts import Text

_AROUND = 200  # characters before and after a sentence


def evidence_of(store: Store, subject: Subject) -> pd.DataFrame:
    """Return every sentence that makes an article a hit, as `topic_precision.evidence` does."""
    query = subject.asked(Query())
    return precision.evidence(store.articles(query), store.mentions(query))


def around(store: Store, sample: pd.DataFrame) -> dict[int, tuple[str, str]]:
    """Return the text before and after each sampled sentence, by article."""
    keys = zip(sample["article_id"], sample["sentence"], sample["start"], strict=True)
    wanted = {int(key): (str(sentence), int(start)) for key, sentence, start in keys}
    return {
        text.article_id: _around(text, *wanted[text.article_id]) for text in store.texts(wanted)
    }


def _around(text: Text, sentence: str, start: int) -> tuple[str, str]:
    begin = text.text.find(sentence, max(0, start - len(sentence)))
    if begin < 0:  # a headline that is not in the text
        return "", text.text[:_AROUND].replace("\n", " ¶ ")
    end = begin + len(sentence)
    before, after = text.text[max(0, begin - _AROUND) : begin], text.text[end : end + _AROUND]
    return before.strip().replace("\n", " ¶ "), after.strip().replace("\n", " ¶ ")
