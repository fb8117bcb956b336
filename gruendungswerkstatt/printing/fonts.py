"""The fonts that papers are set in, and which signs they have.

`assets/build.mjs` copies them from npm into <VAR_DIR>/print-fonts: Noto Sans (Latin, Greek, Cyrillic), Vazirmatn
(Arabic, Persian, Kurdish), Noto Sans Ethiopic (Tigrinya), Noto Emoji. All under the SIL Open Font License.
"""

from functools import lru_cache

import typst
from django.conf import settings
from fontTools.ttLib import TTFont

# In this order a sign is looked for; base.typ names the same families.
FAMILIES = ("Noto Sans", "Vazirmatn", "Noto Sans Ethiopic", "Noto Emoji")


class FontsMissing(Exception):
    """The fonts are not where the build puts them."""


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """Our fonts and no other: neither the machine's nor those inside typst. Raises FontsMissing."""
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[settings.PRINT_FONTS_DIR])
    if lacking := set(FAMILIES) - set(found.families()):
        raise FontsMissing(f"{settings.PRINT_FONTS_DIR} lacks {', '.join(sorted(lacking))}: run `make assets`")
    return found


@lru_cache(maxsize=1)
def coverage() -> tuple[frozenset[int], ...]:
    """The code points that each family can draw, in the order of FAMILIES."""
    regular = {font.family: font for font in fonts().fonts() if font.weight == 400}
    return tuple(_code_points(regular[family].path) for family in FAMILIES)


def _code_points(path: str) -> frozenset[int]:
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())
