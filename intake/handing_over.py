"""How a founder gets to the page where they confirm what the office typed, and to nothing else (docs/adr/0025).

Either the office's device is handed over: the member is signed out, and the browser carries a signed cookie that opens
this one page. Or the founder types a number into their own phone: twelve digits, good for a quarter of an hour and for
one use, kept in the cache that may forget it.
"""

import hashlib
import hmac
import secrets
import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.text import clean, western_digits

from . import attempts
from .models import Submission

COOKIE = f"{settings.COOKIE_PREFIX}gw_hand_over"
_SALT = "intake.hand_over"
KEPT = timedelta(minutes=30)
NUMBER_DIGITS = 12  # 40 bits, as a code has
NUMBER_KEPT = timedelta(minutes=15)
# On the office's device the code is shown for as long as somebody writes it down.
CODE_KEPT_ON_DEVICE = timedelta(minutes=10)


@dataclass(frozen=True)
class HandOver:
    """What this browser may confirm. `back` is the office's page that its own device returns to, "" elsewhere."""

    uuid: uuid.UUID
    back: str = ""

    @property
    def is_on_device(self) -> bool:
        """Whether the browser is the office's, handed over."""
        return bool(self.back)


def read(request: HttpRequest) -> HandOver | None:
    """What was handed over to this browser; None if nothing was, or long ago."""
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT)
        return HandOver(uuid.UUID(found["u"]), found["b"]) if clock.now().timestamp() < found["e"] else None
    except (signing.BadSignature, ValueError, KeyError, TypeError):
        return None


def give(response: HttpResponse, hand_over: HandOver) -> None:
    """Let the browser open the page that confirms."""
    content = {"u": str(hand_over.uuid), "b": hand_over.back, "e": int((clock.now() + KEPT).timestamp())}
    response.set_cookie(
        COOKIE,
        signing.dumps(content, salt=_SALT),
        max_age=KEPT,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def take(response: HttpResponse) -> None:
    """Let the browser forget it."""
    response.delete_cookie(COOKIE, samesite="Lax")


def new_number(submission: Submission) -> str:
    """A number for the founder's own phone, "4821-9037-1156"; "" while the cache does not answer."""
    digits = "".join(secrets.choice("0123456789") for _ in range(NUMBER_DIGITS))
    cache.set(_key(digits), str(submission.uuid), NUMBER_KEPT.total_seconds())
    if cache.get(_key(digits)) is None:
        return ""
    return "-".join(digits[i : i + 4] for i in range(0, NUMBER_DIGITS, 4))


def redeem(typed: str, address: str) -> HandOver | None:
    """What the number `typed` at `address` opens, once; None if it is wrong or old. Raises attempts.Paused."""
    tries = attempts.at_hand_over(address)
    tries.refuse()
    digits = "".join(sign for sign in western_digits(clean(typed)) if "0" <= sign <= "9")
    found = cache.get(_key(digits)) if len(digits) == NUMBER_DIGITS else None
    # Of two who type it at once only the one who takes it away gets in.
    if found is None or not cache.delete(_key(digits)):
        tries.count()
        return None
    return HandOver(uuid.UUID(found))


def _key(digits: str) -> str:
    """Who reads the cache reads no number."""
    return f"hand_over.{hmac.new(settings.CODE_KEY.encode(), digits.encode(), hashlib.sha256).hexdigest()}"
