"""Between the questions: the code to write down, the list of steps, "send now or tell us more"."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from intake import passes, progress, services
from intake.erasure import draft_expires_at, kept_on_wish
from intake.models import Submission
from intake.passes import Pass, carrying
from intake.progress import Progress
from intake.steps import STEPS, Step

from .pages import draft_page, founder_page, without_draft

_KINDS = {Progress.DONE: "success", Progress.IN_PROGRESS: "info"}


@draft_page
def code(request: HttpRequest, carried: Pass, draft: Submission) -> HttpResponse:
    """Reference number and code, to be written down. A helper does not see them unasked (rule 15)."""
    following = progress.first_open_group(draft.answers, draft.visited_steps)
    context = {
        "draft": draft,
        "code": carried.code,
        "is_helped": draft.is_helped,
        "expires_at": draft_expires_at(draft),
        "kept_on_wish": kept_on_wish(draft.office_id),
        "next_url": reverse("intake:group_detail", args=[following.code]) if following else reverse("intake:check"),
    }
    return render(request, "intake/code.html", context)


@founder_page("POST")
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the draft for 14 days, as the person wishes."""
    carried = passes.read(request)
    if carried is None:
        return redirect("intake:start")
    with services.editing(carried) as draft:
        if draft is not None and draft.is_draft:
            services.keep_longer(draft)
    if draft is None:
        return without_draft(request, carried)
    return carrying(redirect("intake:code"), carried, draft)


@draft_page
def task_list(request: HttpRequest, carried: Pass, draft: Submission) -> HttpResponse:
    """All steps and where each stands, computed from the answers."""
    following = progress.first_open_group(draft.answers, draft.visited_steps)
    context = {
        "draft": draft,
        "tasks": [_task(step, draft) for step in STEPS],
        "count": progress.count(draft.answers, draft.visited_steps),
        "can_send": not progress.missing(draft.answers),
        "next_url": reverse("intake:group_detail", args=[following.code]) if following else reverse("intake:check"),
        "expires_at": draft_expires_at(draft),
    }
    return render(request, "intake/task_list.html", context)


def _task(step: Step, draft: Submission) -> dict:
    state = progress.step_progress(step, draft.answers, draft.visited_steps)
    needed = [group for group in step.groups if group.is_needed(draft.answers)]
    is_open = [g for g in needed if progress.group_progress(g, draft.answers, draft.visited_steps) is not Progress.DONE]
    first = next(iter(is_open + needed), None)
    return {
        "title": step.title,
        "url": reverse("intake:group_detail", args=[first.code]) if first else "",
        "status": state.label,
        "kind": _KINDS.get(state, ""),
        "hint": step.note,
    }


@draft_page
def more(request: HttpRequest, carried: Pass, draft: Submission) -> HttpResponse:
    """After the short way: send now, or tell us more."""
    lacking = progress.missing(draft.answers)
    if lacking:
        return redirect("intake:task_list")
    following = progress.first_open_group(draft.answers, draft.visited_steps)
    return render(request, "intake/more.html", {"draft": draft, "next_group": following})
