"""The first page, and where people from other towns are led."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from gruendungswerkstatt.content.enums import PageSlug
from gruendungswerkstatt.content.pages import Published
from gruendungswerkstatt.content.presenters import page_views
from gruendungswerkstatt.content.published import public_page
from intake import passes, selectors
from intake.erasure import draft_expires_at
from intake.forms import NoticeForm
from intake.neighbours import NEIGHBOURS
from intake.passes import Pass, carrying

from .pages import founder_page, own_draft


@founder_page("GET", "POST")
def start(request: HttpRequest) -> HttpResponse:
    """What this is and the privacy notice. Nothing is stored: that it was read travels in the pass."""
    shown = public_page(PageSlug.PRIVACY)
    form = NoticeForm(request.POST if request.method == "POST" else None, shown=shown)
    if request.method == "POST" and form.is_valid():
        return _begin(request, form.notice_read())
    context = {
        "form": form,
        "notices": page_views(shown),
        "has_pass": passes.read(request) is not None,
        "has_draft": own_draft(request) is not None,
    }
    return render(request, "intake/start.html", context)


def _begin(request: HttpRequest, read: Published) -> HttpResponse:
    """Lead to the first question; whoever has a draft already goes on with it."""
    carried = passes.read(request)
    draft = selectors.submission_by_code(carried.uuid, carried.code) if carried else None
    if draft is not None and draft.is_draft:
        return carrying(redirect("intake:task_list"), carried, draft)
    response = redirect("intake:group_detail", "place")
    passes.give(response, Pass.new(read.name, read.language(get_language())))
    return response


@founder_page("GET")
def elsewhere(request: HttpRequest) -> HttpResponse:
    """Who helps people from other towns; nothing is stored (rule 11). What was saved before is said with its end."""
    draft = own_draft(request)
    context = {"draft": draft, "neighbours": NEIGHBOURS}
    if draft is not None:
        context["expires_at"] = draft_expires_at(draft)
    return render(request, "intake/elsewhere.html", context)
