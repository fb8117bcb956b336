"""The only place that asks the time; everything is stored in UTC and shown in `Europe/Berlin`."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

BERLIN = ZoneInfo("Europe/Berlin")

_frozen: ContextVar[datetime | None] = ContextVar("frozen_time", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _frozen.get() or timezone.now()


def today() -> date:
    """The present day as the office's wall calendar shows it."""
    return now().astimezone(BERLIN).date()


def local(moment: datetime) -> datetime:
    """The same moment on the office's clock."""
    return moment.astimezone(BERLIN)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """When the office's clock shows `hour`:`minute` on `day`; the earlier moment where the clock is set back."""
    return datetime.combine(day, time(hour, minute), tzinfo=BERLIN)


@contextmanager
def frozen(moment: datetime) -> Iterator[datetime]:
    """Let `now()` stand still at the aware `moment` (tests and demo data)."""
    token = _frozen.set(moment)
    try:
        yield moment
    finally:
        _frozen.reset(token)
