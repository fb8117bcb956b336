"""Confirming what the office typed, and the number that leads there."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common.forms import FORM_ID, DigitsCharField, KernHelper, StaysMixin
from intake import attempts, handing_over
from intake.conditions import Answers
from intake.handing_over import HandOver

from .closing import ClosingForm, fresh_field
from .pin import wait_text


class ConfirmForm(ClosingForm):
    """The founder alone: the notice is read, the answers are right, a PIN if wanted.

    Reminders are asked only where no case has settled them already.
    """

    def __init__(self, answers: Answers, data: Any = None, *, asks_reminders: bool):
        super().__init__(answers, data)
        if not asks_reminders:
            for question in self.questions:
                del self.fields[question.key]
            self.questions = []
        self.fields["fresh"] = fresh_field(required=True)
        self.fields["has_read"] = forms.BooleanField(
            label=_("I have read the text about my data."),
            error_messages={"required": _("Please read the text about your data and confirm that you have read it.")},
        )
        self.fields["alone"] = forms.BooleanField(
            label=_("I have read my answers alone, and they are right."),
            error_messages={
                "required": _("Please confirm your answers. If something is wrong, please tell the advisor.")
            },
        )


class NumberForm(StaysMixin):
    """The number that an advisor reads out or shows."""

    use_required_attribute = False
    number = DigitsCharField(
        label=_("Number from the advisor"),
        max_length=40,
        help_text=_("The number with 12 digits."),
        error_messages={
            "required": _("Please write the number that the advisor gave you."),
            "max_length": _("The number has 12 digits."),
        },
    )
    helper = KernHelper(submit=_("Go on"), form_id=FORM_ID)

    def redeem(self, address: str) -> HandOver | None:
        """What the number opens; None, with a message, if nothing. Only for a valid form."""
        try:
            found = handing_over.redeem(self.cleaned_data["number"], address)
        except attempts.Paused as paused:
            self.add_error("number", wait_text(paused.minutes))
            return None
        if found is None:
            self.add_error("number", _("This number opens nothing, or it is too old. Please ask for a new one."))
        return found
