"""Typing in an enquiry for a founder, and changing it until the founder has confirmed it."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.desk.forms import CorrectionForm, EntryForm
from gruendungswerkstatt.audit.tokens import carry_out_once
from gruendungswerkstatt.common.abstract import StaleVersion
from intake import entering
from intake.enums import Channel, SubmissionState
from intake.services import UnknownMunicipality
from network.people.access import office_staff_required

from .inbox import submission_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def entry_new(request: HttpRequest, channel: str) -> HttpResponse:
    """A new enquiry: at the desk, on the phone, from a paper form; then the founder confirms it."""
    if channel not in Channel.values or not Channel(channel).is_office:
        raise Http404
    form = EntryForm(request.POST if request.method == "POST" else None, channel=Channel(channel))
    if form.is_valid():

        def write() -> str:
            given = form.cleaned_data
            submission = entering.enter(
                channel=form.channel,
                by=request.membership,
                answers=form.answers,
                language=given["page_language"],
                words_language=given["words_language"],
                received_on=given.get("received_on"),
                signed_by=given.get("signed_by", ""),
            )
            messages.success(request, _("The enquiry is in the inbox."))
            return reverse("cases:confirmation_detail", args=[submission.uuid])

        try:
            return carry_out_once(form.cleaned_data["form_token"], write)
        except (UnknownMunicipality, entering.OtherOffice):
            _say_other_office(form)
    return render(request, "cases/entry_form.html", {"form": form, "channel": form.channel})


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def entry_edit(request: HttpRequest, submission_uuid: uuid.UUID) -> HttpResponse:
    """Change what was typed: something was wrong when the founder read it."""
    submission = submission_or_404(request, submission_uuid)
    here = reverse("cases:submission_detail", args=[submission.uuid])
    if submission.is_confirmed or submission.state != SubmissionState.SENT:
        messages.warning(request, _("These answers are confirmed or already answered. They are not changed any more."))
        return redirect(here)
    form = CorrectionForm(request.POST if request.method == "POST" else None, submission=submission)
    if form.is_valid():

        def write() -> str:
            given = form.cleaned_data
            entering.correct(
                submission,
                form.answers,
                by=request.membership,
                language=given["page_language"],
                words_language=given["words_language"],
                version=given["version"],
            )
            messages.success(request, _("The answers are changed."))
            return reverse("cases:confirmation_detail", args=[submission.uuid])

        try:
            return carry_out_once(form.cleaned_data["form_token"], write)
        except StaleVersion:
            form.add_stale(submission_or_404(request, submission_uuid).version)
        except entering.NotOpen:
            return redirect(here)
        except (UnknownMunicipality, entering.OtherOffice):
            _say_other_office(form)
    context = {"form": form, "channel": form.channel, "submission": submission}
    return render(request, "cases/entry_form.html", context)


def _say_other_office(form: EntryForm) -> None:
    form.add_error("municipality", _("Another office is responsible for this town. Nothing is stored here."))
