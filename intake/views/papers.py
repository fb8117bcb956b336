"""Papers to take along: receipt and card of what was sent, the form on paper."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from gruendungswerkstatt.printing import pdf_response
from intake import passes
from intake.models import Submission
from intake.papers import files
from intake.papers.blank import blank_pdf

from .pages import founder_page


@founder_page("GET")
def receipt(request: HttpRequest) -> HttpResponse:
    """The receipt, which has all answers: for half an hour where it was sent, else with the PIN (rule 13)."""
    found = passes.opened(request)
    if found is None:
        return redirect("status:status_form")
    carried, submission = found
    if submission.is_draft:
        return redirect("intake:task_list")
    if not passes.has_just_sent(carried, submission) and not passes.is_own_open(request, submission):
        return redirect("status:pin_form")
    return _paper(request, submission, files.Kind.RECEIPT)


@founder_page("GET")
def card(request: HttpRequest) -> HttpResponse:
    """The pocket card, which says less than the status page: the code is enough."""
    found = passes.opened(request)
    if found is None:
        return redirect("status:status_form")
    _carried, submission = found
    if submission.is_draft:
        return redirect("intake:task_list")
    return _paper(request, submission, files.Kind.CARD)


@require_safe
@cache_control(public=True, max_age=3600)
def blank(request: HttpRequest) -> HttpResponse:
    """The empty form on paper: for shelters, helpers, the desk. It is about nobody."""
    return pdf_response(blank_pdf(get_language()), "form")


def _paper(request: HttpRequest, submission: Submission, kind: files.Kind) -> HttpResponse:
    content = files.read(submission.uuid, kind)
    if content is not None:
        return pdf_response(content, kind)
    if request.method == "GET":
        files.order(submission.uuid)  # the order after sending got lost, or is not carried out yet
    return render(request, "intake/paper_wait.html", {"kind": kind.value}, status=HTTPStatus.ACCEPTED)
