"""Where the catalogues lie, what their heads say, compiling them."""

from pathlib import Path

import polib

BASE_DIR = Path(__file__).resolve().parents[3]
LOCALE_DIR = BASE_DIR / "locale"
# Plural forms as in the Unicode CLDR; every language of settings.LANGUAGES has a line.
PLURALS = {
    "de": "nplurals=2; plural=(n != 1);",
    "en": "nplurals=2; plural=(n != 1);",
    "ar": (
        "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
        "n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;"
    ),
}
SOURCE_LANGUAGE = "en"
WRAP_WIDTH = 110


def plural_count(language: str) -> int:
    return int(PLURALS[language].removeprefix("nplurals=").split(";")[0])


def path_of(language: str) -> Path:
    return LOCALE_DIR / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> polib.POFile:
    """The catalogue of `language`; an empty one if there is none yet. Raises OSError with polib's complaint."""
    path = path_of(language)
    return polib.pofile(str(path), wrapwidth=WRAP_WIDTH) if path.exists() else polib.POFile(wrapwidth=WRAP_WIDTH)


def write(language: str, catalogue: polib.POFile) -> None:
    """Sorted and without line numbers, so that two people's changes rarely meet."""
    catalogue.metadata = {
        "Project-Id-Version": "gruendungswerkstatt",
        # gettext asks for these; when a text was changed and by whom is told by the history of the file.
        "PO-Revision-Date": "2026-11-28 12:00+0100",
        "Last-Translator": "Gründungswerkstatt",
        "Language-Team": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": language,
        "Plural-Forms": PLURALS[language],
    }
    catalogue.sort(key=lambda entry: (entry.msgid.casefold(), entry.msgctxt or "", entry.msgid))
    path_of(language).parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path_of(language)))


def compile_all() -> list[Path]:
    """Compile the catalogues that are newer than their compiled form; the files written."""
    written = []
    for language in PLURALS:
        source = path_of(language)
        target = source.with_suffix(".mo")
        if not source.exists():
            continue
        if target.exists() and target.stat().st_mtime > source.stat().st_mtime:
            continue
        fresh = target.with_suffix(".mo.new")
        read(language).save_as_mofile(str(fresh))
        fresh.replace(target)
        written.append(target)
    return written
