"""Read the Russian texts whose quotes are labelled: the folder of a corpus in, documents out.

The texts are news of the corpus factRuEval-2016 (github.com/dialogue-evaluation/factRuEval-2016,
MIT licence, commit dfe9623): the files `book_N.txt` of `devset` and `testset`. They are not part of
this project; `gold/quotes_ru.json` holds offsets, SHA-256 and our split alone. A text is made as
those of `news_texts.py` are: a line for each paragraph, up to the one that holds word 350.

The 24 that are labelled were drawn by the SHA-256 of their names from those of 60 to 450 words that
have a verb of saying, and split by turns, before anyone had read one. The rules were written with
the half "dev"; the half "test" was labelled after that, by who wrote the rules, so it is no blind
test. Labels follow `gold/news/GUIDELINE.md`; what it does not say for Russian:

- `X считает, что` and `полагает` give what somebody thinks and are no verbs of saying; `по мнению`
  is one of the forms of "according to", as `по словам`, `по данным` and `по информации` are.
- What stands in a press release or statement (`сообщается в заявлении X`) is said by X.
- Of words that an agency quotes (`цитирует РИА слова президента`) the speaker is who said them.
- A clause parted by who says it (`Сейчас, сказал он, ...`) is the whole sentence.
"""

from pathlib import Path

from tests.quality.news_texts import NewsText, cut


def russian_texts(folder: Path) -> dict[str, NewsText]:
    """Return the texts by their ids; `folder` is a copy of the corpus."""
    found = {}
    for path in sorted(folder.glob("*set/book_*.txt")):
        lines = path.read_text(encoding="utf-8").split("\n")
        text = NewsText("factrueval", path.stem, "", cut(lines))
        found[text.id] = text
    return found
