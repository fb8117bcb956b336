"""What an advisor does to a case. Each address shows one form, takes it, and leads back to the case page.

Notes and the buttons of steps stand on the case page itself: whoever comes to their addresses without a form (another
language chosen on a page with an error, signing in again) is led there.
"""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.desk.forms import (
    AdvisorForm,
    AgeForm,
    ApplicationForm,
    CaseForm,
    CloseForm,
    NoteForm,
    PhaseForm,
    StateForm,
    StepDoneForm,
    StepForm,
    UndoForm,
)
from cases.files import selectors, services
from cases.files.enums import CaseState
from cases.files.models import Case
from gruendungswerkstatt.audit.tokens import carry_out_once
from gruendungswerkstatt.common.abstract import StaleVersion
from network.people.access import office_staff_required
from network.people.selectors import office_staff

from .case import NAMING_STAFF, OWN_PAGE, case_or_404, case_page, form_page

Write = Callable[[Case, Any], Any]


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def note_create(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """Write a note."""

    def write(case: Case, given: dict[str, Any]) -> None:
        services.add_note(case, request.membership, **given)

    return carry_out(request, case_uuid, NoteForm, write, _("The note is saved."), "timeline")


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def phase_move(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """Move the case to another phase."""

    def write(case: Case, given: dict[str, Any]) -> None:
        services.move_phase(case, request.membership, **given)

    return carry_out(request, case_uuid, PhaseForm, write, _("The phase is changed."))


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def state_change(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """Let the case rest, hand it over, open it again; closing it is a form of its own at the same address."""
    form_class = CloseForm if request.POST.get("to") == CaseState.CLOSED else StateForm

    def write(case: Case, given: dict[str, Any]) -> None:
        wanted = {name: value for name, value in given.items() if name != "is_confirmed"}
        services.change_state(case, request.membership, **wanted)

    return carry_out(request, case_uuid, form_class, write, _("The state is changed."))


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def change_undo(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """Take back the last change of phase or state, if nothing came after it."""

    def write(case: Case, given: dict[str, Any]) -> None:
        services.undo_change(case, request.membership, **given)

    return carry_out(request, case_uuid, UndoForm, write, _("The change is undone."))


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def advisor_assign(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """Make somebody responsible, or nobody."""

    def write(case: Case, given: dict[str, Any]) -> None:
        services.assign(case, request.membership, **given)

    return carry_out(request, case_uuid, AdvisorForm, write, _("The advisor is changed."))


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def application_record(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """Record an application: yes with its time of receipt, or no."""

    def write(case: Case, given: dict[str, Any]) -> None:
        services.record_application(case, request.membership, **given)

    return carry_out(request, case_uuid, ApplicationForm, write, _("It is recorded."))


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def age_record(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """Record whether the founder is 18 or older."""

    def write(case: Case, given: dict[str, Any]) -> None:
        services.record_age(case, **given)

    return carry_out(request, case_uuid, AgeForm, write, _("It is recorded."))


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def step_create(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """Agree on a step."""

    def write(case: Case, given: dict[str, Any]) -> None:
        services.add_step(case, request.membership, **given)

    return carry_out(request, case_uuid, StepForm, write, _("The step is added."), "steps")


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def step_done(request: HttpRequest, step_uuid: uuid.UUID) -> HttpResponse:
    """Mark a step as done, or as open again."""
    step = selectors.step_for_office(request.office, step_uuid)
    if step is None:
        raise Http404
    if request.method != "POST":
        return to_case(request, step.case.uuid)
    form = StepDoneForm(request.POST)
    if not form.is_valid():
        return case_page(request, case_or_404(request, step.case.uuid), form)

    def write() -> str:
        services.set_step_done(step, request.membership, form.cleaned_data["is_done"])
        return _address(step.case, "steps")

    return carry_out_once(form.cleaned_data["form_token"], write)


def carry_out(
    request: HttpRequest,
    case_uuid: uuid.UUID,
    form_class: type[CaseForm],
    write: Write,
    done: str,
    part: str = "",
) -> HttpResponse:
    """Show the form; or check it, `write` once and lead to the case page, to its `part`; or show what was typed."""
    case = case_or_404(request, case_uuid)
    if request.method != "POST":
        return form_page(request, case, form_class) if form_class in OWN_PAGE else to_case(request, case_uuid)
    staff = list(office_staff(request.office)) if issubclass(form_class, NAMING_STAFF) else []
    form = form_class(request.POST, case=case, staff=staff, reader=request.membership)
    if form.is_valid():

        def write_and_lead() -> str:
            write(case, form.details())
            messages.success(request, done)
            return _address(case, part)

        try:
            return carry_out_once(form.cleaned_data["form_token"], write_and_lead)
        except services.CaseRefused as refused:
            form.add_refusal(refused.reason, refused.needs, is_final=refused.is_final)
        except StaleVersion:
            case = case_or_404(request, case_uuid)
            form = form_class(request.POST, case=case, staff=staff, reader=request.membership)
    if form.is_stale:
        form.add_stale(case.version)
    return form_page(request, case, form_class, form) if form_class in OWN_PAGE else case_page(request, case, form)


def to_case(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    query = request.GET.urlencode()
    return redirect(reverse("cases:case_detail", args=[case_uuid]) + (f"?{query}" if query else ""))


def _address(case: Case, part: str) -> str:
    address = reverse("cases:case_detail", args=[case.uuid])
    return f"{address}#{part}" if part else address
