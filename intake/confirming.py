"""A founder stands behind what the office typed: alone on a device, or on the phone (rules 13 and 15)."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from gruendungswerkstatt.common import clock, codes
from gruendungswerkstatt.common.abstract import bump_version
from network.people.models import Membership

from . import pins, selectors
from .enums import ConfirmationWay, SubmissionState
from .models import Submission
from .papers import files
from .services import code_of
from .signals import submission_confirmed


@dataclass(frozen=True)
class Notice:
    """Which version of the privacy notice was read, or read aloud, in which language."""

    version: str
    language: str


class AlreadyConfirmed(Exception):
    """The founder has confirmed before."""


@transaction.atomic
def confirm(
    submission_uuid: uuid.UUID,
    notice: Notice,
    *,
    reminders: Mapping[str, Any],
    language: str,
    pin: str = "",
    fresh: uuid.UUID,
) -> tuple[Submission, str] | None:
    """The founder says alone that the answers are right; gives the submission and its new code.

    `reminders` are the answers of the closing page. The same `fresh` again gives the same code and changes nothing;
    None where somebody has confirmed before, or there is nothing to confirm. Tells `submission_confirmed`.
    """
    row = selectors.entered_by_office(submission_uuid, lock=True)
    code = code_of(submission_uuid, fresh)
    if row is None or row.state == SubmissionState.CLOSED:
        return None
    if row.is_confirmed:
        return (row, code) if codes.is_code(code, row.code_digest, salt=row.reference) else None
    changed = _marked(row, ConfirmationWay.ALONE, notice)
    bump_version(row)
    row.code_digest = codes.code_digest(code, salt=row.reference)
    row.language = language
    row.pin_hash = pins.hashed(pin) or row.pin_hash
    if row.state == SubmissionState.SENT:  # a case has its own reminders already
        row.answers = row.answers | {key: value for key, value in reminders.items() if value}
    row.save(update_fields=[*changed, "code_digest", "language", "pin_hash", "answers", "version"])
    files.order_anew(row.uuid)
    submission_confirmed.send(sender=Submission, submission=row, by=None)
    return row, code


@transaction.atomic
def record_by_phone(submission: Submission, by: Membership, notice: Notice, *, version: int) -> None:
    """The notice was read aloud and the founder confirmed by phone; `by` says so.

    The founder gets no code this way: it is renewed at the desk, or by calling back. Raises StaleVersion and
    AlreadyConfirmed. Tells `submission_confirmed`.
    """
    row = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    if row.is_confirmed:
        raise AlreadyConfirmed
    bump_version(row, seen=version)
    row.save(update_fields=[*_marked(row, ConfirmationWay.PHONE, notice), "version"])
    submission_confirmed.send(sender=Submission, submission=row, by=by)


def _marked(row: Submission, way: ConfirmationWay, notice: Notice) -> list[str]:
    row.confirmed_at, row.confirmed_way = clock.now(), way
    row.notice_version, row.notice_language = notice.version, notice.language
    return ["confirmed_at", "confirmed_way", "notice_version", "notice_language"]
