"""A founder confirms alone what the office typed: on the office's device that was handed over, or on their own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters

from gruendungswerkstatt.content.enums import PageSlug
from gruendungswerkstatt.content.presenters import page_views
from gruendungswerkstatt.content.published import page_of
from gruendungswerkstatt.content.selectors import notice as notice_of
from intake import confirming, handing_over, passes, selectors
from intake.confirming import Notice
from intake.enums import SubmissionState
from intake.forms import ConfirmForm, NumberForm
from intake.handing_over import HandOver
from intake.models import Submission
from intake.passes import KEPT_AFTER_SENDING, Pass
from intake.presenters import summary_sections
from intake.steps import CLOSING

from .pages import by_step, founder_page


@founder_page("GET", "POST")
def confirm_number(request: HttpRequest) -> HttpResponse:
    """The number from the advisor, on the founder's own phone."""
    form = NumberForm(request.POST if request.method == "POST" else None)
    found = form.redeem(request.META["REMOTE_ADDR"]) if form.is_valid() else None
    if found is None:
        return render(request, "intake/confirm_number.html", {"form": form})
    response = redirect("intake:confirm")
    passes.take(response)  # of somebody who used this phone before
    handing_over.give(response, found)
    return response


@sensitive_post_parameters("pin", "pin_again")
@founder_page("GET", "POST")
def confirm(request: HttpRequest) -> HttpResponse:
    """All answers as the office typed them, the notice, "they are right". Sending twice gives one code."""
    found = handing_over.read(request)
    if found is None:
        return redirect("intake:confirm_number")
    if is_with_staff_again(request, found):
        return give_back_to(found)
    submission = selectors.entered_by_office(found.uuid)
    if submission is None or submission.state == SubmissionState.CLOSED:
        return _without_hand_over(redirect("intake:confirm_number"))
    if request.method == "POST":
        return _confirm(request, found, submission)
    if submission.is_confirmed:
        return redirect("intake:sent")
    return _page(request, found, submission, _form(submission))


@founder_page("POST")
def give_back(request: HttpRequest) -> HttpResponse:
    """The office's device goes back: this browser forgets the founder, the member signs in again."""
    found = handing_over.read(request)
    return give_back_to(found) if found else redirect("intake:start")


def give_back_to(found: HandOver) -> HttpResponse:
    """Forget everything about the founder; lead to the office's page, which asks to sign in."""
    response = _without_hand_over(redirect(found.back or "intake:left"))
    passes.take(response)
    passes.close_own(response)
    return response


def is_with_staff_again(request: HttpRequest, found: HandOver | None) -> bool:
    """Whether a member has signed in on the handed-over device: the founder's code is not for them (rule 13)."""
    return found is not None and found.is_on_device and request.user.is_authenticated


def _without_hand_over(response: HttpResponse) -> HttpResponse:
    handing_over.take(response)
    return response


def _form(submission: Submission, data=None) -> ConfirmForm:
    return ConfirmForm(submission.answers, data, asks_reminders=submission.state == SubmissionState.SENT)


def _confirm(request: HttpRequest, found: HandOver, submission: Submission) -> HttpResponse:
    form = _form(submission, request.POST)
    if not form.is_valid():
        return _page(request, found, submission, form)
    shown = _notice_shown(request, submission)
    done = confirming.confirm(
        found.uuid,
        shown,
        reminders={key: form.answers[key] for key in CLOSING.keys if key in form.answers},
        language=get_language(),
        pin=form.cleaned_data["pin"],
        fresh=form.cleaned_data["fresh"],
    )
    response = redirect("intake:sent")
    if done is not None:
        confirmed, code = done
        carried = Pass(confirmed.uuid, code, shown.version, shown.language, is_begun=True)
        kept = handing_over.CODE_KEPT_ON_DEVICE if found.is_on_device else KEPT_AFTER_SENDING
        passes.give(response, carried, kept=kept)
    return response


def _notice_shown(request: HttpRequest, submission: Submission) -> Notice:
    """The version that stood on the page: a newer one may be published while somebody reads."""
    present = page_of(submission.office_id, PageSlug.PRIVACY)
    name = request.POST.get("notice", "")[:20]
    read = (notice_of(name) if name not in ("", present.name) else None) or present
    return Notice(read.name, read.language(get_language()))


def _page(request: HttpRequest, found: HandOver, submission: Submission, form: ConfirmForm) -> HttpResponse:
    notice = page_of(submission.office_id, PageSlug.PRIVACY)
    context = {
        "form": form,
        "submission": submission,
        "steps": by_step(summary_sections(submission)),
        "notice": notice.name,
        "notices": page_views(notice, notice.office),
        "hand_over": found,
    }
    return render(request, "intake/confirm.html", context)
