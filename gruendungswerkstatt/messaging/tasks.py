"""What beat starts; the names stand in CELERY_BEAT_SCHEDULE. All may run twice or side by side without harm."""

from celery import shared_task

from . import sending, services
from .selectors import WORKER


@shared_task(name="messaging.send_due")
def send_due() -> None:
    """Send what is due."""
    sending.send_due()


@shared_task(name="messaging.beat_heart")
def beat_heart() -> None:
    """Show that beat, broker, worker and database work together."""
    services.beat_heart(WORKER)
