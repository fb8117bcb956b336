"""Choosing a PIN: typed twice, in any digits."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from gruendungswerkstatt.common.forms import DigitsCharField
from intake.rules import pin_refusal


def pin_field(*, autocomplete: str = "new-password", **kwargs: Any) -> DigitsCharField:
    """A field for a PIN that nobody reads over the shoulder."""
    field = DigitsCharField(**{"required": False, "max_length": 40, "widget": forms.PasswordInput, **kwargs})
    field.widget.attrs["autocomplete"] = autocomplete
    return field


class NewPinMixin(forms.Form):
    """Checks the fields `pin` and `pin_again`, which the form makes with `pin_field`; "" for no PIN."""

    def clean_pin(self) -> str:
        pin = self.cleaned_data["pin"]
        if pin and (refusal := pin_refusal(pin)):
            raise forms.ValidationError(refusal.label, code=refusal.value)
        return pin

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "pin" in cleaned and cleaned["pin"] != cleaned.get("pin_again", ""):
            self.add_error("pin_again", _("The two PINs are different. Please type both again."))
        return cleaned


def wait_text(minutes: int) -> str:
    """What is said when a code or a PIN was wrong too often."""
    return ngettext(
        "That was wrong too often. Please wait %(minutes)d minute, or call us.",
        "That was wrong too often. Please wait %(minutes)d minutes, or call us.",
        minutes,
    ) % {"minutes": minutes}
