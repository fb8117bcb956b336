"""Settings of the portal. What differs between offices and machines comes from the environment (`environment.py`)."""

from email.utils import parseaddr

import pghistory
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from gruendungswerkstatt.common.logs import logging_config

from .addresses import read_caches, read_database, read_documents, read_email, read_pooling, read_scanner
from .environment import BASE_DIR, REQUIRED, VAR_DIR, is_number, is_url, read, read_bool
from .oidc import read_oidc
from .safety import refuse_unsafe

# --- What kind of running this is --------------------------------------------------------------------------------
DEMO = read_bool("DEMO", False, hint="1 for demo data and no second factor, 0 (the default) for real use")
DEBUG = read_bool("DEBUG", False, hint="1 or 0; never 1 where real people's data is")
_secret_file = VAR_DIR / "secret-key"
SECRET_KEY = read(
    "str",
    "SECRET_KEY",
    _secret_file.read_text().strip() if DEMO and _secret_file.exists() else REQUIRED,
    hint="a long random text that stays the same between starts; for a demo, start the portal with `make run`",
    secret=True,
)
# Earlier keys still open sessions and second factors; new ones are made with SECRET_KEY.
SECRET_KEY_FALLBACKS = read(
    "list", "SECRET_KEY_FALLBACKS", [], hint="earlier values of SECRET_KEY with commas between", secret=True
)
# Founders' codes are stored as HMAC under this key; without the earlier ones in CODE_KEY_FALLBACKS a new key makes
# every code that was handed out useless.
CODE_KEY = read(
    "str",
    "CODE_KEY",
    SECRET_KEY if DEMO or DEBUG else REQUIRED,
    hint="a long random text of its own that stays the same between starts",
    secret=True,
)
CODE_KEY_FALLBACKS = read(
    "list", "CODE_KEY_FALLBACKS", [], hint="earlier values of CODE_KEY with commas between", secret=True
)
ALLOWED_HOSTS = read(
    "list",
    "ALLOWED_HOSTS",
    ["127.0.0.1", "localhost", "[::1]"] if DEMO or DEBUG else REQUIRED,
    hint="host names with commas between, for example portal.example.org",
)
SITE_URL = read(
    "str",
    "SITE_URL",
    "http://127.0.0.1:8000",
    hint="the address people type, for example https://portal.example.org",
    valid=is_url("http", "https"),
)
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https://") else []

# --- Rooms -------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "modeltranslation",  # before django.contrib.admin
    "gruendungswerkstatt.common",
    "network.people",
    "gruendungswerkstatt.audit",
    "gruendungswerkstatt.messaging",
    "gruendungswerkstatt.content",
    "gruendungswerkstatt.documents",
    "network.directory",
    "intake",
    "cases.files",
    "cases.appointments",
    "cases.referrals",
    "cases.statistics",
    "cases.desk",
    "cases.founder",
    "gruendungswerkstatt.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "csp",
    "django_htmx",
    "pgtrigger",
    "pghistory",
]

MIDDLEWARE = [
    "gruendungswerkstatt.common.addresses.ClientAddressMiddleware",
    "gruendungswerkstatt.common.request_log.RequestLogMiddleware",
    "gruendungswerkstatt.common.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "network.people.sessions.SessionEndMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "gruendungswerkstatt.common.middleware.CleanInputMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "gruendungswerkstatt.audit.middleware.HistoryMiddleware",
    "gruendungswerkstatt.audit.looks.LooksMiddleware",
    "network.people.middleware.MembershipMiddleware",
    "network.people.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "gruendungswerkstatt.common.method_page.MethodPageMiddleware",
    "cases.desk.middleware.MergedCaseMiddleware",
    "gruendungswerkstatt.common.pause_page.PauseMiddleware",
]

ROOT_URLCONF = "gruendungswerkstatt.urls"
WSGI_APPLICATION = "gruendungswerkstatt.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["network.people.templatetags.acting"],  # csrf_token says whom the form was drawn for
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gruendungswerkstatt.common.context.portal",
                "intake.context.founder",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "kern"
