"""Other ways in: resuming with the code, and "please call me"."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gruendungswerkstatt.common.context import portal_office
from gruendungswerkstatt.content.enums import PageSlug
from gruendungswerkstatt.content.pages import Published
from gruendungswerkstatt.content.presenters import page_views
from gruendungswerkstatt.content.published import page_of
from intake import attempts, passes, services
from intake.forms import CallbackForm, CallbackTownForm, ResumeForm
from intake.models import Submission
from intake.passes import Pass, carrying
from intake.questions import OUTSIDE, QUESTIONS
from network.people.selectors import municipality

from .pages import founder_page, own_draft
from .questions import save_unsent
from .unsent import resume_page


@founder_page("GET", "POST")
def resume(request: HttpRequest) -> HttpResponse:
    """Go on with a draft on whatever device; what was sent already leads to the page that shows where it stands."""
    form = ResumeForm(request.POST if request.method == "POST" else None)
    submission = form.enter(request.META["REMOTE_ADDR"]) if form.is_valid() else None
    if submission is None:
        return resume_page(request, form, form.status)
    carried = Pass.of(submission, form.cleaned_data["code"])
    if submission.is_draft:
        services.resume(submission, get_language())
    saved = save_unsent(request, carried, form.cleaned_data["unsent"])
    following = redirect("intake:task_list" if submission.is_draft else "status:status_detail")
    return carrying(saved or following, carried, submission)


@founder_page("GET", "POST")
def callback_town(request: HttpRequest) -> HttpResponse:
    """ "Please call me", first question: where somebody lives. It stands in the next address, nothing is stored."""
    form = CallbackTownForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        town = form.cleaned_data["municipality"]
        return redirect("intake:elsewhere") if town == OUTSIDE else redirect("intake:callback", town)
    context = {"form": form, "has_draft": own_draft(request) is not None}
    return render(request, "intake/callback_town.html", context)


@founder_page("GET", "POST")
def callback(request: HttpRequest, town: str) -> HttpResponse:
    """ "Please call me": name, phone, language. The pass is given with the form, so that sending twice sends once."""
    if town == OUTSIDE or town not in QUESTIONS["municipality"].by_code:
        raise Http404
    form = CallbackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        return _call(request, form, town)
    carried, submission, notice = passes.read(request), _own_submission(request), _notice(town)
    response = _callback_page(request, form, town, submission, notice)
    # On a shared phone the pass of the one before has been used up.
    if carried is None or (submission is not None and not submission.is_draft):
        passes.give(response, _new_pass(notice))
    return response


def _notice(town: str) -> Published:
    """The privacy notice of the office that is responsible for the town."""
    found = municipality(town)
    return page_of(found.office_id if found else portal_office().pk, PageSlug.PRIVACY)


def _new_pass(notice: Published) -> Pass:
    return Pass.new(notice.name, notice.language(get_language()))


def _own_submission(request: HttpRequest) -> Submission | None:
    found = passes.opened(request)
    return found[1] if found else None


def _callback_page(
    request: HttpRequest, form: CallbackForm, town: str, submission: Submission | None, notice: Published
) -> HttpResponse:
    context = {
        "form": form,
        "notices": page_views(notice, notice.office),
        "town": QUESTIONS["municipality"].label_of(town),
        "has_draft": submission is not None and submission.is_draft,
    }
    return render(request, "intake/callback.html", context)


def _call(request: HttpRequest, form: CallbackForm, town: str) -> HttpResponse:
    if not form.is_valid():
        return _callback_page(request, form, town, _own_submission(request), _notice(town))
    carried = passes.read(request) or _new_pass(_notice(town))
    marks = [*form.marks(), *attempts.marks_of_beginning(request.META["REMOTE_ADDR"])]
    try:
        submission = services.request_callback(
            carried,
            town_code=town,
            name=form.cleaned_data["name"],
            phone=form.cleaned_data["phone"],
            spoken=form.cleaned_data["language"],
            language=get_language(),
            marks=marks,
        )
    except services.UnknownMunicipality:
        form.add_error(None, _("This town cannot be chosen at the moment. Please call us."))
        return _callback_page(request, form, town, _own_submission(request), _notice(town))
    return carrying(redirect("intake:sent"), carried.begun(), submission)
