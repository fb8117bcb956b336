"""Fields for what people type: any digits, any way to write a telephone number, any script."""

from contextlib import suppress
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common import phones
from gruendungswerkstatt.common.text import clean_line, clean_name, strip_invisible, western_digits


class AtMost(MaxLengthValidator):
    """A longest length, said in plain words and with numbers as people write them."""

    message = _("The text is too long: it has %(show_value)s characters, %(limit_value)s are possible.")

    def __call__(self, value: Any) -> None:
        try:
            super().__call__(value)
        except ValidationError as error:
            numbers = {name: error.params[name] for name in ("show_value", "limit_value")}
            error.params |= {name: number_format(n, force_grouping=True) for name, n in numbers.items()}
            raise


class TextField(forms.CharField):
    """Text that can be seen: invisible signs at its ends are dropped, of nothing else there is no text."""

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs)
        self.validators = [AtMost(v.limit_value) if type(v) is MaxLengthValidator else v for v in self.validators]

    def to_python(self, value: Any) -> str:
        return strip_invisible(super().to_python(value)) or self.empty_value


class LineField(TextField):
    """One line of text: no line breaks, and nothing in it that turns the writing around."""

    def to_python(self, value: Any) -> str:
        return strip_invisible(clean_line(super().to_python(value))) or self.empty_value


class DigitsCharField(forms.CharField):
    """Text with digits in it (codes, numbers, postcodes); ٠–٩ and ۰–۹ become 0–9. Written left to right."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "numeric", "dir": "ltr", "autocomplete": "off"}

    def to_python(self, value: Any) -> str:
        return western_digits(super().to_python(value))


class MailField(forms.EmailField):
    """An e-mail address; its digits may be typed as ٠–٩ and ۰–۹, which no mail server knows.

    Browsers send "info@müller.de" as "info@xn--mller-kva.de": it is kept as it was typed, mail encodes it again.
    """

    def to_python(self, value: Any) -> str:
        name, sign, domain = western_digits(super().to_python(value)).rpartition("@")
        if "xn--" in domain.lower():
            with suppress(UnicodeError):  # no such domain; the validators say so
                domain = domain.encode("ascii").decode("idna")
        return f"{name}{sign}{domain}"


class PhoneField(forms.CharField):
    """A telephone number in any writing; gives E.164 ("+4915112345678"), "" where none is needed.

    Numbers without a country code are German. Only the possible is checked, not whether anybody answers.
    """

    widget = forms.TextInput
    default_error_messages = {
        "invalid": _("This is not a telephone number. Please write it with the area code, for example 0151 23456789.")
    }

    def __init__(self, **kwargs: Any):
        super().__init__(**{"max_length": 40, **kwargs})
        self.widget.input_type = "tel"

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "tel", "autocomplete": "tel", "dir": "ltr"}

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        number = phones.parse(typed)
        if number is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return number

    def prepare_value(self, value: Any) -> Any:
        """A stored number is shown as people dial it, what was typed stays as it is."""
        return phones.readable(value) if isinstance(value, str) and phones.parse(value) == value else value


class NameField(TextField):
    """A person's name in any script, one line; apostrophes as DIN 91379 has them."""

    def __init__(self, **kwargs: Any):
        super().__init__(**{"max_length": 200, **kwargs})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "dir": "auto", "placeholder": " "}

    def to_python(self, value: Any) -> str:
        return clean_name(super().to_python(value))


class FreeTextField(TextField):
    """A person's own words, any script, kept as written.

    `max_length` counts characters and is checked here only: a browser that cuts pasted text at a limit loses words
    without a message.
    """

    widget = forms.Textarea(attrs={"rows": 5})

    def __init__(self, *, max_length: int = 2000, **kwargs: Any):
        super().__init__(max_length=max_length, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        # The empty placeholder lets the style sheet begin on the page's side while nothing is typed.
        return {**attrs, "dir": "auto", "placeholder": " "}
