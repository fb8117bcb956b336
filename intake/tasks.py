"""What happens to the intake without anybody asking for it."""

import logging

from celery import shared_task

from . import services

logger = logging.getLogger(__name__)


@shared_task(name="intake.erase_expired")
def erase_expired() -> None:
    """Erase drafts and submissions whose time is over. Twice does no harm."""
    logger.info("Erased expired submissions", extra={"count": services.erase_expired()})
