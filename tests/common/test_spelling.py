"""How a code is read aloud on the telephone."""

import pytest
from django.template import Context, Template
from django.utils.translation import override

from gruendungswerkstatt.common.codes import ALPHABET
from gruendungswerkstatt.common.spelling import spelled


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", [["A wie Anton", "sieben", "C wie Cäsar"], ["neun", "K wie Kaufmann", "M wie Martha"]]),
        ("en", [["A as in Alfa", "seven", "C as in Charlie"], ["nine", "K as in Kilo", "M as in Mike"]]),
        ("ar", [["A: إيه", "سبعة", "C: سي"], ["تسعة", "K: كيه", "M: إم"]]),
    ],
)
def test_every_sign_has_its_word_in_groups(language, said):
    with override(language):
        assert [[words for _sign, words in group] for group in spelled("A7C-9KM")] == said


@pytest.mark.parametrize("language", ["de", "en", "ar"])
def test_no_two_signs_sound_alike(language):
    with override(language):
        [group] = spelled(ALPHABET)
    assert len({words for _sign, words in group}) == len(ALPHABET)


def test_it_is_folded_away_beside_the_code():
    source = '{% load components %}{% code_display "Code" "A7C-9KM-34T" spell=True %}'
    with override("de"):
        page = Template(source).render(Context())
    assert "<details" in page
    assert "T wie Theodor" in page
    assert "<details" not in Template(source.replace(" spell=True", "")).render(Context())
