"""A telephone call to the founder, as one click or with a sentence."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common.forms import FreeTextField

from .case import CaseForm


class CallForm(CaseForm):
    """Whether the founder was reached. The buttons of the case page send it without a sentence."""

    code = "call"

    reached = forms.ChoiceField(
        label=_("Was the founder reached?"),
        choices=[("yes", _("Called and reached")), ("no", _("Not reached"))],
        widget=forms.RadioSelect,
    )
    text = FreeTextField(
        label=_("Note"),
        help_text=_("Part of the file: the founder may ask to read it."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_reached(self) -> bool:
        return self.cleaned_data["reached"] == "yes"
