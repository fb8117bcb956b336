"""What this room erases with a person: consents, referrals and what partners answered."""

from django.db.models import Q

from cases.files.models import Case, Founder
from gruendungswerkstatt.common import erasure
from gruendungswerkstatt.common.erasure import Erasure
from intake.models import Submission

from .models import Consent, ConsentRequest, Handover, Referral, ReferralStatusChange


def erase(under_way: Erasure) -> None:
    """Delete the referrals of the cases that go, and the consents of the founders that go."""
    cases = under_way.keys(Case)
    under_way.delete(ReferralStatusChange.objects.filter(referral__case__in=cases))
    under_way.delete(Referral.objects.filter(case__in=cases))
    under_way.delete(ConsentRequest.objects.filter(case__in=cases))
    about = Q(case__in=cases) | Q(submission__in=under_way.keys(Submission))
    under_way.delete(Handover.objects.filter(about))
    under_way.delete(Consent.objects.filter(founder__in=under_way.keys(Founder)))


def register() -> None:
    """Take part in erasing."""
    erasure.register("cases_referrals", erase)
