"""What a founder's browser carries: a signed cookie with the key and the code of the draft, nothing else.

It is made when the privacy notice was read, before a row exists (rule 11: nothing is stored before the municipality is
known to lie in the Kreis). The row then takes its key and code from here, so that a first step sent twice makes one
draft, and the code can be shown again at the end.
"""

import uuid
from dataclasses import dataclass, replace
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from gruendungswerkstatt.common import clock, codes
from gruendungswerkstatt.common.ids import new_uuid

from .models import Submission
from .rules import DRAFT_KEPT, DRAFT_KEPT_LONGER

COOKIE = "gw_intake"
_SALT = "intake.pass"
# On a telephone that others use too the code must not stay: once sent it is shown for half an hour.
KEPT_AFTER_SENDING = timedelta(minutes=30)


@dataclass(frozen=True)
class Pass:
    """Key and code of a draft that exists (`is_begun`) or will; which privacy notice was read in which language."""

    uuid: uuid.UUID
    code: str
    notice_version: str
    notice_language: str
    is_begun: bool = False

    @classmethod
    def new(cls, notice_version: str, notice_language: str) -> "Pass":
        return cls(new_uuid(), codes.new_code(), notice_version, notice_language)

    @classmethod
    def of(cls, submission: Submission, typed_code: str) -> "Pass":
        """The pass of somebody who typed the right code, on whatever device."""
        code = codes.normalise_code(typed_code)
        grouped = "-".join(code[i : i + codes.GROUP] for i in range(0, len(code), codes.GROUP))
        return cls(submission.uuid, grouped, submission.notice_version, submission.notice_language, is_begun=True)

    def begun(self) -> "Pass":
        return replace(self, is_begun=True)


def read(request: HttpRequest) -> Pass | None:
    """The pass this browser carries; None if there is none, or it is old, or was not made here."""
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT)
        carried = Pass(uuid.UUID(found["u"]), found["c"], found["v"], found["l"], found["b"])
        return carried if clock.now().timestamp() < found["e"] else None
    except (signing.BadSignature, ValueError, KeyError, TypeError):
        return None


def give(response: HttpResponse, carried: Pass, *, kept: timedelta = DRAFT_KEPT) -> None:
    """Let the browser carry `carried` for as long as the draft lives."""
    content = {
        "u": str(carried.uuid),
        "c": carried.code,
        "v": carried.notice_version,
        "l": carried.notice_language,
        "b": carried.is_begun,
        "e": int((clock.now() + kept).timestamp()),
    }
    response.set_cookie(
        COOKIE,
        signing.dumps(content, salt=_SALT),
        max_age=kept,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def carrying(response: HttpResponse, carried: Pass, submission: Submission) -> HttpResponse:
    """`response` with the pass renewed for as long as `submission` needs it."""
    if not submission.is_draft:
        kept = KEPT_AFTER_SENDING
    else:
        kept = DRAFT_KEPT_LONGER if submission.keep_longer else DRAFT_KEPT
    give(response, carried, kept=kept)
    return response


def take(response: HttpResponse) -> None:
    """Let the browser forget the pass."""
    response.delete_cookie(COOKIE, samesite="Lax")
