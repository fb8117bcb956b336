"""What a founder's browser carries: a signed cookie with the key and the code of the draft, nothing else (level 1).

It is made when the privacy notice was read, before a row exists (rule 11: nothing is stored before the municipality is
known to lie in the Kreis). The row then takes its key and code from here, so that a first step sent twice makes one
draft, and the code can be shown again at the end.

Level 2 (rule 13) is a second cookie for a short time: it says that the PIN of this submission, as it is now, was typed.
"""

import hashlib
import hmac
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
from .selectors import submission_by_code

COOKIE = f"{settings.COOKIE_PREFIX}gw_intake"
_SALT = "intake.pass"
DELETED_COOKIE = f"{settings.COOKIE_PREFIX}gw_gone"
TOLD_DELETED = timedelta(minutes=30)
OWN_COOKIE = f"{settings.COOKIE_PREFIX}gw_own"
_OPENED = "_opened_submission"
_OWN_SALT = "intake.own"
OWN_IDLE = timedelta(minutes=15)
# On a telephone that others use too the code must not stay: once sent it is shown for half an hour.
KEPT_AFTER_SENDING = timedelta(minutes=30)


@dataclass(frozen=True)
class Pass:
    """Key and code of a draft that exists (`is_begun`) or will; which privacy notice was read in which language.

    `is_late`: the code was typed after sending, so this browser never had the answers before it.
    """

    uuid: uuid.UUID
    code: str
    notice_version: str
    notice_language: str
    is_begun: bool = False
    is_late: bool = False

    @classmethod
    def new(cls, notice_version: str, notice_language: str) -> "Pass":
        return cls(new_uuid(), codes.new_code(), notice_version, notice_language)

    @classmethod
    def of(cls, submission: Submission, typed_code: str) -> "Pass":
        """The pass of somebody who typed the right code, on whatever device."""
        code = codes.grouped(codes.normalise_code(typed_code))
        notice = (submission.notice_version, submission.notice_language)
        return cls(submission.uuid, code, *notice, is_begun=True, is_late=not submission.is_draft)

    def with_code(self, code: str) -> "Pass":
        """The pass after the code was replaced."""
        return replace(self, code=code)

    def begun(self) -> "Pass":
        return replace(self, is_begun=True)


def read(request: HttpRequest) -> Pass | None:
    """The pass this browser carries; None if there is none, or it is old, or was not made here."""
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT)
        carried = Pass(uuid.UUID(found["u"]), found["c"], found["v"], found["l"], found["b"], bool(found.get("t")))
        return carried if clock.now().timestamp() < found["e"] else None
    except (signing.BadSignature, ValueError, KeyError, TypeError):
        return None


def opened(request: HttpRequest) -> tuple[Pass, Submission] | None:
    """Pass and submission of this browser (level 1); None without a code, or once it was renewed.

    Looked up once in a request: what an error page offers must not ask again.
    """
    if not hasattr(request, _OPENED):
        carried = read(request)
        submission = submission_by_code(carried.uuid, carried.code) if carried else None
        setattr(request, _OPENED, (carried, submission) if submission is not None else None)
    return getattr(request, _OPENED)


def give(response: HttpResponse, carried: Pass, *, kept: timedelta = DRAFT_KEPT) -> None:
    """Let the browser carry `carried` for as long as the draft lives."""
    content = {
        "u": str(carried.uuid),
        "c": carried.code,
        "v": carried.notice_version,
        "l": carried.notice_language,
        "b": carried.is_begun,
        **({"t": True} if carried.is_late else {}),
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


def has_just_sent(carried: Pass, submission: Submission) -> bool:
    """Whether this browser may still see the answers and the code, which it had until they were sent or confirmed.

    Whoever types the code afterwards, on whatever device, is at level 1 (rule 13).
    """
    ended_at = submission.confirmed_at or submission.sent_at
    return not carried.is_late and ended_at is not None and clock.now() < ended_at + KEPT_AFTER_SENDING


def take(response: HttpResponse) -> None:
    """Let the browser forget the pass."""
    response.delete_cookie(COOKIE, samesite="Lax")


def note_deletion(response: HttpResponse) -> None:
    """Let the browser forget the pass, and know for half an hour that its draft was deleted, not lost.

    Another window may still show a page of it; what is typed there gets the true answer.
    """
    take(response)
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(DELETED_COOKIE, "1", max_age=TOLD_DELETED, httponly=True, samesite="Lax", secure=secure)


def was_deleted(request: HttpRequest) -> bool:
    """Whether the draft of this browser was deleted a short while ago."""
    return request.COOKIES.get(DELETED_COOKIE) == "1"


def open_own(response: HttpResponse, submission: Submission) -> None:
    """Let the browser show what only the person may see, until it rested for OWN_IDLE."""
    content = {"u": str(submission.uuid), "p": _pin_mark(submission), "e": int((clock.now() + OWN_IDLE).timestamp())}
    response.set_cookie(
        OWN_COOKIE,
        signing.dumps(content, salt=_OWN_SALT),
        max_age=OWN_IDLE,
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def is_own_open(request: HttpRequest, submission: Submission) -> bool:
    """Whether this browser gave the PIN of `submission` a short while ago, and it is still the same PIN."""
    try:
        found = signing.loads(request.COOKIES.get(OWN_COOKIE, ""), salt=_OWN_SALT)
        is_this = found["u"] == str(submission.uuid) and hmac.compare_digest(found["p"], _pin_mark(submission))
        return bool(submission.pin_hash) and is_this and clock.now().timestamp() < found["e"]
    except (signing.BadSignature, ValueError, KeyError, TypeError):
        return False


def close_own(response: HttpResponse) -> None:
    """Let the browser forget level 2."""
    response.delete_cookie(OWN_COOKIE, samesite="Strict")


def _pin_mark(submission: Submission) -> str:
    """Changes with the PIN and tells nothing about it: who reads the cookie could else try PINs without a limit."""
    return hmac.new(settings.CODE_KEY.encode(), submission.pin_hash.encode(), hashlib.sha256).hexdigest()[:32]
