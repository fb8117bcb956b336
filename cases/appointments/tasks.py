"""What beat starts; the names stand in CELERY_BEAT_SCHEDULE."""

from celery import shared_task

from . import services


@shared_task(name="appointments.erase_expired")
def erase_expired() -> None:
    """Delete no-shows after 90 days."""
    services.erase_expired()
