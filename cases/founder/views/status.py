"""The page that shows a founder where the enquiry stands; opened with reference number and code, level 1 of rule 13."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from cases.appointments.selectors import upcoming_for_case
from cases.founder import selectors
from cases.founder.access import founder_page
from cases.founder.presenters import standing
from cases.referrals import handovers
from gruendungswerkstatt.documents.presenters import founder_rows
from intake import passes
from intake.forms import CodeForm
from intake.models import Submission
from intake.passes import Pass, carrying


@sensitive_post_parameters("code")
@founder_page("GET", "POST")
def status_form(request: HttpRequest) -> HttpResponse:
    """Reference number and code. The code then travels in a signed cookie for half an hour, never in a link."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    submission = form.enter(request.META["REMOTE_ADDR"]) if form.is_valid() else None
    if submission is None:
        return render(request, "founder/status_form.html", {"form": form}, status=form.status)
    carried = Pass.of(submission, form.cleaned_data["code"])
    return carrying(redirect("status:status_detail"), carried, submission)


@founder_page("GET")
def status_detail(request: HttpRequest) -> HttpResponse:
    """Next step and who acts, appointments with place, documents asked for; nothing more without the person's PIN."""
    found = passes.opened(request)
    if found is None:
        return redirect("status:status_form")
    carried, submission = found
    if submission.is_draft:
        page = render(request, "founder/not_sent.html", {"submission": submission})
    else:
        page = render(request, "founder/status_detail.html", _context(carried, submission))
    return carrying(page, carried, submission)


def _context(carried: Pass, submission: Submission) -> dict:
    case, asked = selectors.case_on_status(submission)
    appointments = list(upcoming_for_case(case)) if case else []
    documents = founder_rows(asked)
    return {
        "submission": submission,
        "standing": standing(
            submission,
            case,
            appointments,
            has_question=selectors.has_question(submission, case),
            wants_documents=any(row.is_wanted for row in documents),
            handed_to=handovers.handed_to(submission, case),
        ),
        "appointments": appointments,
        "documents": documents,
        "has_receipt": passes.has_just_sent(carried, submission),
    }
