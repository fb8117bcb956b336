"""The founder's code and PIN, renewed at the desk or by a callback (rule 13). The secret is given back once.

What the timeline tells is that it happened and who did it, never the secret.
"""

from django.db import transaction

from intake import access
from network.people.models import Membership

from .enums import TimelineKind
from .models import Case
from .services import record


class NoEnquiry(Exception):
    """The case was opened without an enquiry: there is no reference number and code to open it with."""


@transaction.atomic
def renew_code(case: Case, by: Membership) -> str:
    """A new code for the founder of `case`; the old one is void at once. Raises NoEnquiry."""
    if case.submission is None:
        raise NoEnquiry
    code = access.renew_code(case.submission)
    record(case, TimelineKind.CODE_RENEWED, by)
    return code


@transaction.atomic
def set_pin(case: Case, by: Membership, pin: str = "") -> str:
    """The PIN the founder typed at the desk, or a random one; the old one is void at once. Raises NoEnquiry."""
    if case.submission is None:
        raise NoEnquiry
    pin = access.set_pin(case.submission, pin)
    record(case, TimelineKind.PIN_SET, by)
    return pin
