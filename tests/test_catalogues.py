"""The interface is translated whole: every text of the sources in every language, and nothing else."""

import polib
import pytest
from django.conf import settings

from gruendungswerkstatt.common.catalogues import checking, extraction, files


def test_every_text_is_translated():
    assert checking.problems() == []


def test_every_language_of_the_portal_has_a_catalogue():
    assert set(files.PLURALS) == {code for code, _name in settings.LANGUAGES}


@pytest.fixture
def small(tmp_path, monkeypatch):
    """Sources with one module and one template, catalogues for German and Arabic beside them."""
    monkeypatch.setattr(extraction, "BASE_DIR", tmp_path)
    monkeypatch.setattr(files, "LOCALE_DIR", tmp_path / "locale")
    (tmp_path / "intake" / "migrations").mkdir(parents=True)
    (tmp_path / "templates").mkdir()
    (tmp_path / "intake" / "texts.py").write_text(
        'NAME = _("Name")\n'
        'MONTH = pgettext_lazy("month", "May")\n'
        'CASES = ngettext("%(n)s case", "%(n)s cases", n)\n'
        'not_a_text("Other")\n'
    )
    (tmp_path / "intake" / "migrations" / "0001_initial.py").write_text('_("In a migration")')
    (tmp_path / "templates" / "page.html").write_text(
        '{% load i18n %}{% translate "Save" %}{# _("Comment") #}'
        "{% blocktranslate trimmed count n=n %}\n  {{ n }} day\n{% plural %}\n  {{ n }} days\n{% endblocktranslate %}"
    )
    return tmp_path


TEXTS = {
    (None, "Name"): "",
    ("month", "May"): "",
    (None, "%(n)s case"): "%(n)s cases",
    (None, "Save"): "",
    (None, "%(n)s day"): "%(n)s days",
}


def test_texts_are_found_in_python_and_templates(small):
    assert extraction.texts() == TEXTS


def test_extraction_adds_what_is_new_and_removes_what_is_gone(small):
    gone = polib.POFile()
    gone.append(polib.POEntry(msgid="Gone", msgstr="Weg"))
    gone.append(polib.POEntry(msgid="Save", msgstr="Speichern"))
    files.write("de", gone)
    changes = extraction.merge()
    assert "obsolete, removed: 'Gone'" in changes
    assert "new: 'Name'" in changes
    german = {(entry.msgctxt, entry.msgid): entry for entry in files.read("de")}
    assert set(german) == set(TEXTS)
    assert german[None, "Save"].msgstr == "Speichern"
    assert german[None, "Name"].msgstr == ""
    english = files.read("en")
    assert english.find("Name").msgstr == "Name"
    assert len(files.read("ar").find("%(n)s case").msgstr_plural) == 6
    assert sorted(checking.problems()) == sorted(
        f"{language}: untranslated {shown}"
        for language, done in (("de", "Save"), ("ar", ""))
        for shown in ("'%(n)s case'", "'%(n)s day'", "'May' (month)", "'Name'", "'Save'")
        if shown != repr(done)
    )


@pytest.mark.parametrize(
    ("translation", "problem"),
    [
        ({"msgstr": ""}, "untranslated"),
        ({"msgstr": "%(nam)s fehlt"}, "placeholders differ"),
        ({"msgstr": "fehlt"}, "placeholders differ"),
        ({"msgstr": "%(name)s fehlt", "flags": ["fuzzy"]}, "fuzzy"),
        ({"msgstr": "%(name)s fehlt", "obsolete": True}, "obsolete"),
    ],
)
def test_a_gap_is_named(small, translation, problem):
    (small / "intake" / "texts.py").write_text('_("%(name)s is missing")')
    (small / "templates" / "page.html").unlink()
    extraction.merge()
    catalogue = files.read("de")
    catalogue.clear()
    catalogue.append(polib.POEntry(msgid="%(name)s is missing", **translation))
    files.write("de", catalogue)
    assert f"de: {problem} '%(name)s is missing'" in checking.problems()


def test_a_superfluous_and_a_missing_text_are_named(small):
    extraction.merge()
    (small / "templates" / "page.html").write_text('{% load i18n %}{% translate "Send" %}')
    found = checking.problems()
    assert "en: superfluous 'Save'" in found
    assert "en: missing 'Send'" in found


@pytest.mark.parametrize(
    ("forms", "problem"),
    [
        (["kein Fall", "%(n)s Fälle"], None),
        (["%(n)s Fall", "Fälle"], "placeholders differ"),
        (["%(n)s Fall"], "1 plural forms instead of 2"),
        (["%(n)s Fall", ""], "untranslated"),
        (["%(m)s Fall", "%(n)s Fälle"], "placeholders differ"),
    ],
)
def test_plural_forms_are_counted_and_compared(forms, problem):
    entry = polib.POEntry(msgid="%(n)s case", msgid_plural="%(n)s cases", msgstr_plural=dict(enumerate(forms)))
    assert next(checking.entry_problems(entry, 2), None) == problem


@pytest.mark.parametrize(
    ("source", "translation", "problem"),
    [
        ("Read <b>this</b>", "Lesen Sie <b>das</b>", None),
        ("Read <b>this</b>", "Lesen Sie das", "tags differ"),
        ("Read this", "Lesen Sie <br>das", "tags differ"),
        ("Read ", "Lesen", "blanks at the ends differ"),
        ("Read", "Lesen\n", "blanks at the ends differ"),
        ("Read", "  ", "untranslated"),
    ],
)
def test_tags_and_blanks_are_compared(source, translation, problem):
    entry = polib.POEntry(msgid=source, msgstr=translation)
    assert next(checking.entry_problems(entry, 2), None) == problem


@pytest.mark.parametrize("broken", ["<b>%(n)s Fälle", " %(n)s Fälle"])
def test_tags_and_blanks_are_compared_in_every_plural_form(broken):
    entry = polib.POEntry(msgid="%(n)s case", msgid_plural="%(n)s cases", msgstr_plural={0: "%(n)s Fall", 1: broken})
    assert list(checking.entry_problems(entry, 2))


def test_a_per_cent_sign_is_no_placeholder():
    assert checking.placeholders("50 % der Fälle, 100%% sicher") == set()
    assert checking.placeholders("%(n)s von %s, {name}") == {"%(n)s", "%s", "{name}"}


def test_only_what_is_older_than_its_source_is_compiled(small):
    extraction.merge()
    assert len(files.compile_all()) == 3
    assert files.compile_all() == []
