"""Checking the answers, sending them, and what happens next."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from gruendungswerkstatt.common import clock
from intake import passes, progress, selectors, services
from intake.forms import ClosingForm
from intake.hint_presenters import hint_views
from intake.models import Submission
from intake.passes import Pass, carrying
from intake.presenters import SummarySection, summary_in_both, unanswered_groups
from intake.questions import Question
from intake.rules import call_by, relevant
from intake.steps import CLOSING, GROUPS, Step, group_of, step_of

from .pages import founder_page, without_draft


@founder_page("GET", "POST")
def check(request: HttpRequest) -> HttpResponse:
    """All answers, each with a way to change it; sending. Sending twice (click, retry, tab) sends once."""
    carried = passes.read(request)
    if carried is None:
        return redirect("intake:start")
    if request.method == "POST":
        return _send(request, carried)
    draft = selectors.submission_by_code(carried.uuid, carried.code)
    if draft is None:
        return without_draft(request, carried)
    if not draft.is_draft:
        return redirect("intake:sent")
    return _page(request, draft, ClosingForm(draft.answers), [])


def _send(request: HttpRequest, carried: Pass) -> HttpResponse:
    lacking: list[Question] = []
    with services.editing(carried) as draft:
        if draft is None:
            return without_draft(request, carried)
        form = ClosingForm(draft.answers, request.POST)
        is_valid = draft.is_draft and form.is_valid()
        if is_valid:
            try:
                services.send(draft, form.answers, CLOSING, get_language(), pin=form.cleaned_data["pin"])
            except services.Incomplete as incomplete:
                lacking = incomplete.questions
    if draft.is_draft:
        return _page(request, draft, form, lacking)
    return carrying(redirect("intake:sent"), carried.begun(), draft)


def _page(request: HttpRequest, draft: Submission, form: ClosingForm, lacking: list[Question]) -> HttpResponse:
    missing = progress.missing(draft.answers)
    context = {
        "form": form,
        "draft": draft,
        "steps": _by_step(summary_in_both(draft)),
        "unanswered": [group for group in unanswered_groups(draft) if not step_of(group).is_short_way],
        "half_typed": [group for group in GROUPS.values() if not draft.typed.keys().isdisjoint(group.keys)],
        "missing": [(question, group_of(question.key)) for question in missing],
        "was_refused": bool(lacking),
        "hints": hint_views(draft.office_id, relevant(draft.answers), clock.today()),
        "is_adult": draft.answers.get("is_adult") != "no",
    }
    return render(request, "intake/check.html", context)


def _by_step(sections: list[SummarySection]) -> list[tuple[Step, list[SummarySection]]]:
    asked_before = (section for section in sections if section.group != CLOSING.code)
    steps = groupby(asked_before, key=lambda section: step_of(GROUPS[section.group]))
    return [(step, list(found)) for step, found in steps]


@founder_page("GET")
def sent(request: HttpRequest) -> HttpResponse:
    """Reference number, code, and what happens next with its day."""
    carried = passes.read(request)
    submission = selectors.submission_by_code(carried.uuid, carried.code) if carried else None
    if submission is None:
        return redirect("status:status_form")
    if submission.is_draft:
        return redirect("intake:task_list")
    context = {
        "submission": submission,
        "code": carried.code,
        "has_receipt": passes.is_just_sent(submission),
        # Whoever sends all answers confirms alone before (rule 15); "please call me" sends without that.
        "is_helped": submission.is_callback and submission.answers.get("filled_with_help") == "yes",
        "call_by": call_by(submission.sent_at),
        "hints": hint_views(submission.office_id, submission.answers, clock.today()),
        "asks_for_money": submission.answers.get("wants_money") == "yes",
    }
    return render(request, "intake/sent.html", context)
