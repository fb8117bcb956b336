"""Telling about a barrier: without a name, without JavaScript, without filling the table."""

import uuid
from datetime import date, timedelta

import pytest

from gruendungswerkstatt.audit import erasure_runs, retention
from gruendungswerkstatt.audit.models import ErasureCause
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.retention import Period, Unit
from gruendungswerkstatt.content import limits, selectors, services, tasks
from gruendungswerkstatt.content.erasure import FEEDBACK
from gruendungswerkstatt.content.models import Feedback
from network.people.enums import Role
from tests.factories.content import FeedbackFactory
from tests.factories.people import MembershipFactory, OrganisationFactory

PATH = "/ar/pages/accessibility/feedback/"


def message(**changes: str) -> dict[str, str]:
    return {"form_token": str(uuid.uuid4()), "text": "الزر صغير", "address": "", "contact": ""} | changes


def test_anybody_tells_without_a_name(client, scene):
    answer = client.post(PATH, message(), follow=True)
    assert answer.redirect_chain == [("/ar/pages/accessibility/", 302)]
    assert "شكرًا" in answer.content.decode()
    row = Feedback.objects.get()
    assert (row.office, row.text, row.contact, row.language) == (scene.office, "الزر صغير", "", "ar")
    assert row.delete_after_on == Period(12, Unit.MONTHS).after(clock.today())


def test_the_statement_leads_to_the_form(client, scene):
    assert PATH in client.get("/ar/pages/accessibility/").content.decode()
    assert "<script" not in client.get(PATH).content.decode()


@pytest.mark.parametrize("changes", [{"text": ""}, {"text": "x" * 2001}, {"contact": "x" * 201}, {"form_token": "x"}])
def test_mistakes_come_back_with_what_was_typed(client, scene, changes):
    answer = client.post(PATH, message(**changes))
    assert answer.status_code == 200
    assert not Feedback.objects.exists()


def test_sending_twice_stores_once(client, scene):
    data = message()
    client.post(PATH, data)
    client.post(PATH, data)
    assert Feedback.objects.count() == 1


def test_of_an_address_only_the_path_is_kept(client, scene):
    client.post(PATH, message(address="https://portal.example/de/network/?q=geheim"))
    assert Feedback.objects.get().address == "/de/network/"


def test_one_address_is_slowed_down(client, scene):
    for _ in range(limits.MOST):
        assert client.post(PATH, message()).status_code == 302
    answer = client.post(PATH, message())
    assert answer.status_code == 429
    assert 'lang="ar"' in answer.content.decode()
    assert Feedback.objects.count() == limits.MOST
    assert client.post(PATH, message(), REMOTE_ADDR="203.0.113.7").status_code == 302


def test_no_more_is_taken_than_somebody_can_read(client, scene, monkeypatch):
    monkeypatch.setattr(services, "MOST_WAITING", 1)
    client.post(PATH, message())
    assert client.post(PATH, message()).status_code == 429
    assert Feedback.objects.count() == 1


def test_without_an_office_people_are_asked_to_call(client, db):
    answer = client.post(PATH, message())
    assert answer.status_code == 200
    assert not Feedback.objects.exists()


def test_the_team_lead_reads_it_and_nobody_else(client, scene):
    client.post(PATH, message(contact="person@example.org"))
    page = scene.client().get("/de/office/feedback/").content.decode()
    assert "الزر صغير" in page
    assert "person@example.org" in page
    path = "/de/office/feedback/"
    strangers = [scene.member(Role.ADVISOR), scene.member(Role.ADMINISTRATOR), MembershipFactory(partner=True)]
    assert [scene.client(stranger).get(path).status_code for stranger in strangers] == [404, 404, 404]
    other = MembershipFactory(team_lead=True)
    assert "الزر صغير" not in scene.client(other).get(path).content.decode()


def test_the_team_lead_marks_what_is_answered(client, scene):
    row = FeedbackFactory(office=scene.office, delete_after_on=clock.today() + timedelta(days=300))
    path = f"/de/office/feedback/{row.uuid}/answered/"
    assert scene.client(MembershipFactory(team_lead=True)).post(path).status_code == 404
    assert scene.client().get(path).status_code == 405
    assert scene.client().post(path).status_code == 302
    row.refresh_from_db()
    answered_at = row.answered_at
    scene.client().post(path)
    row.refresh_from_db()
    assert row.answered_at == answered_at


def test_old_feedback_is_erased(scene):
    FeedbackFactory(office=scene.office, delete_after_on=clock.today() - timedelta(days=1))
    kept = FeedbackFactory(office=scene.office, delete_after_on=clock.today())
    erasure_runs.erase_expired(ErasureCause.NIGHT)
    assert list(Feedback.objects.all()) == [kept]


def test_an_office_keeps_feedback_shorter(scene):
    row = FeedbackFactory(office=scene.office, received_at=clock.at(date(2026, 5, 4), 9))
    retention.change_period(scene.office, scene.lead, FEEDBACK, 3, version=0)
    row.refresh_from_db()
    assert row.delete_after_on == date(2026, 8, 4)


def test_the_office_gets_one_mail_that_says_nothing_of_it(client, scene, mailoutbox):
    client.post(PATH, message(contact="person@example.org"))
    client.post(PATH, message())
    tasks.tell_offices()
    tasks.tell_offices()
    (mail,) = mailoutbox
    assert mail.to == [scene.office.email]
    assert "الزر" not in mail.body
    assert "person@" not in mail.body


def test_an_office_without_an_address_gets_no_mail(scene, mailoutbox):
    FeedbackFactory(office=OrganisationFactory(office=True, email=""))
    services.tell_offices()
    assert mailoutbox == []


def test_a_mail_that_could_not_be_sent_is_tried_again(scene, mailoutbox, monkeypatch):
    FeedbackFactory(office=scene.office)

    def broken(*args):
        raise OSError("no mail server")

    with monkeypatch.context() as patched:
        patched.setattr(services, "send_mail", broken)
        with pytest.raises(OSError, match="no mail server"):
            services.tell_offices()
    services.tell_offices()
    assert len(mailoutbox) == 1


def test_the_list_shows_what_waits(scene):
    FeedbackFactory(office=scene.office, text="Eins")
    assert selectors.waiting_feedback(scene.office.pk) == 1
