"""Quiet hours and retries, also on the days when the clock is changed."""

from datetime import date, timedelta

import pytest

from gruendungswerkstatt.common.clock import at, local
from gruendungswerkstatt.messaging import rules
from gruendungswerkstatt.messaging.enums import Channel

MONDAY = date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (at(MONDAY, 8), at(MONDAY, 8)),
        (at(MONDAY, 19, 59), at(MONDAY, 19, 59)),
        (at(MONDAY, 20), at(TUESDAY, 8)),
        (at(MONDAY, 23, 30), at(TUESDAY, 8)),
        (at(TUESDAY, 0), at(TUESDAY, 8)),
        (at(TUESDAY, 7, 59), at(TUESDAY, 8)),
    ],
)
def test_the_night_is_quiet(moment, expected):
    assert rules.after_quiet_hours(moment) == expected


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_quiet_hours_end_at_eight_on_the_wall_when_the_clock_changes(day):
    ended = rules.after_quiet_hours(at(day - timedelta(days=1), 22))
    assert local(ended).date() == day
    assert f"{local(ended):%H:%M}" == "08:00"


def test_only_what_rings_waits_for_the_morning():
    night = at(MONDAY, 22)
    assert rules.sendable_at(night, Channel.EMAIL) == night
    assert rules.sendable_at(night, Channel.SMS) == at(TUESDAY, 8)


def test_gaps_between_attempts_grow_and_end():
    noon = at(MONDAY, 12)
    gaps = [rules.next_attempt_at(n, noon, Channel.EMAIL) - noon for n in range(1, rules.MAX_ATTEMPTS)]
    assert gaps == sorted(set(gaps))
    assert rules.next_attempt_at(rules.MAX_ATTEMPTS, noon, Channel.EMAIL) is None


def test_a_retry_does_not_ring_at_night():
    evening = at(MONDAY, 19, 50)
    assert rules.next_attempt_at(3, evening, Channel.SMS) == at(TUESDAY, 8)
