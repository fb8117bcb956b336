"""A person's file, as the history of changes looks for it (audit.files)."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from gruendungswerkstatt.audit.files import File, Keys, Register
from gruendungswerkstatt.audit.wordings import Part
from intake import hints, questions
from intake.models import Submission
from network.people.models import Organisation

from .models import AddedEnquiry, Case, Founder
from .selectors import shells_of
from .step_templates import shipped


def find(office: Organisation, reference: str) -> File | None:
    """The file with this reference number, with what was put into it."""
    case = Case.objects.for_office(office).select_related("submission").filter(reference=reference).first()
    if case is None:
        return None
    added = AddedEnquiry.objects.for_office(office).filter(case=case).select_related("submission")
    shells = shells_of([case.pk])
    submissions = [*([case.submission] if case.submission else []), *(enquiry.submission for enquiry in added)]
    return File(
        case.uuid,
        case.reference,
        {
            Case: [case.pk, *(shell.pk for shell in shells)],
            Founder: list({case.founder_id, *(shell.founder_id for shell in shells)}),
            Submission: [row.pk for row in submissions],
        },
        (case.uuid, *(row.uuid for row in (*submissions, *shells))),
    )


def references(office: Organisation, keys: Keys) -> Mapping[tuple[type[models.Model], int], str]:
    """Reference numbers of the files that rows belong to; of a founder with several cases that of the newest."""
    condition = Q(pk__in=keys[Case]) | Q(founder__in=keys[Founder]) | Q(submission__in=keys[Submission])
    rows = Case.objects.for_office(office).filter(condition).order_by("pk")
    found: dict[tuple[type[models.Model], int], str] = {}
    for case, founder, submission, reference in rows.values_list("pk", "founder", "submission", "reference"):
        found |= {(Case, case): reference, (Founder, founder): reference, (Submission, submission): reference}
    added = AddedEnquiry.objects.for_office(office).filter(submission__in=keys[Submission])
    found |= {(Submission, key): reference for key, reference in added.values_list("submission", "case__reference")}
    return found


def _hint(code: str) -> Any:
    hint = hints.by_code(code)
    return hint.title if hint else code


def _template(code: str) -> Any:
    """A shipped template by its words; an office's own has a UUID, which says nothing."""
    template = shipped().get(code)
    return template.text if template else ""


def texts_in_words(texts: Mapping[str, str]) -> Mapping[str, Part]:
    """What is said in several languages, a language each."""
    return {language: Part(name, texts[language], True) for language, name in settings.LANGUAGES if texts.get(language)}


def _question(key: str) -> Any:
    question = questions.QUESTIONS.get(key)
    return question.title if question else key


# Columns with codes of the questionnaire (audit.wordings).
CODES = {
    ("cases_files.case", "sector"): partial(questions.label, "sector"),
    ("cases_files.founder", "languages"): partial(questions.label, "languages"),
    ("cases_files.planstep", "hint_code"): _hint,
    ("cases_files.planstep", "template"): _template,
    ("cases_files.steptemplate", "code"): _template,
    ("cases_files.steptemplate", "hint_code"): _hint,
    ("cases_files.translation", "question"): _question,
}
REGISTER = Register((Case, Founder, Submission), find, references)
