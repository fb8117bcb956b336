"""`python -m bench.sink`: a mail server on loopback that takes everything, keeps nothing and counts.

As small as RFC 5321 allows, so that what is measured is the sender: it prints its port, and when its input ends how
many mails came over how many connections, and how many different Message-IDs were among them.
"""

import asyncio
import re
import sys

_MESSAGE_ID = re.compile(rb"^Message-ID: *(\S+)", re.IGNORECASE | re.MULTILINE)
_END = b"\r\n.\r\n"


class Sink(asyncio.Protocol):
    """One connection; the counts are shared by all."""

    mails = 0
    connections = 0
    message_ids: set[bytes] = set()

    def connection_made(self, transport: asyncio.Transport) -> None:
        Sink.connections += 1
        self._transport = transport
        self._received = b""
        self._takes_mail = False
        transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self._received += data
        while self._mail() if self._takes_mail else self._command():
            pass

    def _mail(self) -> bool:
        """Take one mail off what was received, if it is there whole."""
        mail, end, rest = self._received.partition(_END)
        if not end:
            return False
        self._received, self._takes_mail = rest, False
        Sink.mails += 1
        if found := _MESSAGE_ID.search(mail):
            Sink.message_ids.add(found[1])
        self._transport.write(b"250 OK\r\n")
        return True

    def _command(self) -> bool:
        """Answer one command, if it is there whole."""
        line, end, rest = self._received.partition(b"\r\n")
        if not end:
            return False
        self._received = rest
        verb = line[:4].upper()
        if verb == b"DATA":
            self._takes_mail = True
            self._transport.write(b"354 go on\r\n")
        elif verb == b"QUIT":
            self._transport.write(b"221 bye\r\n")
            self._transport.close()
        else:
            self._transport.write(b"250 OK\r\n")
        return True


async def _serve() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Sink, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()
    print(Sink.mails, Sink.connections, len(Sink.message_ids), flush=True)


if __name__ == "__main__":
    asyncio.run(_serve())
