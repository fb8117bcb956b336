"""What happens to feedback without anybody asking for it."""

from celery import shared_task

from . import services


@shared_task(name="content.tell_offices")
def tell_offices() -> None:
    """Let offices know of new feedback. Twice tells once."""
    services.tell_offices()
