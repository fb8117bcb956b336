"""The case page."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.appointments import selectors as appointments
from cases.desk import presenters, rules
from cases.desk.forms import (
    AdvisorForm,
    AgeForm,
    ApplicationForm,
    CloseForm,
    DeadlineChangeForm,
    DeadlineForm,
    DeskForm,
    NewCodeForm,
    NewPinForm,
    NoteForm,
    PhaseForm,
    StateForm,
    StepDoneForm,
    StepForm,
    UndoForm,
)
from cases.files import access, selectors, standing
from cases.files.enums import CaseState
from cases.files.models import Case
from cases.referrals import selectors as referrals
from cases.referrals.forms import RequestForm
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.paging import Ordering, paginate
from gruendungswerkstatt.documents import presenters as document_presenters
from gruendungswerkstatt.documents import selectors as documents
from network.people.access import office_staff_required
from network.people.selectors import office_staff

TIMELINE_SIZE = 20
NEWEST_FIRST = Ordering("newest", "", ("-happened_at", "-id"))
FORMS = (
    *(NoteForm, PhaseForm, StateForm, CloseForm, AdvisorForm, ApplicationForm, AgeForm, StepForm),
    *(DeadlineForm, UndoForm),
    *(NewCodeForm, NewPinForm),
)


@require_safe
@office_staff_required
def case_detail(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """GET /<lang>/cases/<uuid>/?timeline=<cursor>: everything about one founder's way."""
    return case_page(request, case_or_404(request, case_uuid))


def case_or_404(request: HttpRequest, case_uuid: uuid.UUID) -> Case:
    """A case of the advisor's office."""
    case = selectors.case_for_office(request.office, case_uuid)
    if case is None:
        raise Http404
    return case


def case_page(request: HttpRequest, case: Case, sent: DeskForm | None = None) -> HttpResponse:
    """The page of `case`, with the form that was `sent` and could not be carried out in its place."""
    staff = list(office_staff(request.office))
    where = standing.of(case)
    forms = {form.code: form(case=case, staff=staff, reader=request.membership, where=where) for form in FORMS}
    if sent is not None:
        forms[sent.code] = sent
    planned = list(appointments.for_case(case))
    lines = paginate(selectors.timeline(case), NEWEST_FIRST, request.GET.get("timeline", ""), TIMELINE_SIZE)
    steps = [
        (line, StepDoneForm(is_done=line.step.done_at is None)) for line in presenters.step_lines(selectors.steps(case))
    ]
    added = list(selectors.added_enquiries(case))
    deadlines = [_deadline(line, sent) for line in presenters.deadline_lines(selectors.deadlines(case))]
    has_ended = case.state == CaseState.CLOSED
    follow_ups = presenters.follow_up_lines(selectors.follow_ups(case)) if has_ended else []
    context = {
        "case": case,
        "head": presenters.case_head(case),
        "warnings": rules.warnings_of(case, clock.today()),
        "form": sent,
        "undo": presenters.undo_words(where.last, case, request.membership),
        "forms": forms,
        "open_deadlines": [row for row in deadlines if row[0].badge],
        "done_deadlines": [row for row in deadlines if not row[0].badge],
        "follow_ups": follow_ups,
        "open_steps": [step for step in steps if not step[0].step.done_at],
        "done_steps": [step for step in steps if step[0].step.done_at],
        "timeline": lines,
        "lines": presenters.timeline_lines(lines.rows),
        "appointments": planned,
        "next_appointment": presenters.next_of(planned),
        "referrals": referrals.for_case(case),
        "consents": referrals.consents_of(case.founder),
        "documents": document_presenters.office_rows(documents.requests_for(case.office_id, case.uuid)),
        "consent_requests": referrals.requests_of(case),
        "request_form": RequestForm(),
        "sections": presenters.answer_sections(case.submission) if case.submission else [],
        "further": presenters.further_enquiries(added),
        "to_open": access.enquiry_to_open(case, added),
        "origin": presenters.how_it_came(case.submission) if case.submission else [],
    }
    return render(request, "cases/case_detail.html", context)


def _deadline(
    line: presenters.DeadlineLine, sent: DeskForm | None
) -> tuple[presenters.DeadlineLine, DeskForm, DeskForm]:
    """A line with its two forms: done or open again, another day; the latter may be the one that was `sent`."""
    changing = DeadlineChangeForm(deadline=line.deadline)
    if sent is not None and sent.code == changing.code:
        changing = sent
    return line, StepDoneForm(is_done=line.deadline.done_at is None), changing
