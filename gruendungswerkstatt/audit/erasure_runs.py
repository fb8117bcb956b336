"""Erasing what is past its time, office by office and class by class, and the proof of it.

Every batch is a transaction of its own over rows that nobody else holds (SKIP LOCKED). So a run may be killed at any
moment, run twice at once, or be repeated: what is gone is gone, the rest is still found.
"""

import logging
from collections.abc import Mapping

from django.db import models, transaction

from gruendungswerkstatt.common import clock
from network.people.models import Membership, Organisation

from .erasure import ERASURE_PROOF, erase_without_office
from .models import ErasureCause, ErasureRun
from .retention import Kept, delete_after, kept_by

BATCH = 100
logger = logging.getLogger(__name__)


def record_run(
    office_id: int, cause: ErasureCause, counts: Mapping[str, int], *, by: Membership | None = None, reason: str = ""
) -> ErasureRun:
    """The proof of an erasing that belongs to the present transaction."""
    now = clock.now()
    return ErasureRun.objects.create(
        office_id=office_id,
        cause=cause,
        reason=reason,
        by=by,
        counts=dict(counts),
        started_at=now,
        finished_at=now,
        delete_after_on=delete_after(office_id, ERASURE_PROOF),
    )


def erase_expired(cause: ErasureCause, *, is_dry_run: bool = False) -> list[ErasureRun]:
    """Erase every expired row of every office, or only count them; one proof per office, whatever was found."""
    runs = [_run(office, cause, is_dry_run) for office in Organisation.objects.offices().order_by("code")]
    if not is_dry_run:
        logger.info("Erased what belongs to no office", extra={"count": erase_without_office()})
    return runs


def erase_class(code: str) -> int:
    """Erase the expired rows of one class in every office, without a proof: what runs every hour. Returns how many."""
    offices = Organisation.objects.offices().values_list("pk", flat=True)
    return sum(_erase_all(office_id, kept_by(office_id)[code])[0] for office_id in offices)


def _run(office: Organisation, cause: ErasureCause, is_dry_run: bool) -> ErasureRun:
    run = ErasureRun.objects.create(
        office=office,
        cause=cause,
        is_dry_run=is_dry_run,
        started_at=clock.now(),
        delete_after_on=delete_after(office.pk, ERASURE_PROOF),
    )
    for code, kept in kept_by(office).items():
        if is_dry_run:
            erased, failed = _expired(office.pk, kept).count(), 0
        else:
            erased, failed = _erase_all(office.pk, kept)
        run.counts |= {code: erased} if erased else {}
        run.errors |= {code: failed} if failed else {}
        run.save(update_fields=["counts", "errors"])
    run.finished_at = clock.now()
    run.save(update_fields=["finished_at"])
    return run


def _expired(office_id: int, kept: Kept) -> models.QuerySet:
    return kept.retention_class.expired(office_id, kept.period)


def _erase_all(office_id: int, kept: Kept) -> tuple[int, int]:
    """How many rows of one class were erased, and how many could not be: those wait for the next run."""
    erased, failed, size = 0, set(), BATCH
    while True:
        rows = _expired(office_id, kept).exclude(pk__in=failed).order_by("pk")
        keys: list[int] = []
        try:
            with transaction.atomic():
                locked = rows.select_for_update(skip_locked=True, of=("self",))
                keys = list(locked.values_list("pk", flat=True)[:size])
                if not keys:
                    return erased, len(failed)
                kept.retention_class.erase(keys)
        except Exception:
            logger.exception("Expired rows could not be erased", extra={"kind": kept.retention_class.code})
            if not keys:
                raise
            # The one that fails must not keep the others: it is found by going one by one, then left out.
            size = 1 if len(keys) > 1 else BATCH
            failed.update(keys if len(keys) == 1 else ())
        else:
            erased += len(keys)
