"""Deleting a person: noting the wish, declining it, doing it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.files.enums import ErasureDecline, ErasureReason
from cases.files.models import Case, ErasureRequest
from gruendungswerkstatt.common import codes

from .base import DeskForm, VersionedForm


class ErasureRequestForm(DeskForm):
    """The person said it at the desk or by telephone."""

    code = "request"

    is_known = forms.BooleanField(
        label=_("I am sure that this is the founder: I have seen an ID, or called back the number in the case."),
        error_messages={"required": _("Please make sure first that this is really the founder.")},
    )


class ErasureDeclineForm(VersionedForm):
    """Why the data is kept all the same."""

    code = "decline"

    reason = forms.ChoiceField(
        label=_("Why is the data kept?"),
        choices=ErasureDecline.choices,
        widget=forms.RadioSelect,
        help_text=_("The founder reads this reason."),
        error_messages={"required": _("Please choose a reason.")},
    )
    stale_text = _("Somebody else answered this request in the meantime. Please look at it again.")

    def __init__(self, data: Any = None, *, request: ErasureRequest, **kwargs: Any):
        super().__init__(data, version=request.version, **kwargs)


class EraseForm(DeskForm):
    """Asked for twice: the reference number has to be typed, and the end of it confirmed."""

    code = "erase"

    reason = forms.ChoiceField(
        label=_("Why is everything deleted?"),
        choices=ErasureReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose a reason.")},
    )
    reference = forms.CharField(
        label=_("Reference number of the case"), help_text=_("Please type it, so that the right person is deleted.")
    )
    is_confirmed = forms.BooleanField(
        label=_("Yes, delete everything. Nothing brings it back."),
        error_messages={"required": _("Please confirm that everything should be deleted.")},
    )

    def __init__(self, data: Any = None, *, case: Case, **kwargs: Any):
        super().__init__(data, **kwargs)
        self._reference = case.reference
        self.fields["reference"].widget.attrs |= {"autocomplete": "off", "dir": "ltr"}

    def clean_reference(self) -> str:
        typed = codes.normalise_reference(self.cleaned_data["reference"])
        if typed != self._reference:
            raise ValidationError(_("This is not the reference number of this case."), code="other_reference")
        return typed
