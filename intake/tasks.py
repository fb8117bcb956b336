"""What happens to the intake without anybody asking for it."""

import logging
import uuid

from celery import shared_task

from gruendungswerkstatt.audit.erasure_runs import erase_class

from .erasure import DRAFT, DRAFT_KEPT
from .papers import files, making

logger = logging.getLogger(__name__)


@shared_task(name="intake.erase_drafts")
def erase_drafts() -> None:
    """Erase drafts whose time is over: kept for hours, they cannot wait for the nightly run. Twice does no harm."""
    logger.info("Erased expired drafts", extra={"count": erase_class(DRAFT) + erase_class(DRAFT_KEPT)})


@shared_task(name=files.MAKE)
def make_papers(submission_uuid: str) -> None:
    """Make receipt and card of a sent enquiry. Twice does no harm."""
    making.make(uuid.UUID(submission_uuid))


@shared_task(name="intake.sweep_papers")
def sweep_papers() -> None:
    """Delete papers whose enquiry is gone. Twice does no harm."""
    logger.info("Deleted papers without an enquiry", extra={"count": making.sweep()})
