"""The portal as it serves people, with a probe in front and Django's admin list of cases to compare with."""

from gruendungswerkstatt.settings.base import *  # noqa: F403
from gruendungswerkstatt.settings.base import DATABASES, INSTALLED_APPS, LOGGING, MIDDLEWARE, STORAGES

INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.admin"]
MIDDLEWARE = ["bench.probe.ProbeMiddleware", *MIDDLEWARE]
ROOT_URLCONF = "bench.urls"
SECOND_FACTOR_REQUIRED = False
# Pages are measured, not the building of static files.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
LOGGING = {**LOGGING, "root": {**LOGGING["root"], "level": "WARNING"}}
DATABASES = {"default": {**DATABASES["default"], "CONN_MAX_AGE": None}}  # one backend, whose CPU can be watched
