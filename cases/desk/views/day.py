""" "My day": what waits for the signed-in advisor, and the usual next thing in one click.

Each click is a form with a token, so a second one does nothing, and leads back to the day as it was looked at. Whoever
comes to such an address without a form is led there too.
"""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.appointments import selectors as appointment_selectors
from cases.appointments import services as appointments
from cases.appointments.enums import AppointmentState
from cases.desk import presenters, selectors
from cases.desk.enums import DayPart
from cases.desk.forms import DeskForm, DoneForm, StepForm, TookPlaceForm
from cases.desk.presenters.day import OFFICE
from cases.files import calls, deadlines, followups, services
from cases.files import selectors as files
from cases.files.enums import FollowUpAnswer
from cases.referrals import services as referrals
from gruendungswerkstatt.audit.tokens import carry_out_once
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.abstract import StaleVersion
from network.people.access import office_staff_required
from network.people.selectors import covered_by

from .case import case_or_404, form_page


@require_safe
@office_staff_required
def day_detail(request: HttpRequest) -> HttpResponse:
    """GET /<lang>/cases/?whose=office&only=<part>: own cases and nobody's, or all of the office; one part with more."""
    is_office = request.GET.get("whose") == OFFICE
    only = request.GET.get("only", "")
    only = only if only in DayPart.values else ""
    absent = covered_by(request.membership)
    covered = tuple(one.pk for one in absent)
    whose = selectors.Whose(request.office, None if is_office else request.membership, covered)
    day = selectors.day_of(whose, only)
    reader = presenters.Reader(request.membership, is_office, covered)
    sections = presenters.day_sections(day, reader, only)
    context = {
        "today": clock.today(),
        "is_office": is_office,
        "only": only,
        "absent": absent,
        "sections": sections,
        "quiet": [] if only else [part.label for part in DayPart if part not in {s.code for s in sections}],
    }
    return render(request, "cases/day_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def day_appointment(request: HttpRequest, appointment_uuid: uuid.UUID) -> HttpResponse:
    """The appointment took place."""
    appointment = _or_404(appointment_selectors.for_office(request.office, appointment_uuid))
    form = TookPlaceForm(request.POST)

    def write() -> None:
        version = form.cleaned_data["version"]
        outcome = AppointmentState.TOOK_PLACE
        appointments.record_outcome(appointment, request.membership, outcome=outcome, version=version)

    return _carry_out(request, form, write, _("The outcome is recorded."), DayPart.APPOINTMENTS)


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def day_step(request: HttpRequest, step_uuid: uuid.UUID) -> HttpResponse:
    """The step is done."""
    step = _or_404(files.step_for_office(request.office, step_uuid))

    def write() -> None:
        services.set_step_done(step, request.membership, True)

    return _carry_out(request, DoneForm(request.POST), write, _("The step is done."), DayPart.STEPS)


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def day_deadline(request: HttpRequest, deadline_uuid: uuid.UUID) -> HttpResponse:
    """The deadline is done."""
    deadline = _or_404(files.deadline_for_office(request.office, deadline_uuid))

    def write() -> None:
        deadlines.set_done(deadline, request.membership, True)

    return _carry_out(request, DoneForm(request.POST), write, _("The deadline is done."), DayPart.DEADLINES)


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def day_call(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """Somebody called the founder: reached or not."""
    case = case_or_404(request, case_uuid)

    def write() -> None:
        calls.log(case, request.membership, is_reached=request.POST.get("reached") == "yes")

    part = DayPart.CALLS if request.POST.get("part") == DayPart.CALLS else DayPart.MESSAGES
    return _carry_out(request, DoneForm(request.POST), write, _("The call is noted."), part)


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def day_referral(request: HttpRequest, referral_uuid: uuid.UUID) -> HttpResponse:
    """Somebody asked the partner for an answer."""
    referral = _or_404(selectors.referral_for_office(request.office, referral_uuid))

    def write() -> None:
        referrals.remind(referral, request.membership)

    return _carry_out(request, DoneForm(request.POST), write, _("It is recorded."), DayPart.REFERRALS)


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def day_follow_up(request: HttpRequest, follow_up_uuid: uuid.UUID) -> HttpResponse:
    """Somebody tried and reached nobody."""
    follow_up = _or_404(files.follow_up_for_office(request.office, follow_up_uuid))
    form = TookPlaceForm(request.POST)

    def write() -> None:
        version = form.cleaned_data["version"]
        followups.record(follow_up, request.membership, FollowUpAnswer.NOT_REACHED, version=version)

    return _carry_out(request, form, write, _("The call is noted."), DayPart.FOLLOW_UPS)


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def day_plan(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """The next step of a case; if something is wrong with it, the page of that form says what."""
    case = case_or_404(request, case_uuid)
    form = StepForm(request.POST, case=case)
    if request.method == "POST" and not form.is_valid():
        return form_page(request, case, StepForm, form)

    def write() -> None:
        services.add_step(case, request.membership, **form.details())

    return _carry_out(request, form, write, _("The step is added."), DayPart.IDLE)


def _or_404(row: Any) -> Any:
    if row is None:
        raise Http404
    return row


def _carry_out(
    request: HttpRequest, form: DeskForm, write: Callable[[], None], done: str, part: DayPart
) -> HttpResponse:
    """Run `write` once and lead back to the day; what cannot be done is said there, and the day shows what is."""
    if request.method != "POST":
        return redirect(_address(request))
    if not form.is_valid():
        messages.warning(request, next(iter(form.errors.values()))[0])
        return redirect(_address(request))

    def write_and_lead() -> str:
        write()
        messages.success(request, done)
        return _address(request, part)

    try:
        return carry_out_once(form.cleaned_data["form_token"], write_and_lead)
    except (services.CaseRefused, appointments.AppointmentRefused) as refused:
        messages.warning(request, refused.reason.label)
    except StaleVersion:
        messages.warning(request, _("Somebody else was quicker. This is how things stand now."))
    return redirect(_address(request))


def _address(request: HttpRequest, part: str = "") -> str:
    """The day in the view that the click came from. The part is only named if it is there to lead to."""
    chosen = f"?whose={OFFICE}" if request.GET.get("whose") == OFFICE else ""
    return f"{reverse('cases:day_detail')}{chosen}{f'#{part}' if part else ''}"
