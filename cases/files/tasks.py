"""What happens to files without anybody asking for it."""

import logging

from celery import shared_task

from . import drafting

logger = logging.getLogger(__name__)


@shared_task(name="files.erase_note_drafts")
def erase_note_drafts() -> None:
    """Erase notes that were begun and left. Twice does no harm."""
    logger.info("Erased notes that were left unsaved", extra={"count": drafting.erase_old()})
