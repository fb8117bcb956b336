"""The inbox and one enquiry: what is shown, and the two ways to answer it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from cases.files.models import Case
from cases.files.opening import open_case
from gruendungswerkstatt.audit.models import ViewLog
from intake.enums import SubmissionState
from intake.services import close
from tests.factories.files import CaseFactory, FounderFactory
from tests.factories.intake import SHORT_WAY, SubmissionFactory
from tests.factories.people import MembershipFactory

from .conftest import NOON, Form, assert_kept_out, signed_in

pytestmark = pytest.mark.django_db

INBOX = "/de/cases/inbox/"


def page_of(submission, language="de"):
    return f"/{language}/cases/inbox/{submission.uuid}/"


def accept(submission):
    return f"{page_of(submission)}accept/"


def closing(submission):
    return f"{page_of(submission)}close/"


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_inbox_says_so(client):
    assert "Keine neuen Anfragen" in text(client.get(INBOX))


def test_the_oldest_enquiry_stands_first(client, office, noon):
    for days, name in ((1, "Bilal"), (3, "Amina"), (2, "Jwan")):
        SubmissionFactory(office=office, answers=SHORT_WAY | {"name": name}, sent_at=NOON - timedelta(days=days))
    html = text(client.get(INBOX))
    assert html.index("Amina") < html.index("Jwan") < html.index("Bilal")


@pytest.mark.parametrize(
    ("days_ago", "words", "kind"),
    [
        (0, "Zu beantworten bis 25. November 2026", "info"),  # Monday → Wednesday
        (3, "Zu beantworten bis 24. November 2026", "info"),  # Friday → Tuesday, the weekend does not count
        (4, "Heute zu beantworten", "warning"),  # Thursday → Monday
        (5, "Überfällig seit 20. November 2026", "danger"),  # Wednesday → Friday
    ],
)
def test_age_against_two_working_days(client, office, noon, days_ago, words, kind):
    SubmissionFactory(office=office, sent_at=NOON - timedelta(days=days_ago))
    html = text(client.get(INBOX))
    assert words in html
    assert f"kern-badge--{kind}" in html


def test_a_line_says_what_has_to_be_known_before_calling(client, office):
    answers = SHORT_WAY | {
        "languages": ["ti", "en"],
        "interpreter": "yes",
        "sector": "cleaning",
        "is_adult": "no",
    }
    SubmissionFactory(office=office, answers=answers, is_callback=True)
    html = text(client.get(INBOX))
    for words in (
        "Tigrinya, Englisch",
        "Dolmetscher:in nötig",
        "Reinigung",
        "Unter 18",
        "Bitte anrufen",
        "Kamen",
    ):
        assert words in html, words


@pytest.mark.parametrize("urgent", [{"self_employed": "yes"}, {"stage": "trading"}])
def test_whoever_works_already_is_marked(client, office, urgent):
    SubmissionFactory(office=office, answers=SHORT_WAY | {"self_employed": "no", "stage": "thinking"})
    assert "Schon selbstständig" not in text(client.get(INBOX))
    SubmissionFactory(office=office, answers=SHORT_WAY | urgent)
    assert text(client.get(INBOX)).count("Schon selbstständig") == 1


def test_an_unknown_age_is_asked_for_and_not_called_under_18(client, office):
    answers = {key: value for key, value in SHORT_WAY.items() if key != "is_adult"}
    submission = SubmissionFactory(office=office, answers=answers, is_callback=True)
    assert "Unter 18" not in text(client.get(INBOX))
    page = text(client.get(f"{INBOX}{submission.uuid}/"))
    assert "Alter noch nicht bekannt: bitte nachfragen." in page
    assert "Unter 18" not in page


def test_twenty_on_a_page(client, office, noon):
    for number in range(21):
        answers = SHORT_WAY | {"name": f"Person {number:02}"}
        SubmissionFactory(office=office, answers=answers, sent_at=NOON - timedelta(hours=30 - number))
    first = client.get(INBOX)
    assert "Person 19" in text(first)
    assert "Person 20" not in text(first)
    older = first.context["page"].older
    assert "Person 20" in text(client.get(INBOX, {"cursor": older}))


@pytest.mark.parametrize("count", [1, 20])
def test_the_inbox_asks_the_same_for_one_and_for_twenty(client, office, count, django_assert_max_num_queries):
    SubmissionFactory.create_batch(count, office=office)
    CaseFactory(founder=FounderFactory(office=office, name="Reem", languages=["ar"], phone=SHORT_WAY["phone"]))
    with django_assert_max_num_queries(6):  # two of them look for cases of the same people
        html = client.get(INBOX).content.decode()
    assert html.count("Vielleicht schon bekannt") == count


def test_answered_enquiries_and_drafts_are_not_there(client, office, advisor):
    open_case(SubmissionFactory(office=office), advisor)
    close(SubmissionFactory(office=office), "duplicate", version=1)
    SubmissionFactory(office=office, draft=True)
    assert "Keine neuen Anfragen" in text(client.get(INBOX))


def test_the_answers_in_german_beside_the_founders_own_words(client, submission):
    html = text(client.get(page_of(submission)))
    assert "أريد فتح Food-Truck (Falafel) في Kamen مع 2 موظفين، ~15.000 €" in html
    assert 'dir="auto" translate="no" class="gw-own-words" lang="ar"' in html
    assert "Essen und Trinken" in html
    assert "Ausgefüllt auf: Arabisch" in html
    assert "§ 43 IfSG" in html


def test_the_same_enquiry_in_arabic(client, submission):
    assert 'dir="rtl"' in text(client.get(page_of(submission, "ar")))


def test_opening_an_enquiry_is_logged(client, submission, advisor):
    client.get(page_of(submission))
    client.get(page_of(submission))
    log = ViewLog.objects.filter(subject_uuid=submission.uuid)
    assert [(entry.viewer, entry.purpose, entry.subject_kind) for entry in log] == [
        (advisor.user, "triage", "submission")
    ] * 2


def test_opening_a_case_for_oneself(client, form_on, submission, advisor):
    response = form_on(page_of(submission), accept(submission)).send(client)
    case = Case.objects.get()
    assert response.url == reverse("cases:case_detail", args=[case.uuid])
    assert (case.submission, case.advisor) == (submission, advisor)
    assert "Der Fall ist eröffnet" in text(client.get(response.url))


@pytest.mark.parametrize("who", ["colleague", "nobody"])
def test_opening_a_case_for_somebody_else(client, form_on, submission, colleague, who):
    chosen = str(colleague.uuid) if who == "colleague" else "nobody"
    form_on(page_of(submission), accept(submission)).send(client, advisor=chosen)
    assert Case.objects.get().advisor == (colleague if who == "colleague" else None)


def test_a_double_click_opens_one_case(client, form_on, submission):
    form = form_on(page_of(submission), accept(submission))
    assert form.send(client).url == form.send(client).url
    assert Case.objects.count() == 1


def test_two_advisors_are_led_to_the_same_case(client, form_on, submission, colleague):
    mine = form_on(page_of(submission), accept(submission))
    other = signed_in(colleague)
    theirs = Form(other.get(page_of(submission)).content.decode(), accept(submission))
    assert mine.send(client).url == theirs.send(other).url
    assert Case.objects.count() == 1


def test_an_accepted_enquiry_leads_to_its_case(client, submission, advisor):
    case = open_case(submission, advisor)
    assert client.get(page_of(submission)).url == f"/de/cases/{case.uuid}/"


@pytest.mark.parametrize("advisor_value", ["nonsense", "0198f000-0000-7000-8000-000000000000"])
def test_a_stranger_as_advisor_is_refused(client, form_on, submission, advisor_value):
    response = form_on(page_of(submission), accept(submission)).send(client, advisor=advisor_value)
    assert "Fehler" in text(response)
    assert not Case.objects.exists()


def test_an_advisor_of_another_office_is_refused(client, form_on, submission):
    stranger = MembershipFactory()
    response = form_on(page_of(submission), accept(submission)).send(client, advisor=str(stranger.uuid))
    assert response.status_code == 200
    assert not Case.objects.exists()


def test_closing_needs_reason_and_confirmation(client, form_on, submission):
    form = form_on(page_of(submission), closing(submission))
    html = text(form.send(client, reason="duplicate"))
    assert "Bitte bestätigen Sie, dass die Anfrage geschlossen werden soll." in html
    assert re.search(r'<input type="radio"[^>]*value="duplicate"[^>]* checked', html)
    submission.refresh_from_db()
    assert submission.state == SubmissionState.SENT


def test_closing(client, form_on, submission):
    form = form_on(page_of(submission), closing(submission))
    response = form.send(client, reason="not_reachable", is_confirmed="on")
    assert response.url == INBOX
    submission.refresh_from_db()
    assert (submission.state, submission.closing_reason) == ("closed", "not_reachable")
    assert form.send(client, reason="not_reachable", is_confirmed="on").url == INBOX
    html = text(client.get(page_of(submission)))
    assert "Diese Anfrage ist geschlossen" in html
    assert "accept/" not in html


def test_closing_what_a_colleague_closed(client, form_on, submission):
    form = form_on(page_of(submission), closing(submission))
    close(submission, "duplicate", version=submission.version)
    html = text(form.send(client, reason="withdrawn", is_confirmed="on"))
    assert "Jemand anderes hat diese Anfrage inzwischen beantwortet." in html
    submission.refresh_from_db()
    assert submission.closing_reason == "duplicate"


def test_closing_what_a_colleague_accepted(client, form_on, submission, colleague):
    form = form_on(page_of(submission), closing(submission))
    case = open_case(submission, colleague)
    response = form.send(client, reason="withdrawn", is_confirmed="on")
    assert response.url == f"/de/cases/{case.uuid}/"
    submission.refresh_from_db()
    assert submission.state == "accepted"


def test_accepting_what_a_colleague_closed(client, form_on, submission):
    form = form_on(page_of(submission), accept(submission))
    close(submission, "duplicate", version=submission.version)
    assert "Die Anfrage wurde geschlossen" in text(form.send(client))
    assert not Case.objects.exists()


@pytest.mark.parametrize("path", ["accept/", "close/"])
def test_coming_without_a_form_leads_back(client, submission, path):
    assert client.get(page_of(submission) + path).url == page_of(submission)


@pytest.mark.parametrize(
    ("method", "path"),
    [("get", ""), ("get", "accept/"), ("get", "close/"), ("post", "accept/"), ("post", "close/")],
)
@pytest.mark.parametrize("who", ["other office", "partner", "anonymous"])
def test_others_do_not_get_in(people, submission, method, path, who):
    address = page_of(submission) + path
    assert_kept_out(people[who], method, address)
    submission.refresh_from_db()
    assert submission.state == "sent"
    assert not ViewLog.objects.exists()


@pytest.mark.parametrize("who", ["partner", "anonymous"])
def test_others_see_no_inbox(people, who):
    assert_kept_out(people[who], "get", INBOX)


def test_a_draft_is_nobodys_to_read(client, office):
    assert client.get(page_of(SubmissionFactory(office=office, draft=True))).status_code == 404
