"""The Celery application; tasks live in the rooms' tasks.py and are named `room.verb`."""

import os

from celery import Celery
from celery.signals import beat_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gruendungswerkstatt.settings.base")

app = Celery("gruendungswerkstatt")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@beat_init.connect
def _show_yourself(**_) -> None:
    """Have the first heartbeat at the start and not one interval later, so that /healthz is soon well."""
    app.send_task("messaging.beat_heart", expires=30, retry=False)
