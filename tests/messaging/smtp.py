"""A mail server on loopback that counts, and can be told to refuse or to hang."""

import asyncio
import logging
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP

logging.getLogger("mail.log").setLevel(logging.WARNING)


class CountingServer:
    """Keeps every mail it accepted. `answer` is what it says to a mail; while `hold` is set it says nothing."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.connections = 0
        self.answer = "250 OK"
        self.hold = False
        self.holds_from: int | None = None  # so many mails are accepted, then it holds
        self.received = threading.Event()  # a mail is here, accepted or not
        self.port = 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_DATA(self, server, session, envelope):
        mail = message_from_bytes(envelope.content, policy=policy.default)
        if self.answer.startswith("2"):
            self.mails.append(mail)
        if self.holds_from is not None:
            self.hold = len(self.mails) > self.holds_from
        if self.hold or self.holds_from is None:
            self.received.set()
        while self.hold:
            await asyncio.sleep(0.01)
        return self.answer

    def message_ids(self) -> Counter[str]:
        """How often each Message-ID was accepted."""
        return Counter(mail["Message-ID"] for mail in self.mails)


@contextmanager
def counting_server() -> Iterator[CountingServer]:
    """A running server on a free port (aiosmtpd's own controller cannot be asked for any free one)."""
    server, loop = CountingServer(), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    listening = loop.create_server(lambda: SMTP(server, loop=loop), host="127.0.0.1", port=0)
    sockets = asyncio.run_coroutine_threadsafe(listening, loop).result(timeout=10)
    server.port = sockets.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        server.hold = False
        asyncio.run_coroutine_threadsafe(_end(sockets), loop).result(timeout=10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=10)
        loop.close()


async def _end(listening: asyncio.Server) -> None:
    listening.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
