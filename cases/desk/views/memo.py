"""A memo for the office's own file: the whole case or one contact, as text to copy and as PDF."""

import uuid
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cases.appointments import selectors as appointments
from cases.desk.presenters.memo import IDEA, MOST_LINES, Memo, case_memo, contact_memo
from cases.files import selectors, translating
from cases.files.models import Case
from gruendungswerkstatt.printing import pdf_response, print_pdf
from network.people.access import office_staff_required

from .case import case_or_404


@require_safe
@never_cache
@office_staff_required
def memo_detail(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """GET /<lang>/cases/<uuid>/memo/?at=<moment>: the words, ready to be copied; without `at` the whole case."""
    case = case_or_404(request, case_uuid)
    context = {"case": case, "memo": _memo(request, case), "at": request.GET.get("at", "")}
    return render(request, "cases/memo_detail.html", context)


@require_safe
@never_cache
@office_staff_required
def memo_paper(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """The same as a PDF. Made in the request: it is of this moment, and nothing is kept."""
    return pdf_response(print_pdf(_memo(request, case_or_404(request, case_uuid)).paper), "memo")


def _memo(request: HttpRequest, case: Case) -> Memo:
    steps, by = selectors.steps(case), request.membership
    if "at" not in request.GET:
        newest = list(selectors.timeline(case)[:MOST_LINES])
        translations = translating.by_language(case.submission, IDEA) if case.submission else {}
        return case_memo(case, newest, steps, list(appointments.for_case(case)), by, translations)
    contact = list(selectors.timeline(case).filter(happened_at=_moment_or_404(request.GET["at"])))
    if not contact:
        raise Http404
    return contact_memo(case, contact, steps, by)


def _moment_or_404(text: str) -> datetime:
    """When a line of the timeline happened: its address, to the microsecond."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Http404
    return moment
