"""What no single test sees: templates nobody draws, names against the word table, forms that overwrite unseen."""

import ast
import re
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.migrations.loader import MigrationLoader
from django.urls import URLPattern, URLResolver, get_resolver
from django_migration_linter import MigrationLinter

from gruendungswerkstatt.common.abstract import Versioned

BASE = Path(settings.BASE_DIR)
ROOMS = ("gruendungswerkstatt", "network", "intake", "cases")
SOURCES = [path for room in ROOMS for path in sorted((BASE / room).rglob("*.py")) if "migrations" not in path.parts]
TEMPLATES = sorted(path.relative_to(BASE / "templates").as_posix() for path in (BASE / "templates").rglob("*.*"))
OUR_LABELS = {config.label for config in apps.get_app_configs() if config.name.startswith(ROOMS)}
OUR_MODELS = [
    model
    for model in apps.get_models()
    if model._meta.app_label in OUR_LABELS and not hasattr(model, "pgh_tracked_model")
]

# --- Templates -------------------------------------------------------------------------------------------------------

# Drawn by libraries under these names; every one is compared with what the library has.
OF_LIBRARIES = ("account/", "mfa/", "socialaccount/", "kern/", "django/forms/")
ERROR_PAGES = {f"{status}.html" for status in ("400", "403", "403_csrf", "404", "405", "413", "429", "500")}


@cache
def everything_written() -> str:
    sources = chain(SOURCES, (BASE / "templates").rglob("*.*"))
    return "\n".join(path.read_text(encoding="utf-8") for path in sources)


def is_named(name: str) -> bool:
    """Whether somebody writes the template's name, or in quotes its last part (the folder's, where files are fixed)."""
    path = Path(name)
    parts = [path.stem, *path.parent.parts[1:]]
    return name in everything_written() or any(f'"{part}"' in everything_written() for part in parts)


@pytest.mark.parametrize("name", [name for name in TEMPLATES if not name.startswith(OF_LIBRARIES)])
def test_every_template_is_drawn(name):
    assert name in ERROR_PAGES or is_named(name), f"Nothing draws templates/{name}: delete it."


def libraries_templates() -> set[str]:
    folders = [Path(config.path) / "templates" for config in apps.get_app_configs() if config.name not in ROOMS]
    folders.append(Path(forms.__file__).parent / "templates")
    return {path.relative_to(folder).as_posix() for folder in folders for path in folder.rglob("*.*")}


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name.startswith(OF_LIBRARIES)])
def test_a_librarys_template_is_one_it_knows_or_one_of_ours(name):
    if name.startswith("kern/"):
        name = name.removeprefix("kern/")  # crispy-forms asks for them by its own paths
        known = name in everything_written() or Path(name).name in CRISPY_NAMES
    else:
        known = name in libraries_templates() or name in everything_written()
    assert known, f"Nothing draws templates/{name}: delete it."


# Written out in crispy_forms/layout.py, bootstrap.py and the template tags.
CRISPY_NAMES = set(
    re.findall(
        r"[\w-]+\.html",
        "\n".join(
            path.read_text(encoding="utf-8") for path in Path(forms.__file__).parents[2].glob("crispy_forms/**/*.py")
        ),
    )
)

# --- Names (the word table of the project) ---------------------------------------------------------------------------

# word in a name → the word for it
OTHER_WORDS = {
    "customer": "founder", "applicant": "founder", "entrepreneur": "founder", "counsellor": "advisor",
    "counselor": "advisor", "consultant": "advisor", "caseworker": "advisor", "adviser": "advisor",
    "dossier": "case", "registration": "submission", "questionary": "questionnaire", "institution": "organisation",
    "organization": "organisation", "meeting": "appointment", "forwarding": "referral", "transferral": "referral",
    "subject_matter": "topic", "todo": "step", "utils": "a name that says what is in it",
    "helpers": "a name that says what is in it", "misc": "a name that says what is in it",
}  # fmt: skip


def names_of(path: Path) -> set[str]:
    """Names that `path` defines: modules, classes, functions, arguments, variables."""
    found = {path.stem}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
    return found


def words_of(name: str) -> set[str]:
    spelt = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    return {spelt, *spelt.split("_")}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(BASE).as_posix())
def test_one_word_per_thing(path):
    wrong = {
        f"{name}: the word is {OTHER_WORDS[word]}"
        for name in names_of(path)
        for word in words_of(name) & OTHER_WORDS.keys()
    }
    assert wrong == set()


OUR_FIELDS = [
    field
    for model in OUR_MODELS
    for field in model._meta.local_fields
    if not isinstance(field, models.ForeignKey | models.AutoField)
]
# Terms and claims say until when; standing words of accounts come from Django.
OTHER_MOMENTS = {"valid_from", "valid_to", "claimed_until", "last_login", "expires", "until"}
OTHER_FLAGS = re.compile(r"^(is|has|can|may|wants|needs|keep|was|covers|shows|offers|allows)_")


