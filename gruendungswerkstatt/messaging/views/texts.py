"""What messages say: every text in every language, and the page on which an office writes its own."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gruendungswerkstatt.audit.tokens import carry_out_once
from gruendungswerkstatt.common.abstract import StaleVersion
from gruendungswerkstatt.messaging import office_texts, presenters
from gruendungswerkstatt.messaging.channels import SendingFailed
from gruendungswerkstatt.messaging.forms import GoBackForm, MessageTextForm
from gruendungswerkstatt.messaging.office_texts import Slot, TextRefused
from network.people.access import office_settings_required


@require_safe
@office_settings_required
def text_list(request: HttpRequest) -> HttpResponse:
    """Every kind, way and language, and whose text goes out there."""
    rows = presenters.text_table(office_texts.slots(request.office))
    return render(request, "messaging/text_list.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@office_settings_required
def text_edit(request: HttpRequest, kind: str, channel: str, language: str) -> HttpResponse:
    """One text: write it, look at it filled in, send it to oneself, save it."""
    slot = _slot_or_404(request, kind, channel, language)
    if request.method != "POST":
        return _page(request, slot, MessageTextForm(slot=slot))
    form = MessageTextForm(request.POST, slot=slot)
    if not form.is_valid():
        return _page(request, slot, form)
    try:
        if "preview" in request.POST:
            return _preview(request, slot, form)
        if "test" in request.POST:
            return _send_to_oneself(request, slot, form)
        return _save(request, slot, form)
    except TextRefused as refused:
        form.add_findings(refused.findings)
    except StaleVersion:
        return _stale(request, slot, form)
    return _page(request, slot, form)


@require_POST
@office_settings_required
def text_go_back(request: HttpRequest, kind: str, channel: str, language: str) -> HttpResponse:
    """Let the shipped text count again."""
    slot = _slot_or_404(request, kind, channel, language)
    form = GoBackForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("This form is incomplete. Please load the page again."))
        return redirect(_address(slot))

    def write() -> str:
        office_texts.go_back(request.office, request.membership, slot, version=form.cleaned_data["version"])
        messages.success(request, _("The shipped text is sent again from now on."))
        return _address(slot)

    try:
        return carry_out_once(form.cleaned_data["form_token"], write)
    except StaleVersion:
        messages.warning(request, _("Somebody else changed this text in the meantime. Nothing was changed now."))
        return redirect(_address(slot))


def _slot_or_404(request: HttpRequest, kind: str, channel: str, language: str) -> Slot:
    slot = office_texts.slot(request.office, kind, channel, language)
    if slot is None:
        raise Http404
    return slot


def _address(slot: Slot) -> str:
    return reverse("messages:text_edit", args=[slot.kind.code, slot.channel, slot.language])


def _save(request: HttpRequest, slot: Slot, form: MessageTextForm) -> HttpResponse:
    def write() -> str:
        given = form.cleaned_data["version"]
        office_texts.save(request.office, request.membership, slot, form.wording(), version=given)
        messages.success(request, _("The text is saved and is sent from now on."))
        return _address(slot)

    return carry_out_once(form.cleaned_data["form_token"], write)


def _preview(request: HttpRequest, slot: Slot, form: MessageTextForm) -> HttpResponse:
    wording = form.wording()
    office_texts.check(request.office, slot, wording)
    return _page(request, slot, form, preview=presenters.text_preview(slot, wording))


def _send_to_oneself(request: HttpRequest, slot: Slot, form: MessageTextForm) -> HttpResponse:
    """Send what was typed to the person's own address, once for each token: loading the answer again sends nothing."""
    wording = form.wording()
    office_texts.check(request.office, slot, wording)

    def send() -> str:
        office_texts.send_sample(slot, wording, request.user.email)
        return _address(slot)

    try:
        carry_out_once(form.cleaned_data["form_token"], send)
    except SendingFailed as failed:
        form.add_error(None, failed.kind.label)
        return _page(request, slot, form)
    form.renew_token()
    return _page(request, slot, form, preview=presenters.text_preview(slot, wording), sent_to=request.user.email)


def _stale(request: HttpRequest, slot: Slot, form: MessageTextForm) -> HttpResponse:
    """What was typed stays in the form, what somebody else saved stands above it; saving again is then a decision."""
    current = _slot_or_404(request, slot.kind.code, slot.channel, slot.language)
    form.add_stale(current)
    return _page(request, current, form, theirs=current.wording)


def _page(request: HttpRequest, slot: Slot, form: MessageTextForm, **more: Any) -> HttpResponse:
    context = {
        "slot": slot,
        "head": presenters.text_head(slot),
        "form": form,
        "go_back": GoBackForm(initial={"version": slot.version}) if slot.own else None,
        "preview": None,
        "sent_to": "",
        "theirs": None,
    }
    return render(request, "messaging/text_edit.html", context | more)
