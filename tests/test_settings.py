"""A wrong environment variable stops the start with one line that names it; production refuses demo data."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from gruendungswerkstatt.settings.environment import KNOWN
from gruendungswerkstatt.settings.safety import is_public

ROOT = Path(__file__).parents[1]
PRODUCTION = {
    "SECRET_KEY": "nDs2Yv0tK8wQf4LrXb6HjZc1PmGe7UaTo9Ki3RxWqBdVyChSuNlEp5M",
    "CODE_KEY": "Wm4Rt7Yp1Zk9Xc3Vb6Nq8Lj2Hg5Fd0SaQeUiOoTyPrGhJkLzXcVbNm5",
    "DATABASE_URL": "postgresql://portal:secret@db.example:5432/portal",
    "CELERY_BROKER_URL": "redis://:secret@broker.example:6379/0",
    "EMAIL_URL": "smtp+tls://user:secret@mail.example:587",
    "ALLOWED_HOSTS": "portal.example",
    "SITE_URL": "https://portal.example",
}


def manage(home: Path, *command: str, **changed: str) -> subprocess.CompletedProcess:
    """`manage.py` as `run` starts it."""
    return run(home, "manage.py", *command, **changed)


def run(home: Path, *command: str, **changed: str) -> subprocess.CompletedProcess:
    """Python in production, without services of ours to find; every `changed` variable is set on top."""
    (home / "assets").mkdir(exist_ok=True)
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(home), **PRODUCTION, **changed}
    return subprocess.run(  # noqa: S603
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )


@pytest.fixture
def settings_with(monkeypatch):
    """The settings module run anew with production's variables and the given ones."""

    def run(**changed: str) -> dict:
        for name in KNOWN:
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
    assert found["SECURE_HSTS_SECONDS"] == 31_536_000
    assert found["SECURE_HSTS_INCLUDE_SUBDOMAINS"]
    assert found["SESSION_COOKIE_NAME"] == "__Host-gw_session"
    assert found["CSRF_COOKIE_NAME"] == "__Host-gw_csrf"
    for cookie in ("SESSION", "CSRF", "LANGUAGE"):
        assert found[f"{cookie}_COOKIE_SECURE"]
        assert found[f"{cookie}_COOKIE_SAMESITE"] == "Lax"


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
        ("CODE_KEY", ""),
        ("INVITATION_DAYS", "0"),
        ("INVITATION_DAYS", "61"),
        ("SESSION_IDLE_MINUTES", "5"),
        ("SESSION_IDLE_MINUTES", "241"),
        ("WORKER_CONCURRENCY", "-1"),
        ("HSTS_SECONDS", "a year"),
        ("HSTS_SECONDS", "-1"),
        ("DATABASE_POOLED", "maybe"),
        ("CLAMAV_ADDRESS", "clamav:3310"),
        ("CLAMAV_ADDRESS", "tcp://clamav"),
        ("CLAMAV_ADDRESS", "tcp://clamav:port"),
        ("CLAMAV_ADDRESS", "unix:///"),
        ("CLAMAV_ADDRESS", "http://clamav:3310"),
        ("DOCUMENTS_URL", "documents"),
        ("DOCUMENTS_URL", "file:///"),
        ("DOCUMENTS_URL", "ftp://host/secret"),
        ("DOCUMENTS_URL", "s3://bucket/?acl=public-read"),
        ("DOCUMENTS_URL", "s3://bucket/documents"),  # without its keys
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
    assert ":secret" not in line  # a password in an address is not for the log


def test_command_line_says_it_in_one_line(tmp_path):
    found = manage(tmp_path, "check", DEMO="maybe")
    assert found.returncode != 0
    assert (found.stdout + found.stderr).strip() == (
        "Configuration error: DEMO='maybe' cannot be read: 1 for demo data and no second factor, "
        "0 (the default) for real use"
    )


@pytest.mark.long
@pytest.mark.parametrize(
    "program",
    [
        ("-m", "gunicorn"),
        ("-m", "celery", "-A", "gruendungswerkstatt.celery:app", "worker"),
        ("-m", "celery", "-A", "gruendungswerkstatt.celery:app", "beat", "--pidfile", ""),
        ("-c", "import gruendungswerkstatt.asgi"),
    ],
    ids=["web", "worker", "beat", "asgi"],
)
@pytest.mark.parametrize(
    ("name", "value", "said"),
    [("DEMO", "maybe", "DEMO='maybe' cannot be read: "), ("CODE_KEY", "short", "CODE_KEY is short or known: ")],
)
def test_every_program_says_it_in_one_line(tmp_path, program, name, value, said):
    found = run(tmp_path, *program, **{name: value})
    assert found.returncode == 1
    (line,) = (found.stdout + found.stderr).strip().splitlines()
    assert line.startswith(f"Configuration error: {said}")


