"""What the desk does for somebody who lost code or PIN (rule 13). Both are given back once and kept only as hashes."""

from django.db import transaction

from gruendungswerkstatt.common import codes
from gruendungswerkstatt.common.abstract import bump_version

from . import pins
from .models import Submission


@transaction.atomic
def renew_code(submission: Submission) -> str:
    """A new code for the reference number of `submission`; the old one opens nothing from now on."""
    code = codes.new_code()
    row = _locked(submission)
    row.code_digest = codes.code_digest(code, salt=row.reference)
    row.code_lost_at = None
    row.save(update_fields=["code_digest", "code_lost_at", "version"])
    return code


@transaction.atomic
def set_pin(submission: Submission, pin: str = "") -> str:
    """Make `pin`, which intake.rules.pin_refusal allows, that of `submission`, or a random one; the old one ends."""
    pin = pin or pins.new_pin()
    row = _locked(submission)
    row.pin_hash = pins.hashed(pin)
    row.save(update_fields=["pin_hash", "version"])
    return pin


def _locked(submission: Submission) -> Submission:
    row = Submission.objects.select_for_update().get(pk=submission.pk)
    bump_version(row)
    return row
