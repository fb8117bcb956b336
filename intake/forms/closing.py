"""What is asked on the page where answers are checked and sent."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.conditions import Answers
from intake.steps import CLOSING

from .group import GroupForm
from .pin import NewPinMixin, pin_field


class ClosingForm(NewPinMixin, GroupForm):
    """Reminders, a PIN of one's own, and, if somebody helped, that the person now confirms alone (rule 15)."""

    def __init__(self, answers: Answers, data: Mapping[str, Any] | None = None):
        super().__init__(CLOSING, answers, data)
        self.fields["pin"] = pin_field(
            label=_("Would you like a PIN of your own?"),
            help_text=_(
                "A PIN has 4 to 8 digits and is voluntary. With it, later only you can see your messages and your "
                "data. Please remember it, and tell nobody."
            ),
        )
        self.fields["pin_again"] = pin_field(label=_("The PIN once more"))
        if answers.get("filled_with_help") == "yes":
            self.fields["alone"] = forms.BooleanField(
                label=_("I have read my answers alone, and they are right."),
                help_text=_("Please take the phone back now. The person who helped you should not see the next page."),
                error_messages={"required": _("Please confirm your answers alone, without the person who helps you.")},
            )
