"""The partner's own pages: the referrals addressed to it, one referral, its answer. Only what was consented to."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.referrals import presenters, rules, selectors, services
from cases.referrals.enums import ReferralState
from cases.referrals.forms import AcceptForm, AnswerForm, DeclineForm, ResultForm
from cases.referrals.models import Referral
from gruendungswerkstatt.audit.looks import looked_at
from gruendungswerkstatt.audit.tokens import carry_out_once
from gruendungswerkstatt.common.abstract import StaleVersion
from gruendungswerkstatt.common.paging import paginate
from network.people.access import partner_required

PAGE_SIZE = 20

# The word in the address, what it leads to, the form that asks for what is needed, what is said afterwards.
ANSWERS: dict[str, tuple[ReferralState, type[AnswerForm]]] = {
    "accept": (ReferralState.ACCEPTED, AcceptForm),
    "decline": (ReferralState.DECLINED, DeclineForm),
    "finish": (ReferralState.DONE, ResultForm),
}


@require_safe
@partner_required
def referral_list(request: HttpRequest) -> HttpResponse:
    """GET /<lang>/referrals/: referrals to the signed-in person's organisation whose consent stands, newest first."""
    partner = request.membership.organisation
    referrals = selectors.referrals_for_partner(partner)
    page = paginate(referrals, selectors.BY_SENDING, request.GET.get("cursor", ""), PAGE_SIZE)
    context = {
        "page": page,
        "rows": presenters.inbox_rows(page.rows),
        "to_be_deleted": selectors.to_be_deleted(partner),
    }
    return render(request, "referrals/referral_list.html", context)


@require_safe
@partner_required
def referral_detail(request: HttpRequest, referral_uuid: uuid.UUID) -> HttpResponse:
    """GET /<lang>/referrals/<uuid>/: the consented fields, the question, the answers; notes that it was read."""
    referral = _referral_or_404(request, referral_uuid)
    services.open_referral(referral)
    return render(request, "referrals/referral_detail.html", _context(referral))


@require_http_methods(["GET", "HEAD", "POST"])
@partner_required
def referral_answer(request: HttpRequest, referral_uuid: uuid.UUID, word: str) -> HttpResponse:
    """/<lang>/referrals/<uuid>/<accept|decline|finish>/: the form of one answer."""
    if word not in ANSWERS:
        raise Http404
    referral = _referral_or_404(request, referral_uuid)
    target, form_class = ANSWERS[word]
    is_sent = request.method == "POST"
    form = form_class(request.POST if is_sent else None, initial={"version": referral.version})

    def write() -> str:
        data = form.cleaned_data
        services.answer(
            referral,
            request.membership,
            target,
            version=data["version"],
            reason=data.get("reason", ""),
            text=data.get("text", ""),
        )
        messages.success(request, _("Your answer was passed on to the advisor."))
        return reverse("referrals:referral_detail", args=[referral.uuid])

    if is_sent and form.is_valid():
        try:
            return carry_out_once(form.cleaned_data["form_token"], write)
        except services.ConsentEnded:
            raise Http404 from None
        except StaleVersion:
            referral = _referral_or_404(request, referral_uuid)
            form.accept_version(referral.version)
            form.add_error(None, _("Somebody of your organisation answered in the meantime. Please look again."))
        except services.AnswerRefused as refused:
            form.add_error(None, refused.reason.label)
    possible = any(answer.target == target for answer in rules.answers_from(referral.state))
    context = _context(referral) | {"form": form, "word": word, "possible": possible}
    return render(request, "referrals/referral_answer.html", context)


def _referral_or_404(request: HttpRequest, referral_uuid: uuid.UUID) -> Referral:
    referral = selectors.referral_for_partner(request.membership.organisation, referral_uuid)
    if referral is None:
        raise Http404
    looked_at(request, "referral", referral.uuid, office_id=referral.office_id)
    return referral


def _context(referral: Referral) -> dict:
    fields = referral.consent.fields
    return {
        "referral": referral,
        "view": presenters.partner_view(referral, selectors.disclosed(referral.case_id, fields)),
        "targets": {answer.target.value for answer in rules.answers_from(referral.state)},
        "accept_form": AcceptForm(initial={"version": referral.version}),
    }
