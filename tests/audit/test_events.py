"""What the triggers of the database keep, and what they must never keep."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from cases.files.enums import ErasureDecline
from cases.files.models import AskBack, Case, CaseLabel, ErasureRequest, Note, PlanStep
from gruendungswerkstatt.audit.models import RetentionPeriod
from gruendungswerkstatt.common import history
from gruendungswerkstatt.common.codes import new_code
from gruendungswerkstatt.content.enums import PageSlug
from gruendungswerkstatt.content.models import Page
from gruendungswerkstatt.demo.bulk.writer import _connection
from gruendungswerkstatt.messaging.models import MessageText
from intake.models import OfficeHint, Submission
from network.directory.models import OfferMunicipality, OfferTopic
from tests.factories.appointments import AppointmentFactory
from tests.factories.directory import OfferFactory, ServiceTopicFactory
from tests.factories.files import (
    CaseFactory,
    CaseLabelFactory,
    DeadlineFactory,
    FollowUpFactory,
    FounderFactory,
    FundingFactory,
    LabelFactory,
    PlanStepFactory,
    StepTemplateFactory,
    TextBlockFactory,
    TranslationFactory,
)
from tests.factories.intake import SubmissionFactory
from tests.factories.people import (
    InvitationFactory,
    LeaveFactory,
    MembershipFactory,
    MunicipalityFactory,
    OrganisationFactory,
    UserFactory,
)
from tests.factories.referrals import ConsentFactory, ReferralFactory

pytestmark = pytest.mark.django_db

# A row of everything tracked, and a change of it.
MAKE = {
    "network_people.Organisation": (OrganisationFactory, {"name_ar": "مكتب"}),
    "network_people.Municipality": (MunicipalityFactory, {"name_de": "Anders"}),
    "network_people.User": (UserFactory, {"name": "Anders"}),
    "network_people.Membership": (MembershipFactory, {"role": "team_lead"}),
    "network_people.Leave": (LeaveFactory, {"starts_on": date(2026, 1, 5)}),
    "network_people.Invitation": (InvitationFactory, {"role": "team_lead"}),
    "network_directory.TopicGroup": (lambda: ServiceTopicFactory().group, {"name_en": "Other"}),
    "network_directory.ServiceTopic": (ServiceTopicFactory, {"name_en": "Other"}),
    "network_directory.Offer": (OfferFactory, {"title_ar": "عرض"}),
    "audit.RetentionPeriod": (lambda: period(), {"amount": 4}),
    "messaging.MessageText": (lambda: message_text(), {"body": "Anders"}),
    "content.Page": (lambda: page(), {"body_ar": "نص"}),
    "intake.OfficeHint": (lambda: office_hint(), {"off_reason": "Anders"}),
    "intake.Submission": (SubmissionFactory, {"sector": "crafts"}),
    "cases_files.Founder": (FounderFactory, {"phone": "+491713920999"}),
    "cases_files.Case": (CaseFactory, {"sector": "crafts"}),
    "cases_files.Note": (lambda: note(), {"text": "Anders"}),
    "cases_files.PlanStep": (PlanStepFactory, {"text": "Anders"}),
    "cases_files.Deadline": (DeadlineFactory, {"text": "Anders"}),
    "cases_files.FollowUp": (FollowUpFactory, {"text": "Anders"}),
    "cases_files.Funding": (FundingFactory, {"text": "Anders"}),
    "cases_files.AskBack": (lambda: ask_back(), {"answer": "Anders"}),
    "cases_files.Translation": (TranslationFactory, {"text": "Anders"}),
    "cases_files.Label": (LabelFactory, {"name": "Anders"}),
    "cases_files.TextBlock": (TextBlockFactory, {"name": "Anders"}),
    "cases_files.StepTemplate": (StepTemplateFactory, {"days": 7}),
    "cases_files.ErasureRequest": (lambda: erasure_request(), {"decline_reason": ErasureDecline.CLAIMS}),
    "cases_appointments.Appointment": (AppointmentFactory, {"topic": "Anders"}),
    "cases_referrals.Consent": (ConsentFactory, {"interpreted_by": "Anders"}),
    "cases_referrals.Referral": (ReferralFactory, {"question": "Anders?"}),
}
LINKS = {"network_directory.OfferTopic", "network_directory.OfferMunicipality", "cases_files.CaseLabel"}
TRACKED = sorted(model.pgh_tracked_model._meta.label for model in history.event_models())


def note():
    case = CaseFactory()
    return Note.objects.create(
        case=case, office=case.office, author=MembershipFactory(organisation=case.office), text="Wort"
    )


def ask_back():
    case = CaseFactory()
    asked_by = MembershipFactory(organisation=case.office)
    return AskBack.objects.create(case=case, office=case.office, asked_by=asked_by, text="Wann?")


def erasure_request():
    case = CaseFactory()
    return ErasureRequest.objects.create(case=case, office=case.office)


def period():
    lead = MembershipFactory(team_lead=True)
    return RetentionPeriod.objects.create(office=lead.organisation, changed_by=lead, code="case", amount=5)


def office_hint():
    lead = MembershipFactory(team_lead=True)
    return OfficeHint.objects.create(office=lead.organisation, changed_by=lead, hint_code="alcohol")


def message_text():
    lead = MembershipFactory(team_lead=True)
    return MessageText.objects.create(
        office=lead.organisation, changed_by=lead, kind="reminder", channel="sms", language="de", body="Bis morgen"
    )


def page():
    return Page.objects.create(office=OrganisationFactory(office=True), slug=PageSlug.START)


def events(row):
    return list(type(row).pgh_event_model.objects.filter(pgh_obj=row.pk).order_by("pgh_id"))


@pytest.mark.parametrize("label", sorted(MAKE))
def test_inserting_changing_and_deleting_leave_events(label):
    make, change = MAKE[label]
    row = make()
    type(row).objects.filter(pk=row.pk).update(**change)  # past save() and signals
    inserted, changed = events(row)
    assert (inserted.pgh_label, changed.pgh_label) == ("insert", "update")
    assert inserted.pgh_before is None
    (column,) = change
    before = getattr(inserted, column)
    assert changed.pgh_before == {column: before.isoformat() if isinstance(before, date) else before}
    assert getattr(changed, column) == change[column]
    if label in ("cases_files.Note", "cases_files.PlanStep", "cases_appointments.Appointment"):
        key = row.pk
        row.delete()
        assert type(row).pgh_event_model.objects.filter(pgh_obj=key).latest("pgh_id").pgh_label == "delete"


def test_every_tracked_model_is_tried():
    assert set(TRACKED) == set(MAKE) | LINKS


def test_labels_on_cases_have_a_history():
    put = CaseLabelFactory()
    case = put.case
    put.delete()
    events_of_case = CaseLabel.pgh_event_model.objects.filter(case=case).order_by("pgh_id")
    assert [event.pgh_label for event in events_of_case] == ["insert", "delete"]


def test_what_an_offer_is_linked_to_has_a_history():
    offer, topic, town = OfferFactory(), ServiceTopicFactory(), MunicipalityFactory()
    offer.topics.set([topic])
    offer.municipalities.set([town])
    offer.municipalities.clear()
    topics = OfferTopic.pgh_event_model.objects.filter(offer=offer, servicetopic=topic)
    assert [event.pgh_label for event in topics] == ["insert"]
    towns = OfferMunicipality.pgh_event_model.objects.filter(offer=offer, municipality=town).order_by("pgh_id")
    assert [event.pgh_label for event in towns] == ["insert", "delete"]


@pytest.mark.parametrize("model", [m for m in history.event_models() if hasattr(m.pgh_tracked_model, "office")])
def test_events_carry_the_office(model):
    assert model._meta.get_field("office").column == "office_id"


def test_one_statement_leaves_an_event_for_every_row():
    case = CaseFactory()
    steps = PlanStepFactory.create_batch(5, case=case)
    PlanStep.objects.filter(case=case).update(text="Alle")
    changed = PlanStep.pgh_event_model.objects.filter(case=case, pgh_label="update")
    assert {event.pgh_before["text"] for event in changed} == {step.text for step in steps}
    PlanStep.objects.bulk_create(PlanStep(case=case, office=case.office, text=f"Neu {n}") for n in range(3))
    assert PlanStep.pgh_event_model.objects.filter(case=case, pgh_label="insert").count() == 8
    PlanStep.objects.filter(case=case).delete()
    assert PlanStep.pgh_event_model.objects.filter(case=case, pgh_label="delete").count() == 8


def test_saving_without_a_change_leaves_nothing():
    founder = FounderFactory()
    founder.save()
    founder.sort_name = "anders"
    founder.version += 1
    founder.save()
    assert [event.pgh_label for event in events(founder)] == ["insert"]


def test_what_is_rolled_back_never_happened():
    case = CaseFactory()
    with transaction.atomic():
        Case.objects.filter(pk=case.pk).update(sector="food")
        transaction.set_rollback(True)
    assert [event.pgh_label for event in events(case)] == ["insert"]


# --- Drafts ------------------------------


def test_a_draft_has_no_history_and_sending_tells_nothing_of_it():
    draft = SubmissionFactory(draft=True)
    Submission.objects.filter(pk=draft.pk).update(answers={"idea": "Was ich lieber nicht gesagt hätte"})
    Submission.objects.filter(pk=draft.pk).update(answers={"idea": "Eine Idee"})
    assert events(draft) == []
    sent = SubmissionFactory()
    Submission.objects.filter(pk=draft.pk).update(state="sent", sent_at=sent.sent_at, answers={"idea": "Bäckerei"})
    (begun,) = events(draft)
    assert (begun.pgh_label, begun.pgh_before) == ("begin", None)
    assert begun.answers == {"idea": "Bäckerei"}
    Submission.objects.filter(pk=draft.pk).update(state="closed", closing_reason="withdrawn")
    assert events(draft)[-1].pgh_before == {"state": "sent", "closing_reason": ""}


def test_a_deleted_draft_leaves_nothing():
    draft = SubmissionFactory(draft=True)
    key = draft.pk
    draft.delete()
    assert not Submission.pgh_event_model.objects.filter(pgh_obj=key).exists()


# --- Secrets ------------------------------


def everything_kept() -> str:
    """All rows of all event tables as text."""
    with connection.cursor() as cursor:
        texts = []
        for model in history.event_models():
            cursor.execute(f'SELECT to_jsonb(e)::text FROM "{model._meta.db_table}" e')  # noqa: S608
            texts += [text for (text,) in cursor.fetchall()]
    return "\n".join(texts)


def test_no_event_keeps_a_password_a_code_or_a_pin():
    user = UserFactory(name="Geheim Gehalten")
    user.set_password("correct horse battery staple")
    user.name = "Anders Genannt"
    user.save()
    submission = SubmissionFactory(pin_hash="scrypt$pin-of-somebody", code_digest=f"digest-of-{new_code()}")
    Submission.objects.filter(pk=submission.pk).update(sector="food", pin_hash="scrypt$another-pin", code_digest="d2")
    kept = everything_kept()
    assert "Anders Genannt" in kept
    assert str(submission.uuid) in kept
    for secret in (user.password, submission.code_digest, "pin-of-somebody", "another-pin"):
        assert secret not in kept


@pytest.mark.parametrize("model", history.event_models(), ids=lambda m: m._meta.label)
def test_no_event_table_has_a_column_for_a_secret(model):
    columns = {field.name for field in model._meta.get_fields()}
    assert not columns & {"password", "last_login", "code_digest", "pin_hash", "session_epoch", "token", "secret"}


# --- Rights ------------------------------


@pytest.mark.parametrize("model", history.event_models(), ids=lambda m: m._meta.label)
def test_the_portal_cannot_change_what_happened(model):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        model.objects.update(pgh_label="nothing")


def test_invented_rows_have_no_history():
    own = _connection()
    try:
        office = own.execute("SELECT current_setting('pgtrigger.ignore')").fetchone()[0]
        assert all(
            trigger in office
            for trigger in (f"pgtrigger_{name}" for name in ("insert_insert", "update_update", "delete_delete"))
        )
    finally:
        own.close()
