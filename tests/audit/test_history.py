"""The viewer of changes: what team leads find there, and what nobody does."""

import re
from dataclasses import replace
from datetime import timedelta
from itertools import chain

import pytest
from django.urls import reverse

from cases.files.models import Case, Founder
from gruendungswerkstatt.audit.change_presenters import rows_of
from gruendungswerkstatt.audit.changes import Filters, changes_of, kinds
from gruendungswerkstatt.audit.files import personal_models
from gruendungswerkstatt.audit.labels import FIELDS, KINDS, NOT_SHOWN, SETTINGS, TITLES
from gruendungswerkstatt.audit.models import RetentionPeriod, ViewLog
from gruendungswerkstatt.common import clock, history, retention
from gruendungswerkstatt.common.dates import day_short
from gruendungswerkstatt.common.ids import new_uuid
from intake.models import Submission
from intake.questions import QUESTIONS
from network.people.enums import Role
from network.people.models import Organisation, User
from tests.factories.directory import OfferFactory, ServiceTopicFactory
from tests.factories.files import CaseFactory, FounderFactory, PlanStepFactory
from tests.factories.intake import SubmissionFactory
from tests.factories.people import MembershipFactory, MunicipalityFactory, OrganisationFactory
from tests.factories.referrals import ConsentFactory, ReferralFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return MembershipFactory(team_lead=True)


@pytest.fixture
def case(lead):
    return CaseFactory(founder=FounderFactory(office=lead.organisation, name="Rim Darwisch", phone="+491713920006"))


@pytest.fixture
def read(client, lead):
    """The page as the team lead reads it: `read(reference=…)`."""
    client.force_login(lead.user)

    def shown(**query) -> str:
        response = client.get(reverse("audit:history_list"), query)
        assert response.status_code == 200
        return response.content.decode()

    return shown


def test_a_file_shows_before_and_after_in_words(read, case):
    Case.objects.filter(pk=case.pk).update(phase="planning", planned_start_on="2026-03-01", has_application=None)
    Founder.objects.filter(pk=case.founder_id).update(needs_interpreter=True, contact_way="email", languages=["ar"])
    text = " ".join(read(reference=case.reference).split())
    assert "before" not in text
    assert "vorher: <bdi>Zugang</bdi><br>nachher: <bdi>Planung</bdi>" in text
    assert "1. März 2026" in text
    assert f"nachher: <bdi>{QUESTIONS['languages'].label_of('ar')}</bdi>" in text
    assert "vorher: <bdi>Telefon</bdi>" in text or "nachher: <bdi>E-Mail</bdi>" in text
    assert "nachher: <bdi>ja</bdi>" in text


def test_everything_of_the_file_and_nothing_of_another(read, case, lead):
    PlanStepFactory(case=case, text="Zur Kammer gehen")
    consent = ConsentFactory(founder=case.founder, interpreted_by="Frau Beispiel")
    ReferralFactory(case=case, consent=consent, question="Wie melde ich mich an?")
    other = CaseFactory(founder=FounderFactory(office=lead.organisation, name="Jemand Anderes"))
    PlanStepFactory(case=other, text="Etwas Anderes tun")
    text = read(reference=case.reference)
    for word in ("Rim Darwisch", "Zur Kammer gehen", "Frau Beispiel", "Wie melde ich mich an?"):
        assert word in text
    assert "Etwas Anderes tun" not in text
    assert "Jemand Anderes" not in text


def test_without_a_number_no_values_of_people_are_shown(read, case, lead):
    Founder.objects.filter(pk=case.founder_id).update(phone="+491713920999")
    Organisation.objects.filter(pk=lead.organisation_id).update(street="Neue Straße 5")
    text = read()
    assert "Rim Darwisch" not in text
    assert "3920999" not in text
    assert case.reference in text
    assert "Telefon" in text
    assert "Neue Straße 5" in text
    assert not ViewLog.objects.exists()


def test_the_values_of_a_file_leave_a_look(read, case, lead):
    read(reference=case.reference)
    look = ViewLog.objects.get()
    assert (look.subject_uuid, look.viewer, look.purpose) == (case.uuid, lead.user, "history")
    text = read(reference=case.reference)
    assert "Wer diese Akte gesehen hat" in text
    assert "Blick auf Änderungen" in text


def test_who_and_where(client, read, case, lead):
    read()
    client.post(reverse("cases:note_create", args=[case.uuid]), {"text": "Neu", "form_token": new_uuid()})
    text = read(reference=case.reference, kind="cases_files.note")
    assert lead.user.name in text
    assert reverse("cases:note_create", args=[case.uuid]) in text
    assert "Neu" in text


@pytest.mark.parametrize("typed", [" {} ", "{} "])
def test_a_number_is_found_as_it_is_typed(read, case, typed):
    assert "Rim Darwisch" in read(reference=typed.format(case.reference))
    assert "Rim Darwisch" in read(reference=case.reference.replace("-", ""))


