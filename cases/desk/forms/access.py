"""The founder's access on the case page: a new code, a new PIN."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.forms import NewPinMixin, pin_field

from .base import DeskForm
from .case import CaseForm


class NewCodeForm(CaseForm):
    """A lost code: is it really this person?"""

    code = "new_code"

    is_known = forms.BooleanField(
        label=_("I am sure that this is the founder: I have seen an ID, or called back the number in the case."),
        error_messages={"required": _("Please make sure first that this is really the founder.")},
    )


class NewCodeOfEnquiryForm(DeskForm):
    """The same before there is a case."""

    code = "new_code"

    is_known = forms.BooleanField(
        label=_("I am sure that this is the founder: I have seen an ID, or called back the number in the enquiry."),
        error_messages={"required": _("Please make sure first that this is really the founder.")},
    )


class NewPinForm(NewPinMixin, CaseForm):
    """A PIN typed by the founder at the desk; left empty, one is made and shown once."""

    code = "new_pin"

    is_known = forms.BooleanField(
        label=_("The founder is here, and I have seen an ID."),
        error_messages={"required": _("Please make sure first that this is really the founder.")},
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["pin"] = pin_field(
            label=_("New PIN"),
            help_text=_(
                "4 to 8 digits, typed by the founder. Please look away. Left empty, a PIN is made and shown once."
            ),
        )
        self.fields["pin_again"] = pin_field(label=_("The PIN once more"))
