"""The founder confirms what the office typed: on this device handed over, on the own phone, or by phone.

Whoever holds the device is not in the member's session: handing over signs the member out (docs/adr/0025).
"""

import uuid

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from cases.desk import presenters
from cases.desk.forms import DeskForm, HandOverForm, NumberMakeForm, PhoneConfirmForm
from gruendungswerkstatt.audit.tokens import carry_out_once
from gruendungswerkstatt.common.abstract import StaleVersion
from gruendungswerkstatt.content.enums import PageSlug
from gruendungswerkstatt.content.pages import Published
from gruendungswerkstatt.content.presenters import page_view
from gruendungswerkstatt.content.published import page_of
from intake import confirming, handing_over, passes
from intake.confirming import Notice
from intake.enums import SubmissionState
from intake.handing_over import HandOver
from intake.models import Submission
from network.people.access import office_staff_required
from network.people.oidc.second_factor import is_signed_in_elsewhere

from .inbox import submission_or_404


@require_safe
@office_staff_required
def confirmation_detail(request: HttpRequest, submission_uuid: uuid.UUID) -> HttpResponse:
    """The ways in which the founder can confirm."""
    submission = submission_or_404(request, submission_uuid)
    return _page(request, submission) if _is_open(submission) else _back(submission)


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def device_hand_over(request: HttpRequest, submission_uuid: uuid.UUID) -> HttpResponse:
    """Sign the member out and show this browser the founder's page, in the founder's language."""
    submission = submission_or_404(request, submission_uuid)
    if request.method != "POST" or not _is_open(submission) or is_signed_in_elsewhere(request):
        return _back(submission)
    form = HandOverForm(request.POST, submission=submission)
    if not form.is_valid():
        return _page(request, submission, form)
    hand_over = HandOver(submission.uuid, reverse("cases:submission_detail", args=[submission.uuid]))
    logout(request)
    with override(form.cleaned_data["language"]):
        response = redirect("intake:confirm")
    passes.take(response)
    passes.close_own(response)
    handing_over.give(response, hand_over)
    response["Clear-Site-Data"] = '"cache"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def number_make(request: HttpRequest, submission_uuid: uuid.UUID) -> HttpResponse:
    """A number for the founder's own phone, shown once in the answer itself."""
    submission = submission_or_404(request, submission_uuid)
    if request.method != "POST" or not _is_open(submission):
        return _back(submission)
    form = NumberMakeForm(request.POST)
    if not form.is_valid():
        return _page(request, submission, form)
    number = handing_over.new_number(submission)
    if not number:
        form.add_error(None, _("A number cannot be made at the moment. Please use another way."))
        return _page(request, submission, form)
    with override(submission.language):
        address = request.build_absolute_uri(reverse("intake:confirm_number"))
    context = {"submission": submission, "number": number, "address": address}
    return render(request, "cases/confirmation_number.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def phone_confirm(request: HttpRequest, submission_uuid: uuid.UUID) -> HttpResponse:
    """The founder has confirmed on the phone."""
    submission = submission_or_404(request, submission_uuid)
    if request.method != "POST" or not _is_open(submission):
        return _back(submission)
    form = PhoneConfirmForm(request.POST, submission=submission)
    if form.is_valid():
        notice = _notice(submission)
        heard = Notice(notice.name, notice.language(form.cleaned_data["language"]))

        def write() -> str:
            confirming.record_by_phone(submission, request.membership, heard, version=form.cleaned_data["version"])
            messages.success(request, _("It is recorded that the founder confirmed by phone."))
            return reverse("cases:submission_detail", args=[submission.uuid])

        try:
            return carry_out_once(form.cleaned_data["form_token"], write)
        except confirming.AlreadyConfirmed:
            return _back(submission)
        except StaleVersion:
            submission = submission_or_404(request, submission_uuid)
            form.add_stale(submission.version)
    elif form.is_stale:
        form.add_stale(submission.version)
    return _page(request, submission, form)


def _is_open(submission: Submission) -> bool:
    return not submission.is_confirmed and submission.state != SubmissionState.CLOSED


def _back(submission: Submission) -> HttpResponse:
    name = "cases:confirmation_detail" if _is_open(submission) else "cases:submission_detail"
    return redirect(name, submission.uuid)


def _notice(submission: Submission) -> Published:
    return page_of(submission.office_id, PageSlug.PRIVACY)


def _page(request: HttpRequest, submission: Submission, sent: DeskForm | None = None) -> HttpResponse:
    notice = _notice(submission)
    forms = [
        HandOverForm(submission=submission),
        NumberMakeForm(),
        PhoneConfirmForm(submission=submission),
    ]
    context = {
        "submission": submission,
        "row": presenters.inbox_row(submission),
        "sections": presenters.answer_sections(submission),
        "notices": [page_view(notice, notice.office, code) for code in presenters.languages_to_read(submission)],
        "is_signed_in_elsewhere": is_signed_in_elsewhere(request),
        "form": sent,
        **{f"{form.code}_form": form for form in forms},
        **({f"{sent.code}_form": sent} if sent else {}),
    }
    return render(request, "cases/confirmation_detail.html", context)