@pytest.mark.parametrize("typed", ["x", "1234", "1234-56789"])
def test_what_is_no_case_number_is_said_beside_the_field_and_lists_nothing(read, case, typed):
    text = read(reference=typed)
    assert "Ein Aktenzeichen hat acht Ziffern" in text
    assert 'aria-invalid="true"' in text
    assert case.reference not in text
    assert "Keine Änderungen gefunden" not in text


def test_a_sign_in_is_no_change_of_an_account(client, lead):
    before = User.pgh_event_model.objects.count()
    User.objects.filter(pk=lead.user_id).update(language="ar")
    assert User.pgh_event_model.objects.count() == before


def test_an_account_that_somebody_makes_on_a_page_is_their_own_act():
    member = MembershipFactory()
    [change] = changes_of(member.organisation, Filters("network_people.user")).rows
    for context, who in (({"address": "/de/people/invitation/"}, member.user.name), ({}, "Das Portal selbst")):
        [row] = rows_of([replace(change, context=context)], is_file=False)
        assert row.who == who


def test_another_offices_file_does_not_exist(read):
    stranger = CaseFactory()
    text = read(reference=stranger.reference)
    assert "Kein Fall mit dieser Nummer" in text
    assert stranger.founder.name not in text
    assert stranger.reference not in read()


def test_days_limit_the_list(read, case):
    today = clock.today()

    def between(since, until):
        return read(
            kind="cases_files.case",
            **{f"since_{name}": getattr(since, name) for name in ("day", "month", "year")},
            **{f"until_{name}": getattr(until, name) for name in ("day", "month", "year")},
        )

    assert case.reference in between(today - timedelta(days=1), today + timedelta(days=1))
    assert case.reference not in between(today - timedelta(days=9), today - timedelta(days=3))


@pytest.mark.parametrize(
    "query",
    [
        {"cursor": "x"},
        {"cursor": "WyJhIl0:x"},
        {"kind": "nothing"},
        {"since_day": "99"},
        {"until_year": "9999", "until_day": "31", "until_month": "12"},
        {"reference": "٩٩٩٩-٩٩٩٩"},
        {"reference": "%00"},
    ],
)
def test_wild_input_gets_a_page(read, case, query):
    assert "<h1" in read(**query)


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.PARTNER])
def test_only_who_runs_the_office_may_read_it(client, lead, role):
    member = MembershipFactory(organisation=lead.organisation, role=role)
    client.force_login(member.user)
    assert client.get(reverse("audit:history_list")).status_code == 404


def test_administrators_read_what_was_set_and_nothing_of_founders(client, lead, case):
    Organisation.objects.filter(pk=lead.organisation_id).update(street="Neue Straße 5")
    PlanStepFactory(case=case, text="Zur Kammer gehen")
    administrator = MembershipFactory(organisation=lead.organisation, role=Role.ADMINISTRATOR)
    client.force_login(administrator.user)
    for query in ({}, {"reference": case.reference}, {"kind": "cases_files.case"}, {"kind": "cases_files.planstep"}):
        text = client.get(reverse("audit:history_list"), query).content.decode()
        for word in ("Rim Darwisch", "Zur Kammer gehen", str(case.uuid)):
            assert word not in text
        # The office's labels, templates and text blocks are its own words, not rows of a person.
        said = re.sub(r'"cases_files\.(label|steptemplate|textblock)"', "", text)
        assert "cases_files" not in said.replace(query.get("kind", "cases_files"), "")
        assert 'name="reference"' not in text
        assert "Wer diese Akte gesehen hat" not in text
    assert "Neue Straße 5" in client.get(reverse("audit:history_list")).content.decode()
    assert not ViewLog.objects.exists()


def test_a_kind_is_either_a_setting_or_about_a_person():
    personal = {model.pgh_tracked_model._meta.label_lower for model in personal_models()}
    assert not personal & SETTINGS
    assert personal | SETTINGS == set(kinds())
    assert set(TITLES) == SETTINGS


def test_settings_name_the_row_that_was_changed(read, lead):
    offer, topic = OfferFactory(title_de="Schweißkurs für Anfänger"), ServiceTopicFactory(name_de="Handwerk")
    offer.topics.add(topic)
    RetentionPeriod.objects.create(office=lead.organisation, changed_by=lead, code="draft", amount=12)
    text = " ".join(read().split())
    assert "Thema eines Angebots <bdi>Schweißkurs für Anfänger</bdi>: Angelegt" in text
    assert "<bdi>Handwerk</bdi>" in text
    assert f"Aufbewahrungsfrist <bdi>{retention.by_code('draft').label}</bdi>: Angelegt" in text


