"""SMS. Without a gateway they become files in demo mode; in real use they are not sent, and the ledger says so."""

from pathlib import Path
from uuid import UUID

from django.conf import settings

from gruendungswerkstatt.messaging.composing import Text
from gruendungswerkstatt.messaging.enums import SendingError

from .errors import SendingFailed


class SmsFiles:
    """One file per message, named by it: a repeat writes the same file again, like a gateway that drops repeats."""

    def __init__(self, folder: Path):
        self._folder = folder

    def open(self) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SendingFailed(SendingError.UNREACHABLE) from error

    def send(self, message_uuid: UUID, address: str, text: Text) -> None:
        try:
            path = self._folder / f"{message_uuid}.sms.txt"
            path.write_text(f"To: {address}\n\n{text.body}\n", encoding="utf-8")
        except OSError as error:
            raise SendingFailed(SendingError.BROKEN_OFF) from error

    def close(self) -> None:
        """Nothing is held open."""


def gateway() -> SmsFiles | None:
    """Where SMS go; None if nothing is set up."""
    return SmsFiles(settings.SMS_DIR) if settings.SMS_DIR else None
