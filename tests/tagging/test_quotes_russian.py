"""The same rules with the verbs, marks and order of Russian."""

import pytest

from tests.tagging.spoken import direct, quotes_in, reported

WORDS = "Мы не подпишем этот договор"
CLAUSE = "переговоры зашли в тупик"
PETROVA = "Анна Петрова"


@pytest.mark.parametrize(
    "sentence",
    [
        f"«{WORDS}», — сказала Анна Петрова.",
        f"«{WORDS}», - заявила министр Анна Петрова журналистам.",
        f'"{WORDS}", — подчеркнула Анна Петрова.',
        f"«{WORDS}», отметила Анна Петрова.",
        f"Анна Петрова заявила: «{WORDS}».",
        f"«{WORDS}», — передает агентство со ссылкой на Анна Петрова.",
        f"«{WORDS}», — цитирует РИА «Новости» слова Анна Петрова.",
    ],
)
def test_words_between_marks_have_their_speaker(sentence: str) -> None:
    assert direct(sentence) == [(WORDS, PETROVA)]


@pytest.mark.parametrize(
    "sentence",
    [
        f"Анна Петрова сообщила, что {CLAUSE}.",
        f"В понедельник Анна Петрова заявила журналистам, что {CLAUSE}.",
        f"Анна Петрова приехала в Москву, добавив, что {CLAUSE}.",
        f"По словам Анна Петрова, {CLAUSE}.",
        f"Как сообщила Анна Петрова, {CLAUSE}.",
    ],
)
def test_a_clause_behind_that_is_reported(sentence: str) -> None:
    assert reported(sentence) == [(CLAUSE, PETROVA)]


@pytest.mark.parametrize(
    "aside",
    ["при этом", "тем временем", "в свою очередь", "по ее словам", "в ходе встречи в Москве"],
)
def test_what_stands_between_subject_and_verb_is_no_speaker(aside: str) -> None:
    assert reported(f"Анна Петрова {aside} подчеркнула, что {CLAUSE}.") == [(CLAUSE, PETROVA)]


@pytest.mark.parametrize(
    ("speaker", "certain"),
    [
        ("Глава российского правительства", True),
        ("Независимые эксперты", True),
        ("Сам Песков", True),
        ("Уже раскрыл подробности", False),
        ("Просрочку выплаты", False),
    ],
)
def test_a_role_without_a_name_is_certain_where_it_tells_of_people(speaker, certain) -> None:
    found = quotes_in(f"{speaker} заявили, что {CLAUSE}.")
    assert [quote.certain for quote in found] == [certain]


def test_a_clause_may_stand_first() -> None:
    found = reported("Переговоры зашли в тупик, сообщила Анна Петрова.")
    assert found == [("Переговоры зашли в тупик", PETROVA)]


def test_a_sentence_parted_by_its_speaker_is_whole() -> None:
    sentence = "Сейчас, продолжала Петрова, переговоры зашли в тупик"
    assert reported(f"{sentence}.") == [(sentence, PETROVA)]


def test_what_a_body_writes_is_said_by_the_body() -> None:
    found = reported(f"Как сообщается в пресс-релизе «Роснефти», {CLAUSE}.")
    assert found == [(CLAUSE, "Роснефти")]


def test_a_name_between_marks_is_a_speaker() -> None:
    found = reported("Переговоры зашли в тупик, пишет «Росбалт».")
    assert found == [("Переговоры зашли в тупик", "Росбалт")]


def test_a_role_keeps_the_body_it_is_of() -> None:
    found = reported(f"Глава Минобороны сообщил, что {CLAUSE}.")
    assert found == [(CLAUSE, "Глава Минобороны")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Петрова считает, что переговоры зашли в тупик.",
        "Петрова объяснила это тем, что переговоры зашли в тупик.",
        "Это было после того, как Петрова объявила о плане мира.",
        "Петрова не сказала, что переговоры зашли в тупик.",
        "Об этом сообщила Петрова.",
    ],
)
def test_what_is_not_said_is_no_quote(sentence: str) -> None:
    assert reported(sentence) == []


def test_his_words_are_of_the_only_man_named() -> None:
    found = quotes_in("Приехал Иван Орлов.", f"По его словам, {CLAUSE}.")[-1]
    assert (found.speaker, found.certain) == ("person:Иван Орлов", True)


def test_names_of_companies_are_no_certain_quotes() -> None:
    found = quotes_in("Петрова объявила о покупке компании «Северный торговый дом» за рубль.")
    assert not any(one.certain for one in found)
