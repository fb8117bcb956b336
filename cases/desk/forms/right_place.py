"""Showing the right place, and handing over to it with the founder's consent."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.referrals.enums import TOLD_WAYS, ReferralRefusal
from gruendungswerkstatt.common.forms import NameField

from .base import DeskForm, VersionedForm

YES, NO = "yes", "no"


class ShownForm(DeskForm):
    """The founder was told where to go: nothing but the button."""

    code = "shown"


class RightPlaceForm(VersionedForm):
    """The founder's answer, noted by the advisor. "No" needs nothing else and is written down nowhere."""

    code = "right_place"
    hide_optional: ClassVar[bool] = False

    given_by = forms.ChoiceField(
        label=_("How did the founder answer?"),
        choices=[(way, way.label) for way in TOLD_WAYS],
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("Please choose one of the entries of the list.")},
    )
    interpreted_by = NameField(
        label=_("Who interpreted?"), max_length=120, required=False, help_text=_("Leave it empty if nobody did.")
    )
    decision = forms.ChoiceField(
        choices=[(YES, ""), (NO, "")],
        widget=forms.HiddenInput,
        error_messages={name: _("Please use one of the buttons yes or no.") for name in ("required", "invalid_choice")},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("decision") == YES and "given_by" not in self.errors and not data.get("given_by"):
            self.add_error("given_by", _("Please say how the founder answered."))
        return data

    @property
    def is_no(self) -> bool:
        return self.cleaned_data.get("decision") == NO

    def add_refused(self, reason: ReferralRefusal) -> None:
        """Say why nothing is handed over; what was typed stays."""
        self.add_error(None, ValidationError(reason.label, code=reason.value))

    def details(self) -> dict[str, Any]:
        """What is recorded of a yes."""
        return {name: self.cleaned_data[name] for name in ("given_by", "interpreted_by", "version")}
