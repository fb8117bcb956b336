"""E-mail through Django's mail backend (EMAIL_URL): text with an HTML twin, neutral head, nothing that tracks."""

from email.utils import parseaddr
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPSenderRefused
from uuid import UUID

from django.conf import settings
from django.core.mail import get_connection

from gruendungswerkstatt.messaging.composing import Text
from gruendungswerkstatt.messaging.enums import SendingError

from .errors import SendingFailed
from .mime import Mail


class EmailGateway:
    """One connection to the mail server."""

    def __init__(self) -> None:
        self._connection = get_connection()

    def open(self) -> None:
        try:
            self._connection.open()
        except OSError as error:  # SMTPException is one
            raise SendingFailed(SendingError.UNREACHABLE) from error

    def send(self, message_uuid: UUID, address: str, text: Text) -> None:
        try:
            self._connection.send_messages([_mail(message_uuid, address, text)])
        except (OSError, ValueError) as error:
            # After an error the server may or may not have hung up: the next message begins with a new connection.
            self.close()
            raise SendingFailed(_kind(error)) from error

    def close(self) -> None:
        try:
            self._connection.close()
        except OSError:
            self._connection.connection = None


def gateway() -> EmailGateway:
    """A new connection; e-mail is always set up (EMAIL_URL, or files in demo mode)."""
    return EmailGateway()


def message_id(message_uuid: UUID) -> str:
    """The same for every attempt, under the domain of the neutral sender (RFC 5322, 3.6.4)."""
    _name, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return f"<{message_uuid}@{sender.rpartition('@')[2]}>"


def _mail(message_uuid: UUID, address: str, text: Text) -> Mail:
    mail = Mail(
        message_uuid,
        subject=text.title,
        body=text.body,
        to=[address],
        headers={
            "Message-ID": message_id(message_uuid),
            "Auto-Submitted": "auto-generated",  # RFC 3834: holiday notices do not answer
        },
    )
    mail.attach_alternative(text.html, "text/html")
    return mail


def _kind(error: Exception) -> SendingError:
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _reason in error.recipients.values()]
        return SendingError.REFUSED if min(codes, default=0) >= 500 else SendingError.REFUSED_FOR_NOW
    if isinstance(error, SMTPSenderRefused):  # our own settings: all would fail for good before anybody looks
        return SendingError.REFUSED_FOR_NOW
    if isinstance(error, SMTPResponseException):
        return SendingError.REFUSED if error.smtp_code >= 500 else SendingError.REFUSED_FOR_NOW
    if isinstance(error, OSError | SMTPException):
        return SendingError.BROKEN_OFF
    return SendingError.REFUSED  # ValueError: the address cannot be written into a mail's head
