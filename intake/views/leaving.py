"""Ways out: leave quickly, delete now."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from intake import passes, services
from intake.models import Submission
from intake.passes import Pass

from .pages import draft_page, founder_page


@csrf_exempt  # must work at once, also with a token that is too old; it only lets this browser forget
@founder_page("POST")
def leave(request: HttpRequest) -> HttpResponse:
    """Forget everything in this browser and show a page that tells nothing. The draft stays and can be resumed."""
    response = redirect("intake:left")
    for name in request.COOKIES:
        response.delete_cookie(name, samesite="Lax")
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@founder_page("GET")
def left(request: HttpRequest) -> HttpResponse:
    """A page that tells nothing."""
    return render(request, "intake/left.html")


@draft_page
def delete(request: HttpRequest, carried: Pass, draft: Submission) -> HttpResponse:
    """Ask before deleting."""
    return render(request, "intake/delete.html", {"draft": draft})


@founder_page("POST")
def delete_now(request: HttpRequest) -> HttpResponse:
    """Delete the draft at once; doing it twice is as good as once. What was sent is not deleted here."""
    carried = passes.read(request)
    if carried is not None:
        with services.editing(carried) as draft:
            if draft is not None and not draft.is_draft:
                return redirect("intake:sent")
            if draft is not None:
                services.erase_draft(draft)
    messages.success(request, _("Everything was deleted."))
    response = redirect("intake:start")
    passes.note_deletion(response)
    return response
