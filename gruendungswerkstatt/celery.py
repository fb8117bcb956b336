"""The Celery application; tasks live in the rooms' tasks.py and are named `room.verb`."""

import os

import pghistory
from celery import Celery, Task
from celery.signals import beat_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gruendungswerkstatt.settings.base")


class RecordedTask(Task):
    """A task whose name stands in the history of everything it changes."""

    abstract = True

    def __call__(self, *args, **kwargs):
        with pghistory.context(task=self.name):
            return super().__call__(*args, **kwargs)


app = Celery("gruendungswerkstatt", task_cls=RecordedTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@beat_init.connect
def _show_yourself(**_) -> None:
    """Have the first heartbeat at the start and not one interval later, so that /healthz is soon well."""
    app.send_task("messaging.beat_heart", expires=30, retry=False)
