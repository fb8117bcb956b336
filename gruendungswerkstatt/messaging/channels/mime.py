"""Mails written down quickly: Python's own writer spends most of a batch on headers that need no care.

What comes out is what Django would write; `tests/messaging/test_mime.py` compares both.
"""

from base64 import urlsafe_b64encode
from email._policybase import Compat32
from uuid import UUID

from django.core.mail import EmailMultiAlternatives

LINE = 78  # RFC 5322, 2.1.1


class PlainHeaders(Compat32):
    """Writes a header of one short line of ASCII as it is; every other one goes the long way."""

    def fold_binary(self, name: str, value: object) -> bytes:
        if isinstance(value, str) and value.isascii() and value.isprintable() and len(name) + len(value) + 2 < LINE:
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


_POLICY = PlainHeaders()


class Mail(EmailMultiAlternatives):
    """A mail with parts. `uuid`, which whoever wrote the texts cannot know, makes the line between them."""

    def __init__(self, uuid: UUID, **kwargs: object):
        super().__init__(**kwargs)
        self._boundary = f"=_{urlsafe_b64encode(uuid.bytes).decode().rstrip('=')}"

    def message(self):
        message = super().message()
        message.set_boundary(self._boundary)
        message.policy = _POLICY
        return message
