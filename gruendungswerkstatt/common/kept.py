"""What pages need again and again and what changes rarely, kept by each process for some seconds.

In the process and not in the shared cache: looking it up there costs every page a way over the network. Other
processes show a change after KEPT_SECONDS at the latest.
"""

import logging
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from django.db import Error, transaction

logger = logging.getLogger(__name__)

T = TypeVar("T")
KEPT_SECONDS = 5
RETRY_SECONDS = 5


class Kept(Generic[T]):
    """The result of `find`, asked for once in KEPT_SECONDS.

    While the database does not answer, the last result counts, at first `otherwise`; so an error page can be drawn.
    """

    def __init__(self, find: Callable[[], T], *, otherwise: T):
        self._find, self._value, self._until = find, otherwise, 0.0

    def get(self) -> T:
        if time.monotonic() >= self._until:
            self._renew()
        return self._value

    def forget(self) -> None:
        """Ask anew: now, and once more after the running transaction, when others see what it wrote."""
        self._until = 0.0
        transaction.on_commit(self._expire)

    def _expire(self) -> None:
        self._until = 0.0

    def _renew(self) -> None:
        kept = RETRY_SECONDS
        try:
            self._value = self._find()
            kept = KEPT_SECONDS
        except Error:
            logger.warning("The database does not answer, pages show what was known before", exc_info=True)
        self._until = time.monotonic() + kept
