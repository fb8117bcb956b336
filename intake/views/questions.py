"""One page of questions: shown with what was saved, checked, saved, and on to the next."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common.forms import is_staying
from gruendungswerkstatt.common.lists import listed
from intake import attempts, passes, progress, selectors, services
from intake.forms import FirstPageForm, GroupForm
from intake.merging import Other, Seen
from intake.models import Submission
from intake.passes import Pass, carrying
from intake.presenters import answer_words
from intake.questions import OUTSIDE, Question
from intake.steps import CLOSING, FIRST, GROUPS, SAVED, Group, group_of, step_of

from .pages import founder_page, is_going, sent_before, way_off, without_draft
from .unsent import ask_for_code, unsealed


@dataclass(frozen=True)
class Saved:
    """What became of a posted page: the draft (None if it is gone), the form, what another page changed meanwhile."""

    draft: Submission | None
    form: GroupForm
    is_new: bool = False
    is_outside: bool = False
    is_done: bool = False
    elsewhere: Mapping[str, Other] = field(default_factory=dict)


@founder_page("GET", "POST")
def group_detail(request: HttpRequest, group_code: str) -> HttpResponse:
    """The page of one group. The first page works without a draft: it makes one (rule 11)."""
    group = _group(group_code)
    carried = passes.read(request)
    if carried is None:
        return ask_for_code(request, group) if request.method == "POST" else redirect("intake:start")
    if request.method == "POST":
        return _answer(request, group, carried)
    draft = selectors.submission_by_code(carried.uuid, carried.code)
    if draft is None and (carried.is_begun or group is not FIRST):
        return without_draft(request, carried)
    if draft is not None and not draft.is_draft:
        return redirect("intake:sent")
    if not group.is_needed(draft.answers if draft else {}):
        return redirect(_next_page(request, draft, group))
    form = _form(group, draft)
    return _page(request, group, draft, form.sent_as_shown() if "checked" in request.GET else form)


@founder_page("POST")
def group_save(request: HttpRequest, group_code: str) -> HttpResponse:
    """Keep what a page that is still open holds, for its script: only the questions that were touched."""
    if group_code not in SAVED:
        raise Http404
    group, carried = SAVED[group_code], passes.read(request)
    if carried is None:
        return redirect("intake:start")
    with services.editing(carried) as draft:
        if draft is None:
            return without_draft(request, carried)
        if not draft.is_draft:
            return redirect("intake:sent")
        seen = Seen.read(request.POST.get("seen", ""))
        form = GroupForm(group, draft.answers, request.POST)
        elsewhere = _save_partly(draft, group, form, seen, request.POST.getlist("touched"))
    shown = str(seen.showing({**form.savable(), **form.half_typed()})) if seen else ""
    return carrying(JsonResponse({"seen": shown, "elsewhere": sorted(elsewhere)}), carried, draft)


def save_unsent(request: HttpRequest, carried: Pass, sealed: str) -> HttpResponse | None:
    """Save what was typed before the code was asked for; the page it was typed into, None if nothing was."""
    found = unsealed(sealed)
    if found is None:
        return None
    group, data = found
    with services.editing(carried) as draft:
        form = GroupForm(group, draft.answers if draft else {}, data)
        if draft is None:
            return without_draft(request, carried, form)
        if not draft.is_draft:
            return sent_before(request, form)
        elsewhere = _save_partly(draft, group, form, Seen.read(data.get("seen", "")))
    if elsewhere:
        return _changed_elsewhere(request, group, Saved(draft, form, elsewhere=elsewhere))
    if group is CLOSING:
        messages.warning(request, _("Nothing has been sent yet. Please check everything and send it."))
        return redirect("intake:check")
    messages.success(request, _("What you typed before is saved."))
    address = reverse("intake:group_detail", args=[group.code])
    return redirect(address if form.is_valid() else f"{address}?checked=1")


def _group(code: str) -> Group:
    if code not in GROUPS:
        raise Http404
    return GROUPS[code]


def _form(
    group: Group, draft: Submission | None, data: QueryDict | None = None, typed: Mapping[str, Any] | None = None
) -> GroupForm:
    """The form of a page as it was sent (`data`), or with what is saved and half typed."""
    kind = FirstPageForm if group is FIRST and draft is None else GroupForm
    if typed is None:
        typed = draft.typed if draft else {}
    return kind(group, draft.answers if draft else {}, data, typed=typed)


def _answer(request: HttpRequest, group: Group, carried: Pass) -> HttpResponse:
    saved = _save(request, group, carried)
    if saved.is_outside:
        return redirect("intake:elsewhere")
    if saved.draft is None and (carried.is_begun or group is not FIRST):
        return without_draft(request, carried, saved.form)
    if saved.draft is not None and not saved.draft.is_draft:
        return sent_before(request, saved.form)
    if saved.elsewhere:
        return _changed_elsewhere(request, group, saved)
    if is_staying(request):
        return _stay(request, group, carried, saved)
    if is_going(request) and saved.draft is not None:
        return carrying(redirect(_way_off(request, group, saved.draft)), carried.begun(), saved.draft)
    if not saved.is_done:
        return _with_mistakes(request, group, carried, saved)
    target = reverse("intake:code") if saved.is_new else _next_page(request, saved.draft, group)
    return carrying(redirect(target), carried.begun(), saved.draft)


def _save(request: HttpRequest, group: Group, carried: Pass) -> Saved:
    """Check and save in one transaction under the draft's lock: two queries and one write at most.

    Where something is wrong the rest is saved all the same, and what is wrong is kept as it was typed.
    """
    with services.editing(carried) as draft:
        form = _form(group, draft, request.POST)
        is_gone = draft is None and (carried.is_begun or group is not FIRST)
        is_done = form.is_valid() and not is_staying(request) and not is_going(request)
        if is_gone or (draft is None and not is_done) or (draft is not None and not draft.is_draft):
            return Saved(draft, form)
        seen = Seen.read(request.POST.get("seen", ""))
        if not is_done:
            return Saved(draft, form, elsewhere=_save_partly(draft, group, form, seen))
        if form.answers.get("municipality") == OUTSIDE:
            if draft is not None:  # a newer answer than the town of before, with which nothing must be sent now
                _save_partly(draft, group, form, seen, ["municipality"])
            return Saved(draft, form, is_outside=True)
        try:
            if draft is None:
                marks = [*form.marks(), *attempts.marks_of_beginning(request.META["REMOTE_ADDR"])]
                begun = services.begin(carried, form.answers, get_language(), marks)
                return Saved(begun, form, is_new=True, is_done=True)
            elsewhere = services.save_answers(draft, group, form.answers, get_language(), seen=seen)
            return Saved(draft, form, is_done=True, elsewhere=elsewhere)
        except services.UnknownMunicipality:
            form.add_error("municipality", _("This town cannot be chosen at the moment. Please call us."))
            return Saved(draft, form)


def _save_partly(
    draft: Submission, group: Group, form: GroupForm, seen: Seen | None, touched: list[str] | None = None
) -> Mapping[str, Other]:
    given, typed = form.savable(touched), form.half_typed(touched)
    try:
        return services.save_partly(draft, group, given, typed, get_language(), seen=seen)
    except services.UnknownMunicipality:
        given.pop("municipality")
        return services.save_partly(draft, group, given, typed, get_language(), seen=seen)


def _stay(request: HttpRequest, group: Group, carried: Pass, saved: Saved) -> HttpResponse:
    """The same page again, in the language of the button that was pressed; mistakes are named if they were before."""
    if saved.draft is not None:
        query = request.GET.copy()
        query.pop("checked", None)
        if "checked" in request.POST:
            query["checked"] = "1"
        response = redirect(f"{request.path}?{query.urlencode()}" if query else request.path)
        return carrying(response, carried.begun(), saved.draft)
    form = saved.form
    if "checked" not in request.POST:  # nothing can be kept before it is known where somebody lives (rule 11)
        form = _form(group, None, typed={q.key: form[q.key].data for q in form.questions if form[q.key].data})
    return _page(request, group, None, form)


def _with_mistakes(request: HttpRequest, group: Group, carried: Pass, saved: Saved) -> HttpResponse:
    """The page with its mistakes named: one that can be asked for, if that one shows all that was sent to this one.

    "Back" to the answer of a sent form would be the browser's own page about sending again. A code that is not offered,
    a town elsewhere and endless text are not kept in a draft.
    """
    if saved.draft is not None:
        kept = _form(group, saved.draft).sent_as_shown()
        if kept.errors == saved.form.errors and kept.answers == saved.form.answers:
            return carrying(redirect(_checked(request, group)), carried.begun(), saved.draft)
    return _page(request, group, saved.draft, saved.form)


def _here(request: HttpRequest, group: Group) -> str:
    return reverse("intake:group_detail", args=[group.code]) + ("?change=1" if "change" in request.GET else "")


def _checked(request: HttpRequest, group: Group) -> str:
    """The address of the page with its mistakes named."""
    return f"{_here(request, group)}{'&' if 'change' in request.GET else '?'}checked=1"


def _way_off(request: HttpRequest, group: Group, draft: Submission) -> str:
    """Where a button leads that only saves before it goes."""
    if request.POST["go"] == "back":
        return _back_url(request, group, draft)
    return way_off(request.POST["go"])


def _next_page(request: HttpRequest, draft: Submission, group: Group) -> str:
    """Where "save and go on" leads: after a change back to the check page, unless the change needs another answer."""
    if "change" in request.GET:
        lacking = progress.missing(draft.answers)
        if not lacking:
            return reverse("intake:check")
        return reverse("intake:group_detail", args=[group_of(lacking[0].key).code]) + "?change=1"
    following = progress.next_group(group, draft.answers, draft.visited_steps)
    if step_of(group).is_short_way and (following is None or not step_of(following).is_short_way):
        return reverse("intake:more")
    return reverse("intake:group_detail", args=[following.code]) if following else reverse("intake:check")


def _changed_elsewhere(request: HttpRequest, group: Group, saved: Saved) -> HttpResponse:
    """The page with the newest answers, and above them those that they took the place of."""
    form = GroupForm(group, saved.draft.answers, typed=saved.draft.typed)
    if not saved.is_done and not is_staying(request) and not is_going(request):
        form = form.sent_as_shown()
    others = [(q, saved.elsewhere[q.key]) for q in saved.form.questions if q.key in saved.elsewhere]
    more = {
        "elsewhere": [(q.text, _other_words(saved.form, q, other)) for q, other in others],
        "elsewhere_at": max(other.moment for _q, other in others),
    }
    return _page(request, group, saved.draft, form, more, HTTPStatus.CONFLICT)


def _other_words(form: GroupForm, question: Question, other: Other) -> str:
    if not other.is_typed_over:
        return form.in_words(question)
    return listed(answer_words(question, other.answer)) if other.answer else ""


def _page(
    request: HttpRequest,
    group: Group,
    draft: Submission | None,
    form: GroupForm,
    more: Mapping[str, Any] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    step = step_of(group)
    answers, visited = (draft.answers, draft.visited_steps) if draft else ({}, [])
    context = {
        "form": form,
        "group": group,
        "step": step,
        "count": progress.count(answers, visited, short_way_only=step.is_short_way),
        "back_url": _back_url(request, group, draft),
        "is_change": "change" in request.GET,
        "has_draft": draft is not None,
        "here": _here(request, group),
        "again": _checked(request, group) if form.errors and draft is not None else _here(request, group),
        "seen": _seen(request, draft, form),
        "elsewhere": [],
        **(more or {}),
    }
    return render(request, "intake/group.html", context, status=status)


def _seen(request: HttpRequest, draft: Submission | None, form: GroupForm) -> str:
    """What the page brings along. One that comes back keeps its name: its own script may still be saving."""
    if draft is None:
        return ""
    before = Seen.read(request.POST.get("seen", ""))
    seen = Seen(draft.version, before.page) if before else Seen.now(draft.version)
    shown = {**draft.answers, **draft.typed}
    return str(seen.showing({question.key: shown.get(question.key) for question in form.questions}))


def _back_url(request: HttpRequest, group: Group, draft: Submission | None) -> str:
    if "change" in request.GET:
        return reverse("intake:check")
    before = progress.group_before(group, draft.answers if draft else {})
    return reverse("intake:group_detail", args=[before.code]) if before else reverse("intake:start")
