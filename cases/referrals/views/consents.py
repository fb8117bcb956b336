"""Asking for consent in two steps, and taking it back."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.files.models import Case
from cases.referrals import presenters, rules, selectors, services
from cases.referrals.enums import ConsentField
from cases.referrals.forms import ConsentForm, FieldsForm, RequestForm, WithdrawalForm
from gruendungswerkstatt.audit.looks import looked_at
from gruendungswerkstatt.audit.tokens import carry_out_once
from network.directory.models import Offer
from network.people.access import office_staff_required

from .common import case_or_404, case_url, offer_or_404, refused_page


@require_safe
@office_staff_required
def consent_fields(request: HttpRequest, case_uuid: uuid.UUID, offer_uuid: uuid.UUID) -> HttpResponse:
    """What would be passed on: a consent that stands is offered, else fields are chosen from a preset.

    The chosen fields are the address of the next page, so the founder reads exactly them there.
    """
    case = case_or_404(request, case_uuid)
    if page := refused_page(request, case):
        return page
    offer = offer_or_404(case, offer_uuid)
    sent = "fields_to_give" in request.GET or "choose" in request.GET
    preset = _preset(request, offer)
    form = FieldsForm(request.GET if sent else None, initial={"fields_to_give": rules.PRESETS[preset]})
    if sent and form.is_valid():
        return redirect(f"{_address('consent_new', case, offer)}?{urlencode({'field': form.chosen}, doseq=True)}")
    context = {
        "case": case,
        "case_url": case_url(case),
        "offer": offer,
        "form": form,
        "preset": preset,
        "presets": presenters.PRESET_LABELS.items(),
        "consents": presenters.consent_rows(selectors.valid_consents(case, offer.organisation)),
    }
    return render(request, "referrals/consent_fields.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def consent_new(request: HttpRequest, case_uuid: uuid.UUID, offer_uuid: uuid.UUID) -> HttpResponse:
    """Say the one sentence in the founder's language and in German, note yes or no.

    "No" changes nothing and is written down nowhere: a refusal on file could have an effect, and it must have none.
    """
    case = case_or_404(request, case_uuid)
    if page := refused_page(request, case):
        return page
    offer = offer_or_404(case, offer_uuid)
    asked = request.GET.getlist("field")
    fields = rules.in_order([*asked, ConsentField.QUESTION]) if asked else []
    if not fields:
        return redirect(_address("consent_fields", case, offer))
    form = ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["decision"] == form.NO:
            messages.info(request, _("Nothing is passed on, and the no is not recorded."))
            return redirect(case_url(case))
        try:
            return carry_out_once(form.cleaned_data["form_token"], lambda: _give(request, case, offer, fields, form))
        except services.ReferralRefused as refused:
            form.add_error(None, refused.reason.label)
    context = {
        "case": case,
        "case_url": case_url(case),
        "offer": offer,
        "form": form,
        "notices": presenters.notices(case.founder, offer.organisation, fields),
        "notice_version": case.office.notice_version,
        "ask_form": RequestForm() if case.submission and case.submission.pin_hash else None,
        "ask_url": f"{_address('request_new', case, offer)}?{urlencode({'field': fields}, doseq=True)}",
    }
    return render(request, "referrals/consent_new.html", context)


def _give(request: HttpRequest, case: Case, offer: Offer, fields: list[str], form: ConsentForm) -> str:
    consent = services.give_consent(
        case,
        request.membership,
        offer.organisation,
        fields,
        way=form.cleaned_data["given_by"],
        interpreted_by=form.cleaned_data["interpreted_by"],
    )
    messages.success(request, _("The consent is recorded."))
    return _address("referral_send", case, offer, consent.uuid)


@require_POST
@office_staff_required
def request_new(request: HttpRequest, case_uuid: uuid.UUID, offer_uuid: uuid.UUID) -> HttpResponse:
    """Put the question of the page before on the founder's own page."""
    case = case_or_404(request, case_uuid)
    if page := refused_page(request, case):
        return page
    offer = offer_or_404(case, offer_uuid)
    fields = rules.in_order(request.GET.getlist("field"))
    form = RequestForm(request.POST)
    back = _address("consent_fields", case, offer)
    if not form.is_valid():
        messages.warning(request, _("This form is incomplete. Please load the page again."))
        return redirect(back)

    def write() -> str:
        services.ask_for_consent(case, request.membership, offer.organisation, fields)
        messages.success(request, _("The question waits on the founder's own page now. Nothing is passed on before."))
        return f"{case_url(case)}#referrals"

    try:
        return carry_out_once(form.cleaned_data["form_token"], write)
    except services.ReferralRefused as refused:
        messages.warning(request, refused.reason.label)
        return redirect(back)


@require_POST
@office_staff_required
def request_end(request: HttpRequest, request_uuid: uuid.UUID) -> HttpResponse:
    """Ask no longer. What the founder has just answered is not found any more: the case shows what came of it."""
    asked = selectors.request_for_office(request.office, request_uuid)
    if asked is None:
        raise Http404
    form = RequestForm(request.POST)
    address = f"{case_url(asked.case)}#referrals"
    if not form.is_valid():
        messages.warning(request, _("This form is incomplete. Please load the page again."))
        return redirect(address)

    def write() -> str:
        services.take_back_request(asked)
        messages.success(request, _("The question was taken back."))
        return address

    return carry_out_once(form.cleaned_data["form_token"], write)


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def consent_withdraw(request: HttpRequest, consent_uuid: uuid.UUID) -> HttpResponse:
    """Ask once more and how it was said, then end the partner's view at once. Possible whatever the case's state."""
    consent = selectors.consent_for_office(request.office, consent_uuid)
    case = selectors.newest_case(consent.founder) if consent else None
    if consent is None or case is None:
        raise Http404
    looked_at(request, "case", case.uuid)
    if request.method != "POST" and not consent.is_valid:
        messages.info(request, _("This consent was withdrawn before."))
        return redirect(case_url(case))
    form = WithdrawalForm(request.POST or None)

    def write() -> str:
        services.withdraw_consent(consent, request.membership, way=form.cleaned_data["withdrawn_by"])
        messages.success(request, _("The consent is withdrawn. The partner sees nothing of it any more."))
        return case_url(case)

    if request.method == "POST" and form.is_valid():
        return carry_out_once(form.cleaned_data["form_token"], write)
    context = {"case_url": case_url(case), "row": presenters.consent_row(consent), "form": form}
    return render(request, "referrals/consent_withdraw.html", context)


def _preset(request: HttpRequest, offer: Offer) -> str:
    asked = request.GET.get("preset", "")
    if asked in rules.PRESETS:
        return asked
    return "crafts" if selectors.is_chamber_of_crafts(offer.organisation) else "minimal"


def _address(name: str, case: Case, offer: Offer, *more: uuid.UUID) -> str:
    return reverse(f"referrals:{name}", args=[case.uuid, offer.uuid, *more])
