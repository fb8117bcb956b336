"""What everybody may read, and the way to tell about a barrier. Works without JavaScript; reading stores nothing."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gruendungswerkstatt.audit.tokens import carry_out_once
from gruendungswerkstatt.common.context import portal_office
from gruendungswerkstatt.common.limits import MINUTE, limited
from gruendungswerkstatt.common.views import too_many_requests
from gruendungswerkstatt.content import limits, presenters, selectors, services
from gruendungswerkstatt.content.enums import PageSlug
from gruendungswerkstatt.content.forms import FeedbackForm
from gruendungswerkstatt.content.published import public_page


@require_safe
def page_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A page of the office that runs the portal. Costs no query."""
    if slug not in PageSlug.values or slug == PageSlug.START:
        raise Http404
    context = {"view": presenters.page_view(public_page(slug)), "slug": slug}
    return render(request, "content/page_detail.html", context)


@require_safe
def notice_detail(request: HttpRequest, version: str) -> HttpResponse:
    """A version of the privacy notice as it was read then, whatever was published since."""
    found = selectors.notice(version)
    if found is None:
        raise Http404
    return render(request, "content/notice_detail.html", {"view": presenters.page_view(found, found.office)})


@require_http_methods(["GET", "HEAD", "POST"])
@limited("feedback", most=60, seconds=10 * MINUTE)
@never_cache
def feedback_new(request: HttpRequest) -> HttpResponse:
    """Tell about a barrier; the office answers if it knows how to."""
    form = FeedbackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _receive(request, form)
    return _feedback_page(request, form)


def _feedback_page(request: HttpRequest, form: FeedbackForm) -> HttpResponse:
    return render(request, "content/feedback_new.html", {"form": form})


def _receive(request: HttpRequest, form: FeedbackForm) -> HttpResponse:
    office_id = portal_office().pk
    if office_id is None:
        form.add_error(None, _("We cannot take your message at the moment. Please call us."))
        return _feedback_page(request, form)
    if limits.is_exhausted(request.META["REMOTE_ADDR"]):
        return too_many_requests(request)
    given = {name: form.cleaned_data[name] for name in ("text", "address", "contact")}

    def write() -> str:
        services.receive_feedback(office_id, language=get_language(), **given)
        messages.success(request, _("Thank you. We have got your message."))
        return reverse("content:page_detail", args=[PageSlug.ACCESSIBILITY])

    try:
        return carry_out_once(form.cleaned_data["form_token"], write)
    except services.TooMuch:
        return too_many_requests(request)
