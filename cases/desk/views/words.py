"""Translating a founder's own words, whether the enquiry waits in the inbox or belongs to a case."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.desk.forms import TranslationForm
from cases.desk.presenters import words as presenters
from cases.files import machine_translation, translating
from cases.files.machine_translation import NoSuggestion
from cases.files.models import Case
from cases.files.refusals import TranslationRefusal
from cases.files.selectors import case_of_submission
from cases.files.translating import TranslationRefused, Words
from gruendungswerkstatt.audit.tokens import carry_out_once
from gruendungswerkstatt.common.abstract import StaleVersion
from intake.models import Submission
from intake.questions import QUESTIONS
from intake.selectors import submission_for_office
from network.people.access import office_staff_required


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def words_translate(request: HttpRequest, submission_uuid: uuid.UUID, question: str, language: str) -> HttpResponse:
    """The words as they were written, and the form for their translation into `language`."""
    if question not in translating.TRANSLATABLE or language not in dict(settings.LANGUAGES):
        raise Http404
    submission = submission_for_office(request.office, submission_uuid)
    words = translating.words_of(submission, question) if submission else None
    if words is None:
        return _gone(request, submission)
    kept = translating.by_language(submission, question)
    form = TranslationForm(request.POST or None, words=words, present=kept.get(language))
    case = case_of_submission(submission)
    is_suggestion = request.method == "POST" and "suggest" in request.POST
    if is_suggestion:
        _suggest(form, words, language)
    elif request.method == "POST" and form.is_valid():

        def write() -> str:
            translating.translate(submission, question, language, request.membership, **form.details())
            messages.success(request, _("The translation is saved."))
            return _address(submission, case)

        try:
            return carry_out_once(form.cleaned_data["form_token"], write)
        except TranslationRefused as refused:
            submission = submission_for_office(request.office, submission_uuid)
            words = translating.words_of(submission, question) if submission else None
            if refused.reason == TranslationRefusal.GONE or words is None:
                return _gone(request, submission)
            form.add_changed(words)
        except StaleVersion:
            kept = translating.by_language(submission, question)
            form = TranslationForm(request.POST, words=words, present=kept.get(language))
            form.add_stale(kept[language].version)
    lines = {code: presenters.translation_line(row, submission, words) for code, row in kept.items()}
    context = {
        "form": form,
        "can_suggest": machine_translation.is_offered(),
        "is_suggested": is_suggestion and not form.errors,
        "typed_before": request.POST.get("text", "").strip() if is_suggestion and not form.errors else "",
        "words": words,
        "title": QUESTIONS[question].title,
        "submission": submission,
        "case": case,
        "back_url": _address(submission, case),
        "words_language": presenters.language_name(words.language),
        "into": presenters.language_name(language),
        "present": lines.pop(language, None),
        "others": [*lines.values(), *presenters.languages_left(submission, words, {language, *kept})],
        "url": presenters.address(submission, question, language),
    }
    return render(request, "cases/words_detail.html", context)


def _suggest(form: TranslationForm, words: Words, language: str) -> None:
    """Fill the form with what the office's server suggests, or say why there is nothing; nothing is stored."""
    try:
        suggestion = machine_translation.suggest(words, language)
    except NoSuggestion as missing:
        form.errors.clear()
        form.add_error(None, missing.reason.label)
    else:
        form.fill_in(suggestion)


def _gone(request: HttpRequest, submission: Submission | None) -> HttpResponse:
    """There is nothing to translate (any more); what was typed is shown once more, to be copied.

    The answer is the same for an enquiry that was erased meanwhile and for one that was never this office's.
    """
    typed = request.POST.get("text", "").strip()
    if submission is None and not typed:
        raise Http404
    back_url = _address(submission, case_of_submission(submission)) if submission else reverse("cases:inbox_list")
    if not typed:
        messages.warning(request, _("These words are not there any more."))
        return redirect(back_url)
    context = {"refusal": TranslationRefusal.GONE.label, "typed": typed, "back_url": back_url}
    return render(request, "cases/words_gone.html", context, status=409 if submission else 404)


def _address(submission: Submission, case: Case | None) -> str:
    if case is None:
        return reverse("cases:submission_detail", args=[submission.uuid])
    return f"{reverse('cases:case_answers', args=[case.uuid])}#enquiry-{submission.uuid}"
