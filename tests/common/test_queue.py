"""Work handed to Celery."""

import importlib

import pytest
from celery import current_app
from django.apps import apps
from django.db import transaction

from gruendungswerkstatt.common import queue


def load_rooms():
    for config in apps.get_app_configs():
        if config.name.split(".")[0] in {"gruendungswerkstatt", "network", "intake", "cases"}:
            for layer in ("services", "tasks"):
                name = f"{config.name}.{layer}"
                if importlib.util.find_spec(name):
                    importlib.import_module(name)


def test_every_enqueued_name_is_a_task():
    load_rooms()
    assert queue.known_task_names() <= set(current_app.tasks)


def test_every_name_of_the_beat_is_a_task(settings):
    load_rooms()
    names = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert names
    assert names <= set(current_app.tasks)


def test_an_unregistered_name_is_refused():
    with pytest.raises(LookupError):
        queue.enqueue("messaging.no_such_task")


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_when_the_transaction_fails(monkeypatch):
    sent = []
    monkeypatch.setattr(current_app, "send_task", lambda name, **kwargs: sent.append(name))
    name = queue.task_name("messaging.send_due")
    with transaction.atomic():
        queue.enqueue(name)
        transaction.set_rollback(True)
    assert sent == []
    with transaction.atomic():
        queue.enqueue(name)
        assert sent == []
    assert sent == [name]
