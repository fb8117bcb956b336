"""Makes the form field of a question."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gruendungswerkstatt.common.bilingual import second_language, side_by_side
from gruendungswerkstatt.common.forms import FreeTextField, LineField, MailField, NameField, PhoneField
from gruendungswerkstatt.common.text import is_latin, sort_key
from gruendungswerkstatt.messaging import linting, telling
from intake.questions import Kind, Option, Question

from .month import MonthField

NOT_AN_ANSWER = gettext_lazy("Please choose one of the answers.")
EMPTY = ("", "–")


class AnswersField(forms.MultipleChoiceField):
    """Several codes; an exclusive one ("none of them") does not go together with others."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, exclusive: dict[str, Any], **kwargs: Any):
        super().__init__(**kwargs)
        self.exclusive = exclusive

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        alone = next((code for code in value if code in self.exclusive), None)
        if alone and len(set(value)) > 1:
            raise ValidationError(
                gettext_lazy("“%(answer)s” does not go together with other answers. Please choose again."),
                code="exclusive",
                params={"answer": self.exclusive[alone]},
            )


def form_field(question: Question, *, required: bool) -> forms.Field:
    """The form field that asks `question`; its clean value is what is stored ("", [] or False for no answer)."""
    field = _MAKERS[question.kind](
        question,
        label=question.text,
        required=required,
        help_text=_lazy_help(question),
        error_messages={"required": question.missing or gettext_lazy("Please answer this question.")},
    )
    if question.kind in (Kind.NAME, Kind.TEXT, Kind.PHONE, Kind.EMAIL):
        field.widget.attrs["autocomplete"] = question.autocomplete
    return field


def _help(question: Question) -> str:
    parts = [question.help] if question.help else []
    if question.kind is Kind.LONG_TEXT:
        parts.append(_("Please write nothing about health or asylum here."))  # rule 17
    if question.example:
        parts.append(format_html("{} <bdi>{}</bdi>", _("For example:"), question.example))
    return format_html_join(" ", "{}", ((part,) for part in parts))


_lazy_help = lazy(_help, SafeString)


def _choice(question: Question, **kwargs: Any) -> forms.Field:
    field = forms.ChoiceField(choices=_choices(question), widget=forms.RadioSelect, **_with_messages(kwargs))
    field.widget.hints = _hints(question)
    return field


def _long_choice(question: Question, **kwargs: Any) -> forms.Field:
    return forms.ChoiceField(
        choices=[EMPTY, *_sorted_choices(question, get_language(), second_language())], **_with_messages(kwargs)
    )


def _several(question: Question, **kwargs: Any) -> forms.Field:
    exclusive = {option.code: option.label for option in question.options if option.is_exclusive}
    field = AnswersField(choices=_choices(question), exclusive=exclusive, **_with_messages(kwargs))
    field.widget.hints = _hints(question)
    return field


def _with_messages(kwargs: dict[str, Any]) -> dict[str, Any]:
    messages = {"invalid_choice": NOT_AN_ANSWER, "invalid_list": NOT_AN_ANSWER}
    return {**kwargs, "error_messages": kwargs["error_messages"] | messages}


def _choices(question: Question) -> list:
    if not question.groups:
        return [_pair(question, option) for option in question.options]
    return [
        (heading, [_pair(question, option) for option in question.options if option.group == group])
        for group, heading in question.groups
    ]


@lru_cache(maxsize=64)  # few questions, few languages
def _sorted_choices(question: Question, language: str, second: str) -> tuple[tuple[str, str], ...]:
    named = [(option, side_by_side(question.choice_label(option))) for option in question.options]
    named.sort(key=lambda pair: (pair[0].rank, sort_key(pair[1])))
    return tuple((option.code, name) for option, name in named)


def _pair(question: Question, option: Option) -> tuple[str, Any]:
    return option.code, question.choice_label(option)


def _hints(question: Question) -> dict[str, Any]:
    return {
        option.code: option.hint
        for option in question.options
        if option.hint and option.hint != question.choice_label(option)
    }


def _check(question: Question, **kwargs: Any) -> forms.Field:
    return forms.BooleanField(**{**kwargs, "required": False})


def _name(question: Question, **kwargs: Any) -> forms.Field:
    return NameField(max_length=question.max_length, validators=[is_in_latin] if question.is_latin else [], **kwargs)


def is_in_latin(value: str) -> None:
    """Raise ValidationError if `value` has letters that stand in no German register (DIN 91379)."""
    if not is_latin(value):
        raise ValidationError(
            gettext_lazy(
                "Please write this name in Latin letters, as on your card. The next field takes every script."
            ),
            code="not_latin",
        )


def _text(question: Question, **kwargs: Any) -> forms.Field:
    widget = forms.TextInput(attrs={"dir": "auto"})
    validators = [tells_strangers_nothing] if question.is_in_messages else []
    return LineField(max_length=question.max_length, widget=widget, validators=validators, **kwargs)


def tells_strangers_nothing(value: str) -> None:
    """Raise ValidationError if `value`, read in a message, says who sends it or what it is about (rule 12)."""
    if linting.gives_away(value):
        raise ValidationError(
            gettext_lazy(
                "Others may read this word, so it must be no code, no number and no address. Please choose another one."
            ),
            code="secret",
        )
    if telling.tells(value, telling.STRICT):
        raise ValidationError(
            gettext_lazy(
                "Others could understand from this word what our message is about. Please choose another one."
            ),
            code="telling",
        )


def _long_text(question: Question, **kwargs: Any) -> forms.Field:
    return FreeTextField(max_length=question.max_length, **kwargs)


def _phone(question: Question, **kwargs: Any) -> forms.Field:
    return PhoneField(max_length=question.max_length, **kwargs)


def _email(question: Question, **kwargs: Any) -> forms.Field:
    widget = forms.EmailInput(attrs={"dir": "ltr", "inputmode": "email"})
    return MailField(max_length=question.max_length, widget=widget, **kwargs)


def _month(question: Question, **kwargs: Any) -> forms.Field:
    return MonthField(**kwargs)


_MAKERS: dict[Kind, Callable[..., forms.Field]] = {
    Kind.CHOICE: _choice,
    Kind.LONG_CHOICE: _long_choice,
    Kind.CHOICES: _several,
    Kind.CHECK: _check,
    Kind.NAME: _name,
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _long_text,
    Kind.PHONE: _phone,
    Kind.EMAIL: _email,
    Kind.MONTH: _month,
}
