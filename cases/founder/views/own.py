"""The own page: messages, consents, who has seen my data, my data. Level 2 of rule 13."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases.founder import presenters, selectors
from cases.founder.access import own_page
from cases.founder.forms import AnswerForm, WithdrawForm
from cases.founder.selectors import Person
from cases.referrals import services as referrals
from cases.referrals.enums import ConsentWay
from cases.referrals.presenters import request_rows
from gruendungswerkstatt.audit.tokens import carry_out_once
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.printing import pdf_response, print_pdf
from intake.hint_presenters import hint_views


@own_page("GET")
def own_detail(request: HttpRequest, person: Person) -> HttpResponse:
    """What can be opened here."""
    return render(request, "founder/own_detail.html", {"submission": person.submission})


@own_page("GET")
def message_list(request: HttpRequest, person: Person) -> HttpResponse:
    """Messages sent to the person: when, how, whether it worked, and the words as they were sent."""
    rows = presenters.message_rows(selectors.messages_to(person))
    return render(request, "founder/message_list.html", {"rows": rows})


@own_page("GET")
def consent_list(request: HttpRequest, person: Person) -> HttpResponse:
    """What the person is asked for, and to whom they allowed what to be given."""
    return _consents(request, person)


def _consents(request: HttpRequest, person: Person) -> HttpResponse:
    context = {
        "asked": request_rows(selectors.requests_to(person), get_language()),
        "answer_form": AnswerForm(),
        "rows": presenters.consent_rows(selectors.consents_of(person)),
        "handovers": person.handovers,
    }
    return render(request, "founder/consent_list.html", context)


@own_page("POST")
def consent_answer(request: HttpRequest, person: Person, request_uuid: uuid.UUID) -> HttpResponse:
    """Yes or no to what an advisor asks for. Of two answers the first one counts; a "no" is written down nowhere."""
    form = AnswerForm(request.POST)
    back = reverse("status:consent_list")
    if not form.is_valid():
        messages.warning(request, _("Please use one of the buttons yes or no."))
        return redirect(back)
    is_yes = form.cleaned_data["decision"] == form.YES

    def write() -> str:
        asked = selectors.request_to(person, request_uuid)
        if asked is None:
            raise Http404
        referrals.answer_request(asked, is_yes=is_yes)
        said_yes = _("You said yes. Your advisor can now pass on what stands here. You can withdraw it at any time.")
        messages.success(request, said_yes if is_yes else _("Nothing is passed on, and your no is not recorded."))
        return back

    try:
        return carry_out_once(form.cleaned_data["form_token"], write)
    except referrals.RequestGone:
        messages.warning(request, _("This question is no longer open."))
    except referrals.ReferralRefused:
        messages.warning(request, _("This is not possible at the moment. Please talk with your advisor."))
    return redirect(back)


@own_page("GET", "POST")
def consent_withdraw(request: HttpRequest, person: Person, consent_uuid: uuid.UUID) -> HttpResponse:
    """Ask once more, then end the partner's view at once (rule 7)."""
    consent = selectors.consent_of(person, consent_uuid)
    if consent is None:
        raise Http404
    form = WithdrawForm(request.POST if request.method == "POST" else None)

    def write() -> str:
        referrals.withdraw_consent(consent, None, way=ConsentWay.PORTAL)
        messages.success(request, _("You have withdrawn your consent. The partner sees nothing of it any more."))
        return reverse("status:consent_list")

    if form.is_valid():
        return carry_out_once(form.cleaned_data["form_token"], write)
    if not consent.is_valid:
        return redirect("status:consent_list")
    context = {"form": form, "row": presenters.consent_row(consent)}
    return render(request, "founder/consent_withdraw.html", context)


@own_page("GET")
def hint_list(request: HttpRequest, person: Person) -> HttpResponse:
    """What the person should clarify, and who can help. It tells of the answers, so the code alone does not open it."""
    submission = person.submission
    hints = hint_views(submission.office_id, submission.answers, clock.today())
    return render(request, "founder/hint_list.html", {"hints": hints})


@own_page("GET")
def view_list(request: HttpRequest, person: Person) -> HttpResponse:
    """Who has seen the person's data: body, role, day and purpose, no names (rule 14)."""
    return render(request, "founder/view_list.html", {"views": selectors.views_on(person)})


@own_page("GET")
def data_detail(request: HttpRequest, person: Person) -> HttpResponse:
    """Everything the person told, and what the case says; for reading and printing (Art. 15 GDPR)."""
    return render(request, "founder/data_detail.html", {"sections": _sections(person)})


@own_page("GET")
def data_paper(request: HttpRequest, person: Person) -> HttpResponse:
    """The same as a PDF. Made in the request: it is of this moment, nobody but the person asks, and nothing is kept."""
    return pdf_response(print_pdf(presenters.data_paper(_sections(person), get_language())), "data")


def _sections(person: Person) -> list[presenters.DataSection]:
    return presenters.data_sections(
        person,
        person.appointments,
        selectors.steps_of(person),
        selectors.deadlines_of(person),
        selectors.follow_ups_of(person),
        selectors.fundings_of(person),
        person.referrals,
        selectors.documents_asked_of(person),
        person.questions,
    )


@own_page("GET")
def data_export(request: HttpRequest, person: Person) -> HttpResponse:
    """The same and the rest of the own page as a file for machines (Art. 20 GDPR)."""
    content = presenters.export(
        person,
        appointments=person.appointments,
        steps=selectors.steps_of(person),
        deadlines=selectors.deadlines_of(person),
        follow_ups=selectors.follow_ups_of(person),
        fundings=selectors.fundings_of(person),
        referrals=person.referrals,
        documents=selectors.documents_asked_of(person),
        consents=selectors.consents_of(person),
        requests=selectors.requests_to(person),
        messages=selectors.messages_to(person),
        views=selectors.views_on(person),
        questions=person.questions,
        handovers=person.handovers,
    )
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="data.json"'
    return response
