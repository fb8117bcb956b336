"""The inbox: what founders sent and nobody has answered, and answering it."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.desk import presenters
from cases.desk import selectors as desk_selectors
from cases.desk.forms import (
    AcceptForm,
    AddForm,
    AskBackForm,
    CloseSubmissionForm,
    DeskForm,
    DoubleForm,
    NewCodeOfEnquiryForm,
)
from cases.desk.presenters.doubles import double_row
from cases.files import asking_back, translating
from cases.files.adding import add_enquiry
from cases.files.double_enquiries import close_older, likely_enquiries
from cases.files.duplicates import Likely, likely_cases
from cases.files.models import Case
from cases.files.opening import open_case
from cases.files.selectors import case_of_submission
from cases.files.services import CaseRefused
from gruendungswerkstatt.audit.looks import looked_at
from gruendungswerkstatt.audit.tokens import carry_out_once
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.abstract import StaleVersion
from gruendungswerkstatt.common.paging import Ordering, paginate
from intake import access, selectors, services
from intake.enums import Channel, SubmissionState
from intake.hint_presenters import hint_views
from intake.models import Submission
from network.people.access import office_staff_required
from network.people.selectors import office_staff

from .case import case_or_404

PAGE_SIZE = 20
OFFICE_CHANNELS = [channel for channel in Channel if channel.is_office]
OLDEST_FIRST = Ordering("oldest", "", ("sent_at", "id"))


@require_safe
@office_staff_required
def inbox_list(request: HttpRequest) -> HttpResponse:
    """Enquiries that wait for an answer, oldest first."""
    page = paginate(desk_selectors.inbox(request.office), OLDEST_FIRST, request.GET.get("cursor", ""), PAGE_SIZE)
    waiting = [submission for submission in page.rows if submission.state == SubmissionState.SENT]
    known = likely_cases(request.office, waiting)
    context = {
        "page": page,
        "channels": OFFICE_CHANNELS,
        "rows": [presenters.inbox_row(row, is_maybe_known=row.pk in known) for row in page.rows],
    }
    return render(request, "cases/inbox_list.html", context)


@require_safe
@office_staff_required
def submission_detail(request: HttpRequest, submission_uuid: uuid.UUID) -> HttpResponse:
    """One enquiry with the answers, hints and the ways to answer it; an accepted one leads to its case."""
    submission = submission_or_404(request, submission_uuid)
    case = case_of_submission(submission)
    return redirect(_case_url(case)) if case else enquiry_page(request, submission)


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def submission_accept(request: HttpRequest, submission_uuid: uuid.UUID) -> HttpResponse:
    """Open a case from an enquiry. If a colleague was quicker, it is their case that opens."""
    submission = submission_or_404(request, submission_uuid)
    if request.method != "POST":
        return redirect("cases:submission_detail", submission.uuid)
    form = AcceptForm(request.POST, staff=list(office_staff(request.office)), proposed=request.membership)
    if form.is_valid():

        def write() -> str:
            case = open_case(submission, request.membership, form.cleaned_data["advisor"])
            messages.success(request, _("The case is open."))
            return _case_url(case)

        try:
            return carry_out_once(form.cleaned_data["form_token"], write)
        except CaseRefused as refused:
            form.add_refusal(refused.reason)
            submission = submission_or_404(request, submission_uuid)
    return enquiry_page(request, submission, form)


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def submission_add(request: HttpRequest, submission_uuid: uuid.UUID, case_uuid: uuid.UUID) -> HttpResponse:
    """Add an enquiry to a case of the same person. If it was answered in the meantime, that case opens."""
    submission, case = submission_or_404(request, submission_uuid), case_or_404(request, case_uuid)
    if request.method != "POST":
        return redirect("cases:submission_detail", submission.uuid)
    form = AddForm(request.POST, submission=submission, reference=case.reference, case_version=case.version)
    if form.is_valid():

        def write() -> str:
            given = form.cleaned_data
            versions = {"version": given["version"], "case_version": given["case_version"]}
            added_to = add_enquiry(submission, case, request.membership, **versions)
            if added_to == case:
                messages.success(request, _("The enquiry is added to the case."))
            else:
                messages.warning(request, _("The enquiry was answered in the meantime. This is its case."))
            return _case_url(added_to)

        try:
            return carry_out_once(form.cleaned_data["form_token"], write)
        except CaseRefused as refused:
            form.add_refusal(refused.reason)
            submission = submission_or_404(request, submission_uuid)
        except StaleVersion:
            submission, case = submission_or_404(request, submission_uuid), case_or_404(request, case_uuid)
            form.add_stale(submission.version, case.version)
    elif form.is_stale:
        form.add_stale(submission.version, case.version)
    return enquiry_page(request, submission, form)


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def submission_double(request: HttpRequest, submission_uuid: uuid.UUID, double_uuid: uuid.UUID) -> HttpResponse:
    """Go on with the newer of two enquiries of one person, and close the other as sent twice; repeated, it is done."""
    submission, other = submission_or_404(request, submission_uuid), submission_or_404(request, double_uuid)
    if request.method != "POST":
        return redirect("cases:submission_detail", submission.uuid)
    form = DoubleForm(request.POST, submission=submission, other=other)
    if form.is_valid():

        def write() -> str:
            given = form.cleaned_data
            newer = close_older(submission, other, (given["version"], given["other_version"]))
            messages.success(request, _("The older enquiry is closed. This is the newer one."))
            return reverse("cases:submission_detail", args=[newer.uuid])

        try:
            return carry_out_once(form.cleaned_data["form_token"], write)
        except StaleVersion:
            submission, other = submission_or_404(request, submission_uuid), submission_or_404(request, double_uuid)
            form = DoubleForm(request.POST, submission=submission, other=other)
            form.add_stale(submission.version)
    elif form.is_stale:
        form.add_stale(submission.version)
    if case := case_of_submission(submission):
        messages.warning(request, _("A case was opened from this enquiry in the meantime."))
        return redirect(_case_url(case))
    return enquiry_page(request, submission, form)


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def submission_close(request: HttpRequest, submission_uuid: uuid.UUID) -> HttpResponse:
    """Close an enquiry without a case."""
    submission = submission_or_404(request, submission_uuid)
    if request.method != "POST":
        return redirect("cases:submission_detail", submission.uuid)
    if case := case_of_submission(submission):
        messages.warning(request, _("A case was opened from this enquiry in the meantime."))
        return redirect(_case_url(case))
    form = CloseSubmissionForm(request.POST, submission=submission)
    if form.is_valid():

        def write() -> str:
            services.close(submission, form.cleaned_data["reason"], form.cleaned_data["version"])
            messages.success(request, _("The enquiry is closed."))
            return reverse("cases:inbox_list")

        try:
            return carry_out_once(form.cleaned_data["form_token"], write)
        except StaleVersion:
            submission = submission_or_404(request, submission_uuid)
            form.add_stale(submission.version)
    elif form.is_stale:
        form.add_stale(submission.version)
    return enquiry_page(request, submission, form)


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def submission_code(request: HttpRequest, submission_uuid: uuid.UUID) -> HttpResponse:
    """A new code instead of a lost one, before there is a case. It is shown in the answer, and only once."""
    submission = submission_or_404(request, submission_uuid)
    address = reverse("cases:submission_detail", args=[submission.uuid])
    if request.method != "POST":
        return redirect(address)
    if case := case_of_submission(submission):
        return redirect(f"{_case_url(case)}#access")
    form = NewCodeOfEnquiryForm(request.POST)
    if not form.is_valid():
        return enquiry_page(request, submission, form)
    made: list[str] = []

    def write() -> str:
        made.append(access.renew_code(submission))
        return address

    back = carry_out_once(form.cleaned_data["form_token"], write)
    if made:
        context = {"name": submission.name, "reference": submission.reference, "back_url": address}
        return render(request, "cases/access_made.html", {**context, "code": made[0], "pin": ""})
    messages.info(request, _("This was done a moment ago. What was made is shown only once."))
    return back


def submission_or_404(request: HttpRequest, submission_uuid: uuid.UUID) -> Submission:
    """An enquiry that was sent to the advisor's office."""
    submission = selectors.submission_for_office(request.office, submission_uuid)
    if submission is None:
        raise Http404
    return submission


