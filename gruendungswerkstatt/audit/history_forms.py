"""The search of the history."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common.codes import normalise_reference
from gruendungswerkstatt.common.forms.dates import DateThreeFieldsField
from gruendungswerkstatt.common.forms.helper import KernHelper

from .changes import kinds
from .labels import SETTINGS, kind_label

DAYS = {"earliest": date(2000, 1, 1), "latest": date(2100, 12, 31)}  # what clocks and databases reckon with


class HistoryForm(forms.Form):
    """A GET form. There is no field for a person of staff, on purpose (rule 14 of the domain)."""

    reference = forms.CharField(
        label=_("Case number"), max_length=20, required=False, widget=forms.TextInput({"dir": "ltr"})
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    since = DateThreeFieldsField(label=_("From"), required=False, **DAYS)
    until = DateThreeFieldsField(label=_("To"), required=False, **DAYS)

    def __init__(self, data: Any, *, sees_files: bool):
        super().__init__(data)
        if not sees_files:
            del self.fields["reference"]
        codes = kinds() if sees_files else SETTINGS
        choices = sorted(((code, str(kind_label(code))) for code in codes), key=lambda choice: choice[1])
        self.fields["kind"].choices = [("", _("All kinds")), *choices]
        self.helper = KernHelper(self, tag=False)
        self.helper.disable_csrf = True
        self.helper.hide_optional = True

    def clean_reference(self) -> str:
        typed = self.cleaned_data["reference"]
        if typed and not normalise_reference(typed):
            raise forms.ValidationError(_("A case number has eight digits, for example 1234-5678."), code="invalid")
        return normalise_reference(typed)