CRISPY_TEMPLATE_PACK = "kern"
CRISPY_FAIL_SILENTLY = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # e-mails are unique in lower case, which the check cannot see
    "security.W021",  # only who owns a whole domain may put it on the browsers' preload list
]

# --- Database: the portal's role is neither owner nor superuser; `migrate` runs as the owner -------------------------
_database = read_database("DATABASE_URL")
if _database is None:
    raise ImproperlyConfigured(
        "DATABASE_URL is not set and no embedded database is running: start the portal with `make run`, "
        "or set DATABASE_URL=postgresql://user:password@host:5432/name"
    )
_pooling = read_pooling()
DATABASES = {
    "default": _database | _pooling | {"OPTIONS": {**_database.get("OPTIONS", {}), **_pooling["OPTIONS"]}},
}
DATABASE_OWNER = read_database("DATABASE_OWNER_URL")
# Rights are given to this role after every migration.
DATABASE_PORTAL_ROLE = _database.get("USER", "")

# --- History: event tables have the indexes that are needed, not one for every foreign key --------------------------
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)

# --- Celery ------------------------------------------------------------------------------------------------------
CELERY_BROKER_URL = read(
    "str",
    "CELERY_BROKER_URL",
    "",
    hint="an address like redis://host:6379/0 or amqp://user:password@host:5672//",
    valid=is_url("redis", "rediss", "redis+socket", "amqp", "amqps"),
    secret=True,
)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = read(
    "int", "WORKER_CONCURRENCY", 1, hint="processes of a worker; one sends some hundred mails a second", valid=is_number
)
CELERY_WORKER_MAX_TASKS_PER_CHILD = 1000  # what leaks in a library is given back
# A task that hangs is ended before the broker hands it to somebody else as well (an hour after it was fetched).
CELERY_TASK_SOFT_TIME_LIMIT, CELERY_TASK_TIME_LIMIT = 25 * 60, 30 * 60
CELERY_DB_REUSE_MAX = 1000  # without it Celery opens a database connection for every task
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 3, "socket_timeout": 10}
CELERY_TIMEZONE = "Europe/Berlin"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# The schedule is kept in memory: a file that a killed beat left half written would stop every later one. What runs
# rarely goes by the clock and not by the hours since the start, so that it also runs where beat is often started anew.
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
CELERY_BEAT_SCHEDULE = {
    "heartbeat": {"task": "messaging.beat_heart", "schedule": 10.0, "options": {"expires": 30}},
    "due-messages": {"task": "messaging.send_due", "schedule": 30.0, "options": {"expires": 60}},
    "expired-drafts": {"task": "intake.erase_drafts", "schedule": crontab(minute=17), "options": {"expires": 3600}},
    "left-notes": {"task": "files.erase_note_drafts", "schedule": crontab(minute=47), "options": {"expires": 3600}},
    "orphaned-papers": {
        "task": "intake.sweep_papers",
        "schedule": crontab(minute=50, hour=3),
        "options": {"expires": 4 * 3600},
    },
    "new-feedback": {"task": "content.tell_offices", "schedule": crontab(minute="*/15"), "options": {"expires": 900}},
    "account-mails": {"task": "people.send_mails", "schedule": 60.0, "options": {"expires": 120}},
    "waiting-scans": {"task": "documents.scan_waiting", "schedule": 300.0, "options": {"expires": 300}},
    "orphaned-files": {
        "task": "documents.sweep",
        "schedule": crontab(minute=15, hour=4),  # after the nightly erasure
        "options": {"expires": 4 * 3600},
    },
    "nightly-erasure": {
        "task": "audit.erase_expired",
        "schedule": crontab(minute=30, hour=3),
        "options": {"expires": 4 * 3600},
    },
    "closed-years": {
        "task": "statistics.close_years",
        "schedule": crontab(minute=40, hour=2),
        "options": {"expires": 4 * 3600},
    },
}

