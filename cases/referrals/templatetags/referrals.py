"""What the case page needs to show consents and referrals out of plain querysets."""

from collections.abc import Iterable

from django import template

from cases.files.models import Case
from cases.referrals import presenters, rules
from cases.referrals.models import Consent, ConsentRequest, Referral
from gruendungswerkstatt.common import clock

register = template.Library()


@register.filter
def referral_rows(referrals: Iterable[Referral]) -> list[presenters.ReferralRow]:
    """Referrals (selectors.for_case) with their status and the partner's last words."""
    return presenters.referral_rows(referrals)


@register.filter
def consent_rows(consents: Iterable[Consent]) -> list[presenters.ConsentRow]:
    """Consents (selectors.consents_of) with their fields in words."""
    return presenters.consent_rows(consents)


@register.filter
def request_rows(requests: Iterable[ConsentRequest]) -> list[presenters.RequestRow]:
    """Questions that wait (selectors.requests_of) with their fields in words."""
    return presenters.request_rows(requests)


@register.filter
def referral_refusal(case: Case) -> str:
    """Why nothing of `case` may be passed on, "" if it may with consent."""
    refusal = rules.case_refusal(case, clock.today())
    return str(refusal.label) if refusal else ""
