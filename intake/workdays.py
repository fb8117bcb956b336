"""Working days of a public office in North Rhine-Westphalia: what "within two working days" promises."""

from datetime import date, timedelta


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm of Nature, 1876)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leap_century, rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leap_century - correction + 15) % 30
    leap, of_leap = divmod(of_century, 4)
    weekday = (32 + 2 * rest + 2 * leap - moon - of_leap) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def holidays(year: int) -> frozenset[date]:
    """Public holidays in North Rhine-Westphalia (Feiertagsgesetz NW § 2)."""
    sunday = easter(year)
    moving = (-2, 1, 39, 50, 60)  # Good Friday, Easter Monday, Ascension, Whit Monday, Corpus Christi
    fixed = ((1, 1), (5, 1), (10, 3), (11, 1), (12, 25), (12, 26))
    return frozenset(
        [*(sunday + timedelta(days) for days in moving), *(date(year, month, day) for month, day in fixed)]
    )


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in holidays(day.year)


def after_working_days(day: date, count: int) -> date:
    """The working day that is `count` working days after `day`, which itself is not counted."""
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def before_working_days(day: date, count: int) -> date:
    """The working day that is `count` working days before `day`, which itself is not counted."""
    while count:
        day -= timedelta(days=1)
        count -= is_working_day(day)
    return day


def working_days_since(day: date, today: date) -> int:
    """How many working days have come after `day`, today's included; 0 for a day to come."""
    return sum(is_working_day(day + timedelta(days=ahead)) for ahead in range(1, (today - day).days + 1))
