"""The page that shows a founder where the enquiry stands; opened with reference number and code, level 1 of rule 13."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cases.appointments.selectors import upcoming_for_case
from cases.files.selectors import case_of_submission
from intake import passes
from intake.forms import CodeForm
from intake.models import Submission
from intake.passes import Pass, carrying
from intake.selectors import submission_by_code

from .presenters import standing


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def status_form(request: HttpRequest) -> HttpResponse:
    """Reference number and code. The code then travels in a signed cookie for half an hour, never in a link."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    submission = form.enter(request.META["REMOTE_ADDR"]) if form.is_valid() else None
    if submission is None:
        return render(request, "founder/status_form.html", {"form": form}, status=form.status)
    carried = Pass.of(submission, form.cleaned_data["code"])
    return carrying(redirect("status:status_detail"), carried, submission)


@require_safe
@never_cache
def status_detail(request: HttpRequest) -> HttpResponse:
    """Next step and who acts, appointments with place; nothing more without the person's own PIN."""
    carried = passes.read(request)
    submission = submission_by_code(carried.uuid, carried.code) if carried else None
    if submission is None:
        return redirect("status:status_form")
    if submission.is_draft:
        page = render(request, "founder/not_sent.html", {"submission": submission})
    else:
        page = render(request, "founder/status_detail.html", _context(submission))
    return carrying(page, carried, submission)


def _context(submission: Submission) -> dict:
    case = case_of_submission(submission)
    appointments = list(upcoming_for_case(case)) if case else []
    return {
        "submission": submission,
        "standing": standing(submission, case, appointments),
        "appointments": appointments,
    }
