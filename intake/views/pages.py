"""What all pages of the intake share: never stored, and none without the draft it shows."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from itertools import groupby

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gruendungswerkstatt.common.bilingual import reading_along
from gruendungswerkstatt.common.context import remember_theme
from gruendungswerkstatt.content.presenters import footer_pages
from intake import passes, selectors
from intake.forms import GroupForm
from intake.models import Submission
from intake.passes import Pass
from intake.presenters import SummarySection
from intake.steps import CLOSING, FIRST, GROUPS, Step, step_of

FounderView = Callable[..., HttpResponse]
BESIDE_COOKIE = "gw_beside"  # the second language of somebody who reads along


def founder_page(*methods: str) -> Callable[[FounderView], FounderView]:
    """A page with a person's answers: for these HTTP methods, never stored by a browser or in between.

    Whoever chose a second language, now or before, reads the page in both.
    """
    allowed = ["HEAD", *methods] if "GET" in methods else list(methods)  # HEAD must not do what only POST may

    def decorate(view: FounderView) -> FounderView:
        @wraps(view)
        def in_two_languages(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            with reading_along(request.POST.get("beside", request.COOKIES.get(BESIDE_COOKIE, ""))):
                return _remembering(request, view(request, *args, **kwargs))

        return require_http_methods(allowed)(never_cache(in_two_languages))

    return decorate


def _remembering(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """`response` with the second language, or the display, of the button that was pressed, if it was one of these."""
    if "theme" in request.POST:
        remember_theme(response, request.POST["theme"])
    if "beside" not in request.POST:
        return response
    language = request.POST["beside"]
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            BESIDE_COOKIE, language, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    else:
        response.delete_cookie(BESIDE_COOKIE, samesite="Lax")
    return response


def draft_page(view: FounderView) -> FounderView:
    """Gives `view` the pass and the draft of this browser; without them it leads to where the person can go on."""

    @wraps(view)
    @founder_page("GET")
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        carried = passes.read(request)
        if carried is None:
            return redirect("intake:start")
        draft = selectors.submission_by_code(carried.uuid, carried.code)
        if draft is None:
            return without_draft(request, carried)
        if not draft.is_draft:
            return redirect("intake:sent")
        return view(request, carried, draft, *args, **kwargs)

    return wrapped


def is_going(request: HttpRequest) -> bool:
    """Whether a button was pressed that leads off the page and saves before."""
    return "go" in request.POST


def way_off(code: str) -> str:
    """Where such a button leads: "callback", the code of a page that is to be changed, a page of the footer, else the
    list of steps."""
    if code == "callback":
        return reverse("intake:callback_town")
    if code in GROUPS:
        return reverse("intake:group_detail", args=[code]) + "?change=1"
    if code in {page["url"] for page in footer_pages()}:
        return code
    return reverse("intake:task_list")


def own_draft(request: HttpRequest) -> Submission | None:
    """The draft that this browser carries, for pages that work without one too."""
    found = passes.opened(request)
    return found[1] if found is not None and found[1].is_draft else None


def without_draft(request: HttpRequest, carried: Pass, form: GroupForm | None = None) -> HttpResponse:
    """Where a pass leads whose draft does not exist: (not yet) to the first page, (no more) to saying so.

    What was just typed into `form` is shown, so that it can be copied.
    """
    if carried.is_begun:
        return gone(request, form)
    typed = form.typed_texts() if form else []
    if not typed:
        return redirect("intake:group_detail", FIRST.code)
    context = {"typed": typed, "first_page": FIRST.code}
    return render(request, "intake/first_page_first.html", context, status=HTTPStatus.CONFLICT)


def by_step(sections: list[SummarySection]) -> list[tuple[Step, list[SummarySection]]]:
    """Answers under the steps that ask for them; those of the closing page stand in its form."""
    asked_before = (section for section in sections if section.group != CLOSING.code)
    steps = groupby(asked_before, key=lambda section: step_of(GROUPS[section.group]))
    return [(step, list(found)) for step, found in steps]


def sent_before(request: HttpRequest, form: GroupForm) -> HttpResponse:
    """A page that comes after sending (a second tab). What was typed is shown, so that it can be told on the phone."""
    typed = form.typed_texts()
    if typed:
        return render(request, "intake/sent_before.html", {"typed": typed}, status=HTTPStatus.CONFLICT)
    messages.warning(request, _("Your form had already been sent. Please tell us changes when we call you."))
    return redirect("intake:sent")


def gone(request: HttpRequest, form: GroupForm | None = None) -> HttpResponse:
    """The draft was deleted, or its time is over. What was just typed is shown, so that it can be copied."""
    typed = form.typed_texts() if form else []
    response = render(request, "intake/gone.html", {"typed": typed}, status=410)
    passes.take(response)
    return response
