"""What happens to the intake without anybody asking for it."""

import logging

from celery import shared_task

from gruendungswerkstatt.audit.erasure_runs import erase_class

from .erasure import DRAFT, DRAFT_KEPT

logger = logging.getLogger(__name__)


@shared_task(name="intake.erase_drafts")
def erase_drafts() -> None:
    """Erase drafts whose time is over: kept for hours, they cannot wait for the nightly run. Twice does no harm."""
    logger.info("Erased expired drafts", extra={"count": erase_class(DRAFT) + erase_class(DRAFT_KEPT)})
