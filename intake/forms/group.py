"""The form of one page of questions."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common.forms import KernHelper
from intake.conditions import Answers
from intake.questions import Kind, Question
from intake.steps import Group

from .fields import form_field
from .traps import TrapsMixin


def stored(question: Question, value: Any) -> Any:
    """A field's clean value as it is stored: a code, a list of codes or text; "" or [] for no answer."""
    if question.kind is Kind.CHECK:
        return "yes" if value else ""
    if question.kind is Kind.LONG_TEXT:
        return value.strip()
    return value


class GroupForm(forms.Form):
    """The questions of `group` that somebody with the saved `answers` is asked; `answers` prefill it."""

    use_required_attribute = False

    def __init__(self, group: Group, answers: Answers, data: Mapping[str, Any] | None = None):
        self.helper = KernHelper(submit=_("Save and go on"))
        # Where nothing is required, "(optional)" at every question says nothing.
        self.helper.hide_optional = not any(question.required_when for question in group.questions)
        self.questions = group.asked(answers)
        self.saved = answers
        initial = {q.key: answers[q.key] for q in self.questions if q.key in answers}
        super().__init__(data, initial=initial)
        for question in self.questions:
            self.fields[question.key] = form_field(question, required=self.needs(question, answers))

    def needs(self, question: Question, answers: Answers) -> bool:
        """Whether this form asks for an answer to `question`, given the others."""
        return question.is_required(answers)

    def clean(self) -> dict[str, Any]:
        """Whether an answer is required may depend on another one of the same page: decided on what was given."""
        given = {**self.saved, **self.answers}
        for question in self.questions:
            is_required = self.needs(question, given)
            if self.has_error(question.key, "required"):
                if not is_required:
                    del self._errors[question.key]
                    self.cleaned_data[question.key] = [] if question.kind.is_multiple else ""
            elif is_required and not given.get(question.key) and question.key not in self._errors:
                self.add_error(question.key, forms.ValidationError(question.missing, code="required"))
        return self.cleaned_data

    @property
    def answers(self) -> dict[str, Any]:
        """What was given, as it is stored; "" or [] for questions left empty. Complete once the form is valid."""
        return {
            question.key: stored(question, self.cleaned_data[question.key])
            for question in self.questions
            if question.key in self.cleaned_data
        }

    def typed_texts(self) -> list[tuple[Any, str]]:
        """(question, what was typed) of the text fields, to show it again where it could not be saved."""
        texts = ((q, self.data.get(q.key, "")) for q in self.questions if not q.kind.is_coded)
        return [(question.text, typed) for question, typed in texts if typed]


class FirstPageForm(TrapsMixin, GroupForm):
    """The first page while there is no draft yet: anybody may send it, and it makes one."""
