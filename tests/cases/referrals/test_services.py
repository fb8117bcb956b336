"""Recording consents, referring, answering, withdrawing: what is written and what is refused."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from cases.files.enums import CaseState, Outcome, TimelineKind
from cases.files.models import Case, Founder, TimelineEntry
from cases.referrals import selectors, services
from cases.referrals.enums import (
    AnswerRefusal,
    ConsentWay,
    DeclineReason,
    ReferralRefusal,
    ReferralState,
    ReferralStatus,
)
from cases.referrals.models import Consent, Referral, ReferralStatusChange
from cases.referrals.rules import MINIMAL
from cases.referrals.services import AnswerRefused, ConsentEnded, ReferralRefused
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.abstract import StaleVersion
from network.directory.models import Offer
from network.people.models import Organisation
from tests.factories.directory import OfferFactory
from tests.factories.files import CaseFactory
from tests.factories.people import OrganisationFactory
from tests.factories.referrals import ConsentFactory, ReferralFactory

pytestmark = pytest.mark.django_db

# As the timeline keeps it: in every language that there is.
CHAMBER = {"de": "Handwerkskammer", "ar": "غرفة الحرف (Handwerkskammer)"}


def give(scene, fields=MINIMAL, **kwargs):
    kwargs.setdefault("way", ConsentWay.IN_PERSON)
    return services.give_consent(scene.case, scene.advisor, scene.partner, fields, **kwargs)


def refer(scene, consent=None, question="Brauche ich den Meister?"):
    return services.refer(scene.case, scene.advisor, scene.offer, consent or give(scene), question)


def lines(case, kind):
    return TimelineEntry.objects.filter(case=case, kind=kind)


def refused(call, *args, **kwargs):
    with pytest.raises((ReferralRefused, AnswerRefused)) as error:
        call(*args, **kwargs)
    return error.value.reason


# --- Consent ------------------------------


def test_a_consent_names_everything_it_rests_on(scene):
    consent = give(scene, ["question", "name"], way=ConsentWay.PHONE, interpreted_by="Frau Aydın")
    consent.refresh_from_db()
    assert consent.fields == ["name", "question"]
    assert (consent.partner, consent.founder, consent.office) == (
        scene.partner,
        scene.case.founder,
        scene.office,
    )
    assert (consent.notice_version, consent.notice_language) == (scene.office.notice_version, "ar")
    assert (consent.given_by, consent.interpreted_by, consent.recorded_by) == (
        "phone",
        "Frau Aydın",
        scene.advisor,
    )
    line = lines(scene.case, TimelineKind.CONSENT_GIVEN).get()
    assert line.params == {"partner": CHAMBER, "fields": ["name", "question"], "way": "phone"}


def test_the_same_yes_is_recorded_once(scene):
    first = give(scene)
    assert give(scene, reversed(MINIMAL), way=ConsentWay.WRITTEN) == first
    assert lines(scene.case, TimelineKind.CONSENT_GIVEN).count() == 1


def test_other_fields_or_another_version_of_the_notice_are_another_consent(scene):
    first = give(scene)
    assert give(scene, ["name", "question"]) != first
    Organisation.objects.filter(pk=scene.office.pk).update(notice_version="2027-01")
    scene.case.office.refresh_from_db()
    assert give(scene) != first


def test_after_a_withdrawal_the_same_yes_is_a_new_consent(scene):
    first = give(scene)
    services.withdraw_consent(first, scene.advisor, way=ConsentWay.PHONE)
    assert give(scene) != first


def test_the_database_keeps_one_valid_consent_of_a_kind(scene):
    consent = ConsentFactory(founder=scene.case.founder, partner=scene.partner)
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsentFactory(founder=consent.founder, partner=consent.partner)


def test_a_consent_covers_at_least_one_field(scene):
    assert refused(give, scene, []) == ReferralRefusal.NO_FIELDS
    assert refused(give, scene, ["passport"]) == ReferralRefusal.NO_FIELDS


def test_without_an_approved_notice_nobody_can_agree(scene):
    Organisation.objects.filter(pk=scene.office.pk).update(notice_version="")
    scene.case.office.refresh_from_db()
    assert refused(give, scene) == ReferralRefusal.NO_NOTICE


# --- Who is not referred ------------------------------


def test_nothing_of_somebody_under_18_is_passed_on(scene):
    consent = give(scene)
    Founder.objects.filter(pk=scene.case.founder_id).update(is_adult=False)
    assert refused(give, scene, ["name"]) == ReferralRefusal.UNDER_AGE
    assert refused(refer, scene, consent) == ReferralRefusal.UNDER_AGE
    assert not Referral.objects.exists()


def test_nothing_is_passed_on_before_the_age_is_known(scene):
    consent = give(scene)
    Founder.objects.filter(pk=scene.case.founder_id).update(is_adult=None)
    assert refused(give, scene, ["name"]) == ReferralRefusal.AGE_UNKNOWN
    assert refused(refer, scene, consent) == ReferralRefusal.AGE_UNKNOWN
    assert not Referral.objects.exists()


@pytest.mark.parametrize("state", [CaseState.CLOSED, CaseState.HANDED_OVER])
def test_a_case_closed_in_another_window_is_not_referred(scene, state):
    consent = give(scene)
    Case.objects.filter(pk=scene.case.pk).update(state=state, outcome=Outcome.WITHDRAWN, closed_at=clock.now())
    assert scene.case.state == CaseState.OPEN  # as this window still believes
    assert refused(refer, scene, consent) == ReferralRefusal.CASE_NOT_OPEN


def test_an_offer_that_is_gone_is_not_referred_to(scene):
    consent = give(scene)
    Offer.objects.filter(pk=scene.offer.pk).update(is_published=False)
    assert refused(refer, scene, consent) == ReferralRefusal.OFFER_GONE
    Offer.objects.filter(pk=scene.offer.pk).update(is_published=True)
    Organisation.objects.filter(pk=scene.partner.pk).update(valid_to=clock.today() - timedelta(days=1))
    assert refused(refer, scene, consent) == ReferralRefusal.OFFER_GONE


def test_an_office_does_not_refer_to_itself(scene):
    own = OfferFactory(organisation=scene.office)
    consent = ConsentFactory(founder=scene.case.founder, partner=scene.office)
    assert refused(services.refer, scene.case, scene.advisor, own, consent, "?") == ReferralRefusal.OWN_OFFICE


def test_a_referral_needs_the_founders_own_valid_consent_for_this_partner(scene):
    for consent in (
        ConsentFactory(founder=scene.case.founder, partner=OrganisationFactory(partner=True)),
        ConsentFactory(founder=CaseFactory(founder__office=scene.office).founder, partner=scene.partner),
    ):
        assert refused(refer, scene, consent) == ReferralRefusal.NO_CONSENT
    withdrawn = give(scene)
    services.withdraw_consent(withdrawn, scene.advisor, way=ConsentWay.PHONE)
    assert refused(refer, scene, withdrawn) == ReferralRefusal.NO_CONSENT


# --- Referring ------------------------------


def test_a_referral_carries_the_question_and_a_line_in_the_case(scene):
    referral = refer(scene)
    assert (referral.partner, referral.office, referral.sent_by) == (
        scene.partner,
        scene.office,
        scene.advisor,
    )
    assert referral.status == ReferralStatus.SENT
    line = lines(scene.case, TimelineKind.REFERRED).get()
    assert line.params == {
        "partner": CHAMBER,
        "offer": {"de": "Erste Beratung"},
        "referral": str(referral.uuid),
    }
    assert line.text == "Brauche ich den Meister?"


def test_the_same_question_waits_at_a_partner_once(scene):
    consent = give(scene)
    first = refer(scene, consent)
    assert refused(refer, scene, consent) == ReferralRefusal.ALREADY_SENT
    refer(scene, consent, question="Und was kostet das?")
    services.answer(first, scene.reader, ReferralState.DECLINED, version=1, reason=DeclineReason.NO_CAPACITY)
    refer(scene, consent)
    assert Referral.objects.count() == 3


# --- The partner's answer ------------------------------


def test_opening_is_noted_once_for_the_office(scene):
    referral = refer(scene)
    services.open_referral(referral)
    referral.refresh_from_db()
    first = referral.seen_at
    assert referral.status == ReferralStatus.SEEN
    services.open_referral(referral)
    referral.refresh_from_db()
    assert referral.seen_at == first


def test_an_answer_is_a_row_and_a_line_in_the_case(scene):
    referral = refer(scene)
    services.answer(referral, scene.reader, ReferralState.ACCEPTED, version=1)
    services.answer(referral, scene.reader, ReferralState.DONE, version=2, text="Beraten und angemeldet.")
    referral.refresh_from_db()
    assert (referral.state, referral.version) == (ReferralState.DONE, 3)
    rows = list(ReferralStatusChange.objects.order_by("id").values_list("before", "after", "text", "author"))
    assert rows == [
        ("sent", "accepted", "", scene.reader.pk),
        ("accepted", "done", "Beraten und angemeldet.", scene.reader.pk),
    ]
    latest = lines(scene.case, TimelineKind.REFERRAL_ANSWERED).first()
    assert latest.params["answer"] == "done"
    assert latest.text == "Beraten und angemeldet."
    assert latest.author == scene.reader


def test_a_reason_is_kept_with_a_refusal_only(scene):
    first, second = refer(scene), refer(scene, question="Zweite Frage")
    services.answer(first, scene.reader, ReferralState.DECLINED, version=1, reason=DeclineReason.OTHER, text="Umzug")
    services.answer(second, scene.reader, ReferralState.ACCEPTED, version=1, reason=DeclineReason.OTHER)
    assert first.status_changes.get().decline_reason == DeclineReason.OTHER
    assert second.status_changes.get().decline_reason == ""


def test_two_windows_answer_once(scene):
    referral = refer(scene)
    services.answer(referral, scene.reader, ReferralState.ACCEPTED, version=1)
    with pytest.raises(StaleVersion):
        services.answer(referral, scene.reader, ReferralState.DECLINED, version=1, reason=DeclineReason.OTHER)
    assert referral.status_changes.count() == 1


def test_an_ended_referral_is_not_answered_again(scene):
    referral = refer(scene)
    services.answer(referral, scene.reader, ReferralState.DECLINED, version=1, reason=DeclineReason.NO_CAPACITY)
    reason = refused(services.answer, referral, scene.reader, ReferralState.ACCEPTED, version=2)
    assert reason == AnswerRefusal.NO_SUCH_STEP


# --- Withdrawal ------------------------------


def test_a_withdrawal_ends_the_partners_view(scene):
    referral = refer(scene)
    services.open_referral(referral)
    services.withdraw_consent(referral.consent, scene.advisor, way=ConsentWay.PHONE)
    assert selectors.referral_for_partner(scene.partner, referral.uuid) is None
    assert not selectors.referrals_for_partner(scene.partner).exists()
    shown = selectors.for_case(scene.case).get()
    assert shown.status == ReferralStatus.WITHDRAWN
    line = lines(scene.case, TimelineKind.CONSENT_WITHDRAWN).get()
    assert line.params == {"partner": CHAMBER, "way": "phone"}


def test_a_consent_is_withdrawn_once_and_at_any_time(scene):
    consent = give(scene)
    Case.objects.filter(pk=scene.case.pk).update(
        state=CaseState.CLOSED, outcome=Outcome.WITHDRAWN, closed_at=clock.now()
    )
    first = services.withdraw_consent(consent, scene.advisor, way=ConsentWay.PHONE)
    again = services.withdraw_consent(consent, scene.advisor, way=ConsentWay.WRITTEN)
    assert (again.withdrawn_at, again.withdrawn_by) == (first.withdrawn_at, ConsentWay.PHONE)
    assert lines(scene.case, TimelineKind.CONSENT_WITHDRAWN).count() == 1


def test_an_answer_after_the_withdrawal_is_not_taken(scene):
    referral = refer(scene)
    Consent.objects.filter(pk=referral.consent_id).update(withdrawn_at=clock.now(), withdrawn_by=ConsentWay.PHONE)
    with pytest.raises(ConsentEnded):
        services.answer(referral, scene.reader, ReferralState.ACCEPTED, version=1)


def test_a_partner_is_asked_to_delete_what_was_read_and_nothing_else(scene):
    read, unread = (
        ReferralFactory(consent__partner=scene.partner),
        ReferralFactory(consent__partner=scene.partner),
    )
    other = ReferralFactory()
    services.open_referral(read)
    for referral in (read, unread, other):
        services.withdraw_consent(referral.consent, referral.sent_by, way=ConsentWay.PHONE)
    assert list(selectors.to_be_deleted(scene.partner)) == [read]
    with clock.frozen(clock.now() + timedelta(days=31)):
        assert not selectors.to_be_deleted(scene.partner).exists()
