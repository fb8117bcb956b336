"""Consents and referrals: of an office's case, and what a partner may see of them."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case as Choice
from django.db.models import CharField, DateTimeField, F, Q, QuerySet, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from cases.files.enums import ContactWay
from cases.files.models import Case, Founder
from cases.files.selectors import steps
from gruendungswerkstatt.audit.files import File
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.paging import Ordering
from intake import hints
from network.directory.models import Offer, ServiceTopic
from network.people.models import Membership, Organisation

from .enums import ConsentField, ConsentPurpose
from .models import Consent, ConsentRequest, Referral
from .rules import CRAFTS_TOPIC

BY_SENDING = Ordering("sent", "", ("-sent_at", "-id"))
DELETION_NOTICE_DAYS = 30


def _answer(question: str) -> KeyTextTransform:
    """One answer of the enquiry, read out of the JSON by the database."""
    return KeyTextTransform(question, F("submission__answers"))


_BY_PHONE = Q(founder__contact_way__in=[ContactWay.PHONE, ContactWay.SMS])
# What each field of a consent lets a partner read, as expressions over Case. Nothing else is ever selected.
COLUMNS: dict[str, dict[str, Any]] = {
    ConsentField.NAME: {"given_name": F("founder__name")},
    # The one safe way the founder named, not every number and address that is known.
    ConsentField.CONTACT: {
        "given_way": F("founder__contact_way"),
        "given_contact": Choice(
            When(_BY_PHONE, then=F("founder__phone")),
            When(founder__contact_way=ContactWay.EMAIL, then=F("founder__email")),
            # Rule 15: only with a yes to "May we call the helper?".
            When(
                founder__contact_way=ContactWay.HELPER, founder__may_call_helper=True, then=F("founder__helper_contact")
            ),
            default=Value(""),
            output_field=CharField(),
        ),
        "given_times": Choice(When(_BY_PHONE, then=F("founder__safe_times"))),
        "given_shared": Choice(When(_BY_PHONE, then=F("founder__is_phone_shared"))),
    },
    ConsentField.LANGUAGE: {"given_languages": F("founder__languages")},
    ConsentField.SECTOR: {"given_sector": F("sector"), "given_trade": _answer("trade")},
    ConsentField.EXPERIENCE: {"given_years": _answer("field_years")},
    ConsentField.QUALIFICATION: {
        "given_qualification": _answer("qualification"),
        "given_recognition": _answer("recognition"),
    },
    ConsentField.QUESTION: {},  # stands in the referral itself
}


# --- The office's side ------------------------------


def uuids_of(office: Organisation, file: File) -> QuerySet:
    """UUIDs of the referrals of a file, by which partners' looks at it are noted."""
    return Referral.objects.for_office(office).filter(case__in=file.keys[Case]).values_list("uuid", flat=True)


def for_case(case: Case) -> QuerySet[Referral]:
    """The referrals of a case with partner, offer, consent and answers, newest first."""
    return (
        Referral.objects.for_office(case.office_id)
        .filter(case=case)
        .select_related("partner", "offer", "consent", "sent_by__user")
        .prefetch_related("status_changes__author__user")
        .order_by("-sent_at", "-id")
    )


@dataclass(frozen=True)
class PassedOn:
    """A referral, a consent or a question that waits (`sort`), with as much as the case page says of it.

    `happened_at` is when it was sent, given or asked; `ended_at` when the consent was withdrawn.
    """

    sort: str
    partner_name: str
    state: str
    seen_at: datetime | None
    ended_at: datetime | None
    happened_at: datetime


def panel_of(case: Case) -> list[PassedOn]:
    """What was passed on or asked in `case`, newest first, with one query for three tables."""
    referrals = Referral.objects.for_office(case.office_id).filter(case=case).order_by()
    consents = Consent.objects.for_office(case.office_id).filter(founder=case.founder_id).order_by()
    waiting = ConsentRequest.objects.for_office(case.office_id).order_by()
    waiting = waiting.filter(case=case, notice_version=case.office.notice_version)
    present = F(f"partner__name_{get_language()}")
    name = Coalesce(NullIf(present, Value("")), F("partner__name_de"), output_field=CharField())
    never = Value(None, output_field=DateTimeField())
    rows = referrals.values_list(Value("referral"), name, "state", "seen_at", "consent__withdrawn_at", "sent_at").union(
        consents.values_list(Value("consent"), name, Value(""), never, "withdrawn_at", "given_at"),
        waiting.values_list(Value("request"), name, Value(""), never, never, "asked_at"),
        all=True,
    )
    return sorted((PassedOn(*row) for row in rows), key=lambda row: row.happened_at, reverse=True)


def consents_of(founder: Founder) -> QuerySet[Consent]:
    """What the founder agreed to, withdrawn ones too, newest first."""
    return (
        Consent.objects.for_office(founder.office_id)
        .filter(founder=founder)
        .select_related("partner", "recorded_by__user")
        .order_by("-given_at", "-id")
    )


