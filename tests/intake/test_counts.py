"""Personless counters: how far people come, written by the database when a draft is sent or erased."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from gruendungswerkstatt.audit.erasure_runs import erase_class, erase_expired
from gruendungswerkstatt.audit.models import ErasureCause
from gruendungswerkstatt.common import clock
from intake import services
from intake.erasure import DRAFT, erase_submission
from intake.models import StepCount, Submission
from intake.selectors import FEWEST_OF_A_LANGUAGE, FEWEST_OF_ALL, step_counts
from intake.steps import CLOSING
from tests.factories.intake import SubmissionFactory

pytestmark = pytest.mark.django_db
NOVEMBER = clock.at(date(2026, 11, 23), 12)


def counted(**fields) -> dict[str, tuple[int, int, int]]:
    """{page: (reached, left here, sent)}"""
    rows = StepCount.objects.filter(**fields).values_list("step", "reached", "left_here", "sent")
    return {step: (reached, left, sent) for step, reached, left, sent in rows}


def draft(office, visited=("place", "person", "contact"), **fields) -> Submission:
    town = office.municipalities.get(code="kamen")
    return SubmissionFactory(draft=True, municipality=town, visited_steps=list(visited), **fields)


def test_a_sent_walk_counts_every_page_as_reached_and_sent_once(walker, short_way):
    founder = walker("ar")
    founder.walks(short_way)
    assert counted() == {}
    for _click in range(3):
        founder.post("check/")
    pages = founder.draft.visited_steps
    assert counted(language="ar") == dict.fromkeys(pages, (1, 0, 1))
    assert StepCount.objects.exclude(month_on=clock.today().replace(day=1)).count() == 0


def test_a_draft_whose_time_is_over_was_left_where_it_was_last(office):
    with clock.frozen(NOVEMBER):
        draft(office, language="ar", last_used_at=NOVEMBER - timedelta(hours=30))
        draft(office, ["place"], language="de", last_used_at=NOVEMBER - timedelta(hours=30))
        draft(office, ["place"], language="de")
        assert [erase_class(DRAFT), erase_class(DRAFT)] == [2, 0]
    assert counted(language="ar") == {"place": (1, 0, 0), "person": (1, 0, 0), "contact": (1, 1, 0)}
    assert counted(language="de") == {"place": (1, 1, 0)}
    assert set(StepCount.objects.values_list("office", "month_on")) == {(office.pk, date(2026, 11, 1))}


def test_it_counts_for_the_month_in_which_it_was_last_used_on_the_offices_clock(office):
    # Half past midnight of 1 December in Unna is still November in UTC.
    with clock.frozen(clock.at(date(2026, 12, 3), 9)):
        draft(office, ["place"], last_used_at=clock.at(date(2026, 12, 1), 0, 30))
        draft(office, ["place"], last_used_at=clock.at(date(2026, 11, 30), 23, 30))
        erase_class(DRAFT)
    assert set(StepCount.objects.values_list("month_on", "left_here")) == {
        (date(2026, 12, 1), 1),
        (date(2026, 11, 1), 1),
    }


def test_counting_a_dry_run_or_an_enquiry_that_was_sent_changes_nothing(office):
    draft(office, last_used_at=clock.now() - timedelta(days=2))
    erase_expired(ErasureCause.NIGHT, is_dry_run=True)
    erase_submission(SubmissionFactory(municipality=office.municipalities.get(code="kamen")))
    assert counted() == {}


def test_deleting_at_ones_own_wish_counts_too_and_once(walker, short_way):
    founder = walker("de")
    founder.walks(short_way, until="contact")
    for _click in range(2):
        founder.post("delete/now/")
    assert counted() == {"place": (1, 0, 0), "person": (1, 1, 0)}


def test_please_call_me_is_a_way_of_its_own(walker, short_way):
    given = {"name": "Rim", "phone": "01713920009", "language": "ar"}
    for _click in range(2):
        founder = walker("ar")
        founder.get("callback/kamen/")
        founder.post("callback/kamen/", given)
        founder.post("callback/kamen/", given)
    assert counted() == {"callback": (2, 0, 2)}
    begun = walker("de")
    begun.walks(short_way, until="contact")
    begun.post("callback/kamen/", given)
    assert counted(language="de") == {"place": (1, 0, 1), "person": (1, 0, 1), "callback": (1, 0, 1)}


def test_nothing_counts_if_sending_is_rolled_back(office):
    with transaction.atomic():
        services.send(draft(office), {}, CLOSING, "de")
        assert counted()["place"] == (1, 0, 1)
        transaction.set_rollback(True)
    assert counted() == {}


def test_no_person_no_day_and_no_number_is_in_a_row():
    names = {field.name for field in StepCount._meta.get_fields()}
    assert names == {"id", "office", "month_on", "step", "language", "reached", "left_here", "sent"}


def test_small_numbers_are_not_told(office):
    def count(language, reached):
        StepCount.objects.create(
            office=office, month_on=date(2026, 11, 1), language=language, step="place", reached=reached
        )

    since, until = date(2026, 1, 1), date(2026, 12, 31)
    count("de", FEWEST_OF_ALL - 2)
    assert step_counts(office, since, until)["place"].reached is None
    count("ar", FEWEST_OF_A_LANGUAGE - 1)
    assert step_counts(office, since, until)["place"].reached == FEWEST_OF_ALL - 2 + FEWEST_OF_A_LANGUAGE - 1
    assert step_counts(office, since, until, language="ar")["place"].reached is None
    assert step_counts(office, since, date(2026, 10, 31)) == {}
    # Nobody has been counted as having left: that is no small group, it is none.
    assert step_counts(office, since, until)["place"].left_here == 0