# --- Cache: counts of wrong codes and of failed sign-ins, the same in every process --------------------------------
CACHES = read_caches("CACHE_URL", CELERY_BROKER_URL)

# --- The office that runs the portal: its name, telephone and pages stand on every public page ----------------------
PORTAL_OFFICE = read("str", "PORTAL_OFFICE", "", hint="the code of an office; without it the first one is taken")

# --- People and sessions -------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "network_people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "network.people.passwords.UnlikeThePerson"},
    {"NAME": "network.people.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "network.people.passwords.NotCommon"},
    {"NAME": "network.people.passwords.NotOnlyDigits"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "people:home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "network.people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
# Per address far above what the people of one office or shelter do together; "key" is the account (for a password the
# account and the address). More in common/limits.py. A demonstration locks nobody out.
ACCOUNT_RATE_LIMITS = (
    False
    if DEMO
    else {
        "login": "120/m/ip",
        "login_failed": "100/5m/ip,5/5m/key",
        "reauthenticate": "10/m/user",
        "change_password": "5/m/user",
        "reset_password": "60/m/ip,5/m/key",
        "reset_password_from_key": "60/m/ip",
    }
)
ACCOUNT_FORMS = {
    "login": "network.people.forms.SignInForm",
    "reauthenticate": "network.people.forms.PasswordAgainForm",
    "change_password": "network.people.forms.NewPasswordForm",
    "reset_password": "network.people.forms.ForgottenPasswordForm",
    "reset_password_from_key": "network.people.forms.ResetPasswordFromLinkForm",
}
MFA_FORMS = {
    "authenticate": "network.people.forms.SecondFactorForm",
    "reauthenticate": "network.people.forms.SecondFactorAgainForm",
    "activate_totp": "network.people.forms.ActivateAppForm",
    "add_webauthn": "network.people.forms.AddKeyForm",
    "edit_webauthn": "network.people.forms.RenameKeyForm",
}
MFA_ADAPTER = "network.people.adapters.MFAAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts are made by the office, which knows the address
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False  # a key is the second factor, never the only one (docs/adr/0021)
PASSWORD_RESET_TIMEOUT = 60 * 60  # seconds that a link from "forgotten password" is valid
INVITATION_DAYS = read(
    "int",
    "INVITATION_DAYS",
    7,
    hint="days that an invitation's link is valid, 1 to 60",
    valid=lambda days: 1 <= days <= 60,
)
MFA_TOTP_ISSUER = "Gründungswerkstatt"
SECOND_FACTOR_REQUIRED = not DEMO
OIDC = read_oidc()  # None: no identity provider to sign in at
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 10 * 60 * 60  # a long working day; nobody stays signed in for longer
SESSION_IDLE_MINUTES = read(
    "int",
    "SESSION_IDLE_MINUTES",
    60,
    hint="minutes without activity after which somebody is signed out, 6 to 240",
    valid=lambda minutes: 5 < minutes <= 240,  # the warning comes five minutes before
)
# Browsers take a __Host- cookie over TLS only and from this host only: no neighbouring domain can plant one.
COOKIE_PREFIX = "" if DEMO or DEBUG else "__Host-"
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}gw_session"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}gw_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "gruendungswerkstatt.common.views.csrf_failure"
LANGUAGE_COOKIE_NAME = "gw_language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not (DEMO or DEBUG)
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"  # no session row for a founder's page

# --- Security ------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "img-src": [SELF, "data:"],  # KERN's icons are data: masks
        "media-src": [SELF],  # the video in German Sign Language
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = not (DEMO or DEBUG)
SECURE_HSTS_SECONDS = read(
    "int",
    "HSTS_SECONDS",
    0 if DEMO or DEBUG else 31_536_000,
    hint="how long browsers insist on TLS, for example 3600 in the first days",
    valid=lambda seconds: seconds >= 0,
)
SECURE_HSTS_INCLUDE_SUBDOMAINS = read_bool(
    "HSTS_SUBDOMAINS", True, hint="0 if names below the portal's own are served without TLS"
)
BEHIND_PROXY = read_bool("BEHIND_PROXY", False, hint="1 if a proxy in front ends TLS and sets X-Forwarded-Proto")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# How many proxies of ours write X-Forwarded-For, one after the other: only what they wrote is believed.
TRUSTED_PROXIES = read(
    "int",
    "TRUSTED_PROXIES",
    1 if BEHIND_PROXY else 0,
    hint="how many proxies in front add to X-Forwarded-For: 1 if BEHIND_PROXY=1, else 0",
    valid=lambda hops: 0 <= hops <= 9,
)
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^healthz$", r"^metrics$"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
# Limits of size stand in documents/rules.py: they belong to what people are told on the page.
FILE_UPLOAD_HANDLERS = ["gruendungswerkstatt.documents.uploads.LimitedUploadHandler"]
FILE_UPLOAD_PERMISSIONS = 0o600

# --- Languages and time ---------------------------------------------------------------------------------------------
LANGUAGES = [("de", "Deutsch"), ("ar", "العربية"), ("en", "English")]
LANGUAGE_CODE = "de"
MODELTRANSLATION_DEFAULT_LANGUAGE = "de"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("de", "en")
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["gruendungswerkstatt.common.formats"]
USE_TZ = True
TIME_ZONE = "Europe/Berlin"

# --- Files ---------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [VAR_DIR / "assets"]  # `make assets` builds assets/ and KERN into it
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    "documents": read_documents("DOCUMENTS_URL"),
}
# The virus scanner for people's files; None: files are marked as not scanned.
CLAMAV_ADDRESS = read_scanner("CLAMAV_ADDRESS")

