"""The case page, and the forms that wait on it on pages of their own (docs/adr/0031-case-page.md)."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.appointments import presenters as appointment_presenters
from cases.appointments import selectors as appointments
from cases.desk import presenters, rules
from cases.desk.forms import (
    AdvisorForm,
    AgeForm,
    ApplicationForm,
    AskBackForm,
    CallForm,
    CaseForm,
    CloseForm,
    DeadlineChangeForm,
    DeadlineForm,
    DeskForm,
    GuardedForm,
    NewCodeForm,
    NewPinForm,
    NoteForm,
    PhaseForm,
    StateForm,
    StepForm,
    UndoForm,
)
from cases.desk.presenters import work
from cases.files import access, drafting, selectors, standing, translating
from cases.files.enums import CaseState
from cases.files.models import Case, Deadline
from cases.files.refusals import CaseRefusal
from cases.files.rules import WORKED_ON
from cases.referrals import presenters as referral_presenters
from cases.referrals import rules as referral_rules
from cases.referrals import selectors as referrals
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.ids import new_uuid
from gruendungswerkstatt.common.paging import Ordering, paginate
from gruendungswerkstatt.documents import presenters as document_presenters
from gruendungswerkstatt.documents import selectors as documents
from network.people.access import office_staff_required
from network.people.selectors import office_staff

TIMELINE_SIZE = 50
NEWEST_FIRST = Ordering("newest", "", ("-happened_at", "-id"))
# Forms that share a page.
TOGETHER: tuple[tuple[type[CaseForm], ...], ...] = (
    *((form,) for form in (CallForm, PhaseForm, ApplicationForm, AgeForm, AdvisorForm, StepForm, DeadlineForm)),
    (StateForm, CloseForm),
    *((form,) for form in (NewCodeForm, NewPinForm)),
)
NAMING_STAFF = (AdvisorForm, GuardedForm)  # who else is responsible, who may do it anyway
OWN_PAGE = {form: together for together in TOGETHER for form in together}


@require_safe
@office_staff_required
def case_detail(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """GET /<lang>/cases/<uuid>/?lines=<part>&timeline=<cursor>: everything about one founder's way."""
    return case_page(request, case_or_404(request, case_uuid))