@pytest.mark.parametrize("name", ["WEB_WORKERS", "WEB_THREADS"])
@pytest.mark.parametrize("value", ["0", "-1", "many"])
def test_gunicorn_names_a_wrong_size_in_one_line(tmp_path, name, value):
    found = run(tmp_path, "-m", "gunicorn", "--check-config", **{name: value})
    assert found.returncode == 1
    (line,) = (found.stdout + found.stderr).strip().splitlines()
    assert line.startswith(f"Configuration error: {name}='{value}' cannot be ")


SHORT, KNOWN_KEY, DULL = "k7Jd9sLw2", "django-insecure-" + PRODUCTION["SECRET_KEY"], "ab" * 40


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"SECRET_KEY": SHORT}, "SECRET_KEY is short or known"),
        ({"SECRET_KEY": KNOWN_KEY}, "SECRET_KEY is short or known"),
        ({"SECRET_KEY": DULL}, "SECRET_KEY is short or known"),
        ({"CODE_KEY": SHORT}, "CODE_KEY is short or known"),
        ({"CODE_KEY": PRODUCTION["SECRET_KEY"]}, "CODE_KEY is the same as SECRET_KEY"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must not be *"),
        ({"ALLOWED_HOSTS": "portal.example,*"}, "ALLOWED_HOSTS must not be *"),
        ({"ALLOWED_HOSTS": "*", "DEMO": "1"}, "ALLOWED_HOSTS must not be *"),
        ({"SITE_URL": "http://portal.example"}, "SITE_URL must begin with https://"),
        ({"SITE_URL": ""}, "SITE_URL must begin with https://"),
        ({"SITE_URL": "https://elsewhere.example"}, "SITE_URL names the host elsewhere.example"),
        ({"EMAIL_URL": "consolemail://"}, "EMAIL_URL leads nowhere"),
        ({"EMAIL_URL": "dummymail://"}, "EMAIL_URL leads nowhere"),
        ({"EMAIL_URL": "memorymail://"}, "EMAIL_URL leads nowhere"),
        ({"EMAIL_URL": "smtp://user:secret@mail.example:25"}, "EMAIL_URL sends its password unprotected"),
        ({"CELERY_BROKER_URL": "redis://broker.example:6379/0"}, "CELERY_BROKER_URL names no password"),
        ({"CELERY_BROKER_URL": "amqps://portal@broker.example:5671//"}, "CELERY_BROKER_URL names no password"),
        ({"CELERY_BROKER_URL": "redis://:secret@a.example;redis://b.example"}, "CELERY_BROKER_URL names no password"),
        ({"CELERY_BROKER_URL": "redis://valkey:6379/0"}, "CELERY_BROKER_URL names no password"),
        ({"CACHE_URL": "redis://cache.example:6379/1"}, "CACHE_URL names no password"),
        ({"MAIL_FROM": "Jobcenter Kreis Unna <termin@kreis.example>"}, "MAIL_FROM tells"),
        ({"MAIL_FROM": "Termin <termin@jobcenter-kreis-unna.de>"}, "MAIL_FROM tells"),
        ({"MAIL_FROM": "Termin <termin@agentur-fuer-arbeit.de>"}, "MAIL_FROM tells"),
        ({"MAIL_FROM": "termin@arbeitsagentur.de"}, "MAIL_FROM tells"),
        ({"MAIL_FROM": "Termin <bürgergeld@kreis.example>"}, "MAIL_FROM tells"),
        ({"MAIL_FROM": "Termin <termin@gruendungswerkstatt.example>"}, "MAIL_FROM tells"),
        ({"DEMO": "1", "ALLOWED_HOSTS": "portal.kreis.de"}, "DEMO=1 with the public host portal.kreis.de"),
        ({"DEMO": "1", "SITE_URL": "https://portal.kreis.de"}, "DEMO=1 with the public host portal.kreis.de"),
        ({"DEBUG": "1", "ALLOWED_HOSTS": "portal.kreis.de"}, "DEBUG=1 with the public host portal.kreis.de"),
        (
            {"DEMO": "1", "DATABASE_URL": "postgresql://portal:secret@db.kreis.de/portal"},
            "DEMO=1 with a database at the public host db.kreis.de",
        ),
    ],
)
def test_unsafe_settings_refuse_to_start_in_one_line(settings_with, changed, said):
    with pytest.raises(ImproperlyConfigured) as refusal:
        settings_with(**changed)
    line = str(refusal.value)
    assert line.startswith(said)
    assert "\n" not in line
    for key in ("SECRET_KEY", "CODE_KEY"):
        assert (PRODUCTION | changed)[key] not in line


