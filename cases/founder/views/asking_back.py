"""Questions of the office, answered by the person alone (level 2 of rule 13)."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases.files import asking_back
from cases.files.asking_back import AskBackRefused
from cases.founder import selectors
from cases.founder.access import own_page
from cases.founder.forms import AskBackAnswerForm
from cases.founder.presenters.questions import question_rows
from cases.founder.selectors import Person
from gruendungswerkstatt.audit.tokens import carry_out_once


@own_page("GET")
def question_list(request: HttpRequest, person: Person) -> HttpResponse:
    """What waits for an answer, and what was answered."""
    return _page(request, person)


@own_page("GET", "POST")
def question_answer(request: HttpRequest, person: Person, ask_back_uuid: uuid.UUID) -> HttpResponse:
    """An answer. Of two the first one counts; what was typed stays on the page if the question is gone."""
    asked = selectors.question_to(person, ask_back_uuid)
    if asked is None:
        raise Http404
    back = reverse("status:question_list")
    if request.method != "POST":
        return redirect(back)
    form = AskBackAnswerForm(request.POST, asked=asked)
    if form.is_valid():

        def write() -> str:
            asking_back.answer(asked, form.cleaned_data["text"], get_language() or "")
            messages.success(request, _("Thank you. Your answer has arrived."))
            return back

        try:
            return carry_out_once(form.cleaned_data["form_token"], write)
        except AskBackRefused as refused:
            form.add_error(None, refused.reason.label)
    return _page(request, person, form, asked.uuid)


def _page(
    request: HttpRequest, person: Person, sent: AskBackAnswerForm | None = None, of: uuid.UUID | None = None
) -> HttpResponse:
    """The questions, with the form that was `sent` in the place of its own."""
    rows = question_rows(person.questions, {of: sent} if sent else {})
    return render(request, "founder/question_list.html", {"rows": rows, "form": sent})
