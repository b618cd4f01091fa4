"""Read the texts in four languages whose quotes are labelled: a folder in, texts out.

The texts are not part of this project and of the test data neither; the folder has copies of four
public corpora, each in a folder of its own:

- `conll2002`: `esp.testa` and `esp.testb` of CoNLL-2002 (despatches of the agency EFE of May 2000,
  for research), as in github.com/mrm8488/NER_conll2002_dataset, commit 056cbc1;
- `bruk`: the files `A_*.txt` (press) of `data/good` of github.com/brown-uk/corpus, CC BY-NC-SA 4.0,
  commit 4c60c3a;
- `anercorp`: `ANERCorp` (agencies and newspapers, for research), as in
  github.com/HassanAzzam/Arabic-NER, commit 0665e89;
- `trnews`: the files of `data/raw` of github.com/abdullahrs/tr-financial-news-testset, commit
  a5b87df (its licence is MIT; news of Turkish outlets).

A text ends with the line that holds its 300th word. Words of EFE and ANERCorp stand apart in
their files and are joined here, with a line for each sentence. ANERCorp does not say where a text
begins: it is taken in stretches of whole sentences with at least 200 words. How a text is made must
not change: labels are offsets into it, and a text of another SHA-256 is refused.

Those labelled are drawn by the SHA-256 of their names from those with at least two stretches of
three words between marks, or after a dash, before anyone had read one; so are the halves.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

WORDS = 300
_STRETCH = 200  # words of ANERCorp
_WORD = re.compile(r"\w+")
_SAID = re.compile(r"[«“„\"]([^«»“”„\"]+)[»”“\"]|^[–—-]\s(.+)$", re.MULTILINE)
_DATELINE = re.compile(r"\( ?EFE")
_ENDED = re.compile(r"[.!?][”\"]?(?=\s)")
_CLOSING = frozenset(",.;:)?!%»،؛؟")
_OPENING = frozenset("(¿¡«")


@dataclass(frozen=True, slots=True)
class TongueText:
    """One text: the corpus, its name there, its language and what it says, headline first."""

    corpus: str
    name: str
    language: str
    text: str

    @property
    def id(self) -> str:
        """Return the id by which labels name it."""
        return f"{self.corpus}:{self.digest[:12]}"

    @property
    def sha256(self) -> str:
        """Return the hash that labels hold of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def digest(self) -> str:
        """Return what draws and halves go by."""
        return hashlib.sha256(f"{self.corpus} {self.name}".encode()).hexdigest()

    @property
    def half(self) -> str:
        """Return "open", which rules are mended on, or "kept", which is measured once."""
        return "kept" if int(self.digest[-1], 16) % 2 else "open"


def tongue_texts(folder: Path) -> dict[str, TongueText]:
    """Return the texts by their ids in the order of the draw; an absent corpus has none."""
    found = [
        TongueText(corpus, name, language, text)
        for corpus, (language, read) in _CORPORA.items()
        if (folder / corpus).is_dir()
        for name, text in read(folder / corpus)
    ]
    drawn = sorted((one for one in found if _is_said(one.text)), key=lambda one: one.digest)
    return {one.id: one for one in drawn}


def _is_said(text: str) -> bool:
    stretches = (found[1] or found[2] for found in _SAID.finditer(text))
    return sum(len(_WORD.findall(said)) >= 3 for said in stretches) >= 2


def _efe(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield despatches: a dateline with the agency's name begins each."""
    for path in sorted(folder.glob("esp.test?")):
        story, number = list[str](), 0
        for words in _sentences(path):
            if _DATELINE.search(" ".join(words[:14])):
                yield f"{path.name}:{number}", _cut(story)
                story, number = [], number + 1
            _add(story, words)
        yield f"{path.name}:{number}", _cut(story)


def _bruk(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.glob("A_*.txt")):
        yield path.name, _cut(path.read_text(encoding="utf-8").splitlines())


def _trnews(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.glob("*.json")):
        story = json.loads(path.read_text(encoding="utf-8"))
        yield path.stem, _cut([story["title"], _first(story["content"])])


def _aner(folder: Path) -> Iterator[tuple[str, str]]:
    words = [word for sentence in _sentences(folder / "ANERCorp") for word in sentence if word]
    lines, sentence, taken, number = list[str](), list[str](), 0, 0
    for word in words:
        sentence.append(word)
        if word == ".":
            _add(lines, sentence)
            taken, sentence = taken + len(sentence), []
        if taken >= _STRETCH:
            yield str(number), "\n".join(lines)
            lines, taken, number = [], 0, number + 1


def _add(lines: list[str], sentence: list[str]) -> None:
    if lines and lines[-1].count('"') % 2:
        lines[-1] += " " + joined(sentence, quoted=True)  # what is said goes on
    else:
        lines.append(joined(sentence))


def _sentences(path: Path) -> Iterator[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    for full, group in groupby(lines, key=lambda line: bool(line.strip())):
        if full:
            yield [line.split(" ")[0] for line in group]


def joined(words: list[str], *, quoted: bool = False) -> str:
    """Return words as a text: marks stand beside the words that they belong to."""
    text, glued = "", True
    for word in words:
        closes = word in _CLOSING or (word == '"' and quoted)
        text += word if glued or closes else f" {word}"
        glued = word in _OPENING or (word == '"' and not quoted)
        quoted ^= word == '"'
    return text


def _first(text: str) -> str:
    """Return an article without paragraphs up to the sentence that holds its word 300."""
    words = list(_WORD.finditer(text))
    if len(words) <= WORDS:
        return text
    end = _ENDED.search(text, words[WORDS].end())
    return text[: end.end()] if end else text


def _cut(lines: list[str]) -> str:
    kept, words = list[str](), 0
    for line in (line.strip() for line in lines):
        if line and words < WORDS:
            kept.append(line)
            words += len(_WORD.findall(line))
    return "\n".join(kept)


_CORPORA: Mapping[str, tuple[str, Callable[[Path], Iterator[tuple[str, str]]]]] = {
    "conll2002": ("es", _efe),
    "bruk": ("uk", _bruk),
    "anercorp": ("ar", _aner),
    "trnews": ("tr", _trnews),
}
