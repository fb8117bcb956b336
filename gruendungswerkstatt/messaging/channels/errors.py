"""What gateways raise."""

from gruendungswerkstatt.messaging.enums import SendingError


class SendingFailed(Exception):
    """A message was not handed over, or nobody can tell; carries the kind only, never what the other side said."""

    def __init__(self, kind: SendingError):
        super().__init__(kind.value)
        self.kind = kind

    @property
    def is_final(self) -> bool:
        """Whether trying again cannot help."""
        return self.kind == SendingError.REFUSED
