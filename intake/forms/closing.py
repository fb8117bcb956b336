"""What is asked on the page where answers are checked and sent."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common.forms import DigitsCharField
from intake.conditions import Answers
from intake.rules import PIN_LENGTH, is_weak_pin
from intake.steps import CLOSING

from .group import GroupForm


class ClosingForm(GroupForm):
    """Reminders, a PIN of one's own, and, if somebody helped, that the person now confirms alone (rule 15)."""

    def __init__(self, answers: Answers, data: Mapping[str, Any] | None = None):
        super().__init__(CLOSING, answers, data)
        self.fields["pin"] = self._pin_field(
            label=_("Would you like a PIN of your own?"),
            help_text=_(
                "A PIN has 6 digits and is voluntary. With it, later only you can see your documents and messages. "
                "Please remember it, and tell nobody."
            ),
        )
        self.fields["pin_again"] = self._pin_field(label=_("The PIN once more"))
        if answers.get("filled_with_help") == "yes":
            self.fields["alone"] = forms.BooleanField(
                label=_("I have read my answers alone, and they are right."),
                help_text=_("Please take the phone back now. The person who helped you should not see the next page."),
                error_messages={"required": _("Please confirm your answers alone, without the person who helps you.")},
            )

    @staticmethod
    def _pin_field(**kwargs: Any) -> forms.CharField:
        widget = forms.PasswordInput(attrs={"class": "kern-form-input__input--width-6"})
        field = DigitsCharField(required=False, max_length=40, widget=widget, **kwargs)
        field.widget.attrs["autocomplete"] = "new-password"
        return field

    def clean_pin(self) -> str:
        pin = self.cleaned_data["pin"]
        if not pin:
            return ""
        if not (pin.isascii() and pin.isdigit() and len(pin) == PIN_LENGTH):
            raise forms.ValidationError(_("Please choose 6 digits for the PIN."))
        if is_weak_pin(pin):
            raise forms.ValidationError(_("This PIN is easy to guess. Please choose another one."))
        return pin

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "pin" in cleaned and cleaned["pin"] != cleaned.get("pin_again", ""):
            self.add_error("pin_again", _("The two PINs are different. Please type both again."))
        return cleaned
