"""The last step of a referral: the question."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.referrals import presenters, selectors, services
from cases.referrals.forms import QuestionForm
from gruendungswerkstatt.audit.tokens import carry_out_once
from network.people.access import office_staff_required

from .common import case_or_404, case_url, offer_or_404, refused_page


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def referral_send(
    request: HttpRequest, case_uuid: uuid.UUID, offer_uuid: uuid.UUID, consent_uuid: uuid.UUID
) -> HttpResponse:
    """Write the question, see what the partner will read, refer. Without a standing consent it asks for one again."""
    case = case_or_404(request, case_uuid)
    if page := refused_page(request, case):
        return page
    offer = offer_or_404(case, offer_uuid)
    consent = selectors.consent_of_case(case, offer.organisation, consent_uuid)
    if consent is None:
        raise Http404
    form = QuestionForm(request.POST or None)
    if request.method != "POST" and not consent.is_valid:
        messages.warning(request, _("There is no valid consent for this partner. Please ask the founder again."))
        return redirect(reverse("referrals:consent_fields", args=[case.uuid, offer.uuid]))

    def write() -> str:
        referral = services.refer(case, request.membership, offer, consent, form.cleaned_data["question"])
        partner = referral.partner.name
        messages.success(request, _("The question was passed on to %(partner)s.") % {"partner": partner})
        return case_url(case)

    if request.method == "POST" and form.is_valid():
        try:
            return carry_out_once(form.cleaned_data["form_token"], write)
        except services.ReferralRefused as refused:
            form.add_error(None, refused.reason.label)
    given = selectors.disclosed(case.pk, consent.fields)
    context = {
        "case": case,
        "case_url": case_url(case),
        "offer": offer,
        "form": form,
        "rows": presenters.disclosed_rows(consent.fields, given),
        "has_readers": selectors.has_readers(offer.organisation),
    }
    return render(request, "referrals/referral_send.html", context)