# --- Translating founders' own words: off unless the office has a server of its own ---------------------------------
TRANSLATE_URL = read(
    "str",
    "TRANSLATE_URL",
    "",
    hint="the address of the office's own server with LibreTranslate's API, http(s)://host:port",
    valid=lambda address: address.startswith(("http://", "https://")),
)
TRANSLATE_KEY = read("str", "TRANSLATE_KEY", "", hint="the key that this server asks for, if it does", secret=True)
WHITENOISE_MAX_AGE = 31_536_000
PRINT_FONTS_DIR = VAR_DIR / "print-fonts"  # `make assets` brings them from npm (gruendungswerkstatt/printing)

# --- Mail ----------------------------------------------------------------------------------------------------------
MAIL_DIR = VAR_DIR / "mail"
if _email := read_email("EMAIL_URL"):
    vars().update(_email)
elif DEMO or DEBUG:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = MAIL_DIR
else:
    raise ImproperlyConfigured("EMAIL_URL is not set: an address like smtp+tls://user:password@host:587")
EMAIL_TIMEOUT = 20
# Neutral on purpose: neither name nor domain may tell what the mail is about (rule 12 of the domain).
DEFAULT_FROM_EMAIL = read(
    "str",
    "MAIL_FROM",
    "Termin <termin@example.org>",
    hint="a neutral sender, for example Termin <termin@example.org>",
    valid=lambda sender: "@" in parseaddr(sender)[1],
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Where SMS are written instead of being sent; None: not set up, the ledger says so.
SMS_DIR = MAIL_DIR if DEMO or DEBUG else None

# --- Logs: JSON, fields by allow-list, never a query string (see common/logs.py) --------------------------------------
LOGGING = logging_config()

# --- Being watched: both are off unless their variable is set ---------------------------------------------------------
METRICS_TOKEN = read("str", "METRICS_TOKEN", "", hint="at least 32 letters", valid=lambda t: len(t) >= 32, secret=True)
SENTRY_DSN = read(
    "str",
    "SENTRY_DSN",
    "",
    hint="an address like https://key@errors.example/1",
    valid=is_url("http", "https"),
    secret=True,
)

refuse_unsafe(vars())
