"""An advisor's day and a partner's answer, from the inbox to the sent reminder, in both directions."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command

from cases.files.models import Case
from cases.referrals.models import Consent, Referral
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.demo.accounts import DEMO_ACCOUNTS
from gruendungswerkstatt.messaging.enums import MessageState
from gruendungswerkstatt.messaging.models import Message

LEAD, ADVISOR, _COLLEAGUE, STRANGER, CRAFTS, FAMILY, *_OTHERS = DEMO_ACCOUNTS
QUESTION = "Ist eine Ausübungsberechtigung nach § 7b HwO möglich?"


def signs_in(somebody, account):
    somebody.opens(f"/{somebody.language}/accounts/login/")
    somebody.types("login", account.email)
    somebody.types("password", account.password)
    somebody.saves()


def next_working_day(days: int):
    day = clock.today() + timedelta(days=days)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return day


@pytest.mark.parametrize("language", ["de", "ar"])
def test_an_advisor_reads_an_arabic_enquiry_opens_a_case_and_works_in_it(person, enquiry, language):
    # Given an enquiry in Arabic
    submission, _code = enquiry("bilal")
    advisor = person(language)
    signs_in(advisor, ADVISOR)
    assert advisor.path == f"/{language}/cases/"
    # When the advisor opens it
    advisor.follows(re.compile("Bilal Nour Eddin"))
    # Then coded answers read in the advisor's language, the founder's words stand as written
    advisor.reads("Food and drink")
    advisor.sees("أريد فتح Food-Truck (Falafel) في Kamen مع 2 موظفين، ~15.000 €")
    # When a case is opened from it
    advisor.presses("Open case")
    case = Case.objects.get(submission=submission)
    assert advisor.path == f"/{language}/cases/{case.uuid}/"
    advisor.sees("Bilal Nour Eddin")
    # And a note is written
    advisor.page.locator('form[action$="/note/"] [name="text"]').fill("Erstgespräch vereinbart. شكرًا")
    advisor.presses("Save note")
    advisor.sees("Erstgespräch vereinbart. شكرًا")
    # And the phase moves as the workflow says
    advisor.unfolds("Phase")
    advisor.ticks("to", "orientation")
    advisor.presses("Change phase")
    case.refresh_from_db()
    assert case.phase == "orientation"
    # And an appointment is planned
    advisor.page.locator('main a[href*="/appointments/cases/"]').first.click()
    advisor.looks()
    day = next_working_day(5)
    advisor.types("starts_at_day", str(day.day))
    advisor.chooses("starts_at_month", str(day.month))
    advisor.types("starts_at_year", str(day.year))
    advisor.types("starts_at_time", "10:00")
    advisor.saves()
    advisor.sees("10:00")
    # Then the case is found again by any spelling, and nothing is left in the inbox
    advisor.opens(f"/{language}/cases/list/?q=bilal+nureddin")
    advisor.opens(f"/{language}/cases/list/?q=%D8%A8%D9%84%D8%A7%D9%84")
    advisor.sees("Bilal Nour Eddin")
    advisor.opens(f"/{language}/cases/inbox/")
    advisor.does_not_see("Bilal Nour Eddin")
    # And the other office sees nothing of it
    stranger = person(language)
    signs_in(stranger, STRANGER)
    stranger.opens(f"/{language}/cases/{case.uuid}/", status=404)
    stranger.opens(f"/{language}/cases/list/?q=bilal")
    stranger.does_not_see("Bilal")


@pytest.mark.parametrize("language", ["de", "ar"])
def test_a_referral_rests_on_a_consent_and_comes_back_answered(person, enquiry, case_of, language):
    # Given a case of an electrician
    case = case_of("cagri", ADVISOR)
    advisor = person(language)
    signs_in(advisor, ADVISOR)
    advisor.opens(f"/{language}/cases/{case.uuid}/")
    # When the advisor finds an offer of the chamber of crafts
    advisor.page.locator(f'main a[href*="/referrals/cases/{case.uuid}/new/"]').first.click()
    advisor.looks()
    advisor.types("q", "Handwerk")
    advisor.presses("Search")
    offer = advisor.page.locator(".kern-card", has_text=re.compile("Handwerkskammer")).first
    offer.get_by_role("link").click()
    advisor.looks()
    advisor.saves()
    # And records the founder's yes
    advisor.ticks("given_by", "in_person")
    advisor.presses("Yes")
    consent = Consent.objects.get(founder=case.founder)
    assert consent.partner.code == "hwk-dortmund"
    assert consent.notice_version
    # And asks the question
    advisor.types("question", QUESTION)
    advisor.saves()
    referral = Referral.objects.get(case=case)
    # Then the partner finds it, sees what was agreed to and nothing else, and accepts it
    partner = person(language)
    signs_in(partner, CRAFTS)
    assert partner.path == f"/{language}/referrals/"
    partner.page.locator(f'main a[href*="{referral.uuid}"]').first.click()
    partner.looks()
    partner.sees("Çağrı Işıldak")
    partner.sees(QUESTION)
    partner.does_not_see("Solaranlagen")
    partner.opens(f"/{language}/cases/{case.uuid}/", status=404)
    partner.opens(f"/{language}/referrals/{referral.uuid}/")
    partner.presses("Accept")
    referral.refresh_from_db()
    assert referral.state == "accepted"
    # And another partner sees nothing of it
    other = person(language)
    signs_in(other, FAMILY)
    other.does_not_see("Çağrı")
    other.opens(f"/{language}/referrals/{referral.uuid}/", status=404)
    # And the case shows the answer
    advisor.opens(f"/{language}/cases/{case.uuid}/")
    advisor.reads("Accepted", "referral")


@pytest.mark.parametrize(("key", "language"), [("bilal", "ar"), ("serin", "de")])
def test_a_due_reminder_is_sent_in_the_founders_language_and_says_nothing_else(person, enquiry, meeting, key, language):
    # Given an appointment tomorrow at nine
    appointment = meeting(key, ADVISOR)
    mail.outbox.clear()
    # When what is due is sent at ten today, twice
    with clock.frozen(clock.at(clock.today(), 10)):
        call_command("send_reminders", "--send")
        call_command("send_reminders", "--send")
    # Then one mail was sent, in the founder's language, without a name, an office or a link
    reminders = [m for m in mail.outbox if m.to == [appointment.case.founder.email]]
    assert len(reminders) == 1
    text = reminders[0].subject + reminders[0].body
    for word in ("Jobcenter", "Gründung", "Bilal", "Şêrîn", "http", appointment.case.reference):
        assert word not in text
    assert "02303" in text
    assert ("موعد" in text) == (language == "ar")
    # And the team lead sees it in the list
    lead = person("de")
    signs_in(lead, LEAD)
    lead.opens("/de/messages/")
    lead.sees("Gesendet")
    assert Message.objects.filter(subject_uuid=appointment.uuid, state=MessageState.SENT).exists()
    # And an advisor has no such page
    advisor = person("de")
    signs_in(advisor, ADVISOR)
    advisor.opens("/de/messages/", status=404)
