"""One page of questions: shown with what was saved, checked, saved, and on to the next."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from intake import attempts, passes, progress, selectors, services
from intake.forms import FirstPageForm, GroupForm
from intake.models import Submission
from intake.passes import Pass, carrying
from intake.questions import OUTSIDE
from intake.steps import FIRST, GROUPS, Group, group_of, step_of

from .pages import founder_page, gone, sent_before, without_draft


@dataclass(frozen=True)
class Saved:
    """What became of a posted page: the draft (None if it is gone), whether it is new, the form."""

    draft: Submission | None
    form: GroupForm
    is_new: bool = False
    is_outside: bool = False


@founder_page("GET", "POST")
def group_detail(request: HttpRequest, group_code: str) -> HttpResponse:
    """The page of one group. The first page works without a draft: it makes one (rule 11)."""
    group = GROUPS.get(group_code)
    if group is None:
        raise Http404
    carried = passes.read(request)
    if carried is None:
        return gone(request, _form(group, None, request.POST)) if request.method == "POST" else redirect("intake:start")
    if request.method == "POST":
        return _answer(request, group, carried)
    draft = selectors.submission_by_code(carried.uuid, carried.code)
    if draft is None and (carried.is_begun or group is not FIRST):
        return without_draft(request, carried)
    if draft is not None and not draft.is_draft:
        return redirect("intake:sent")
    if not group.is_needed(draft.answers if draft else {}):
        return redirect(_next_page(request, draft, group))
    return _page(request, group, draft, _form(group, draft))


def _form(group: Group, draft: Submission | None, data: QueryDict | None = None) -> GroupForm:
    kind = FirstPageForm if group is FIRST and draft is None else GroupForm
    return kind(group, draft.answers if draft else {}, data)


def _answer(request: HttpRequest, group: Group, carried: Pass) -> HttpResponse:
    saved = _save(request, group, carried)
    if saved.is_outside:
        return redirect("intake:elsewhere")
    if saved.draft is None and (carried.is_begun or group is not FIRST):
        return without_draft(request, carried, saved.form)
    if saved.draft is not None and not saved.draft.is_draft:
        return sent_before(request, saved.form)
    if not saved.form.is_valid():
        return _page(request, group, saved.draft, saved.form)
    target = reverse("intake:code") if saved.is_new else _next_page(request, saved.draft, group)
    return carrying(redirect(target), carried.begun(), saved.draft)


def _save(request: HttpRequest, group: Group, carried: Pass) -> Saved:
    """Check and save in one transaction under the draft's lock: two queries and one write at most."""
    with services.editing(carried) as draft:
        form = _form(group, draft, request.POST)
        is_gone = draft is None and (carried.is_begun or group is not FIRST)
        is_sent = draft is not None and not draft.is_draft
        if not form.is_valid() or is_gone or is_sent:
            return Saved(draft, form)
        if form.answers.get("municipality") == OUTSIDE:
            return Saved(draft, form, is_outside=True)
        try:
            if draft is None:
                marks = [*form.marks(), *attempts.marks_of_beginning(request.META["REMOTE_ADDR"])]
                return Saved(services.begin(carried, form.answers, get_language(), marks), form, is_new=True)
            services.save_answers(draft, group, form.answers, get_language())
        except services.UnknownMunicipality:
            form.add_error("municipality", _("This town cannot be chosen at the moment. Please call us."))
        return Saved(draft, form)


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


def _page(request: HttpRequest, group: Group, draft: Submission | None, form: GroupForm) -> HttpResponse:
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
    }
    return render(request, "intake/group.html", context)


def _back_url(request: HttpRequest, group: Group, draft: Submission | None) -> str:
    if "change" in request.GET:
        return reverse("intake:check")
    before = progress.group_before(group, draft.answers if draft else {})
    return reverse("intake:group_detail", args=[before.code]) if before else reverse("intake:start")
