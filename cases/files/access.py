"""The founder's code and PIN, renewed at the desk or by a callback (rule 13). The secret is given back once.

What the timeline tells is that it happened and who did it, never the secret.
"""

from collections.abc import Iterable

from django.db import transaction

from intake import access
from intake.models import Submission
from network.people.models import Membership

from .enums import TimelineKind
from .models import Case
from .selectors import added_enquiries
from .services import record


class NoEnquiry(Exception):
    """The case was opened without an enquiry: there is no reference number and code to open it with."""


def enquiry_to_open(case: Case) -> Submission | None:
    """The enquiry of `case` whose number and code are given out."""
    return to_open([case.submission, *[enquiry.submission for enquiry in added_enquiries(case)][::-1]])


def to_open(enquiries: Iterable[Submission | None]) -> Submission | None:
    """The one of a case's `enquiries`, oldest first, whose code was lost, else the first one."""
    enquiries = [enquiry for enquiry in enquiries if enquiry is not None]
    return next((enquiry for enquiry in enquiries if enquiry.code_lost_at), next(iter(enquiries), None))


@transaction.atomic
def renew_code(case: Case, by: Membership) -> str:
    """A new code for `enquiry_to_open`; the old one is void at once. Raises NoEnquiry."""
    enquiry = enquiry_to_open(case)
    if enquiry is None:
        raise NoEnquiry
    code = access.renew_code(enquiry)
    record(case, TimelineKind.CODE_RENEWED, by)
    return code


@transaction.atomic
def set_pin(case: Case, by: Membership, pin: str = "") -> str:
    """The PIN the founder typed at the desk, or a random one; the old one is void at once. Raises NoEnquiry."""
    enquiry = enquiry_to_open(case)
    if enquiry is None:
        raise NoEnquiry
    pin = access.set_pin(enquiry, pin)
    record(case, TimelineKind.PIN_SET, by)
    return pin
