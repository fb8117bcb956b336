"""The right place for an enquiry or a case: show it, or hand over to it with consent; and the paper for it."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cases.desk.forms.right_place import RightPlaceForm, ShownForm
from cases.desk.presenters.right_place import consent_rows, paper_of_case, paper_of_enquiry, questions_to_ask
from cases.files import selectors
from cases.files.models import Case
from cases.files.rules import WORKED_ON
from cases.files.services import CaseRefused
from cases.referrals import handovers
from cases.referrals.places import Place, bodies, neighbours, place_by_key
from cases.referrals.services import ReferralRefused
from gruendungswerkstatt.audit.tokens import carry_out_once
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.abstract import StaleVersion
from gruendungswerkstatt.printing import pdf_response, print_pdf
from intake.enums import SubmissionState
from network.people.access import office_staff_required

from .case import case_or_404
from .inbox import submission_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def submission_place(request: HttpRequest, submission_uuid: uuid.UUID) -> HttpResponse:
    """?place=<key>: where the person of an enquiry should go; sent, the enquiry is handed over there."""
    submission = submission_or_404(request, submission_uuid)
    if submission.state == SubmissionState.ACCEPTED:
        return redirect("cases:submission_detail", submission.uuid)
    place = _place(request)
    form = RightPlaceForm(request.POST or None, version=submission.version)
    if request.method == "POST" and place and form.is_valid():

        def write() -> str:
            handovers.hand_over_enquiry(submission, request.membership, place, **form.details())
            messages.success(request, _("It is recorded. Please send the paper now."))
            return reverse("cases:submission_place", args=[submission.uuid])

        if answer := _carry_out(request, form, write):
            return answer
        submission = submission_or_404(request, submission_uuid)
    if form.is_stale:
        form.add_stale(submission.version)
    refusal = handovers.refusal_of_enquiry(submission)
    return _page(
        request,
        place,
        form,
        {
            "submission": submission,
            "case": None,
            "name": submission.name,
            "reference": submission.reference,
            "language": submission.language,
            "handover": handovers.of_enquiry(submission),
            "is_open": submission.state == SubmissionState.SENT,
            "refusal": refusal.label if refusal else "",
            "back_url": reverse("cases:submission_detail", args=[submission.uuid]),
            "paper_url": reverse("cases:submission_place_paper", args=[submission.uuid]),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def case_place(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """The same of a case. `shown` notes in the timeline that the founder was told."""
    case, place = case_or_404(request, case_uuid), _place(request)
    form = RightPlaceForm(request.POST or None, version=case.version)
    if request.method == "POST" and place and "shown" in request.POST:
        return _note_shown(request, case, place)
    if request.method == "POST" and place and form.is_valid():

        def write() -> str:
            handovers.hand_over_case(case, request.membership, place, **form.details())
            messages.success(request, _("It is recorded. Please send the paper now."))
            return reverse("cases:case_place", args=[case.uuid])

        if answer := _carry_out(request, form, write):
            return answer
        case = case_or_404(request, case_uuid)
    if form.is_stale:
        form.add_stale(case.version)
    refusal = handovers.refusal_of_case(case, clock.today())
    return _page(
        request,
        place,
        form,
        {
            "submission": None,
            "case": case,
            "name": case.founder.display_name,
            "reference": case.reference,
            "language": case.founder.language,
            "handover": handovers.of_case(case),
            "is_open": case.state in WORKED_ON,
            "refusal": refusal.label if refusal else "",
            "back_url": reverse("cases:case_detail", args=[case.uuid]),
            "paper_url": reverse("cases:case_place_paper", args=[case.uuid]),
        },
    )


@require_safe
@never_cache
@office_staff_required
def submission_place_paper(request: HttpRequest, submission_uuid: uuid.UUID) -> HttpResponse:
    """What is handed over of an enquiry, as a PDF; 404 without a consent."""
    submission = submission_or_404(request, submission_uuid)
    handover = handovers.of_enquiry(submission)
    if handover is None:
        raise Http404
    return pdf_response(print_pdf(paper_of_enquiry(handover, submission)), "handover")


@require_safe
@never_cache
@office_staff_required
def case_place_paper(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """The same of a case."""
    case = case_or_404(request, case_uuid)
    handover = handovers.of_case(case)
    if handover is None:
        raise Http404
    return pdf_response(print_pdf(paper_of_case(handover, case, selectors.enquiries(case))), "handover")


def _place(request: HttpRequest) -> Place | None:
    key = request.POST.get("place", "") if request.method == "POST" else request.GET.get("place", "")
    return place_by_key(request.office, key) if key else None


def _carry_out(request: HttpRequest, form: RightPlaceForm, write: Any) -> HttpResponse | None:
    """Write a yes once; after a no back to the list of places. None if it was refused: the form says why."""
    if form.is_no:
        messages.info(request, _("Nothing is passed on, and the no is not written down."))
        return redirect(request.path)
    try:
        return carry_out_once(form.cleaned_data["form_token"], write)
    except ReferralRefused as refused:
        form.add_refused(refused.reason)
    except CaseRefused as refused:
        form.add_refusal(refused.reason, refused.needs, is_final=refused.is_final)
    except StaleVersion:
        form.add_error(None, form.stale_text)
    return None


def _note_shown(request: HttpRequest, case: Case, place: Place) -> HttpResponse:
    form = ShownForm(request.POST)
    if not form.is_valid():
        return redirect("cases:case_place", case.uuid)

    def write() -> str:
        handovers.note_shown(case, request.membership, place)
        messages.success(request, _("It is noted in the case."))
        return reverse("cases:case_detail", args=[case.uuid])

    return carry_out_once(form.cleaned_data["form_token"], write)


def _page(request: HttpRequest, place: Place | None, form: RightPlaceForm, context: dict[str, Any]) -> HttpResponse:
    context |= {
        "place": place,
        "form": form,
        "shown_form": ShownForm(),
        "neighbours": [] if place else neighbours(),
        "bodies": [] if place else bodies(request.office),
        "questions": questions_to_ask(place.name, context["language"]) if place else [],
        "consent": consent_rows(context["handover"]) if context["handover"] else [],
    }
    return render(request, "cases/right_place.html", context)
