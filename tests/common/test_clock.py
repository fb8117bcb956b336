"""Time in the office."""

from datetime import UTC, date, datetime, timedelta

from gruendungswerkstatt.common import clock


def test_the_office_is_already_in_the_next_day_late_in_the_evening():
    with clock.frozen(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 7, 2)


def test_an_hour_of_the_wall_clock_across_both_changes():
    before, after = clock.at(date(2026, 3, 28), 10), clock.at(date(2026, 3, 29), 10)
    assert after.astimezone(UTC) - before.astimezone(UTC) == timedelta(hours=23)
    before, after = clock.at(date(2026, 10, 24), 10), clock.at(date(2026, 10, 25), 10)
    assert after.astimezone(UTC) - before.astimezone(UTC) == timedelta(hours=25)


def test_frozen_time_ends_with_its_block():
    moment = datetime(2020, 1, 1, tzinfo=UTC)
    with clock.frozen(moment):
        assert clock.now() == moment
    assert clock.now() > moment
