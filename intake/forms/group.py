"""The form of one page of questions."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common.forms import KernHelper
from intake.conditions import Answers
from intake.questions import OUTSIDE, Kind, Question
from intake.steps import Group

from .fields import form_field
from .traps import TrapsMixin

NOTHING: Mapping[str, Any] = MappingProxyType({})
LONGEST_HALF_TYPED = 20_000  # characters of one field; more than that nobody types


def stored(question: Question, value: Any) -> Any:
    """A field's clean value as it is stored: a code, a list of codes or text; "" or [] for no answer."""
    if question.kind is Kind.CHECK:
        return "yes" if value else ""
    if question.kind is Kind.LONG_TEXT:
        return value.strip()
    return value


class GroupForm(forms.Form):
    """The questions of `group` that somebody with the saved `answers` is asked; `answers` prefill it.

    Where something stands half `typed`, the field shows that, as it was typed.
    """

    use_required_attribute = False

    def __init__(
        self, group: Group, answers: Answers, data: Mapping[str, Any] | None = None, typed: Mapping[str, Any] = NOTHING
    ):
        self.helper = KernHelper(submit=_("Save and go on"), tag=False)
        # Where nothing is required, "(optional)" at every question says nothing.
        self.helper.hide_optional = not any(question.required_when for question in group.questions)
        self.group = group
        self.questions = group.asked(answers)
        self.saved = answers
        shown = {**answers, **typed}
        initial = {q.key: shown[q.key] for q in self.questions if q.key in shown}
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

    def savable(self, keys: Collection[str] | None = None) -> dict[str, Any]:
        """What of a page that is not finished can be saved, only of the questions `keys` if they are named.

        A town elsewhere is no answer to keep (rule 11), but the one that was given before does not hold any more.
        """
        self.is_valid()
        given = self.answers
        if given.get("municipality") == OUTSIDE:
            given["municipality"] = ""
        return {key: value for key, value in given.items() if keys is None or key in keys}

    def half_typed(self, keys: Collection[str] | None = None) -> dict[str, Any]:
        """What stands in the fields and cannot be saved as an answer (yet), as it was typed."""
        self.is_valid()
        typed = {q.key: self._typed(q) for q in self.questions if q.key not in self.cleaned_data}
        return {key: value for key, value in typed.items() if value and (keys is None or key in keys)}

    def _typed(self, question: Question) -> Any:
        typed = self[question.key].data
        if question.kind.is_coded:
            codes = typed if isinstance(typed, list) else [typed]
            known = [code for code in codes if code in question.by_code]
            return known if question.kind.is_multiple else ""
        texts = typed if isinstance(typed, list) else [typed or ""]
        if sum(map(len, texts)) > LONGEST_HALF_TYPED or not any(texts):
            return ""
        return typed

    def sent_as_shown(self) -> "GroupForm":
        """The form as if the page had been sent as it is shown: its mistakes are named."""
        data: MultiValueDict = MultiValueDict()
        for question in self.questions:
            bound = self[question.key]
            widget, value = bound.field.widget, bound.value()
            if isinstance(widget, forms.MultiWidget):
                parts = value if isinstance(value, list) else widget.decompress(value)
                data.update(
                    {f"{question.key}{name}": part for name, part in zip(widget.widgets_names, parts, strict=True)}
                )
            elif value:
                data.setlist(question.key, value if isinstance(value, list) else [value])
        return GroupForm(self.group, self.saved, data)

    def in_words(self, question: Question) -> str:
        """What stands in the field of `question`, as people read it."""
        typed = self[question.key].data
        values = [value for value in (typed if isinstance(typed, list) else [typed]) if value]
        if question.kind is Kind.CHECK:
            values = ["yes"] if values else []
        words = [question.label_of(value) if question.kind.is_coded else value for value in values]
        return (", " if question.kind.is_coded else " ").join(words)

    def typed_texts(self) -> list[tuple[Any, str]]:
        """(question, what was typed) of the text fields, to show it again where it could not be saved."""
        texts = ((q, self.data.get(q.key, "")) for q in self.questions if not q.kind.is_coded)
        return [(question.text, typed) for question, typed in texts if typed]


class FirstPageForm(TrapsMixin, GroupForm):
    """The first page while there is no draft yet: anybody may send it, and it makes one."""
