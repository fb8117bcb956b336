"""Small rules: time, working days, the language of somebody's words, the PIN, conditions."""

from datetime import UTC, date, datetime

import pytest

from intake import rules, workdays
from intake.conditions import ALWAYS, when
from intake.enums import PinRefusal


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(2024, date(2024, 3, 31)), (2026, date(2026, 4, 5)), (2027, date(2027, 3, 28)), (2038, date(2038, 4, 25))],
)
def test_easter(year, sunday):
    assert workdays.easter(year) == sunday


def test_holidays_of_north_rhine_westphalia_in_2026():
    assert sorted(workdays.holidays(2026)) == [
        date(2026, 1, 1),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 6, 4),
        date(2026, 10, 3),
        date(2026, 11, 1),
        date(2026, 12, 25),
        date(2026, 12, 26),
    ]


@pytest.mark.parametrize(
    ("sent", "call_by"),
    [
        (date(2026, 11, 23), date(2026, 11, 25)),  # Monday
        (date(2026, 11, 20), date(2026, 11, 24)),  # Friday, over a weekend
        (date(2026, 11, 22), date(2026, 11, 24)),  # Sunday
        (date(2026, 12, 23), date(2026, 12, 28)),  # over Christmas and a weekend
        (date(2026, 12, 30), date(2027, 1, 4)),  # over New Year
    ],
)
def test_two_working_days(sent, call_by):
    assert workdays.after_working_days(sent, 2) == call_by


def test_the_day_to_call_by_counts_from_the_day_on_the_offices_clock():
    late_in_the_evening_utc = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # Monday 00:30 in Berlin
    assert rules.call_by(late_in_the_evening_utc) == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "page", "spoken", "language"),
    [
        ("أريد فتح محل", "ar", ["ar"], "ar"),
        ("أريد فتح محل", "de", ["ar", "de"], "ar"),
        ("می‌خواهم لباس بدوزم", "en", ["prs", "fa"], "prs"),
        ("أريد فتح محل", "de", [], "ar"),
        ("Хочу відкрити студію", "en", ["uk", "ru"], "uk"),
        ("ሰላም", "en", ["ti"], "ti"),
        ("Ich möchte einen Laden", "de", ["ar", "de"], "de"),
        ("Ich möchte einen Laden", "ar", ["ar", "de"], "de"),
        ("Bir dükkân açmak istiyorum", "ar", ["tr"], "tr"),
        ("Bir dükkân açmak istiyorum", "de", ["tr"], "tr"),
        ("Ein Laden", "de", ["ar"], "de"),
        ("shop", "ar", ["ar"], "und"),
    ],
)
def test_the_language_of_own_words(text, page, spoken, language):
    assert rules.language_of(text, page, spoken) == language


@pytest.mark.parametrize("pin", ["4829", "482913", "48291337"])
def test_pins_that_can_be_used(pin):
    assert rules.pin_refusal(pin) is None


@pytest.mark.parametrize("pin", ["1111", "123456", "654321", "4848", "482482"])
def test_pins_that_others_try_first(pin):
    assert rules.pin_refusal(pin) is PinRefusal.EASY


@pytest.mark.parametrize("pin", ["", "482", "482913374", "48a9", "٤٨٢٩", "48 29"])
def test_what_is_no_pin(pin):
    assert rules.pin_refusal(pin) is PinRefusal.NOT_DIGITS


def test_answers_that_no_longer_apply_are_left_out_all_the_way_down():
    answers = {"sector": "it_media", "trade": "friseure", "contact_way": "email", "email": "a@example.org"}
    assert rules.relevant(answers | {"helper_name": "Ali", "unknown_question": "x"}) == {
        "sector": "it_media",
        "contact_way": "email",
        "email": "a@example.org",
    }


def test_conditions_combine():
    answers = {"sector": "food", "topics": ["coaching", "mentoring"], "idea": ""}
    assert when("sector", "food", "crafts").holds(answers)
    assert when("topics", "mentoring").holds(answers)
    assert when("sector").holds(answers)
    assert not when("idea").holds(answers)
    assert (when("sector", "food") & ~when("topics", "workshop")).holds(answers)
    assert (when("sector", "art") | when("topics", "coaching")).holds(answers)
    assert not (when("sector", "art") | when("topics", "workshop")).holds(answers)
    assert ALWAYS.holds({})
    assert (when("sector", "food") & ~when("topics") | ALWAYS).keys() == {"sector", "topics"}
