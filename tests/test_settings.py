"""A wrong environment variable stops the start with one line that names it; production refuses demo data."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).parents[1]
PRODUCTION = {
    "SECRET_KEY": "only-for-tests",
    "DATABASE_URL": "postgresql://portal:secret@db.example:5432/portal",
    "CELERY_BROKER_URL": "redis://broker.example:6379/0",
    "EMAIL_URL": "smtp+tls://user:secret@mail.example:587",
    "ALLOWED_HOSTS": "portal.example",
    "SITE_URL": "https://portal.example",
}


def manage(home: Path, *command: str, **changed: str) -> subprocess.CompletedProcess:
    """`manage.py` in production, without services of ours to find; every `changed` variable is set on top."""
    (home / "assets").mkdir()
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(home), **PRODUCTION, **changed}
    return subprocess.run(  # noqa: S603
        [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )


@pytest.fixture
def settings_with(monkeypatch):
    """The settings module run anew with production's variables and the given ones."""

    def run(**changed: str) -> dict:
        for name in ("DEMO", "DEBUG", "DATABASE_OWNER_URL", "CODE_KEY", "MAIL_FROM", "BEHIND_PROXY"):
            monkeypatch.delenv(name, raising=False)
        for name, value in (PRODUCTION | changed).items():
            monkeypatch.setenv(name, value)
        path = ROOT / "gruendungswerkstatt" / "settings" / "base.py"
        spec = importlib.util.spec_from_file_location("gruendungswerkstatt.settings.anew", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return vars(module)

    return run


def test_production_is_strict(settings_with):
    found = settings_with()
    assert found["SECOND_FACTOR_REQUIRED"]
    assert found["SESSION_COOKIE_SECURE"]
    assert found["SECURE_SSL_REDIRECT"]
    assert found["ACCOUNT_RATE_LIMITS"]
    assert found["ALLOWED_HOSTS"] == ["portal.example"]


def test_demo_asks_for_no_second_factor(settings_with):
    found = settings_with(DEMO="1", ALLOWED_HOSTS="", EMAIL_URL="")
    assert not found["SECOND_FACTOR_REQUIRED"]
    assert found["ACCOUNT_RATE_LIMITS"] is False
    assert "localhost" in found["ALLOWED_HOSTS"]
    assert found["EMAIL_BACKEND"].endswith("filebased.EmailBackend")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("ALLOWED_HOSTS", " "),
        ("DEMO", "maybe"),
        ("DEBUG", "2"),
        ("BEHIND_PROXY", "perhaps"),
        ("SITE_URL", "portal.example"),
        ("SITE_URL", "http://[::1"),
        ("MAIL_FROM", "somebody"),
        ("DATABASE_URL", ""),
        ("DATABASE_URL", "mysql://portal:secret@db.example/portal"),
        ("DATABASE_URL", "postgresql://portal:secret@db.example:port/portal"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_OWNER_URL", "sqlite:///file"),
        ("CELERY_BROKER_URL", "broker.example:6379"),
        ("EMAIL_URL", ""),
        ("EMAIL_URL", "smtp://user:secret@mail.example"),
        ("EMAIL_URL", "pigeon://mail.example:25"),
    ],
)
def test_wrong_variable_is_named_in_one_line(settings_with, name, value):
    with pytest.raises(ImproperlyConfigured) as refusal:
        settings_with(**{name: value})
    line = str(refusal.value)
    assert line.startswith(name)
    assert "\n" not in line
    assert "secret" not in line  # a password in an address is not for the log


def test_command_line_says_it_in_one_line(tmp_path):
    found = manage(tmp_path, "check", DEMO="maybe")
    assert found.returncode != 0
    assert (found.stdout + found.stderr).strip() == (
        "Configuration error: DEMO='maybe' cannot be read: 1 for demo data and no second factor, "
        "0 (the default) for real use"
    )


@pytest.mark.parametrize("command", [("seed_demo",), ("seed_bulk", "--cases", "1")])
def test_production_refuses_demo_data_in_one_line(tmp_path, command):
    found = manage(tmp_path, *command)
    assert found.returncode != 0
    assert (found.stdout + found.stderr).strip() == (
        "CommandError: This writes invented data and runs in demo mode only (DEMO=1)."
    )
