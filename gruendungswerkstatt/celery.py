"""The Celery application; tasks live in the rooms' tasks.py and are named `room.verb`."""

import logging
import os
import time
from pathlib import Path

from celery import Celery, Task
from celery.signals import beat_init, before_task_publish, heartbeat_sent, setup_logging, task_postrun, task_prerun
from django.conf import settings

from gruendungswerkstatt.common.logs import work_id
from gruendungswerkstatt.common.recording import recorded
from gruendungswerkstatt.settings.complaints import ends_in_one_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gruendungswerkstatt.settings.base")


class RecordedTask(Task):
    """A task whose name stands in the history of everything it changes."""

    abstract = True

    def __call__(self, *args, **kwargs):
        with recorded(task=self.name):
            return super().__call__(*args, **kwargs)


app = Celery("gruendungswerkstatt", task_cls=RecordedTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

logger = logging.getLogger(__name__)
HEARTBEAT = "messaging.beat_heart"


@app.on_configure.connect(weak=False)
def _read_settings(**_) -> None:
    """Read the settings here, before Celery does: worker and beat end with one line if they are wrong."""
    with ends_in_one_line():
        settings.INSTALLED_APPS  # noqa: B018  (reading is what it is for)


@beat_init.connect
def _show_yourself(**_) -> None:
    """Have the first heartbeat at the start and not one interval later, so that /healthz is soon well."""
    app.send_task(HEARTBEAT, expires=30, retry=False)


@before_task_publish.connect
@heartbeat_sent.connect
def _show_life(**_) -> None:
    """Touch SIGN_OF_LIFE, which a container's health check looks at: beat publishes every ten seconds, a worker says
    every two that it lives. /healthz says whether work is really done."""
    if alive := os.environ.get("SIGN_OF_LIFE"):
        Path(alive).touch()


@setup_logging.connect
def _keep_djangos_logging(**_) -> None:
    """That there is a receiver makes Celery leave logging as settings.LOGGING has set it up."""


@task_prerun.connect
def _begin(task, task_id: str, **_) -> None:
    work_id.set(task_id)
    task.request.started = time.perf_counter()


@task_postrun.connect
def _end(task, state: str | None, **_) -> None:
    """One line per task that says no more than which, how it ended and how long it took."""
    milliseconds = round((time.perf_counter() - task.request.started) * 1000, 1)
    level = logging.DEBUG if task.name == HEARTBEAT else logging.INFO
    logger.log(level, "Task", extra={"task": task.name, "state": state, "milliseconds": milliseconds})
    work_id.set("")
