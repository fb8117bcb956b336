"""What a founder types or confirms on the own page."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.files.models import AskBack
from gruendungswerkstatt.audit.tokens import FormTokenMixin
from gruendungswerkstatt.common.forms import FORM_ID, FreeTextField, KernHelper, StaysMixin
from intake import attempts, pins
from intake.forms import pin_field, wait_text
from intake.models import Submission


class PinForm(StaysMixin):
    """The person's own PIN."""

    use_required_attribute = False
    status = HTTPStatus.OK  # of the page that shows the form again
    pin = pin_field(
        label=_("Your PIN"),
        required=True,
        autocomplete="off",
        error_messages={"required": _("Please write your PIN."), "max_length": _("A PIN has 4 to 8 digits.")},
    )
    helper = KernHelper(submit=_("Go on"), form_id=FORM_ID)

    def clean_pin(self) -> str:
        """The digits alone: people leave spaces between them."""
        return "".join(sign for sign in self.cleaned_data["pin"] if sign.isdigit())

    def proves(self, submission: Submission, address: str) -> bool:
        """Whether this is the PIN of `submission`; if not, the form says so. Only for a valid form."""
        try:
            pins.prove(submission, self.cleaned_data["pin"], address)
        except pins.WrongPin:
            self.add_error("pin", _("This PIN is wrong. Please try again, or call us."))
        except attempts.Paused as paused:
            self.add_error(None, wait_text(paused.minutes))
            self.status = HTTPStatus.TOO_MANY_REQUESTS
        else:
            return True
        return False


class WithdrawForm(FormTokenMixin):
    """The person takes a consent back; the page says what that means."""

    helper = KernHelper(submit=_("Yes, withdraw it"))


class AnswerForm(FormTokenMixin):
    """Yes or no to a question for a consent: two buttons of equal weight, which the page draws."""

    YES, NO = "yes", "no"

    decision = forms.ChoiceField(
        choices=[(YES, YES), (NO, NO)],
        widget=forms.HiddenInput,
        error_messages={name: _("Please use one of the buttons yes or no.") for name in ("required", "invalid_choice")},
    )


class AskBackAnswerForm(FormTokenMixin):
    """The person's answer to a question of the office; one form for each question on the page."""

    hide_optional = False
    text = FreeTextField(
        label=_("Your answer"),
        max_length=2000,
        help_text=_("In any language. Please write nothing about health or asylum here."),
        error_messages={"required": _("Please write an answer.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data: Any = None, *, asked: AskBack):
        super().__init__(data, auto_id=f"answer-{asked.uuid}_%s")


class DeleteForm(FormTokenMixin):
    """The person wants everything deleted; the page says what that means."""

    helper = KernHelper(submit=_("Yes, delete everything"))


class AskForDeletionForm(FormTokenMixin):
    """The same with a case, about which the office decides."""

    helper = KernHelper(submit=_("Yes, please delete everything"))
