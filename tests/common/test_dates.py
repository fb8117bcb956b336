"""Days and times in words."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils.translation import override

from gruendungswerkstatt.common import dates

DAY = date(2026, 11, 23)
WORDS = {
    "de": "Montag, 23. November 2026",
    "ar": "الاثنين، 23 تشرين الثاني / نوفمبر 2026",
    "en": "Monday 23 November 2026",
}


@pytest.mark.parametrize("language", WORDS)
def test_a_day_has_its_words_in_every_language(language):
    assert dates.day_words(DAY, language) == WORDS[language]
    with override(language):
        assert dates.day_words(DAY) == WORDS[language]


def test_a_given_language_does_not_stay():
    with override("de"):
        dates.day_words(DAY, "ar")
        assert dates.day_short(DAY) == "23. November 2026"


def test_moments_are_shown_on_the_offices_clock():
    midnight = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert dates.moment_words(midnight, "de") == "Montag, 23. November 2026, 00:30 Uhr"
    assert dates.time_of_day(datetime(2026, 7, 1, 12, 0, tzinfo=UTC)) == "14:00"


def test_every_arabic_month_has_both_names():
    with override("ar"):
        assert all(" / " in str(month) for month in dates.MONTHS)


@pytest.mark.parametrize(
    ("template", "html"),
    [
        ("{{ day|day_words }}", '<time datetime="2026-11-23">Montag, 23. November 2026</time>'),
        ("{{ day|day_short }}", '<time datetime="2026-11-23">23. November 2026</time>'),
        ("{{ phone|phone }}", '<bdi dir="ltr">01512 3456789</bdi>'),
        (
            "{{ phone|phone_link }}",
            '<a class="kern-link" href="tel:+4915123456789"><bdi dir="ltr">01512 3456789</bdi></a>',
        ),
        ("{{ wild|ltr }}", '<bdi dir="ltr">&lt;b&gt;</bdi>'),
        ("{{ wild|bdi }}", "<bdi>&lt;b&gt;</bdi>"),
        ("{{ zero|ltr }}", '<bdi dir="ltr">0</bdi>'),
        ("{{ none|day_words }}{{ none|phone_link }}{{ none|ltr }}{{ none|time_of_day }}{{ none|email_link }}", ""),
    ],
)
def test_filters_isolate_what_has_a_direction_of_its_own(template, html):
    context = {"day": DAY, "phone": "+4915123456789", "wild": "<b>", "zero": 0, "none": None}
    with override("de"):
        assert Template("{% load bidi %}" + template).render(Context(context)) == html