def valid_consents(case: Case, partner: Organisation) -> QuerySet[Consent]:
    """Consents a referral of `case` to `partner` can rest on: not withdrawn, to the present version of the notice."""
    return consents_of(case.founder).filter(
        partner=partner,
        purpose=ConsentPurpose.ADVICE,
        withdrawn_at=None,
        notice_version=case.office.notice_version,
        notice_language=case.founder.language,
    )


def consent_of_case(case: Case, partner: Organisation, consent_uuid: uuid.UUID) -> Consent | None:
    """A consent of the case's founder for `partner`, withdrawn or not; None for every other."""
    return consents_of(case.founder).filter(partner=partner, uuid=consent_uuid).first()


def consent_for_office(office: Organisation, consent_uuid: uuid.UUID) -> Consent | None:
    """A consent recorded by `office`, with founder and partner; None if it is not theirs."""
    consents = Consent.objects.for_office(office).select_related("founder", "partner", "recorded_by__user")
    return consents.filter(uuid=consent_uuid).first()


def requests_of(case: Case) -> QuerySet[ConsentRequest]:
    """Questions that wait for the founder's own answer, oldest first; an older version of the notice is no question."""
    waiting = ConsentRequest.objects.for_office(case.office_id).standing().filter(case=case)
    return waiting.select_related("partner", "asked_by__user").order_by("asked_at", "id")


def requests_to(founder: Founder) -> QuerySet[ConsentRequest]:
    """The same of all cases of the founder, with what answering needs."""
    waiting = ConsentRequest.objects.for_office(founder.office_id).standing().filter(case__founder=founder)
    return waiting.select_related("partner", "case__office", "case__founder", "asked_by").order_by("asked_at", "id")


def request_for_office(office: Organisation, request_uuid: uuid.UUID) -> ConsentRequest | None:
    """A question that `office` has asked; None if it is not theirs or was answered."""
    return ConsentRequest.objects.for_office(office).select_related("case").filter(uuid=request_uuid).first()


def newest_case(founder: Founder) -> Case | None:
    """The case to go back to from something that belongs to the founder."""
    return Case.objects.for_office(founder.office_id).filter(founder=founder).order_by("-opened_at", "-id").first()


def suggested_topics(case: Case, among: Iterable[ServiceTopic]) -> list[ServiceTopic]:
    """Topics the founder asked for or a hint in the case points to, in the directory's order."""
    wanted = set(case.submission.answers.get("topics", [])) if case.submission else set()
    for step in steps(case).filter(done_at=None):
        hint = hints.by_code(step.hint_code)
        wanted |= set(hint.topics) if hint else set()
    return [topic for topic in among if topic.code in wanted]


def is_chamber_of_crafts(partner: Organisation) -> bool:
    return Offer.objects.filter(organisation=partner, topics__code=CRAFTS_TOPIC).exists()


def has_readers(partner: Organisation) -> bool:
    """Whether anybody of the partner can sign in and read a referral."""
    return Membership.objects.active().filter(organisation=partner).exists()


# --- The partner's side ------------------------------


def referrals_for_partner(partner: Organisation) -> QuerySet[Referral]:
    """The referrals `partner` may see (rule 8), each with `given_name`: the name, "" if it was not consented to.

    Nothing of case or founder is loaded.
    """
    named = When(consent__fields__contains=[ConsentField.NAME], then=F("case__founder__name"))
    return (
        Referral.objects.for_partner(partner)
        .select_related("offer", "consent")
        .annotate(given_name=Choice(named, default=Value(""), output_field=CharField()))
    )


def referral_for_partner(partner: Organisation, referral_uuid: uuid.UUID) -> Referral | None:
    """A referral to `partner` whose consent stands, with its answers; None for every other."""
    return (
        Referral.objects.for_partner(partner)
        .select_related("office", "offer", "consent", "sent_by__user")
        .prefetch_related("status_changes__author__user")
        .filter(uuid=referral_uuid)
        .first()
    )


def to_be_deleted(partner: Organisation) -> QuerySet[Referral]:
    """Referrals `partner` has read and whose consent was withdrawn lately: notes about them have to go (rule 7)."""
    since = clock.now() - timedelta(days=DELETION_NOTICE_DAYS)
    withdrawn = Referral.objects.filter(partner=partner, consent__withdrawn_at__gte=since, seen_at__isnull=False)
    return withdrawn.select_related("offer").order_by("-sent_at", "-id")


def disclosed(case_id: int, fields: list[str]) -> dict[str, Any]:
    """What the consented `fields` let a partner read of a case, named as in COLUMNS; nothing else is selected."""
    columns = {name: expression for field in fields for name, expression in COLUMNS[field].items()}
    if not columns:
        return {}
    return Case.objects.filter(pk=case_id).values(**columns).get()
