import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.querylang import clean, sentence_at, tokens


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("Security\xa0Council", "Security Council"),
        ("Security\u2009\u3000 Council", "Security Council"),
        ("Sy\u2060ria", "Syria"),
        ("Sy\u00adria", "Syria"),
        ("Sy\ufffcria", "Syria"),
        ("Security\ufffcCouncil", "Security Council"),
        ("\ufeffSyria\u200b", "Syria"),
        ("e\u0301tat", "état"),
        ("a\r\n\r\n \tb\rc\u2028d", "a\nb\nc\nd"),
        ("  a  \n   b ", "a\nb"),
        ("a\x00b\x07", "ab"),
        ("a\ud800b", "ab"),
        ("", ""),
    ],
)
def test_clean_leaves_plain_spaces_and_one_newline_between_paragraphs(raw, stored):
    assert clean(raw) == stored


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    once = clean(text)
    assert clean(once) == once
    once.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Russia's envoy", ["russia", "envoy"]),
        ("Russia’s", ["russia"]),
        ("states' rights", ["states", "rights"]),
        ("US-Russian", ["us", "russian"]),
        ("l’Ukraine d'abord", ["l", "ukraine", "d", "abord"]),
        ("the U.N. and U.S.", ["the", "un", "and", "us"]),
        ("J.K.Rowling", ["jk", "rowling"]),
        ("It ended.Then", ["it", "ended", "then"]),
        ("об’єднаних об'єднаних", ["обєднаних", "обєднаних"]),
        ("Росси́я Орёл", ["россия", "орел"]),
        ("叙利亚 シリア", ["叙", "利", "亚", "シリア"]),
        ("हिन्दी", ["हिन्दी"]),
        ("السُّورِيَّة إيران", ["السورية", "ايران"]),
        ("İran STRASSE straße", ["iran", "strasse", "strasse"]),
        ("ＵＮ ﬁne", ["un", "fine"]),
        ("Se\u00adcu\u2060rity\xa0Council", ["security", "council"]),
        ("S/2015/508 10:30", ["s", "2015", "508", "10", "30"]),
        ("… — * ()", []),
    ],
)
def test_words_are_found_in_every_script(text, forms):
    assert [token.form for token in tokens(text)] == forms


@given(st.text())
def test_offsets_lie_in_order_within_the_given_text(text):
    last = 0
    for token in tokens(text):
        assert last <= token.start < token.end <= len(text)
        last = token.end


@given(st.text(alphabet="aZ1é.’'s \n-_яЯ叙\u2060\u0301", max_size=30))
def test_words_are_the_same_whatever_else_stands_in_the_text(text):
    # a lone Han character makes the tokeniser read the whole text by its longer rules
    assert tokens(text) == [token for token in tokens(f"{text}\n叙") if token.start < len(text)]


SENTENCES = (
    "He met Mr. Lavrov in the U.S. on May 5. Resolution No. 5 passed. "
    '"Fine," said J. Kerry. Did it rain? Yes! It was 3.5 degrees in the U.S. The rest left.'
)


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("Lavrov", "He met Mr. Lavrov in the U.S. on May 5."),
        ("passed", "Resolution No. 5 passed."),
        ("Kerry", '"Fine," said J. Kerry.'),
        ("rain", "Did it rain?"),
        ("3.5", "It was 3.5 degrees in the U.S."),
        ("rest", "The rest left."),
    ],
)
def test_abbreviations_do_not_end_a_sentence(word, sentence):
    start = SENTENCES.index(word)
    assert sentence_at(SENTENCES, start, start + len(word)) == sentence


@pytest.mark.parametrize(
    ("text", "word", "sentence"),
    [
        ("One.\nTwo words\nThree.", "words", "Two words"),
        ('He said "Go." Then he left.', "Then", "Then he left."),
        ('"Why?" he asked. They left.', "Why", '"Why?" he asked.'),
        ("В 2015 г. Лавров прибыл. Он улетел.", "Лавров", "В 2015 г. Лавров прибыл."),
        ("他来了。他走了。", "走", "他走了。"),
        ("", "", ""),
    ],
)
def test_a_sentence_ends_at_its_own_mark(text, word, sentence):
    start = text.index(word)
    assert sentence_at(text, start, start + len(word)) == sentence


def test_a_span_over_two_sentences_gives_both():
    text = "He left. She stayed. They met."
    assert sentence_at(text, text.index("left"), text.index("stayed") + 6) == "He left. She stayed."


@given(st.text(alphabet='Ab. "!?\nЯ。', max_size=60), st.data())
def test_a_sentence_holds_its_span_and_no_newline(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 5)))
    sentence = sentence_at(text, start, end)
    assert "\n" not in sentence
    if "\n" not in text[start:end]:
        assert text[start:end].strip() in sentence


def test_a_megabyte_of_odd_text_is_read_in_seconds():
    started = time.perf_counter()
    for piece in ("a\u2060", "'", "a.", "Я'", "\n", "叙", ". A"):
        text = piece * (1_000_000 // len(piece))
        tokens(clean(text[:200_000]))
        sentence_at(text[:50_000], 10, 20)
    assert time.perf_counter() - started < 20
