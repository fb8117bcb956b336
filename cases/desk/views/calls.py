"""A telephone call to the founder: one click on the case page, or a page of its own for a sentence with it."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.desk.forms import CallForm
from cases.files import calls
from cases.files.models import Case
from network.people.access import office_staff_required

from .writing import carry_out


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def call_log(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """Write down a call: reached or not."""

    def write(case: Case, given: dict[str, Any]) -> None:
        calls.log(case, request.membership, is_reached=given["reached"], text=given["text"])

    return carry_out(request, case_uuid, CallForm, write, _("The call is noted."), "timeline")
