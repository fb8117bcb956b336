"""Settings under test: the real thing on embedded PostgreSQL, without files on disk and without waiting."""

import os
import secrets

os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(64))
os.environ.setdefault("CODE_KEY", secrets.token_urlsafe(64))
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")
os.environ.setdefault("SITE_URL", "https://testserver")
os.environ.setdefault("EMAIL_URL", "smtp://127.0.0.1:25")
os.environ.setdefault("DEMO", "0")
os.environ.pop("OIDC_ISSUER", None)  # its own tests name a provider
os.environ.pop("CLAMAV_ADDRESS", None)  # and a scanner
os.environ.pop("TRANSLATE_URL", None)  # and a translation server

from .base import *  # noqa: F403
from .base import DATABASE_OWNER, DATABASES, MIDDLEWARE, STORAGES, TEMPLATES

# The test database is made and migrated by its owner; tests/conftest.py then connects as the portal's role.
DATABASES_PORTAL = dict(DATABASES["default"])
if DATABASE_OWNER:
    DATABASES["default"] |= {"USER": DATABASE_OWNER["USER"], "PASSWORD": DATABASE_OWNER["PASSWORD"]}
DATABASES["default"]["TEST"] = {"NAME": os.environ.get("TEST_DATABASE_NAME", "test_gruendungswerkstatt")}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = False

SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False
COOKIE_PREFIX, SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "", "gw_session", "gw_csrf"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SECOND_FACTOR_REQUIRED = False  # its own tests switch it on
SESSION_COOKIE_AGE = 10 * 365 * 24 * 60 * 60  # tests travel in time; those of sessions set what is real
SESSION_IDLE_MINUTES = SESSION_COOKIE_AGE // 60
ACCOUNT_RATE_LIMITS = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# live_server serves by finders: with hashed names pages would come unstyled
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
if "DOCUMENTS_URL" not in os.environ:  # the test of backups brings a folder of its own
    STORAGES["documents"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
MIDDLEWARE = [m for m in MIDDLEWARE if "whitenoise" not in m]
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = "UNDEFINED-VARIABLE(%s)"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CELERY_TASK_ALWAYS_EAGER = False
CELERY_BROKER_URL = "memory://"
