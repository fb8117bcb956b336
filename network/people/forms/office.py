"""The form of the office's own address and contact."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common.forms import DigitsCharField, KernHelper, NameField, PhoneField
from network.people.models import Organisation

from .plain import no_links

DETAILS = ("street", "postal_code", "place", "phone", "email")


class OfficeDetailsForm(forms.Form):
    """Where an office is and how to reach it; the legal notice has to say all of it (§ 5 DDG)."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    street = NameField(label=_("Street and number"), max_length=120, validators=[no_links])
    postal_code = DigitsCharField(
        label=_("Postal code"),
        max_length=5,
        validators=[RegexValidator(r"^[0-9]{5}\Z", _("A German postal code has five digits."))],
    )
    place = NameField(label=_("Town"), max_length=80, validators=[no_links])
    phone = PhoneField(label=_("Phone number"))
    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"})
    )

    def __init__(self, *args: Any, office: Organisation, **kwargs: Any):
        initial = {name: getattr(office, name) for name in (*DETAILS, "version")}
        super().__init__(*args, initial=initial, **kwargs)
        self.helper = KernHelper(submit=_("Save"))

    def details(self) -> dict[str, str]:
        """What services.office.change_details takes."""
        return {name: self.cleaned_data[name] for name in DETAILS}

    def add_stale(self, office: Organisation) -> None:
        """Say that somebody was quicker and what they saved. Sent again, the form replaces it."""
        self.data = self.data.copy()
        self.data["version"] = str(office.version)
        for name in DETAILS:
            if (saved := getattr(office, name)) != self.cleaned_data.get(name):
                # U+2068 and U+2069 keep a value of one direction together inside a line of the other.
                self[name].help_text = gettext("Saved now: %(value)s") % {"value": f"\u2068{saved}\u2069"}
        self.add_error(
            None,
            _(
                "Somebody else changed this in the meantime. "
                "What is saved now stands below the fields; saving replaces it."
            ),
        )
