"""`seed_demo`: a demonstration is whole after one run, and a second run changes nothing."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from cases.appointments.enums import AppointmentState
from cases.appointments.models import Appointment
from cases.files.enums import CaseState, Outcome, Phase
from cases.files.models import Case, Founder, TimelineEntry
from cases.referrals.models import Consent, Referral
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.demo.accounts import DEMO_ACCOUNTS, OFFICE, SECOND_OFFICE
from gruendungswerkstatt.demo.personas import PERSONAS
from gruendungswerkstatt.messaging.models import Message
from intake import progress
from intake.enums import SubmissionState
from intake.models import Submission
from network.directory.models import Offer
from network.people.models import Membership, Organisation, User

WORKING_DAY = clock.at(clock.today() - timedelta(days=clock.today().weekday()), 10, 40)
SUNDAY_NIGHT = clock.at(clock.today() - timedelta(days=clock.today().weekday() + 1), 3, 5)
COUNTED = (Submission, Founder, Case, TimelineEntry, Appointment, Message, Consent, Referral, Offer, User, Membership)

pytestmark = pytest.mark.django_db(transaction=True)


def seed(*arguments: str) -> str:
    told = StringIO()
    call_command("seed_demo", *arguments, stdout=told)
    return told.getvalue()


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in COUNTED}


@pytest.fixture(params=[WORKING_DAY, SUNDAY_NIGHT], ids=["working day", "Sunday night"])
def present(request, settings):
    settings.DEMO = True
    with clock.frozen(request.param):
        seed()
        yield request.param


def case_of(name: str) -> Case:
    return Case.objects.get(founder__name=name)


def test_demonstration_is_whole(present):
    office = Organisation.objects.get(code=OFFICE)
    assert Submission.objects.for_office(office).count() == len(PERSONAS) == 12
    assert set(Case.objects.for_office(office).values_list("phase", flat=True)) >= set(Phase.values[:4])
    assert set(Case.objects.values_list("state", flat=True)) >= {CaseState.OPEN, CaseState.RESTING, CaseState.CLOSED}
    for account in DEMO_ACCOUNTS:
        user = User.objects.get(email=account.email)
        assert user.check_password(account.password)
        assert Membership.objects.active().filter(user=user, organisation__code=account.organisation).count() == 1
    for submission in Submission.objects.all():
        assert progress.missing(submission.answers) == []

    # nothing happened in the future, and every story has an order
    assert not TimelineEntry.objects.filter(happened_at__gt=present).exists()
    assert not Submission.objects.filter(sent_at__gt=present).exists()
    for case in Case.objects.all():
        assert case.submission.sent_at < case.opened_at <= present
        assert not case.timeline.filter(happened_at__lt=case.opened_at).exists()

    # appointments lie around today, and their reminders have been or will be sent
    planned = Appointment.objects.filter(state=AppointmentState.PLANNED, starts_at__gt=present)
    assert planned.filter(starts_at__lt=present + timedelta(days=4)).count() >= 2
    assert Appointment.objects.filter(starts_at__lt=present, starts_at__gt=present - timedelta(days=14)).exists()
    assert Message.objects.filter(state="planned", due_at__lt=present + timedelta(days=4)).exists()
    assert Message.objects.filter(state="sent").count() == len(mail.outbox) > 0

    # the second office has work of its own
    assert Submission.objects.filter(office__code=SECOND_OFFICE).count() == 1


def test_personas_show_what_they_are_there_for(present):
    food_truck = Submission.objects.get(name="Bilal Nour Eddin")
    assert food_truck.state == SubmissionState.SENT  # waits in the inbox
    assert food_truck.answers["idea"] == "أريد فتح Food-Truck (Falafel) في Kamen مع 2 موظفين، ~15.000 €"
    assert food_truck.text_languages["idea"] == "ar"

    minor = Submission.objects.get(name="Jwan")
    assert not minor.is_adult
    assert not Referral.objects.filter(case__submission=minor).exists()

    assert Submission.objects.filter(answers__name__in=["Ahmad al-Hasan", "Ahmad Alhasan"]).count() == 2
    referrals = Referral.objects.select_related("partner", "consent")
    states = {(referral.partner.code, referral.state, referral.consent.is_valid) for referral in referrals}
    assert states == {
        ("hwk-dortmund", "accepted", True),
        ("familienbande-kamen", "sent", True),
        ("hwk-dortmund", "sent", False),
    }
    assert case_of("Oleksandra Kovalchuk").outcome == Outcome.MOVED_AWAY
    assert Founder.objects.filter(name_keys__key="serin xelilo").exists()


def test_second_run_changes_nothing(settings):
    settings.DEMO = True
    with clock.frozen(WORKING_DAY):
        seed()
        before = counts()
        assert "0 personas new" in seed()
        assert counts() == before
        assert "there already" in seed("--once")
        assert counts() == before
        # one persona less, as if the first run had been stopped there
        Submission.objects.filter(name="Jwan").delete()
        assert "1 personas new" in seed()
        assert counts() == before


def test_real_use_is_refused(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        seed()
    assert not any(counts().values())
