"""The person's own PIN: level 2 of rule 13. Whoever has reference number and code alone can neither set nor see it."""

import secrets

from django.contrib.auth.hashers import check_password, make_password

from . import attempts
from .models import Submission
from .rules import pin_refusal

DIGITS_MADE = 6


class WrongPin(Exception):
    """This is not the person's PIN."""


def hashed(pin: str) -> str:
    """How a PIN is kept: like a password; "" stands for none."""
    return make_password(pin) if pin else ""


def new_pin() -> str:
    """A random PIN that the rules allow, for the desk."""
    while True:
        pin = "".join(secrets.choice("0123456789") for _ in range(DIGITS_MADE))
        if pin_refusal(pin) is None:
            return pin


def prove(submission: Submission, pin: str, address: str) -> None:
    """Compare `pin`, typed at `address`, with that of `submission`. Raises WrongPin, attempts.Paused."""
    tries = attempts.at_pin(submission.uuid, submission.pin_hash, address)
    attempts.claim(tries)
    if not submission.pin_hash or not check_password(pin, submission.pin_hash):
        raise WrongPin
    attempts.give_back(*tries)
