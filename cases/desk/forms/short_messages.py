"""A short message to many founders: which text, and that it is meant. Cases are read as in `bulk`."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.files.enums import ShortMessage
from gruendungswerkstatt.audit.tokens import FormTokenMixin


class ShortMessageForm(forms.Form):
    """One of the texts of the house."""

    text = forms.ChoiceField(
        label=_("Message"),
        choices=[("", _("Please choose")), *ShortMessage.choices],
        error_messages={"required": _("Please choose a message."), "invalid_choice": _("Please choose a message.")},
    )

    def clean_text(self) -> ShortMessage:
        return ShortMessage(self.cleaned_data["text"])


class ShortMessageConfirmForm(FormTokenMixin, ShortMessageForm):
    """The same from the page that has shown who gets what."""
