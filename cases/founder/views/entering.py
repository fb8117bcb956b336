"""Steps between the levels: a code that was lost, from level 1 to level 2 with the person's own PIN, and back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from cases.founder.access import founder_page
from cases.founder.forms import PinForm
from gruendungswerkstatt.common import clock
from intake import passes
from intake.forms import LostCodeForm
from intake.passes import carrying
from intake.rules import call_by


@founder_page("GET", "POST")
def code_lost(request: HttpRequest) -> HttpResponse:
    """ "I lost my code": a wish to be called. The answer is the same whether the number exists or not."""
    form = LostCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and form.report(request.META["REMOTE_ADDR"]):
        return redirect("status:code_told")
    return render(request, "founder/code_lost.html", {"form": form}, status=form.status)


@founder_page("GET")
def code_told(request: HttpRequest) -> HttpResponse:
    """What happens next, for whatever number."""
    return render(request, "founder/code_told.html", {"call_by": call_by(clock.now())})


@sensitive_post_parameters("pin")
@founder_page("GET", "POST")
def pin_form(request: HttpRequest) -> HttpResponse:
    """The PIN. Whoever chose none when sending gets one at the desk: the code alone must not be enough to set one."""
    found = passes.opened(request)
    if found is None:
        return redirect("status:status_form")
    carried, submission = found
    if passes.is_own_open(request, submission):
        return redirect("status:own_detail")
    form = PinForm(request.POST if request.method == "POST" and submission.pin_hash else None)
    if form.is_valid() and form.proves(submission, request.META["REMOTE_ADDR"]):
        response = redirect("status:own_detail")
        passes.open_own(response, submission)
        return carrying(response, carried, submission)
    context = {"form": form, "has_pin": bool(submission.pin_hash), "is_draft": submission.is_draft}
    return carrying(render(request, "founder/pin_form.html", context, status=form.status), carried, submission)


@founder_page("POST")
def own_close(request: HttpRequest) -> HttpResponse:
    """Close the own page again; the status page stays open."""
    response = redirect("status:status_detail")
    passes.close_own(response)
    return response
