"""Papers in general: what they are made of, and that nothing anybody types stops one."""

import io
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pypdf import PdfReader

from gruendungswerkstatt.printing import GAP, Paper, Unprintable, in_each, ltr, own_words, print_pdf, printable
from gruendungswerkstatt.printing.fonts import FAMILIES, FontsMissing, coverage, fonts
from gruendungswerkstatt.printing.responses import pdf_response
from tests.printing.reading import text_of

ROOT = Path(__file__).parents[2]
WORDS = "tests/printing/words.typ"
DIN_91379 = "ÊÎÛŞÇığʾʿĀāǍǎẒẓȘșȚțĦħŁłØøÞþ"
# What phones send and markup is made of, in one alphabet.
SIGNS = st.text(
    st.one_of(
        st.sampled_from("#$*_`~<>@\\/=-+[](){}\"'%&|^\n\t\r"),
        st.sampled_from(
            "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c\ufeff\u00ad"
        ),
        st.sampled_from("😀👨👩👧🏽❤️🇩🇪1️⃣🏴‍☠️©™"),
        st.characters(min_codepoint=0x600, max_codepoint=0x6FF),
        st.characters(min_codepoint=0x1200, max_codepoint=0x137F),
        st.characters(min_codepoint=0x300, max_codepoint=0x36F),
        st.characters(),
    ),
    max_size=60,
)


def words_paper(text: str, language: str = "ar") -> Paper:
    return Paper(WORDS, "Words", [language], {"words": own_words(text), "text": text})


@hypothesis_settings(max_examples=300, deadline=None)
@given(SIGNS)
@example("ሀ\u0301")
@example("ب\u0302\u20dd")
@example("1\ufe0f\u20e3 👨‍👩‍👧‍👦 🏳️‍🌈")
@example("\ud800 \x00 \ufffe")
@example('#let x = read("/etc/passwd") $ *b* _i_ <l> @r \\ // /* ~ -- ``` = ')
def test_whatever_somebody_types_is_printed(text):
    assert print_pdf(words_paper(text)).startswith(b"%PDF-1.7")


@pytest.mark.parametrize("length", [200, 10_000])
@pytest.mark.parametrize("sign", ["x", "م", "አ", "😀", "e\u0301", "漢"])
def test_a_word_without_end_stays_on_the_paper(sign, length):
    pages = PdfReader(io.BytesIO(print_pdf(words_paper(sign * length)))).pages
    assert len(pages) >= 1
    longest = max(len(part) for part in printable(sign * length).split("\u200b"))
    assert longest <= 30


def test_markup_stays_text():
    typed = "*bold* _x_ #pagebreak() $a$ <b> @c ~15.000 € \\ // `code` = Titel"
    assert typed in " ".join(text_of(print_pdf(words_paper(typed, "de"))).split())


def test_lines_of_a_text_stay_lines():
    assert "eins\nzwei" in text_of(print_pdf(words_paper("eins\nzwei", "de")))


def test_a_sign_without_a_font_is_told_and_the_rest_stays():
    assert printable("漢字 Ali") == f"{GAP}{GAP} Ali"
    text = text_of(print_pdf(words_paper("漢字 Ali", "de")))
    assert "Ali" in text
    assert "Das Zeichen" in text
    assert "Das Zeichen" not in text_of(print_pdf(words_paper("Ali", "de")))


def test_what_founders_and_registers_write_has_a_font():
    for text in (
        DIN_91379,
        "گلالی شێرین می‌خواهم بدوزم ە ۆ ڵ ڕ ڤ پ چ ژ ک ی ٠١٢ ۰۱۲ ،؛؟ قَدْ",
        "Україна їєґ Ёжик ъыэ",
        "ተስፋለም ጽሬት",
        "Şêrîn Çağrı Işıldak Yûsif",
        "– „Zitat“ ‚so‘ … € ✓".replace(" ✓", ""),
        "😀❤️👨‍👩‍👧",
    ):
        assert printable(text) == text


def test_overrides_of_direction_and_strange_blanks_go():
    assert printable("a\u202eb\u202c\u00a0c\u3000d\te\u2028f\u00adg") == "ab\u00a0c d e\nfg"


@pytest.mark.parametrize(
    ("text", "language", "lang", "direction"),
    [
        ("12 أريد", "ar", "ar", "rtl"),
        ("Food-Truck في", "", "und", "ltr"),
        ("", "und", "und", "ltr"),
        ("گلالی", "prs", "prs", "rtl"),
        ("x", "de-Latn", "de", "ltr"),
        ("x", '"); #x', "und", "ltr"),
    ],
)
def test_own_words_know_language_and_direction(text, language, lang, direction):
    assert own_words(text, language) == {"text": text, "lang": lang, "dir": direction}


def test_a_paper_is_tagged_named_and_in_a_language():
    reader = PdfReader(io.BytesIO(print_pdf(words_paper("أريد فتح محل"))))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert root["/Lang"] == "ar"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Words"
    metadata = root["/Metadata"].get_data().decode()
    assert re.search(r"pdfuaid:part(>|=\")1", metadata)


def test_the_same_paper_gives_the_same_bytes():
    assert print_pdf(words_paper("x")) == print_pdf(words_paper("x"))


def test_fonts_are_ours_and_embedded():
    assert set(fonts().families()) == set(FAMILIES)
    assert all(len(signs) > 500 for signs in coverage())
    reader = PdfReader(io.BytesIO(print_pdf(words_paper("Ab أب"))))
    names = {str(font.get_object()["/BaseFont"]) for font in reader.pages[0]["/Resources"]["/Font"].values()}
    assert len(names) == 4  # regular and bold of each
    assert all("NotoSans" in name or "Vazirmatn" in name for name in names)


def test_base_and_fonts_name_the_same_families():
    source = (ROOT / "gruendungswerkstatt/printing/base.typ").read_text()
    (line,) = re.findall(r"#let families = \((.*?)\)", source)
    assert tuple(re.findall(r'"([^"]+)"', line)) == FAMILIES


def test_missing_fonts_are_said(settings, tmp_path):
    settings.PRINT_FONTS_DIR = tmp_path
    fonts.cache_clear()
    try:
        with pytest.raises(FontsMissing, match="make assets"):
            fonts()
    finally:
        fonts.cache_clear()


def test_a_wrong_template_is_an_error_without_anybodys_words():
    paper = Paper("tests/printing/wrong.typ", "Words", ["de"], {"text": "Gulalai"})
    with pytest.raises(Unprintable) as refused:
        print_pdf(paper)
    assert "Gulalai" not in str(refused.value)


def test_a_warning_is_an_error():
    with pytest.raises(Unprintable):
        print_pdf(Paper("tests/printing/warned.typ", "Words", ["de"], {"text": "x"}))


def test_texts_come_in_each_language():
    from django.utils.translation import gettext_lazy

    assert in_each(["de", "en"], gettext_lazy("Receipt")) == ["Empfangsbestätigung", "Receipt"]
    assert ltr("0171") == "\u20660171\u2069"


def test_a_download_has_a_common_name():
    response = pdf_response(b"%PDF", "receipt")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="receipt.pdf"'
