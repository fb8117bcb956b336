"""What the history tells of a change: who, for which body, from where."""

import pytest
from django.urls import ResolverMatch, resolve, reverse

from cases.files.models import Case, Note
from gruendungswerkstatt.audit.middleware import address
from gruendungswerkstatt.celery import app
from gruendungswerkstatt.common.ids import new_uuid
from tests.factories.files import CaseFactory
from tests.factories.people import MembershipFactory

pytestmark = pytest.mark.django_db


def add_note(client, case, text="Neu"):
    return client.post(
        reverse("cases:note_create", args=[case.uuid]) + "?from=mail&name=Layla",
        {"text": text, "form_token": new_uuid()},
    )


def test_a_change_tells_the_member_their_body_and_the_page_without_its_query(client):
    advisor = MembershipFactory()
    case = CaseFactory(founder__office=advisor.organisation)
    client.force_login(advisor.user)
    assert add_note(client, case).status_code == 302
    (event,) = Note.pgh_event_model.objects.all()
    assert event.pgh_label == "insert"
    assert event.pgh_context == {
        "user": advisor.user_id,
        "office": advisor.organisation_id,
        "role": "advisor",
        "address": reverse("cases:note_create", args=[case.uuid]),
    }


def test_events_of_one_request_belong_together_and_those_of_the_next_do_not(client):
    advisor = MembershipFactory()
    case = CaseFactory(founder__office=advisor.organisation)
    client.force_login(advisor.user)
    add_note(client, case)
    add_note(client, case, "Noch eine")
    first, second = Note.pgh_event_model.objects.order_by("pgh_id")
    assert first.pgh_context_id
    assert second.pgh_context_id not in (None, first.pgh_context_id)


@pytest.mark.django_db(transaction=True)
def test_the_next_transaction_of_the_same_connection_carries_nothing_of_the_last(client):
    advisor = MembershipFactory()
    case = CaseFactory(founder__office=advisor.organisation)
    client.force_login(advisor.user)
    add_note(client, case)
    Case.objects.filter(pk=case.pk).update(sector="food")
    assert Case.pgh_event_model.objects.get(pgh_label="update").pgh_context is None


@pytest.mark.django_db(transaction=True)
def test_a_task_is_named():
    case = CaseFactory()

    @app.task(name="test.change_sector")
    def change_sector():
        Case.objects.filter(pk=case.pk).update(sector="crafts")

    change_sector()
    assert Case.pgh_event_model.objects.get(pgh_label="update").pgh_context == {"task": "test.change_sector"}
    app.tasks.pop("test.change_sector")


def test_reading_asks_the_database_no_more_than_without_a_history(client, settings, capture_queries):
    advisor = MembershipFactory()
    client.force_login(advisor.user)
    page = reverse("cases:case_list")
    client.get(page)
    with capture_queries() as recorded:
        client.get(page)
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.endswith(".HistoryMiddleware")]
    with capture_queries() as plain:
        client.get(page)
    assert len(recorded) == len(plain) > 0
    assert not any("pghistory" in query["sql"] for query in recorded)


def test_the_context_travels_with_the_writing_statement(client, capture_queries):
    advisor = MembershipFactory()
    case = CaseFactory(founder__office=advisor.organisation)
    client.force_login(advisor.user)
    with capture_queries() as queries:
        add_note(client, case)
    inserts = [query["sql"] for query in queries if 'INSERT INTO "cases_files_note"' in query["sql"]]
    assert len(inserts) == 1
    assert inserts[0].startswith("SELECT set_config('pghistory.context_id'")


def test_an_address_keeps_uuids_and_the_fixed_parts():
    path = reverse("cases:note_create", args=[new_uuid()])
    assert address(path, resolve(path)) == path


def test_an_address_hides_every_text_it_was_called_with():
    path = "/de/accounts/password/reset/key/1a-c4ff3e-secret/"
    match = ResolverMatch(func=None, args=(), kwargs={"uidb36": "1a", "key": "c4ff3e-secret"})
    assert address(path, match) == "/de/accounts/password/reset/key/…/"
    assert address("/de/intake/situation/", resolve("/de/intake/situation/")) == "/de/intake/…/"