def _case_url(case: Case) -> str:
    return reverse("cases:case_detail", args=[case.uuid])


def _likely(request: HttpRequest, submission: Submission) -> list[Likely]:
    """Cases that a waiting enquiry may belong to."""
    if submission.state != SubmissionState.SENT:
        return []
    return likely_cases(request.office, [submission]).get(submission.pk, [])


def enquiry_page(request: HttpRequest, submission: Submission, sent: DeskForm | None = None) -> HttpResponse:
    """The enquiry's page, with the form that was `sent` and could not be carried out in its place."""
    staff = list(office_staff(request.office))
    forms = [
        AskBackForm(case=None),
        AcceptForm(staff=staff, proposed=request.membership),
        CloseSubmissionForm(submission=submission),
        NewCodeOfEnquiryForm(),
    ]
    likely = _likely(request, submission)
    add_forms = {
        one.reference: AddForm(submission=submission, reference=one.reference, case_version=one.version)
        for one in likely
    }
    add_forms |= {reference: sent for reference in add_forms if sent and sent.code == add_forms[reference].code}
    doubles = likely_enquiries(submission) if submission.state == SubmissionState.SENT else []
    for one in doubles:
        looked_at(request, "submission", one.submission.uuid)
    double_forms = [DoubleForm(submission=submission, other=one.submission) for one in doubles]
    double_forms = [sent if sent and sent.code == form.code else form for form in double_forms]
    rows = zip(doubles, double_forms, strict=True)
    context = {
        "submission": submission,
        "doubles": [double_row(submission, one, form) for one, form in rows],
        "known": presenters.known_rows(likely, add_forms),
        "ask_backs": [presenters.ask_back_row(asked) for asked in asking_back.of_enquiry(submission)],
        "row": presenters.inbox_row(submission),
        "sections": presenters.answer_sections(
            submission, translating.translations_of([submission]).get(submission.pk, ())
        ),
        "origin": presenters.how_it_came(submission),
        "check_reasons": presenters.check_reasons(submission),
        "hints": hint_views(submission.office_id, submission.answers, clock.today()),
        "form": sent,
        **{f"{form.code}_form": form for form in forms},
        **({f"{sent.code}_form": sent} if sent else {}),
    }
    return render(request, "cases/submission_detail.html", context)
