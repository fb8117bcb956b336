"""Consents and referrals in words: the sentence a founder agrees to, and what a partner gets to read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, gettext, override, pgettext
from django.utils.translation import gettext_lazy as _

from cases.files.enums import ContactWay
from cases.files.models import Founder
from gruendungswerkstatt.common import phones
from gruendungswerkstatt.common.lists import listed
from intake import questions
from network.people.models import Organisation

from .enums import FIELD_TITLES, ConsentField, ConsentPurpose, ReferralStatus
from .models import Consent, ConsentRequest, Referral, ReferralStatusChange, status_of
from .selectors import PassedOn

OFFICE_LANGUAGE = "de"

# "How to reach you", said as what it is for this founder.
_CONTACT_PARTS = {
    ContactWay.PHONE: _("your phone number"),
    ContactWay.SMS: _("your phone number"),
    ContactWay.EMAIL: _("your e-mail address"),
    ContactWay.HELPER: _("the contact of your helper"),
    ContactWay.IN_PERSON: _("how to reach you"),
}
_PURPOSES = {ConsentPurpose.ADVICE: _("They use it only to advise you.")}

PRESET_LABELS = {"minimal": _("Minimal"), "crafts": _("Chamber of crafts")}
STATUS_BADGES = {
    ReferralStatus.SENT: "info",
    ReferralStatus.SEEN: "info",
    ReferralStatus.ACCEPTED: "success",
    ReferralStatus.DECLINED: "warning",
    ReferralStatus.DONE: "success",
    ReferralStatus.WITHDRAWN: "warning",
}


@dataclass(frozen=True)
class Notice:
    """What is said to the founder before the answer, in one language."""

    language: str
    direction: str
    language_name: str
    sentence: str
    rest: list[str]


def notices(founder: Founder, partner: Organisation, fields: Iterable[str]) -> list[Notice]:
    """The notice in the founder's language, then in the office's where that is another one."""
    languages = dict.fromkeys([founder.language, OFFICE_LANGUAGE])
    return [_notice(language, founder, partner, list(fields)) for language in languages]


@dataclass(frozen=True)
class RequestRow:
    """A question that waits for the founder, with what they read before they answer."""

    request: ConsentRequest
    notices: list[Notice]
    fields: list[str]


def request_rows(requests: Iterable[ConsentRequest], page_language: str = "") -> list[RequestRow]:
    """`requests` with the notice in the language of the founder's page, and in the one it was asked in."""
    return [
        RequestRow(
            request=request,
            notices=[
                _notice(language, request.case.founder, request.partner, request.fields)
                for language in dict.fromkeys([page_language or request.notice_language, request.notice_language])
            ],
            fields=[str(FIELD_TITLES[ConsentField(field)]) for field in request.fields],
        )
        for request in requests
    ]


def _notice(language: str, founder: Founder, partner: Organisation, fields: list[str]) -> Notice:
    info = get_language_info(language)
    with override(language):
        parts = listed(_part(founder, field) for field in fields)
        return Notice(
            language=language,
            direction="rtl" if info["bidi"] else "ltr",
            language_name=dict(settings.LANGUAGES).get(language, info["name_local"]),
            sentence=gettext("We give %(partner)s: %(parts)s.") % {"partner": partner.name, "parts": parts},
            rest=[
                str(_PURPOSES[ConsentPurpose.ADVICE]),
                gettext("You decide. Yes or no: it has no effect on your benefits."),
                gettext("You can take back a yes at any time, also by phone."),
            ],
        )


def _part(founder: Founder, field: str) -> str:
    if field == ConsentField.CONTACT:
        if founder.contact_way == ContactWay.HELPER and not founder.may_call_helper:
            return gettext("that you are reached through us")
        return str(_CONTACT_PARTS[ContactWay(founder.contact_way)])
    return str(ConsentField(field).label)


@dataclass(frozen=True)
class ConsentRow:
    """A consent in a list: what it covers in words."""

    consent: Consent
    fields: list[str]


def consent_row(consent: Consent) -> ConsentRow:
    """`consent` with its fields as staff read them."""
    return ConsentRow(consent, [str(FIELD_TITLES[ConsentField(field)]) for field in consent.fields])


def consent_rows(consents: Iterable[Consent]) -> list[ConsentRow]:
    return [consent_row(consent) for consent in consents]


@dataclass(frozen=True)
class PanelRow:
    """A referral as the case page lists it."""

    partner_name: str
    badge: str
    status: Any
    sent_at: datetime


@dataclass(frozen=True)
class Panel:
    """What the case page says of referrals: each of them; how many questions wait and how many consents there are."""

    referrals: list[PanelRow]
    waiting: int
    valid: int
    withdrawn: int


def panel_rows(found: Iterable[PassedOn]) -> Panel:
    """`found` (selectors.panel_of) in words."""
    by_sort: dict[str, list[PassedOn]] = {"referral": [], "consent": [], "request": []}
    for row in found:
        by_sort[row.sort].append(row)
    withdrawn = sum(row.ended_at is not None for row in by_sort["consent"])
    return Panel(
        referrals=[_panel_row(row) for row in by_sort["referral"]],
        waiting=len(by_sort["request"]),
        valid=len(by_sort["consent"]) - withdrawn,
        withdrawn=withdrawn,
    )


def _panel_row(row: PassedOn) -> PanelRow:
    status = status_of(row.state, row.seen_at, row.ended_at)
    return PanelRow(row.partner_name, STATUS_BADGES[status], status.label, row.happened_at)


@dataclass(frozen=True)
class ReferralRow:
    """A referral in a list; `last_words` is what the partner wrote last, `reason` why it was declined."""

    referral: Referral
    badge: str
    status: str
    reason: str
    last_words: str


