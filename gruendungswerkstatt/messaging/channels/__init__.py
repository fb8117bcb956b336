"""The ways out of the house. A gateway hands one message over, or says what kind of failure it was."""

from typing import Protocol
from uuid import UUID

from gruendungswerkstatt.messaging.composing import Text
from gruendungswerkstatt.messaging.enums import Channel, SendingError

from . import email, sms
from .errors import SendingFailed

__all__ = ["Gateway", "Gateways", "SendingFailed"]


class Gateway(Protocol):
    """One connection to something that carries messages."""

    def open(self) -> None:
        """Connect unless connected. Raises SendingFailed(UNREACHABLE)."""

    def send(self, message_uuid: UUID, address: str, text: Text) -> None:
        """Hand over; `message_uuid` goes along, so that a gateway can drop a repeat. Raises SendingFailed."""

    def close(self) -> None:
        """Let go; never raises."""


class Gateways:
    """The gateways of one run: each is opened when first needed, once known to be down it is not tried again."""

    def __init__(self) -> None:
        found = {Channel.EMAIL: email.gateway(), Channel.SMS: sms.gateway()}
        self._gateways: dict[str, Gateway] = {str(channel): g for channel, g in found.items() if g is not None}
        self._down: set[str] = set()

    def __enter__(self) -> "Gateways":
        return self

    def __exit__(self, *_error: object) -> None:
        for gateway in self._gateways.values():
            gateway.close()

    @property
    def are_all_up(self) -> bool:
        return not self._down

    def has(self, channel: str) -> bool:
        """Whether this installation can send over `channel` at all."""
        return channel in self._gateways

    def opened(self, channel: str) -> Gateway:
        """The connected gateway of `channel`. Raises SendingFailed(UNREACHABLE), KeyError where `has` says no."""
        gateway = self._gateways[channel]
        if channel in self._down:
            raise SendingFailed(SendingError.UNREACHABLE)
        try:
            gateway.open()
        except SendingFailed:
            self._down.add(channel)
            raise
        return gateway
