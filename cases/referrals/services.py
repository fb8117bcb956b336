"""Recording consents, passing questions on, answering them. Each service is one transaction."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Model, QuerySet

from cases.files.enums import TimelineKind
from cases.files.models import Case, Founder
from cases.files.services import record
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.abstract import bump_version
from network.directory.models import Offer
from network.people.models import Membership, Organisation

from . import rules
from .enums import AnswerRefusal, ConsentPurpose, ConsentWay, ReferralRefusal, ReferralState
from .models import Consent, ConsentRequest, Referral, ReferralStatusChange


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


class RequestGone(Exception):
    """The question was answered or taken back before."""


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
    founder = _founder_to_ask(case, partner)
    said = _said(case, founder, partner, fields, purpose)
    consent = _give(case, said, way=way, interpreted_by=interpreted_by, recorded_by=by, author=by)
    _asked(case, said).delete()  # the question on the founder's own page is answered with it
    return consent


def _founder_to_ask(case: Case, partner: Organisation) -> Founder:
    """The locked founder of `case`. Raises ReferralRefused where nothing may be passed on to `partner`."""
    founder = Founder.objects.select_for_update(of=("self",)).get(pk=case.founder_id)
    _refuse(rules.case_refusal(_fresh(case, founder), clock.today()))
    _refuse(_partner_refusal(case, partner))
    return founder


def _said(case: Case, founder: Founder, partner: Organisation, fields: Iterable[str], purpose: str) -> dict[str, Any]:
    """What a consent or the question for one says. Raises ReferralRefused."""
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
    return said


def _give(
    case: Case,
    said: dict[str, Any],
    *,
    way: str,
    recorded_by: Membership,
    author: Membership | None,
    interpreted_by: str = "",
) -> Consent:
    if existing := Consent.objects.for_office(case.office_id).filter(**said, withdrawn_at=None).first():
        return existing
    consent = Consent.objects.create(
        **said, given_by=way, interpreted_by=interpreted_by, given_at=clock.now(), recorded_by=recorded_by
    )
    params = {"partner": _name(said["partner"]), "fields": consent.fields, "way": way}
    record(case, TimelineKind.CONSENT_GIVEN, author, params=params)
    return consent


def _asked(case: Case, said: Mapping[str, Any]) -> QuerySet[ConsentRequest]:
    same = {name: value for name, value in said.items() if name not in ("founder", "office_id")}
    return ConsentRequest.objects.for_office(case.office_id).filter(case=case, **same)


@transaction.atomic
def ask_for_consent(
    case: Case,
    by: Membership,
    partner: Organisation,
    fields: Iterable[str],
    *,
    purpose: str = ConsentPurpose.ADVICE,
) -> ConsentRequest:
    """Let the founder of `case` answer alone, on the own page. Asking again what waits already asks once.

    Nothing is written into the timeline: a question without an answer there would tell of a "no". Raises
    ReferralRefused.
    """
    founder = _founder_to_ask(case, partner)
    said = _said(case, founder, partner, fields, purpose)
    if case.submission is None or not case.submission.pin_hash:
        raise ReferralRefused(ReferralRefusal.NO_PIN)
    if Consent.objects.for_office(case.office_id).filter(**said, withdrawn_at=None).exists():
        raise ReferralRefused(ReferralRefusal.ALREADY_AGREED)
    if waiting := _asked(case, said).first():
        return waiting
    said.pop("founder")
    return ConsentRequest.objects.create(**said, case=case, asked_by=by)


@transaction.atomic
def answer_request(request: ConsentRequest, *, is_yes: bool) -> Consent | None:
    """The founder's own answer on the own page. "No" leaves nothing behind; None then.

    A "no" is possible whatever became of the case meanwhile. Raises RequestGone, and for a "yes" ReferralRefused.
    """
    case = request.case
    founder = _founder_to_ask(case, request.partner) if is_yes else None
    # Of a yes and a no in two windows the first one counts.
    row = ConsentRequest.objects.for_office(request.office_id).select_for_update().filter(pk=request.pk)
    if not row.exists():
        raise RequestGone
    row.delete()
    if founder is None:
        return None
    said = _said(case, founder, request.partner, request.fields, request.purpose)
    said["notice_language"] = request.notice_language  # in which the question was shown
    return _give(case, said, way=ConsentWay.PORTAL, recorded_by=request.asked_by, author=None)


def take_back_request(request: ConsentRequest) -> None:
    """The advisor asks no longer. Twice changes nothing."""
    ConsentRequest.objects.for_office(request.office_id).filter(pk=request.pk).delete()


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
        "offer": _in_languages(offer, "title"),
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


@transaction.atomic
def remind(referral: Referral, by: Membership) -> None:
    """Note that the office has asked the partner of an unanswered referral for an answer; nothing is sent."""
    Referral.objects.filter(pk=referral.pk).update(reminded_at=clock.now())
    params = {"partner": _name(referral.partner), "referral": str(referral.uuid)}
    record(referral.case, TimelineKind.REFERRAL_REMINDED, by, params=params)


def _fresh(case: Case, founder: Founder) -> Case:
    """The case as it is now: it may have been closed in another window."""
    current = Case.objects.for_office(case.office_id).only("state").get(pk=case.pk)
    current.founder = founder
    return current


def _partner_refusal(case: Case, partner: Organisation) -> ReferralRefusal | None:
    return ReferralRefusal.OWN_OFFICE if partner.pk == case.office_id else None


def _name(partner: Organisation) -> dict[str, str]:
    return _in_languages(partner, "name")


def _in_languages(row: Model, column: str) -> dict[str, str]:
    """A translated column for the timeline, which shows it as it was then, in the language of whoever reads."""
    found = {code: getattr(row, f"{column}_{code}") for code, _name in settings.LANGUAGES}
    return {code: text for code, text in found.items() if text}


def _refuse(reason: ReferralRefusal | None) -> None:
    if reason is not None:
        raise ReferralRefused(reason)
