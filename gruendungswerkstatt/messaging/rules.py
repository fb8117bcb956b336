"""When something is sent, sent again, or not sent any more. Pure functions over moments."""

from datetime import datetime, time, timedelta

from gruendungswerkstatt.common.clock import at, local

from .enums import Channel

QUIET_FROM = time(20)
QUIET_UNTIL = time(8)
# What rings at night. An e-mail waits until somebody looks.
RINGING = frozenset({Channel.SMS})

# From the end of one attempt to the next; after the last one the message has failed. Together about 21 hours: longer
# than a night without a mail server.
RETRY_AFTER = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
)
MAX_ATTEMPTS = len(RETRY_AFTER) + 1


def after_quiet_hours(moment: datetime) -> datetime:
    """`moment`, or the end of the quiet hours (20–8 on the office's clock) it falls into."""
    here = local(moment)
    if here.time() >= QUIET_FROM:
        return at(here.date() + timedelta(days=1), QUIET_UNTIL.hour)
    if here.time() < QUIET_UNTIL:
        return at(here.date(), QUIET_UNTIL.hour)
    return moment


def sendable_at(moment: datetime, channel: str) -> datetime:
    """The first moment from `moment` on at which `channel` may be used."""
    return after_quiet_hours(moment) if channel in RINGING else moment


def next_attempt_at(attempts: int, moment: datetime, channel: str) -> datetime | None:
    """When to try again after `attempts` attempts, the last one at `moment`; None if it was the last."""
    if attempts >= MAX_ATTEMPTS:
        return None
    return sendable_at(moment + RETRY_AFTER[attempts - 1], channel)
