"""Which language a text is in."""

import pytest

from pipelines.language import code_of, detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Lavrov says talks on Syria will resume in Geneva next week", "en"),
        ("Лавров: переговоры по Сирии возобновятся в Женеве", "ru"),
        ("Лавров заявив, що переговори щодо Сирії відновляться наступного тижня", "uk"),
        ("Der Außenminister sprach am Dienstag in Wien mit seinem Kollegen", "de"),
        ("Le ministre des Affaires étrangères a rencontré son homologue mardi", "fr"),
        ("El ministro de Exteriores se reunió el martes con su homólogo", "es"),
        ("وزير الخارجية الروسي يلتقي نظيره الأمريكي في جنيف", "ar"),
        ("中国外交部发言人表示将继续努力推动政治解决", "zh"),
        ("外務大臣が相手国の大臣と会談した", "ja"),
        ("외교부 장관이 상대국 장관을 만났다", "ko"),
        ("Η κυβέρνηση ανακοίνωσε νέα μέτρα για την οικονομία", "el"),
        ("ראש הממשלה נפגש עם שר החוץ בירושלים", "he"),
        ("وزیر امور خارجه ایران با همتای خود دیدار کرد", "fa"),
        ("وزیر خارجہ نے اپنے ہم منصب سے ملاقات کی", "ur"),
        ("Министърът на външните работи се срещна с колегата си", "bg"),
        ("Министар спољних послова састао се са колегом", "sr"),
        ("Міністр замежных спраў сустрэўся з калегам", "be"),
        ("საგარეო საქმეთა მინისტრი კოლეგას შეხვდა", "ka"),
        ("Արտգործնախարարը հանդիպել է իր պաշտոնակցին", "hy"),
        ("รัฐมนตรีต่างประเทศพบกับคู่เจรจาที่กรุงเทพ", "th"),
        ("विदेश मंत्री ने अपने समकक्ष से मुलाकात की", "hi"),
        ("Minister spraw zagranicznych spotkał się we wtorek z kolegą", "pl"),
        ("Utenriksministeren møtte sin kollega på tirsdag", "no"),
        ("Il ministro degli Esteri ha incontrato martedì il suo omologo", "it"),
        ("Dışişleri bakanı salı günü mevkidaşıyla görüştü", "tr"),
    ],
)
def test_language_is_found_in_a_title(text: str, language: str):
    assert detect(text) == language


def test_a_rare_language_is_found_in_a_whole_text():
    text = "Nakipagkita ang kalihim sa kanyang katapat noong Martes sa Maynila, ayon sa palasyo. "
    assert detect(text * 4) == "tl"


def test_a_short_headline_is_not_taken_for_a_rare_language():
    assert detect("Ferry prices plunge in October") == "en"


def test_both_written_forms_of_norwegian_are_one_language():
    assert detect("Utanriksministeren møtte kollegaen sin tysdag, og dei snakka om fisk") == "no"
    assert code_of("nb-NO") == code_of("nn") == "no"


def test_text_without_a_word_has_no_language():
    assert detect("2 0 1 5 / 12345 :: 67890 -- 2.4.1 // 99 ... 10:30") == ""


def test_a_headline_of_two_words_is_in_the_language_that_is_declared():
    assert detect("Syria talks", "en") == "en"
    assert detect("Syria talks") != "en"  # what it would be taken for
    assert detect("Gespräche über die Zukunft Syriens in Genf", "en") == "de"


def test_short_text_has_the_declared_language_or_none():
    assert detect("Lavrov", "ru-RU") == "ru"
    assert detect("Lavrov") == ""


def test_declaration_decides_where_the_text_does_not():
    assert detect("Lavrov, Kerry, Fabius, Steinmeier, Hammond", "de") == "de"


def test_plain_text_wins_over_a_wrong_declaration():
    assert detect("Министры шести стран договорились в пятницу о зерне", "en-US") == "ru"


@pytest.mark.parametrize(
    ("declared", "code"),
    [("en-US", "en"), ("pt_BR", "pt"), ("RU", "ru"), ("iw", "he"), ("english", ""), ("", "")],
)
def test_declared_language_becomes_two_letters(declared: str, code: str):
    assert code_of(declared) == code
