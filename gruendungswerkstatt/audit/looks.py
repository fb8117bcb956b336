"""Looks at a person's data: noted while the page is made, written down after it was sent.

Nobody has to think of it: a page of a signed-in member whose address names a case, an enquiry or a referral is noted by
its address alone (LooksMiddleware). A page that shows somebody behind another address calls `looked_at`.
"""

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from django.db import Error
from django.http import HttpRequest, HttpResponse

from network.people.models import Membership

from .models import ViewPurpose
from .services import log_views

logger = logging.getLogger(__name__)

# What an address names, what kind of file that is, why somebody opens it.
SUBJECTS = {
    "case_uuid": ("case", ViewPurpose.CASE_WORK),
    "submission_uuid": ("submission", ViewPurpose.TRIAGE),
    "referral_uuid": ("referral", ViewPurpose.REFERRAL),
}
PURPOSES = dict(SUBJECTS.values())


@dataclass(frozen=True)
class Look:
    """One file that a page shows. `office_id` is whose file it is, None: that of the person who looks."""

    kind: str
    subject: uuid.UUID
    purpose: ViewPurpose
    office_id: int | None = None


def looked_at(
    request: HttpRequest,
    kind: str,
    subject: uuid.UUID,
    *,
    office_id: int | None = None,
    purpose: ViewPurpose | None = None,
) -> None:
    """Note that the page shows the data of `subject`, the UUID of a case, submission or referral (`kind`).

    It is written down if the page is really shown, not for a redirect or an error. A partner's page names the office
    that the data belongs to.
    """
    look = Look(kind, subject, purpose or PURPOSES[kind], office_id)
    _noted(request)[subject] = look


def _noted(request: HttpRequest) -> dict[uuid.UUID, Look]:
    if not hasattr(request, "_looks"):
        request._looks = {}
    return request._looks


class LooksMiddleware:
    """Writes down which files a page showed to a member, when the page is sent and nobody waits any more.

    In the same process and with its own connection: a queue that is down, or a worker that is late, loses nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_page = response.status_code == 200 and not getattr(response, "shows_nobody", False)
        if is_page and request.method != "HEAD":
            looks = _looks(request)
            if looks and request.membership:
                # Django's own hook for what belongs to a response: called by the server after the last byte.
                write = partial(_write, request.membership, _complete(request.membership, looks))
                response._resource_closers.append(write)
        return response


def _looks(request: HttpRequest) -> list[Look]:
    noted = dict(_noted(request))
    for name, value in (request.resolver_match.kwargs if request.resolver_match else {}).items():
        if name in SUBJECTS and value not in noted:
            noted[value] = Look(SUBJECTS[name][0], value, SUBJECTS[name][1])
    return list(noted.values())


def _complete(membership: Membership, looks: list[Look]) -> list[Look]:
    """With the office filled in. Raises LookupError for a partner's page that does not name it: it is not shown."""
    if membership.organisation.is_office:
        return [replace(look, office_id=look.office_id or membership.organisation_id) for look in looks]
    if not all(look.office_id for look in looks):
        raise LookupError("A page for partners shows data and does not say of which office: call looked_at")
    return looks


def _write(membership: Membership, looks: list[Look]) -> None:
    """Django passes over errors of a closer in silence; a look that could not be written is one for the log."""
    try:
        log_views(membership, [(look.office_id, look.kind, look.subject, look.purpose) for look in looks])
    except Error:
        logger.exception("Looks at personal data could not be written down", extra={"count": len(looks)})
