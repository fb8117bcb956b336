"""Recording consents, passing questions on, answering them. Each service is one transaction."""

from collections.abc import Iterable

from django.db import transaction

from cases.files.enums import TimelineKind
from cases.files.models import Case, Founder
from cases.files.services import record
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.abstract import bump_version
from network.directory.models import Offer
from network.people.models import Membership, Organisation

from . import rules
from .enums import AnswerRefusal, ConsentPurpose, ReferralRefusal, ReferralState
from .models import Consent, Referral, ReferralStatusChange


class ReferralRefused(Exception):
    """Nothing is passed on; `reason` says why."""

    def __init__(self, reason: ReferralRefusal):
        super().__init__(reason.value)
        self.reason = reason


class AnswerRefused(Exception):
    """The referral cannot be answered like this; `reason` says why."""

    def __init__(self, reason: AnswerRefusal):
        super().__init__(reason.value)
        self.reason = reason


class ConsentEnded(Exception):
    """The consent was withdrawn while the partner's page was open: for the partner the referral is gone."""


@transaction.atomic
def give_consent(
    case: Case,
    by: Membership,
    partner: Organisation,
    fields: Iterable[str],
    *,
    way: str,
    interpreted_by: str = "",
    purpose: str = ConsentPurpose.ADVICE,
) -> Consent:
    """Record that the founder of `case` agrees to pass `fields` on to `partner` (rule 7).

    One consent per partner, purpose, set of fields, version and language of the notice: a valid one that says the
    same is given back instead of a second. A "no" is never recorded, so that it cannot have an effect. Raises
    ReferralRefused.
    """
    founder = Founder.objects.select_for_update(of=("self",)).get(pk=case.founder_id)
    _refuse(rules.case_refusal(_fresh(case, founder), clock.today()))
    _refuse(_partner_refusal(case, partner))
    said = {
        "office_id": case.office_id,
        "founder": founder,
        "partner": partner,
        "purpose": purpose,
        "fields": rules.in_order(fields),
        "notice_version": case.office.notice_version,
        "notice_language": founder.language,
    }
    if not said["fields"]:
        raise ReferralRefused(ReferralRefusal.NO_FIELDS)
    if not said["notice_version"]:
        raise ReferralRefused(ReferralRefusal.NO_NOTICE)
    if existing := Consent.objects.for_office(case.office_id).filter(**said, withdrawn_at=None).first():
        return existing
    consent = Consent.objects.create(
        **said, given_by=way, interpreted_by=interpreted_by, given_at=clock.now(), recorded_by=by
    )
    params = {"partner": _name(partner), "fields": consent.fields, "way": way}
    record(case, TimelineKind.CONSENT_GIVEN, by, params=params)
    return consent


@transaction.atomic
def withdraw_consent(consent: Consent, by: Membership | None, *, way: str) -> Consent:
    """End a consent: from now on the partner sees nothing that rests on it. Withdrawing twice changes nothing.

    Possible at any time, whatever the state of the case and however the founder says it (rule 7); `by` is None where
    the founder does it. The rows stay, and so does the log of who looked. Writes a line into every case of the founder.
    """
    current = Consent.objects.select_for_update(of=("self",)).select_related("partner").get(pk=consent.pk)
    if not current.is_valid:
        return current
    current.withdrawn_at = clock.now()
    current.withdrawn_by = way
    current.withdrawal_recorded_by = by
    current.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_recorded_by"])
    params = {"partner": _name(current.partner), "way": way}
    for case in Case.objects.for_office(current.office_id).filter(founder=current.founder_id):
        record(case, TimelineKind.CONSENT_WITHDRAWN, by, params=params)
    return current


@transaction.atomic
def refer(case: Case, by: Membership, offer: Offer, consent: Consent, question: str) -> Referral:
    """Pass `question` on to the organisation of `offer` on the ground of `consent`. Raises ReferralRefused."""
    # The lock makes a withdrawal at the same moment either come first, and be seen here, or end this referral.
    current = Consent.objects.select_for_update(of=("self",)).get(pk=consent.pk)
    founder = Founder.objects.get(pk=case.founder_id)
    _refuse(rules.case_refusal(_fresh(case, founder), clock.today()))
    if not Offer.objects.published().filter(pk=offer.pk).exists():
        raise ReferralRefused(ReferralRefusal.OFFER_GONE)
    _refuse(_partner_refusal(case, offer.organisation))
    if not current.is_valid or (current.founder_id, current.partner_id) != (
        founder.pk,
        offer.organisation_id,
    ):
        raise ReferralRefused(ReferralRefusal.NO_CONSENT)
    same = Referral.objects.for_office(case.office_id).filter(
        case=case, consent=current, offer=offer, question=question
    )
    if same.filter(state__in=rules.OPEN_STATES).exists():
        raise ReferralRefused(ReferralRefusal.ALREADY_SENT)
    referral = Referral.objects.create(
        office_id=case.office_id,
        case=case,
        partner=offer.organisation,
        offer=offer,
        consent=current,
        question=question,
        sent_by=by,
        sent_at=clock.now(),
    )
    params = {
        "partner": _name(offer.organisation),
        "offer": offer.title_de or offer.title,
        "referral": str(referral.uuid),
    }
    record(case, TimelineKind.REFERRED, by, params=params, text=question)
    return referral


def open_referral(referral: Referral) -> None:
    """Note for the office that somebody of the partner reads the referral for the first time."""
    Referral.objects.filter(pk=referral.pk, seen_at=None).update(seen_at=clock.now())


@transaction.atomic
def answer(
    referral: Referral,
    by: Membership,
    target: ReferralState,
    *,
    version: int,
    reason: str = "",
    text: str = "",
) -> Referral:
    """Write down the partner's answer. Raises ConsentEnded, StaleVersion, AnswerRefused.

    `reason` belongs to a refusal only, `text` are the partner's own words.
    """
    rows = Referral.objects.select_for_update(of=("self", "consent")).select_related("consent", "case", "partner")
    current = rows.get(pk=referral.pk)
    if not current.consent.is_valid:
        raise ConsentEnded
    bump_version(current, version)
    refusal = rules.answer_refusal(current.state, target, reason=reason, text=text)
    if refusal is not None:
        raise AnswerRefused(refusal)
    reason = reason if target == ReferralState.DECLINED else ""
    before, current.state = current.state, target
    current.save(update_fields=["state", "version"])
    ReferralStatusChange.objects.create(
        office_id=current.office_id,
        referral=current,
        before=before,
        after=target,
        decline_reason=reason,
        text=text,
        author=by,
        changed_at=clock.now(),
    )
    params = {"partner": _name(current.partner), "answer": str(target), "referral": str(current.uuid)}
    params |= {"reason": reason} if reason else {}
    record(current.case, TimelineKind.REFERRAL_ANSWERED, by, params=params, text=text)
    return current


def _fresh(case: Case, founder: Founder) -> Case:
    """The case as it is now: it may have been closed in another window."""
    current = Case.objects.for_office(case.office_id).only("state").get(pk=case.pk)
    current.founder = founder
    return current


def _partner_refusal(case: Case, partner: Organisation) -> ReferralRefusal | None:
    return ReferralRefusal.OWN_OFFICE if partner.pk == case.office_id else None


def _name(partner: Organisation) -> str:
    """The partner's German name: a line of the timeline does not depend on the language of whoever wrote it."""
    return partner.name_de or partner.name


def _refuse(reason: ReferralRefusal | None) -> None:
    if reason is not None:
        raise ReferralRefused(reason)
