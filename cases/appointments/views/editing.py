"""Planning an appointment from a case, moving it, cancelling it, recording what became of it."""

import uuid
from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.appointments import presenters, rules, selectors, services
from cases.appointments.forms import AppointmentForm, CancelForm, MoveForm, OutcomeForm, RefusableForm, initial_advisor
from cases.appointments.models import Appointment
from cases.files import selectors as files
from cases.files.models import Case
from gruendungswerkstatt.audit.looks import looked_at
from gruendungswerkstatt.audit.tokens import carry_out_once
from gruendungswerkstatt.common.abstract import StaleVersion
from network.people.access import office_staff_required


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def appointment_new(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """Plan an appointment for a case."""
    case = files.case_for_office(request.office, case_uuid)
    if case is None:
        raise Http404
    initial = {"advisor": initial_advisor(case, request.membership)}
    form = AppointmentForm(request.POST or None, office=request.office, initial=initial)

    def write() -> None:
        services.plan(case, request.membership, **form.details())
        messages.success(request, _("The appointment is planned."))
        _remark(request, form)

    return _carry_out(request, form, write, case) or _page(request, "appointment_new", form, case)


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def appointment_move(request: HttpRequest, appointment_uuid: uuid.UUID) -> HttpResponse:
    """Change time, place, advisor or topic."""
    appointment = _appointment_or_404(request, appointment_uuid)
    form = MoveForm(request.POST or None, appointment=appointment, office=request.office)

    def write() -> None:
        version = form.cleaned_data["version"]
        services.move(appointment, request.membership, version=version, **form.details())
        messages.success(request, _("The appointment is changed."))
        _remark(request, form)

    return _edit(request, "appointment_move", form, write, appointment)


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def appointment_cancel(request: HttpRequest, appointment_uuid: uuid.UUID) -> HttpResponse:
    """Ask once more, then cancel."""
    appointment = _appointment_or_404(request, appointment_uuid)
    form = CancelForm(request.POST or None, appointment=appointment)

    def write() -> None:
        given = {name: form.cleaned_data[name] for name in ("version", "cancelled_by")}
        services.cancel(appointment, request.membership, **given)
        messages.success(request, _("The appointment is cancelled."))

    return _edit(request, "appointment_cancel", form, write, appointment)


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def appointment_outcome(request: HttpRequest, appointment_uuid: uuid.UUID) -> HttpResponse:
    """Record what became of an appointment."""
    appointment = _appointment_or_404(request, appointment_uuid)
    form = OutcomeForm(request.POST or None, appointment=appointment)

    def write() -> None:
        given = {name: form.cleaned_data[name] for name in ("version", "outcome")}
        services.record_outcome(appointment, request.membership, **given)
        messages.success(request, _("The outcome is recorded."))

    return _edit(request, "appointment_outcome", form, write, appointment)


def _appointment_or_404(request: HttpRequest, appointment_uuid: uuid.UUID) -> Appointment:
    appointment = selectors.for_office(request.office, appointment_uuid)
    if appointment is None:
        raise Http404
    looked_at(request, "case", appointment.case.uuid)
    return appointment


def _edit(
    request: HttpRequest, page: str, form: RefusableForm, write: Callable[[], None], appointment: Appointment
) -> HttpResponse:
    try:
        done = _carry_out(request, form, write, appointment.case)
    except StaleVersion:
        done = None
        appointment = _appointment_or_404(request, appointment.uuid)
        form.add_stale(appointment)
    return done or _page(request, page, form, appointment.case, appointment)


def _carry_out(request: HttpRequest, form: RefusableForm, write: Callable[[], None], case: Case) -> HttpResponse | None:
    """Run `write` once and lead to the case; None if there is nothing to do or it was refused (the form says why)."""
    if request.method != "POST" or not form.is_valid():
        return None

    def write_and_lead() -> str:
        write()
        return reverse("cases:case_detail", args=[case.uuid])

    try:
        return carry_out_once(form.cleaned_data["form_token"], write_and_lead)
    except services.AppointmentRefused as refused:
        form.add_refusal(refused.reason)
        return None


def _remark(request: HttpRequest, form: AppointmentForm) -> None:
    starts_at = form.cleaned_data["starts_at"]
    for remark in rules.remarks(starts_at, starts_at + timedelta(minutes=form.cleaned_data["minutes"])):
        messages.warning(request, remark)


def _page(
    request: HttpRequest, page: str, form: RefusableForm, case: Case, appointment: Appointment | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "case": case,
        "appointment": appointment,
        "ways": presenters.message_ways(case.founder),
    }
    return render(request, f"appointments/{page}.html", context)
