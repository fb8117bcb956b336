"""Codes that a person reads aloud, writes down and types again: made, read back, kept only as HMAC."""

import hashlib
import hmac
import secrets

from django.conf import settings

from .text import clean, western_digits

# Letters and digits that are not mixed up when read aloud or written by hand (no 0/O, 1/I/L, 5/S, 2/Z, B/8, U/V).
ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
CODE_LENGTH = 9  # 23 signs: log2(23**9) = 40.7 bits
GROUP = 3


def new_code() -> str:
    """A new code with at least 40 bits, in groups: "A7C-9KM-34T"."""
    return grouped("".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)))


def derived_code(*seed: str) -> str:
    """The code that belongs to `seed`: always the same one, made like new_code's; nobody without CODE_KEY can tell it.

    For a code that is made while a form is sent: the same form sent again finds the code it made the first time.
    """
    text = "derived:" + "\x00".join(seed)
    number = int.from_bytes(hmac.new(settings.CODE_KEY.encode(), text.encode(), hashlib.sha256).digest(), "big")
    signs = []
    for _sign in range(CODE_LENGTH):
        number, place = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[place])
    return grouped("".join(signs))


def grouped(code: str) -> str:
    """A code or number in groups of GROUP signs, as it is read aloud."""
    return "-".join(code[i : i + GROUP] for i in range(0, len(code), GROUP))


def new_reference() -> str:
    """A new reference number of eight digits in two groups: "4821-9037". Names a submission, opens nothing alone."""
    return f"{secrets.randbelow(9000) + 1000}-{secrets.randbelow(10000):04d}"


def normalise_code(value: str) -> str:
    """What was typed, as compared: upper case, signs of the alphabet only, any digits, dashes and spaces left out."""
    return "".join(c for c in western_digits(clean(value)).upper() if c.isalnum())


def normalise_reference(value: str) -> str:
    """A typed reference number in its written form "1234-5678", or "" if it is none."""
    digits = "".join(c for c in western_digits(clean(value)) if "0" <= c <= "9")
    return f"{digits[:4]}-{digits[4:]}" if len(digits) == 8 else ""


def code_digest(code: str, *, salt: str) -> str:
    """HMAC-SHA256 (hex) of a code under the portal's CODE_KEY; `salt` binds it to its reference number."""
    return _digest(settings.CODE_KEY, code, salt)


def is_code(code: str, digest: str, *, salt: str) -> bool:
    """Whether `code` is the one behind `digest`, made under CODE_KEY or one of CODE_KEY_FALLBACKS.

    Takes the same time whether it is or not: every key is tried.
    """
    keys = (settings.CODE_KEY, *settings.CODE_KEY_FALLBACKS)
    return sum(hmac.compare_digest(_digest(key, code, salt), digest) for key in keys) > 0


def _digest(key: str, code: str, salt: str) -> str:
    return hmac.new(key.encode(), f"{salt}:{normalise_code(code)}".encode(), hashlib.sha256).hexdigest()