@pytest.mark.parametrize("field", OUR_FIELDS, ids=str)
def test_fields_say_what_they_hold(field):
    if field.name in OTHER_MOMENTS:
        return
    if isinstance(field, models.DateTimeField):
        assert field.name.endswith("_at")
    elif isinstance(field, models.DateField):
        assert field.name.endswith("_on")
    elif isinstance(field, models.BooleanField):
        assert OTHER_FLAGS.match(field.name)


def url_names(resolver=None, space: str = "") -> list[str]:
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            found += url_names(entry, entry.namespace or space)
        elif isinstance(entry, URLPattern) and entry.name:
            found.append(f"{space}:{entry.name}" if space else entry.name)
    return found


def test_addresses_have_names_in_small_words():
    names = [name for name in url_names() if not name.startswith(("account_", "mfa_", "openid_", "socialaccount_"))]
    assert len(names) > 40
    assert [name for name in names if not re.fullmatch(r"([a-z]+:)?[a-z]+(_[a-z]+)*", name)] == []


# --- Versions ---------------------------------------------------------------------------------------------------------

# Functions that change a versioned row without the version somebody saw, and why nothing is overwritten unseen.
WITHOUT_A_SEEN_VERSION = {
    "content/services.py:_name_notice": "only the name of the published notice; its draft's version was compared",
    "documents/scanning.py:_take_away": "a virus counts whatever anybody saw; an answer from before becomes stale",
    "documents/services.py:receive": "a file that comes makes an answer to the files before it stale",
    "intake/access.py:_locked": "a new code or PIN replaces the old one, whatever it was",
    "intake/confirming.py:confirm": "the founder confirms what is there; only the first time counts",
    "intake/services.py:_store": "of two answers of a founder the newer one counts",
    "intake/services.py:mark_accepted": "done again it changes nothing",
    "network/people/oidc/services.py:_change": "the identity provider decides, whatever anybody saw",
    "cases/files/asking_back.py:_save": "only the first answer or withdrawal of a question counts",
    "cases/files/deadlines.py:_count_anew": "follows from funding, whose version was compared",
    "cases/files/deadlines.py:_set_done": "set again it changes nothing",
    "cases/files/followups.py:_locked": "compared is the follow-up; its case only counts as changed",
    "cases/files/services.py:record_age": "compared with what is recorded already",
    "cases/files/services.py:set_step_done": "set again it changes nothing",
}


def changes_of_versions() -> dict[str, list[bool]]:
    """Function → for each `bump_version` in it, whether it is given the version that was seen."""
    found: dict[str, list[bool]] = {}
    for path in SOURCES:
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef) and function.name != "bump_version":
                for call in ast.walk(function):
                    if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "bump_version":
                        place = f"{path.relative_to(BASE).as_posix()}:{function.name}"
                        found.setdefault(place, []).append(len(call.args) + len(call.keywords) > 1)
    return found


def test_nobody_overwrites_what_nobody_saw():
    blind = {place for place, seen in changes_of_versions().items() if not all(seen)}
    assert {place.removeprefix("gruendungswerkstatt/") for place in blind} == set(WITHOUT_A_SEEN_VERSION)
    assert len(changes_of_versions()) > 2 * len(blind)


def versioned_model_forms() -> list[type]:
    def below(kind: type) -> list[type]:
        return [kind, *(form for child in kind.__subclasses__() for form in below(child))]

    ours = [form for form in below(forms.ModelForm) if form.__module__.startswith(ROOMS)]
    return [form for form in ours if issubclass(form._meta.model, Versioned)]


def test_forms_of_versioned_rows_are_written_by_hand():
    """A ModelForm saves by itself, past the services that compare versions."""
    assert versioned_model_forms() == []


# --- Migrations ------------------------------------------------------------------------------------------------------

# Made before any office used the portal, on tables that were empty. A new migration does not get onto this list.
BEFORE_THE_FIRST_OFFICE = {
    "cases_referrals.0003_consent_once",
    "messaging.0002_handover",
    "network_directory.0002_offer_codes_and_search_words",
    "network_people.0007_account_history_without_language",
}


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_no_migration_locks_or_breaks_the_portal_that_is_still_running():
    linter = MigrationLinter(no_cache=True, no_output=True, ignore_initial_migrations=True)
    refused = set()
    for migration in MigrationLoader(None, ignore_no_migrations=True).disk_migrations.values():
        if migration.app_label in OUR_LABELS:
            before = linter.nb_erroneous
            linter.lint_migration(migration)
            if linter.nb_erroneous > before:
                refused.add(str(migration))
    assert refused == BEFORE_THE_FIRST_OFFICE
