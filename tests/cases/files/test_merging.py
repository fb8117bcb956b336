"""Two cases of one person become one and two again: nothing is left behind, nothing is lost."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import models

from cases.appointments.models import Appointment
from cases.desk.presenters import merging as presenters
from cases.files import asking_back, deadlines, drafting, labels, merging, services
from cases.files.adding import add_enquiry
from cases.files.enums import CaseState, TimelineKind
from cases.files.erasure import erase_cases
from cases.files.erasure_requests import request_erasure
from cases.files.merging import MergeRefused, Seen
from cases.files.models import AddedEnquiry, Case, Founder, Merge, PlanStep, TimelineEntry
from cases.files.opening import open_case
from cases.files.refusals import MergeRefusal
from cases.files.refusing import CaseMerged
from cases.files.selectors import case_for_office, case_of_submission
from cases.files.worklist import WorklistFilters, worklist
from cases.referrals import services as referrals
from cases.referrals.enums import ConsentWay
from cases.referrals.models import Consent, ConsentRequest, Referral
from gruendungswerkstatt.audit.models import ViewLog
from gruendungswerkstatt.common import clock, history
from gruendungswerkstatt.common.abstract import StaleVersion
from gruendungswerkstatt.documents import services as documents
from gruendungswerkstatt.documents.models import Document, DocumentRequest
from gruendungswerkstatt.messaging.models import Message
from tests.factories.appointments import AppointmentFactory
from tests.factories.documents import checked
from tests.factories.files import (
    CaseFactory,
    DeadlineFactory,
    FollowUpFactory,
    FounderFactory,
    FundingFactory,
    LabelFactory,
    PlanStepFactory,
)
from tests.factories.intake import SubmissionFactory
from tests.factories.messaging import MessageFactory
from tests.factories.people import MembershipFactory, OrganisationFactory
from tests.factories.referrals import ConsentFactory, ConsentRequestFactory, HandoverFactory, ReferralFactory
from tests.test_architecture import LEVEL

from .conftest import NOON

pytestmark = pytest.mark.django_db
MONDAY = NOON + timedelta(days=7)


@pytest.fixture
def target(office, advisor):
    return open_case(SubmissionFactory(office=office, persona=7), advisor, advisor)


@pytest.fixture
def source(office, advisor):
    """A second case of the person, with something in every table."""
    case = open_case(SubmissionFactory(office=office, persona=7), advisor, advisor)
    add_enquiry(SubmissionFactory(office=office), case, advisor, version=1, case_version=case.version)
    case.refresh_from_db()
    services.add_note(case, advisor, "Ruft immer abends an.")
    drafting.keep(case, MembershipFactory(organisation=office), "Heute kam er", page="p", seen="")
    asking_back.ask_in_case(case, advisor, block="idea")
    services.add_step(case, advisor, "Laden ansehen")
    deadlines.add(case, advisor, "residence", date(2027, 3, 1))
    labels.put_on(case, advisor, LabelFactory(office=office))
    request_erasure(case)
    case.erasure_requests.update(state="declined", decline_reason="claims", decided_at=NOON)
    consent = ConsentFactory(founder=case.founder, recorded_by=advisor)
    ReferralFactory(consent=consent, case=case)
    ConsentRequestFactory(case=case, asked_by=advisor)
    HandoverFactory(case=case, recorded_by=advisor)
    appointment = AppointmentFactory(case=case, advisor=advisor)
    MessageFactory(office=office, subject_uuid=appointment.uuid, recipient_uuid=case.founder.uuid)
    asked = documents.ask(office.pk, case.uuid, advisor, "cv")
    documents.receive(asked, [checked()])
    FollowUpFactory(case=case)
    FundingFactory(case=case)
    CaseFactory(founder=case.founder)
    return Case.objects.get(pk=case.pk)


def put_together(source, target, by, *from_source):
    source, target = (Case.objects.select_related("founder").get(pk=case.pk) for case in (source, target))
    return merging.merge(source, target, by, from_source=from_source, seen=Seen.of(source, target))


def separate(merge, by):
    return merging.undo(merge, by, version=Case.objects.get(pk=merge.into_id).version)


# What stays with the empty case, and why.
STAYS = {
    "cases_files.StatusChange": "how the file itself went; the timeline that people read moves",
    "cases_files.Merge": "leads from the empty case to the remaining one",
    "audit.ViewLog": "what somebody looked at is not changed afterwards; read along with the remaining case",
}
# Rows that point to a case or a founder by uuid.
BY_UUID = {
    (DocumentRequest, "subject_uuid"),
    (Document, "subject_uuid"),
    (Message, "subject_uuid"),
    (Message, "recipient_uuid"),
    (ViewLog, "subject_uuid"),
}


def columns_of_subjects():
    """(model, column) of everything that can point to a case or a founder, but histories."""
    found = set()
    for model in apps.get_models():
        if issubclass(model, history.Event) or model._meta.app_label not in LEVEL:
            continue
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model in (Case, Founder):
                found.add((model, field.attname))
            elif isinstance(field, models.UUIDField) and field.name not in ("uuid", "token", "claim"):
                found.add((model, field.name))
    return found


def pointing_to(*rows):
    """{label of a model: how many of its rows point to one of `rows`}."""
    keys, uuids, found = {type(row): row.pk for row in rows}, [row.uuid for row in rows], {}
    for model, column in columns_of_subjects():
        field = model._meta.get_field(column)
        wanted = uuids if isinstance(field, models.UUIDField) else [keys.get(field.related_model, 0)]
        if number := model._base_manager.filter(**{f"{column}__in": wanted}).count():
            found[model._meta.label] = found.get(model._meta.label, 0) + number
    return found


def content(*rows):
    """Every row that points to one of `rows`, as it is."""
    keys, uuids, found = {type(row): row.pk for row in rows}, [row.uuid for row in rows], set()
    for model, column in columns_of_subjects() | {(Referral, "consent_id")}:
        field = model._meta.get_field(column)
        if model._meta.label in ("cases_files.Merge", "cases_files.StatusChange"):
            continue
        if field.is_relation and field.related_model not in keys:
            continue
        wanted = uuids if isinstance(field, models.UUIDField) else [keys[field.related_model]]
        rows_of = model._base_manager.filter(**{f"{column}__in": wanted})
        names = [f.attname for f in model._meta.concrete_fields if f.name not in ("version", "id")]
        found |= {(model._meta.label, *map(str, row)) for row in rows_of.values_list(*names)}
    return found


def test_every_column_that_may_point_to_a_person_is_known_here():
    by_uuid = {one for one in columns_of_subjects() if isinstance(one[0]._meta.get_field(one[1]), models.UUIDField)}
    assert by_uuid == BY_UUID


def test_nothing_is_left_behind(noon, office, advisor, source, target):
    ViewLog.objects.create(
        office=office, viewer=advisor.user, viewer_organisation=office, role="advisor", purpose="case_work",
        subject_kind="case", subject_uuid=source.uuid, delete_after_on=NOON.date(),
    )  # fmt: skip
    before = pointing_to(source, source.founder)
    by_label = {model._meta.label for model, _column in columns_of_subjects()} - {"cases_files.Merge"}
    assert by_label - before.keys() == set(), "the scene has to have a row in every table"
    counted = merging.preview(source, target)
    assert {*counted.counts, *counted.twins} <= presenters._KINDS.keys(), "what moves has a name"
    merge = put_together(source, target, advisor)
    after = pointing_to(source, source.founder)
    left = {label for label in after if label not in STAYS}
    # The line that tells of the merge; the empty case keeps its person, and the steps that are there twice.
    assert left == {"cases_files.TimelineEntry", "cases_files.Case", "cases_files.PlanStep"}
    assert after["cases_files.TimelineEntry"] == after["cases_files.Case"] == 1
    assert after["cases_files.PlanStep"] == counted.twins["cases_files.PlanStep"]
    moved = {}
    for entry in merge.changes:
        moved[entry["model"]] = moved.get(entry["model"], 0) + len(entry["keys"])
    assert {label: moved[label] for label in ("cases_files.Note", "cases_referrals.Referral")} == {
        "cases_files.Note": counted.counts["cases_files.Note"],
        "cases_referrals.Referral": counted.counts["cases_referrals.Referral"],
    }


def test_undoing_moves_exactly_what_was_moved(noon, advisor, source, target):
    rows = (source, source.founder), (target, target.founder)
    before = [content(*one) for one in rows]
    merge = put_together(source, target, advisor, "phone", "name")
    services.add_note(target, advisor, "Seitdem geschrieben.")
    separate(merge, advisor)
    after = [content(*one) for one in rows]
    told = {TimelineKind.CASES_MERGED, TimelineKind.MERGE_UNDONE, TimelineKind.NOTE}
    for was, now in zip(before, after, strict=True):
        assert was - now == set()
        assert all(row[0] in ("cases_files.TimelineEntry", "cases_files.Note") for row in now - was)
        assert len([row for row in now - was if row[0] == "cases_files.TimelineEntry"]) <= len(told)
    source.refresh_from_db()
    assert (source.state, source.submission_id is not None) == (CaseState.OPEN, True)
    assert Founder.objects.get(pk=source.founder_id).name_keys.exists()
    assert target.notes.count() == 1
    assert merging.lines_since(merge).exclude(kind=TimelineKind.MERGE_UNDONE).get().text == "Seitdem geschrieben."


def test_both_codes_lead_to_the_remaining_case_and_every_name_finds_it(office, advisor, target):
    founder = FounderFactory(office=office, name_latin="Wunderblume Nour")
    source = CaseFactory(founder=founder)
    put_together(source, target, advisor)
    for search in (source.reference, "Wunderblume"):
        assert [case.pk for case in worklist(office, WorklistFilters(search=search))] == [target.pk]
    first = target.submission
    second = open_case(SubmissionFactory(office=office), advisor)
    sent = second.submission
    put_together(second, target, advisor)
    assert {case_of_submission(one) for one in (first, sent)} == {target}


def test_an_old_address_is_led_on_however_many_merges_later(office, advisor, target):
    first, second = (CaseFactory(founder=FounderFactory(office=office)) for _ in range(2))
    put_together(first, second, advisor)
    put_together(second, target, advisor)
    with pytest.raises(CaseMerged) as merged:
        case_for_office(office, first.uuid)
    assert merged.value.remaining == target


def test_what_somebody_chose_is_taken_over_the_rest_stays(advisor, office, target):
    founder = FounderFactory(office=office, name="Wunderblume", phone="+4917139209999", email="w@example.org")
    source = CaseFactory(founder=founder, has_application=True, application_received_at=NOON)
    put_together(source, target, advisor, "phone", "application")
    kept = Case.objects.select_related("founder").get(pk=target.pk)
    assert (kept.founder.phone, kept.founder.name) == ("+4917139209999", target.founder.name)
    assert kept.application_received_at == NOON


def test_only_what_one_of_them_knows_is_proposed(office):
    known = CaseFactory(founder=FounderFactory(office=office, email="a@example.org", name="A"))
    other = CaseFactory(founder=FounderFactory(office=office, email="", name="B"))
    proposed = {one.code for one in merging.differences(known, other) if one.proposes_source}
    assert "email" in proposed
    assert "name" not in proposed


def refusing(source, target, by):
    with pytest.raises(MergeRefused) as refused:
        put_together(source, target, by)
    return refused.value.reason


def test_refusals_have_a_reason(office, advisor, case):
    other = CaseFactory(founder=FounderFactory(office=office))
    assert refusing(case, case, advisor) == MergeRefusal.SAME_CASE
    assert refusing(CaseFactory(founder=other.founder, closed=True), case, advisor) == MergeRefusal.ENDED
    request_erasure(other)
    assert refusing(other, case, advisor) == MergeRefusal.ERASURE_ASKED
    third = CaseFactory(founder=FounderFactory(office=office))
    put_together(third, case, advisor)
    assert refusing(third, CaseFactory(founder=case.founder), advisor) == MergeRefusal.ALREADY_MERGED


def test_the_same_again_is_the_same_merge(office, advisor, case):
    other = CaseFactory(founder=FounderFactory(office=office))
    assert put_together(other, case, advisor) == put_together(other, case, advisor)
    assert TimelineEntry.objects.filter(kind=TimelineKind.CASES_MERGED).count() == 2


def test_an_old_page_is_refused(office, advisor, case):
    other = CaseFactory(founder=FounderFactory(office=office))
    with pytest.raises(StaleVersion):
        merging.merge(other, case, advisor, from_source=(), seen=Seen(1, 1, 1, 2))


def test_another_offices_case_is_not_found_and_not_merged(advisor, case):
    elsewhere = CaseFactory(founder=FounderFactory(office=OrganisationFactory(office=True)))
    assert merging.case_to_merge(case.office, elsewhere.reference) is None
    with pytest.raises(StaleVersion):
        put_together(elsewhere, case, advisor)


@pytest.mark.parametrize(
    ("merged_on", "last_day"),
    [
        (date(2026, 11, 23), date(2026, 11, 24)),
        (date(2026, 11, 27), date(2026, 11, 30)),
        (date(2026, 12, 24), date(2026, 12, 28)),
    ],
)
def test_it_can_be_undone_until_the_end_of_the_next_working_day(office, advisor, case, merged_on, last_day):
    other = CaseFactory(founder=FounderFactory(office=office))
    with clock.frozen(clock.at(merged_on, 12)):
        merge = put_together(other, case, advisor)
    assert merge.undo_until_on == last_day
    with clock.frozen(clock.at(last_day + timedelta(days=1), 0)), pytest.raises(MergeRefused) as refused:
        separate(merge, advisor)
    assert refused.value.reason == MergeRefusal.TOO_LATE
    with clock.frozen(clock.at(last_day, 23, 59)):
        separate(merge, advisor)
    assert Case.objects.get(pk=other.pk).state == CaseState.OPEN


def test_undoing_twice_is_undoing_once_and_a_third_case_comes_first(noon, office, advisor, case):
    other, third = (CaseFactory(founder=FounderFactory(office=office)) for _ in range(2))
    merge = put_together(other, case, advisor)
    later = put_together(case, third, advisor)
    with pytest.raises(MergeRefused) as refused:
        separate(merge, advisor)
    assert refused.value.reason == MergeRefusal.MERGED_SINCE
    separate(later, advisor)
    assert separate(merge, advisor).undone_at == separate(merge, advisor).undone_at
    assert put_together(other, case, advisor) != merge


def test_what_was_changed_since_stays(noon, office, advisor, case):
    other = CaseFactory(founder=FounderFactory(office=office, phone="+4917139208888"))
    step = PlanStepFactory(case=other)
    merge = put_together(other, case, advisor, "phone")
    Founder.objects.filter(pk=case.founder_id).update(phone="+4917139207777")
    services.set_step_done(step, advisor, True)
    separate(merge, advisor)
    assert Founder.objects.get(pk=case.founder_id).phone == "+4917139207777"
    step.refresh_from_db()
    assert (step.case_id, step.done_at is not None) == (other.pk, True)


def test_a_step_that_both_have_learns_what_the_other_knew(office, advisor, case):
    other = CaseFactory(founder=FounderFactory(office=office))
    kept = PlanStepFactory(case=case, hint_code="alcohol", text="")
    PlanStepFactory(case=other, hint_code="alcohol", text="", done_at=NOON)
    merge = put_together(other, case, advisor)
    kept.refresh_from_db()
    assert kept.done_at == NOON
    separate(merge, advisor)
    assert [step.done_at for step in PlanStep.objects.order_by("pk")] == [None, NOON]


def test_two_deadlines_by_rule_become_one_or_one_by_hand(office, advisor, case):
    other = CaseFactory(founder=FounderFactory(office=office))
    for one, day in ((case, 1), (other, 2)):
        DeadlineFactory(case=one, kind="eks", source="rule", due_on=date(2027, 1, day))
        DeadlineFactory(case=one, kind="viability", source="rule", due_on=date(2027, 5, 1))
    put_together(other, case, advisor)
    assert sorted(case.deadlines.values_list("kind", "source")) == [
        ("eks", "hand"), ("eks", "rule"), ("viability", "rule"),
    ]  # fmt: skip


def test_a_second_try_that_waits_is_not_forgotten(office, advisor, case):
    other = CaseFactory(founder=FounderFactory(office=office), second_try_on=date(2027, 1, 4))
    merge = put_together(other, case, advisor)
    case.refresh_from_db()
    assert case.second_try_on == date(2027, 1, 4)
    separate(merge, advisor)
    case.refresh_from_db()
    assert case.second_try_on is None


def test_a_consent_that_both_gave_is_one_and_its_end_counts_for_both(noon, office, advisor, case):
    other = CaseFactory(founder=FounderFactory(office=office))
    mine = ConsentFactory(founder=case.founder, recorded_by=advisor)
    theirs = ConsentFactory(founder=other.founder, partner=mine.partner, recorded_by=advisor, notice_language="de")
    referral = ReferralFactory(consent=theirs, case=other)
    merge = put_together(other, case, advisor)
    referral.refresh_from_db()
    assert (referral.case, referral.consent) == (case, mine)
    referrals.withdraw_consent(mine, advisor, way=ConsentWay.PHONE)
    separate(merge, advisor)
    theirs.refresh_from_db()
    referral.refresh_from_db()
    assert (referral.case, referral.consent) == (other, theirs)
    assert theirs.withdrawn_at is not None


def test_erasing_the_remaining_case_takes_the_empty_one_along(office, advisor, source, target):
    merge = put_together(source, target, advisor)
    keys = (source.founder_id, target.founder_id)
    erase_cases(list(Case.objects.filter(founder__in=keys).values_list("pk", flat=True)))
    assert not Merge.objects.filter(pk=merge.pk).exists()
    assert not Case.objects.filter(office=office).exists()
    assert not Founder.objects.filter(pk__in=keys).exists()
    for model in (AddedEnquiry, Appointment, Consent, ConsentRequest, Referral):
        assert not model.objects.exists()