@require_safe
@office_staff_required
def case_answers(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """What the founder answered in the enquiry, and in further ones."""
    case = case_or_404(request, case_uuid)
    found = selectors.enquiries(case)
    context = {"case": case, "enquiries": presenters.enquiries(case, found, translating.translations_of(found))}
    return render(request, "cases/case_answers.html", context)


def case_or_404(request: HttpRequest, case_uuid: uuid.UUID) -> Case:
    """A case of the advisor's office."""
    case = selectors.case_for_office(request.office, case_uuid, reader=request.membership)
    if case is None:
        raise Http404
    return case


def case_page(request: HttpRequest, case: Case, sent: DeskForm | None = None) -> HttpResponse:
    """The page of `case`, with the note or button that was `sent` and could not be carried out."""
    draft = drafting.draft_in(case)
    part = presenters.timeline_part(request.GET.get("lines", ""))
    lines = paginate(selectors.timeline_rows(case, part), NEWEST_FIRST, request.GET.get("timeline", ""), TIMELINE_SIZE)
    steps, deadlines = selectors.steps_and_deadlines(case)
    planned = list(appointments.panel_of(case))
    passed_on = referrals.panel_of(case)
    further = selectors.added_to(case)
    head = presenters.case_head(case)
    asks_age_here = case.founder.is_adult is None and head.asks_age
    open_steps = [step for step in steps if not step.done_at]
    open_deadlines = [deadline for deadline in deadlines if not deadline.done_at]
    refusal = referral_rules.case_refusal(case, clock.today())
    follow_ups = selectors.followed_in(case) if case.state == CaseState.CLOSED else []
    context = {
        "case": case,
        "head": head,
        "warnings": rules.warnings_of(case, clock.today()),
        "form": sent,
        "note_form": sent if isinstance(sent, NoteForm) else NoteForm(case=case, initial=_begun(draft)),
        "note_draft": draft,
        "page_name": new_uuid(),
        "age_form": AgeForm(case=case) if asks_age_here else None,
        "call": presenters.call_panel(case),
        "fundings": presenters.funding_lines(selectors.funding_of(case)),
        "steps": presenters.step_lines(open_steps),
        "step_openers": work.step_openers(case, len(steps) - len(open_steps)),
        "deadlines": work.with_changing(presenters.deadline_lines(open_deadlines)),
        "deadline_openers": work.deadline_openers(case, len(deadlines) - len(open_deadlines)),
        "work_openers": work.work_openers(case, head, is_age_asked_here=asks_age_here),
        "undo": presenters.undo_words(standing.last_of(case), case, request.membership),
        "undo_form": sent if isinstance(sent, UndoForm) else UndoForm(case=case),
        "follow_ups": presenters.follow_up_lines(follow_ups),
        "story": presenters.story(case, lines, part),
        "lines": presenters.timeline_lines(case, lines.rows),
        "is_worked_on": case.state in WORKED_ON,
        "appointments": appointment_presenters.to_act_on(planned),
        "past_appointments": appointment_presenters.over(planned),
        "next_appointment": presenters.next_of(planned),
        "referrals": referral_presenters.panel_rows(passed_on),
        "referral_refusal": refusal.label if refusal else "",
        "documents": document_presenters.office_rows(documents.requests_for(case.office_id, case.uuid)),
        "ask_backs": [presenters.ask_back_row(asked) for asked in selectors.asked_in(case)],
        "ask_form": sent if isinstance(sent, AskBackForm) else AskBackForm(case=case),
        "unconfirmed": [
            one for one in (case.submission, *further) if one is not None and presenters.is_unconfirmed(one)
        ],
        "answers_openers": work.answers_openers(case, len(further)),
        "to_open": access.to_open((case.submission, *further)),
        "access_openers": [work.opener(case, "new_code"), work.opener(case, "new_pin")],
    }
    return render(request, "cases/case_detail.html", context)


def _begun(draft: drafting.Draft | None) -> dict[str, str]:
    """What stands in the form of a note that was begun before."""
    return {"text": draft.text} if draft else {}


def form_page(
    request: HttpRequest, case: Case, form_class: type[CaseForm], sent: DeskForm | None = None
) -> HttpResponse:
    """The page with `form_class` and what shares it, with the form that was `sent` and could not be carried out."""
    together = OWN_PAGE[form_class]
    staff = list(office_staff(request.office)) if any(issubclass(form, NAMING_STAFF) for form in together) else []
    where = standing.of(case) if PhaseForm in together else None
    more = {"staff": staff, "reader": request.membership, "where": where}
    forms = [sent if isinstance(sent, form) else form(case=case, **more) for form in together]
    if isinstance(sent, PhaseForm):
        sent.say_what_is_missing(where.facts)
    for form in forms:
        _as_seen(request, form)
    sheets = [work.sheet(case, form, refusal=_refusal(case, form)) for form in forms if _is_possible(case, form)]
    context = {"case": case, "form": sent, "sheets": sheets, "done_steps": [], "done_deadlines": []}
    if form_class is StepForm:
        context["done_steps"] = presenters.step_lines(selectors.done_steps(case))
    if form_class is DeadlineForm:
        context["done_deadlines"] = presenters.deadline_lines(selectors.done_deadlines(case))
    return render(request, "cases/case_form.html", context)


def _as_seen(request: HttpRequest, form: DeskForm) -> None:
    """A form that is fetched into a page belongs to the version which that page shows, `?seen=`."""
    seen = request.GET.get("seen", "")
    if "version" in form.fields and not form.is_bound and seen.isascii() and seen.isdecimal() and len(seen) < 10:
        form.fields["version"].initial = max(1, min(int(seen), form.fields["version"].initial))


def _is_possible(case: Case, form: DeskForm) -> bool:
    """A case that has ended is not closed again."""
    return form.is_bound or case.state in WORKED_ON or not isinstance(form, CloseForm)


def _refusal(case: Case, form: DeskForm) -> str:
    """Why `form` cannot be used as things stand; one that was sent is shown with what was typed."""
    is_refused = {PhaseForm: case.state != CaseState.OPEN, DeadlineForm: case.state not in WORKED_ON}
    return CaseRefusal.NOT_OPEN.label if is_refused.get(type(form), False) and not form.is_bound else ""


def change_page(request: HttpRequest, case: Case, deadline: Deadline, sent: DeskForm | None = None) -> HttpResponse:
    """The page with the form that changes the day of `deadline`."""
    [line] = presenters.deadline_lines([deadline])
    form = sent or DeadlineChangeForm(deadline=deadline)
    _as_seen(request, form)
    sheets = [work.changing_sheet(line, form)]
    context = {"case": case, "form": sent, "sheets": sheets, "done_steps": [], "done_deadlines": []}
    return render(request, "cases/case_form.html", context)
