"""What beat starts; the names stand in CELERY_BEAT_SCHEDULE."""

from celery import shared_task

from . import erasure_runs
from .models import ErasureCause


@shared_task(name="audit.erase_expired")
def erase_expired() -> None:
    """The nightly run: erase what is past its time, and write down how much. Twice, or killed, does no harm."""
    erasure_runs.erase_expired(ErasureCause.NIGHT)