def referral_rows(referrals: Iterable[Referral]) -> list[ReferralRow]:
    """Referrals with their answers; status changes should be prefetched."""
    return [_referral_row(referral) for referral in referrals]


def _referral_row(referral: Referral) -> ReferralRow:
    last = next(iter(referral.status_changes.all()), None)
    return ReferralRow(
        referral=referral,
        badge=STATUS_BADGES[referral.status],
        status=str(referral.status.label),
        reason=last.get_decline_reason_display() if last and last.decline_reason else "",
        last_words=last.text if last else "",
    )


# --- What a partner reads ------------------------------


@dataclass(frozen=True)
class InboxRow:
    """A referral in the partner's list; `name` is "" where the consent does not name it."""

    referral: Referral
    name: str
    badge: str
    status: str


def inbox_rows(referrals: Iterable[Referral]) -> list[InboxRow]:
    """Referrals of selectors.referrals_for_partner for the list. Unread is what the partner has not opened."""
    return [
        InboxRow(
            referral=referral,
            name=referral.given_name,
            badge=STATUS_BADGES[referral.status],
            status=str(_("New") if referral.status == ReferralStatus.SENT else _partner_status(referral)),
        )
        for referral in referrals
    ]


def _partner_status(referral: Referral) -> str:
    """Sent and seen are the office's words; for the partner both wait for an answer."""
    waits = referral.status in (ReferralStatus.SENT, ReferralStatus.SEEN)
    return str(pgettext("referral", "Not answered yet") if waits else referral.status.label)


@dataclass(frozen=True)
class PartnerView:
    """All that the partner's page of a referral shows: nothing but what the consent names."""

    rows: list[dict[str, Any]]
    question: str
    status: str
    badge: str
    answers: list[ReferralStatusChange]


def partner_view(referral: Referral, given: Mapping[str, Any]) -> PartnerView:
    """The view of a referral out of the fields of its consent; `given` comes from selectors.disclosed."""
    fields = referral.consent.fields
    return PartnerView(
        rows=disclosed_rows(fields, given),
        question=referral.question if ConsentField.QUESTION in fields else "",
        status=_partner_status(referral),
        badge=STATUS_BADGES[referral.status],
        answers=list(referral.status_changes.all()),
    )


def disclosed_rows(fields: Iterable[str], given: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Rows of a description list for the consented `fields`; `given` is what selectors.disclosed found for them.

    The question is left out: it stands by itself.
    """
    rows: list[dict[str, Any]] = []
    for field in fields:
        rows += _ROWS[field](given) if field in _ROWS else []
    return rows


def _name(given: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [_row(ConsentField.NAME, format_html("<bdi>{}</bdi>", given["given_name"]))]


def _contact(given: Mapping[str, Any]) -> list[dict[str, Any]]:
    way = ContactWay(given["given_way"])
    if way == ContactWay.HELPER and not given["given_contact"]:
        return [_row(ConsentField.CONTACT, _("Only through the advisor: please ask the office to arrange a talk."))]
    rows = [_row(ConsentField.CONTACT, format_html("{}{}", way.label, _address(way, given["given_contact"])))]
    if times := given["given_times"]:
        rows.append({"key": _("Good times to call"), "value": _labels("safe_times", times)})
    if given["given_shared"]:
        rows.append(
            {
                "key": _("Please note"),
                "value": _("Other people use this phone: say nothing about the matter."),
            }
        )
    return rows


def _address(way: ContactWay, address: str) -> SafeString | str:
    if not address:
        return ""
    if way in (ContactWay.PHONE, ContactWay.SMS):
        link = '<a class="kern-link" href="tel:{}"><bdi dir="ltr">{}</bdi></a>'
        return format_html(": " + link, address, phones.readable(address))
    if way == ContactWay.EMAIL:
        link = '<a class="kern-link" href="mailto:{}"><bdi dir="ltr">{}</bdi></a>'
        return format_html(": " + link, address, address)
    return format_html(": <bdi>{}</bdi>", address)


def _languages(given: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [_row(ConsentField.LANGUAGE, _labels("languages", given["given_languages"]))]


def _sector(given: Mapping[str, Any]) -> list[dict[str, Any]]:
    sector, trade = given["given_sector"], given["given_trade"]
    labels = [questions.label("sector", sector)] if sector else []
    labels += [questions.label("trade", trade)] if trade else []
    return [_row(ConsentField.SECTOR, _joined(labels))]


def _experience(given: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [_row(ConsentField.EXPERIENCE, _label_or_empty("field_years", given["given_years"]))]


def _qualification(given: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows = [_row(ConsentField.QUALIFICATION, _label_or_empty("qualification", given["given_qualification"]))]
    if recognition := given["given_recognition"]:
        rows.append({"key": _("Recognised in Germany"), "value": questions.label("recognition", recognition)})
    return rows


_ROWS = {
    ConsentField.NAME: _name,
    ConsentField.CONTACT: _contact,
    ConsentField.LANGUAGE: _languages,
    ConsentField.SECTOR: _sector,
    ConsentField.EXPERIENCE: _experience,
    ConsentField.QUALIFICATION: _qualification,
}


def _row(field: ConsentField, value: Any) -> dict[str, Any]:
    return {"key": FIELD_TITLES[field], "value": value}


def _labels(question: str, codes: Iterable[str]) -> SafeString:
    return _joined(questions.label(question, code) for code in codes)


def _label_or_empty(question: str, code: str | None) -> str:
    return questions.label(question, code) if code else ""


def _joined(labels: Iterable[str]) -> SafeString:
    return format_html_join(" · ", "<bdi>{}</bdi>", ((label,) for label in labels))