@pytest.mark.parametrize(
    "changed",
    [
        {"EMAIL_URL": "smtp://mail.example:25"},
        {"EMAIL_URL": "smtp://user:secret@127.0.0.1:25"},
        {"EMAIL_URL": "smtp+ssl://user:secret@mail.example:465"},
        {"CELERY_BROKER_URL": "redis://localhost:6379/0"},
        {"CELERY_BROKER_URL": "redis://[::1]:6379/0"},
        {"CELERY_BROKER_URL": "redis+socket:///run/valkey.sock"},
        {"CACHE_URL": "redis+socket:///run/valkey.sock?virtual_host=1"},
        {"MAIL_FROM": "Termin <termin@kreis-unna.de>"},
        {"MAIL_FROM": "post@mail.musterstadt.de"},
    ],
)
def test_what_needs_no_password_and_tells_nothing_is_taken(settings_with, changed):
    assert settings_with(**changed)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "[::1]", "localhost", "portal.test", ".example.org", "10.1.2.3", "postgres", "", "/run/pg"]
)
def test_hosts_that_only_the_machine_or_its_network_knows(host):
    assert not is_public(host)


@pytest.mark.parametrize("host", ["portal.kreis.de", ".kreis.de", "9.9.9.9", "[2a00:1450::1]", "localhost.kreis.de"])
def test_hosts_the_world_may_know(host):
    assert is_public(host)


def test_a_secret_may_lie_in_a_file(settings_with, tmp_path):
    file = tmp_path / "key"
    file.write_text(PRODUCTION["SECRET_KEY"] + "\n")
    database = tmp_path / "database"
    database.write_text("postgresql://portal:$ecret@db.example:5432/portal\n")
    found = settings_with(SECRET_KEY="", SECRET_KEY_FILE=str(file), DATABASE_URL="", DATABASE_URL_FILE=str(database))
    assert found["SECRET_KEY"] == PRODUCTION["SECRET_KEY"]
    assert found["DATABASES"]["default"]["PASSWORD"] == "$ecret"


def test_a_secret_in_two_places_is_refused(settings_with, tmp_path):
    with pytest.raises(ImproperlyConfigured, match=r"^SECRET_KEY and SECRET_KEY_FILE are both set"):
        settings_with(SECRET_KEY_FILE=str(tmp_path / "key"))


def test_a_secret_file_that_is_missing_is_named(settings_with, tmp_path):
    with pytest.raises(ImproperlyConfigured, match=r"^CODE_KEY_FILE=.* cannot be read"):
        settings_with(CODE_KEY="", CODE_KEY_FILE=str(tmp_path / "nowhere"))


def test_behind_a_pooler_nothing_outlives_a_transaction(settings_with):
    database = settings_with(DATABASE_POOLED="1")["DATABASES"]["default"]
    assert database["DISABLE_SERVER_SIDE_CURSORS"]
    assert database["CONN_MAX_AGE"] == 0
    assert database["OPTIONS"]["prepare_threshold"] is None


def test_a_scanner_is_a_socket_or_a_host(settings_with):
    assert settings_with()["CLAMAV_ADDRESS"] is None
    assert settings_with(CLAMAV_ADDRESS="unix:///run/clamd.ctl")["CLAMAV_ADDRESS"] == ("unix", "/run/clamd.ctl")
    assert settings_with(CLAMAV_ADDRESS="tcp://[::1]:3310")["CLAMAV_ADDRESS"] == ("tcp", ("::1", 3310))


def test_documents_lie_in_a_folder_without_addresses(settings_with, tmp_path):
    options = settings_with(DOCUMENTS_URL=f"file://{tmp_path}/documents")["STORAGES"]["documents"]["OPTIONS"]
    assert options["location"] == tmp_path / "documents"
    assert options["base_url"] is None
    assert options["file_permissions_mode"] == 0o600


def test_documents_lie_in_a_private_bucket(settings_with):
    found = settings_with(
        DOCUMENTS_URL="s3://files/portal?endpoint=https://s3.kreis.example&region=nrw",
        S3_ACCESS_KEY="key",
        S3_SECRET_KEY="hidden",
    )["STORAGES"]["documents"]
    storage = import_string(found["BACKEND"])(**found["OPTIONS"])
    assert storage.bucket_name == "files"
    assert storage.location == "portal"
    assert storage.endpoint_url == "https://s3.kreis.example"
    assert storage.default_acl == "private"
    assert storage.object_parameters == {"ServerSideEncryption": "AES256"}
    address = storage.url("letter.pdf")
    assert "X-Amz-Signature=" in address
    assert "X-Amz-Expires=60" in address
    assert not storage.file_overwrite


def test_deploy_check_is_clean_with_production_settings(tmp_path):
    found = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING")
    assert (found.returncode, found.stderr) == (0, "")
    assert "no issues" in found.stdout


@pytest.mark.parametrize("command", [("seed_demo",), ("seed_bulk", "--cases", "1")])
def test_production_refuses_demo_data_in_one_line(tmp_path, command):
    found = manage(tmp_path, *command)
    assert found.returncode != 0
    assert (found.stdout + found.stderr).strip() == (
        "CommandError: This writes invented data and runs in demo mode only (DEMO=1)."
    )