def test_what_a_referral_rests_on_is_named(read, case):
    consent = ConsentFactory(founder=case.founder, partner__name_de="Handwerkskammer Beispiel")
    ReferralFactory(case=case, consent=consent, offer__title_de="Meisterberatung")
    text = read(reference=case.reference, kind="cases_referrals.referral")
    assert "Meisterberatung" in text
    assert f"Handwerkskammer Beispiel, {day_short(clock.local(consent.given_at).date())}" in text


def test_changed_answers_are_told_question_by_question(read, lead):
    town = MunicipalityFactory(code="unna", office=lead.organisation)
    answers = {"idea": "Ich backe", "sector": "food"}
    sent = SubmissionFactory(municipality=town, state="accepted", answers=answers)
    case = CaseFactory(founder=FounderFactory(office=lead.organisation), submission=sent)
    Submission.objects.filter(pk=sent.pk).update(answers=answers | {"idea": "Ich backe Brot", "gone": "x"})
    text = " ".join(read(reference=case.reference, kind="intake.submission").split())
    idea = str(QUESTIONS["idea"].title)
    assert idea in text
    assert "vorher: <bdi>Ich backe</bdi><br>nachher: <bdi>Ich backe Brot</bdi>" in text
    assert text.count("vorher:") == 1
    assert QUESTIONS["sector"].label_of("food") in text


def test_there_is_no_search_by_person_and_no_count(read, case, lead):
    other = MembershipFactory(organisation=lead.organisation)
    text = read(advisor=str(other.uuid), user=str(other.user_id))
    assert case.reference in text
    assert "nicht dazu da, Beschäftigte zu bewerten" in text


# --- Pages and figures ------------------------------


def test_pages_follow_each_other_without_a_gap(lead, case):
    for number in range(25):
        PlanStepFactory(case=case, text=f"Schritt {number}")
        Case.objects.filter(pk=case.pk).update(sector="food" if number % 2 else "crafts")
    whole = [(row.model, row.pgh_id) for row in changes_of(lead.organisation, Filters(), size=500).rows]
    seen, cursor = [], ""
    while True:
        found = changes_of(lead.organisation, Filters(), cursor, size=7)
        seen.append([(row.model, row.pgh_id) for row in found.rows])
        if not (cursor := found.older):
            break
    assert len(whole) > 50
    assert list(chain(*seen)) == whole
    back = [seen.pop()]
    while found.newer:
        found = changes_of(lead.organisation, Filters(), found.newer, size=7)
        back.append([(row.model, row.pgh_id) for row in found.rows])
        assert back[-1] == seen.pop()
        assert found.older
    assert seen == []


def test_many_changes_cost_what_few_do(client, lead, case, capture_queries):
    client.force_login(lead.user)
    client.get(reverse("audit:history_list"))  # what is cached is cached now
    counts = []
    of_referrals = {"kind": "cases_referrals.referral"}  # rows that point to everything that has a name
    for more in (1, 49):
        for _again in range(more):
            consent = ConsentFactory(founder=case.founder)
            referral = ReferralFactory(case=case, consent=consent)
            referral.offer.topics.add(ServiceTopicFactory())
        Case.objects.filter(pk=case.pk).update(advisor=lead, sector=f"s{more}")
        for query in ({}, of_referrals, of_referrals | {"reference": case.reference}):
            with capture_queries() as queries:
                page = client.get(reverse("audit:history_list"), query)
            counts.append((len(queries), len(page.context["rows"])))
    one, fifty = counts[:3], counts[3:]
    assert [rows for _queries, rows in one[1:]] == [1, 1]
    assert [rows for _queries, rows in fifty] == [30, 30, 30]
    assert [queries for queries, _rows in fifty[1:]] == [queries for queries, _rows in one[1:]]
    # One for each sort of thing that has a name, one for merged cases.
    assert max(queries for queries, _rows in counts) <= 15


# --- Words ------------------------------


def test_every_kind_and_column_has_a_name():
    assert set(kinds()) == set(KINDS)
    for model in history.event_models():
        names = {field.name for field in history.kept_fields(model)}
        for name in names:
            base = name.rpartition("_")[0]
            assert {name, base} & (set(FIELDS) | NOT_SHOWN), f"{model.__name__}.{name} has no label"


def test_a_deleted_row_tells_what_it_held(lead, case):
    step = PlanStepFactory(case=case, text="Weg damit")
    step.delete()
    found = changes_of(lead.organisation, Filters(kind="cases_files.planstep"))
    row = rows_of(found.rows, is_file=True)[0]
    assert (row.label, row.lines[0].before, row.lines[0].after) == ("delete", "Weg damit", "")


def test_other_offices_rows_are_left_out(lead, case):
    CaseFactory()
    OrganisationFactory(office=True)
    rows = changes_of(lead.organisation, Filters(kind="cases_files.case")).rows
    assert [row.row_id for row in rows] == [case.pk]
