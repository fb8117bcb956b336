"""Checking the answers, sending them, and what happens next."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gruendungswerkstatt.common import clock
from intake import handing_over, passes, pins, progress, selectors, services
from intake.forms import ClosingForm
from intake.hint_presenters import hint_views
from intake.models import Submission
from intake.passes import Pass, carrying
from intake.presenters import summary_in_both, unanswered_groups
from intake.questions import Question
from intake.rules import call_by, is_unreachable, relevant
from intake.steps import CLOSING, GROUPS, group_of, step_of

from .confirming import give_back_to, is_with_staff_again
from .pages import by_step, founder_page, is_going, way_off, without_draft
from .unsent import ask_for_code


@founder_page("GET", "POST")
def check(request: HttpRequest) -> HttpResponse:
    """All answers, each with a way to change it; sending. Sending twice (click, retry, tab) sends once."""
    carried = passes.read(request)
    if carried is None:
        return ask_for_code(request, CLOSING) if request.method == "POST" else redirect("intake:start")
    if request.method == "POST":
        return _send(request, carried)
    draft = selectors.submission_by_code(carried.uuid, carried.code)
    if draft is None:
        return without_draft(request, carried)
    if not draft.is_draft:
        return redirect("intake:sent")
    return _page(request, draft, ClosingForm(draft.answers, is_helped=draft.is_helped), [])


def _send(request: HttpRequest, carried: Pass) -> HttpResponse:
    lacking: list[Question] = []
    with services.editing(carried) as draft:
        if draft is None:
            return _sent_with_a_new_code(request, carried) or without_draft(request, carried)
        form = ClosingForm(draft.answers, request.POST, is_helped=draft.is_helped)
        was_sent = not draft.is_draft
        if is_going(request) and not was_sent:
            services.save_partly(draft, CLOSING, form.savable(CLOSING.keys), {}, get_language())
            return carrying(redirect(way_off(request.POST["go"])), carried, draft)
        is_valid = not was_sent and form.is_valid()
        if is_valid:
            try:
                pin, fresh = form.cleaned_data["pin"], form.cleaned_data.get("fresh")
                code = services.send(draft, form.answers, CLOSING, get_language(), pin=pin, fresh=fresh)
                carried = carried.with_code(code) if code else carried
            except services.Incomplete as incomplete:
                lacking = incomplete.questions
    if draft.is_draft:
        return _page(request, draft, form, lacking)
    if was_sent and form.is_valid() and form.cleaned_data["pin"]:
        _tell_if_another_pin(request, draft, form.cleaned_data["pin"])
    return carrying(redirect("intake:sent"), carried.begun(), draft)


def _tell_if_another_pin(request: HttpRequest, sent: Submission, pin: str) -> None:
    """A second tab chose a PIN that is not the one the form was sent with; whoever guesses is paused as everywhere."""
    try:
        pins.prove(sent, pin, request.META["REMOTE_ADDR"])
    except pins.WrongPin:
        messages.warning(request, _("Your form had been sent before. The PIN that you have just typed does not count."))


def _sent_with_a_new_code(request: HttpRequest, carried: Pass) -> HttpResponse | None:
    """Where the same form sent again leads, when the first time has replaced the code this browser still carries."""
    form = ClosingForm({}, request.POST, is_helped=True)
    form.is_valid()
    fresh = form.cleaned_data.get("fresh")
    again = carried.with_code(services.code_of(carried.uuid, fresh)) if fresh else carried
    submission = selectors.submission_by_code(again.uuid, again.code) if fresh else None
    if submission is None or submission.is_draft:
        return None
    return carrying(redirect("intake:sent"), again, submission)


def _page(request: HttpRequest, draft: Submission, form: ClosingForm, lacking: list[Question]) -> HttpResponse:
    missing = progress.missing(draft.answers)
    context = {
        "form": form,
        "draft": draft,
        "steps": by_step(summary_in_both(draft)),
        "unanswered": [group for group in unanswered_groups(draft) if not step_of(group).is_short_way],
        "half_typed": [group for group in GROUPS.values() if not draft.typed.keys().isdisjoint(group.keys)],
        "missing": [(question, group_of(question.key)) for question in missing],
        "was_refused": bool(lacking),
        "hints": hint_views(draft.office_id, relevant(draft.answers), clock.today()),
        "is_adult": draft.answers.get("is_adult") != "no",
    }
    return render(request, "intake/check.html", context)


@founder_page("GET")
def sent(request: HttpRequest) -> HttpResponse:
    """Reference number, code, and what happens next with its day: for half an hour, where it was sent."""
    carried, handed_over = passes.read(request), handing_over.read(request)
    if is_with_staff_again(request, handed_over):
        return give_back_to(handed_over)
    submission = selectors.submission_by_code(carried.uuid, carried.code) if carried else None
    if submission is None:
        return redirect("status:status_form")
    if submission.is_draft:
        return redirect("intake:task_list")
    if not passes.has_just_sent(carried, submission):
        return redirect("status:status_detail")
    context = {
        "submission": submission,
        "code": carried.code,
        # Whoever sends all answers confirms alone before (rule 15); "please call me" sends without that.
        "is_helped": submission.is_callback and submission.is_helped,
        "is_new_code": submission.is_helped and not submission.is_callback and submission.entered_by_id is None,
        "hand_over": handed_over if handed_over and handed_over.uuid == submission.uuid else None,
        "call_by": call_by(submission.sent_at),
        "is_unreachable": is_unreachable(submission.answers),
        "hints": hint_views(submission.office_id, submission.answers, clock.today()),
        "asks_for_money": submission.answers.get("wants_money") == "yes",
    }
    return render(request, "intake/sent.html", context)
