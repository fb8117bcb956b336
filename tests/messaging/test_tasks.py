"""What beat starts."""

import pytest
from celery import current_app
from django.conf import settings
from django.core import mail

from gruendungswerkstatt.celery import app
from gruendungswerkstatt.messaging import selectors, tasks
from tests.factories.messaging import MessageFactory


@pytest.mark.parametrize("entry", settings.CELERY_BEAT_SCHEDULE.values(), ids=lambda entry: entry["task"])
def test_every_scheduled_task_exists(entry):
    app.loader.import_default_modules()
    assert entry["task"] in current_app.tasks


@pytest.mark.django_db
def test_due_messages_are_sent(address_book, noon):
    MessageFactory()
    tasks.send_due()
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_the_heartbeat_is_the_workers():
    tasks.beat_heart()
    assert selectors.worker_last_beat_at() is not None
