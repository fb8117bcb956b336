"""The Celery application; tasks live in the rooms' tasks.py and are named `room.verb`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gruendungswerkstatt.settings.base")

app = Celery("gruendungswerkstatt")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
