"""My appointments."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.appointments import presenters, selectors
from network.people.access import office_staff_required


@require_safe
@office_staff_required
def appointment_list(request: HttpRequest) -> HttpResponse:
    """The signed-in advisor's appointments: today and the days to come, and those that still need an outcome."""
    context = {
        "days": presenters.by_day(selectors.agenda(request.membership)),
        "without_outcome": selectors.without_outcome(request.membership),
    }
    return render(request, "appointments/appointment_list.html", context)
