"""What is asked on the page where answers are checked and sent."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common.forms import StaysMixin
from gruendungswerkstatt.common.ids import new_uuid
from intake.conditions import Answers
from intake.steps import CLOSING

from .group import GroupForm
from .pin import NewPinMixin, pin_field


def fresh_field(*, required: bool = False) -> forms.UUIDField:
    """What a new code is made of; in a page that is stored nowhere."""
    message = _("This form is incomplete. Please load the page again.")
    messages = {"invalid": message, "required": message}
    return forms.UUIDField(required=required, widget=forms.HiddenInput, initial=new_uuid, error_messages=messages)


class ClosingForm(StaysMixin, NewPinMixin, GroupForm):
    """Reminders, a PIN of one's own, and, if somebody helped, that the person now confirms alone (rule 15).

    Then the form brings along what the new code is made of (services.code_of): sent twice it makes one code.
    """

    def __init__(self, answers: Answers, data: Mapping[str, Any] | None = None, *, is_helped: bool = False):
        super().__init__(CLOSING, answers, data)
        self.fields["pin"] = pin_field(
            label=_("Would you like a PIN of your own?"),
            help_text=_(
                "A PIN has 4 to 8 digits and is voluntary. With it, later only you can see your messages and your "
                "data. Please remember it, and tell nobody."
            ),
        )
        self.fields["pin_again"] = pin_field(label=_("The PIN once more"))
        if is_helped:
            self.fields["fresh"] = fresh_field()
            self.fields["alone"] = forms.BooleanField(
                label=_("I have read my answers alone, and they are right."),
                help_text=_("Please take the phone back now. The person who helped you should not see the next page."),
                error_messages={"required": _("Please confirm your answers alone, without the person who helps you.")},
            )
