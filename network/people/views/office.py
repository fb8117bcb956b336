"""The office's own address and contact."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gruendungswerkstatt.common.abstract import StaleVersion
from network.people import selectors
from network.people.access import office_settings_required
from network.people.forms import OfficeDetailsForm
from network.people.services import office


@require_http_methods(["GET", "HEAD", "POST"])
@office_settings_required
def office_details(request: HttpRequest) -> HttpResponse:
    """GET, POST /<lang>/people/office/details/: where the office is and how to reach it."""
    form = OfficeDetailsForm(request.POST if request.method == "POST" else None, office=request.office)
    if request.method == "POST" and form.is_valid():
        try:
            office.change_details(request.office, version=form.cleaned_data["version"], **form.details())
        except StaleVersion:
            form.add_stale(selectors.office_now(request.office))
        else:
            messages.success(request, _("Address and contact are saved."))
            return redirect("people:office_settings")
    return render(request, "people/office_details.html", {"form": form})
