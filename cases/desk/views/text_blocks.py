"""Text blocks: team leads write them, advisors put them into a note or into a question to a founder."""

import uuid
from functools import partial

from django.contrib import messages
from django.forms import HiddenInput
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.desk.forms import AskBackForm, CaseForm, DeskForm, NoteForm
from cases.desk.forms.text_blocks import BlockDeleteForm, BlockForm, BlockNewForm, InsertForm
from cases.files import text_blocks
from cases.files.enums import BlockPlace
from cases.files.models import TextBlock
from cases.files.text_blocks import BlockRefused
from network.people.access import office_staff_required, team_lead_required

from .case import case_or_404
from .inbox import submission_or_404
from .once import write_or_draw

# --- Putting one into a text ------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def note_block(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """A note with text blocks. Sent here, a block comes back in the text; the note itself goes where notes go."""
    case = case_or_404(request, case_uuid)
    context = {
        "title": _("Note with a text block"),
        "subject": case.founder.display_name,
        "reference": case.reference,
        "back": reverse("cases:case_detail", args=[case.uuid]),
        "here": reverse("cases:note_block", args=[case.uuid]),
        "action": reverse("cases:note_create", args=[case.uuid]),
        "submit": _("Save note"),
    }
    return _insert(request, NoteForm, BlockPlace.NOTE, case.founder.language, context, case=case)


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def case_ask_block(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """A question to the founder of a case with text blocks."""
    case = case_or_404(request, case_uuid)
    context = {
        "title": _("Question with a text block"),
        "subject": case.founder.display_name,
        "reference": case.reference,
        "back": reverse("cases:case_detail", args=[case.uuid]),
        "here": reverse("cases:case_ask_block", args=[case.uuid]),
        "action": reverse("cases:case_ask_back", args=[case.uuid]),
        "submit": _("Ask the founder"),
    }
    return _insert(request, AskBackForm, BlockPlace.QUESTION, case.founder.language, context, case=case)


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def submission_ask_block(request: HttpRequest, submission_uuid: uuid.UUID) -> HttpResponse:
    """The same about an enquiry that waits."""
    submission = submission_or_404(request, submission_uuid)
    context = {
        "title": _("Question with a text block"),
        "subject": submission.name,
        "reference": submission.reference,
        "back": reverse("cases:submission_detail", args=[submission.uuid]),
        "here": reverse("cases:submission_ask_block", args=[submission.uuid]),
        "action": reverse("cases:submission_ask_back", args=[submission.uuid]),
        "submit": _("Ask the founder"),
    }
    return _insert(request, AskBackForm, BlockPlace.QUESTION, submission.language, context, case=None)


def _insert(
    request: HttpRequest, form_class: type[CaseForm], place: str, language: str, context: dict, **kwargs: object
) -> HttpResponse:
    """The page with the form: what was typed stays, the chosen words stand behind it."""
    choice = InsertForm(request.POST or None, words=text_blocks.offered(request.office.pk, place))
    typed = {name: request.POST.get(name, "") for name in ("text", "block")}
    if choice.is_bound:
        typed["text"] = choice.with_words(typed["text"], place, language)
    form = form_class(initial=typed, **kwargs)
    if "block" in form.fields:  # every block is chosen above: two lists of them would be one too many
        form.fields["block"].widget = HiddenInput()
    return render(request, "cases/text_block_insert.html", {**context, "form": form, "choice": choice})


# --- What team leads write ------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@team_lead_required
def block_list(request: HttpRequest) -> HttpResponse:
    """The office's text blocks and a form for one more."""

    def draw(form: DeskForm) -> HttpResponse:
        context = {"form": form, "blocks": text_blocks.of_office(request.office), "shipped": text_blocks.shipped()}
        return render(request, "cases/text_block_list.html", context)

    def write(form: BlockNewForm) -> str:
        text_blocks.create(request.office, **form.said())
        messages.success(request, _("The text block is there."))
        return reverse("cases:text_block_list")

    return write_or_draw(request, BlockNewForm(request.POST or None), write, draw, BlockRefused)


@require_http_methods(["GET", "HEAD", "POST"])
@team_lead_required
def block_detail(request: HttpRequest, block_uuid: uuid.UUID) -> HttpResponse:
    """Other words for a text block; the form for deleting it stands below."""
    block = _block_or_404(request, block_uuid)

    def write(form: BlockForm) -> str:
        text_blocks.change(block, version=form.cleaned_data["version"], **form.said())
        messages.success(request, _("The text block is changed."))
        return reverse("cases:text_block_list")

    return write_or_draw(
        request, BlockForm(request.POST or None, block=block), write, partial(_page, request, block), BlockRefused
    )


@require_http_methods(["GET", "HEAD", "POST"])
@team_lead_required
def block_delete(request: HttpRequest, block_uuid: uuid.UUID) -> HttpResponse:
    """Delete a text block. Sent twice, the form leads to the list again; nobody else learns whether there was one."""
    if request.method != "POST":
        return redirect("cases:text_block_detail", _block_or_404(request, block_uuid).uuid)

    def write(_form: DeskForm) -> str:
        text_blocks.delete(_block_or_404(request, block_uuid))
        messages.success(request, _("The text block is deleted."))
        return reverse("cases:text_block_list")

    def draw(form: DeskForm) -> HttpResponse:
        return _page(request, _block_or_404(request, block_uuid), form)

    return write_or_draw(request, BlockDeleteForm(request.POST), write, draw, BlockRefused)


def _page(request: HttpRequest, block: TextBlock, form: DeskForm) -> HttpResponse:
    sent = {form.code: form}
    context = {
        "words": block,  # "block" is the template's own
        "form": form,
        "change_form": sent.get(BlockForm.code) or BlockForm(block=block),
        "delete_form": sent.get(BlockDeleteForm.code) or BlockDeleteForm(),
    }
    return render(request, "cases/text_block_detail.html", context)


def _block_or_404(request: HttpRequest, block_uuid: uuid.UUID) -> TextBlock:
    block = text_blocks.of_office(request.office).filter(uuid=block_uuid).first()
    if block is None:
        raise Http404
    return block
