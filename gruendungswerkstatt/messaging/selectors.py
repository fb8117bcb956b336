"""Looking into the ledger."""

from datetime import datetime

from .models import Heartbeat

WORKER = "worker"


def worker_last_beat_at() -> datetime | None:
    """When the Celery worker last carried out its heartbeat task; None if never."""
    return Heartbeat.objects.filter(name=WORKER).values_list("beat_at", flat=True).first()
