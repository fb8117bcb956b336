"""What Celery does for accounts; may run twice or side by side without harm."""

from celery import shared_task

from .services import mails


@shared_task(name="people.send_mails")
def send_mails() -> None:
    """Send the mails about accounts that are due."""
    mails.send_due()
