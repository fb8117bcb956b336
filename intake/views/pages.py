"""What all pages of the intake share: never stored, and none without the draft it shows."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from intake import passes, selectors
from intake.forms import GroupForm
from intake.models import Submission
from intake.passes import Pass
from intake.rules import DRAFT_KEPT, DRAFT_KEPT_LONGER

FounderView = Callable[..., HttpResponse]


def founder_page(*methods: str) -> Callable[[FounderView], FounderView]:
    """A page with a person's answers: for these HTTP methods, never stored by a browser or in between."""

    def decorate(view: FounderView) -> FounderView:
        return require_http_methods(["HEAD", *methods])(never_cache(view))

    return decorate


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
            return gone(request) if carried.is_begun else redirect("intake:group_detail", "place")
        if not draft.is_draft:
            return redirect("intake:sent")
        return view(request, carried, draft, *args, **kwargs)

    return wrapped


def gone(request: HttpRequest, form: GroupForm | None = None) -> HttpResponse:
    """The draft was deleted, or its time is over. What was just typed is shown, so that it can be copied."""
    typed = form.typed_texts() if form else []
    response = render(request, "intake/gone.html", {"typed": typed}, status=410)
    passes.take(response)
    return response


def carrying(response: HttpResponse, carried: Pass, submission: Submission) -> HttpResponse:
    """`response` with the pass renewed for as long as `submission` needs it."""
    if not submission.is_draft:
        kept = passes.KEPT_AFTER_SENDING
    else:
        kept = DRAFT_KEPT_LONGER if submission.keep_longer else DRAFT_KEPT
    passes.give(response, carried, kept=kept)
    return response
