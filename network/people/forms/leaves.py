"""Somebody is away: from when until when, and who is deputy."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.forms import DateThreeFieldsField, KernHelper
from gruendungswerkstatt.common.ids import new_uuid
from network.people.enums import LeaveRefusal
from network.people.models import Membership

_FIELD_OF_REFUSAL = {
    LeaveRefusal.BACKWARDS: "ends_on",
    LeaveRefusal.NOT_OF_THE_OFFICE: "deputy",
    LeaveRefusal.ONESELF: "deputy",
    LeaveRefusal.DEPUTY_AWAY: "deputy",
}
_INCOMPLETE = _("This form is incomplete. Please load the page again.")


class LeaveForm(forms.Form):
    """A leave of `member`; `colleagues` are those who can be deputy."""

    key = forms.UUIDField(
        widget=forms.HiddenInput, initial=new_uuid, error_messages={"required": _INCOMPLETE, "invalid": _INCOMPLETE}
    )
    starts_on = DateThreeFieldsField(label=_("First day"))
    ends_on = DateThreeFieldsField(label=_("Last day"))
    deputy = forms.ChoiceField(
        label=_("Deputy"),
        error_messages={"invalid_choice": LeaveRefusal.NOT_OF_THE_OFFICE.label},
    )

    def __init__(self, *args: Any, colleagues: Iterable[Membership], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._colleagues = {str(member.uuid): member for member in colleagues}
        names = [(key, member.user.name) for key, member in self._colleagues.items()]
        self.fields["deputy"].choices = [("", _("Please choose")), *names]
        self.fields["ends_on"].earliest = clock.today()
        self.helper = KernHelper(submit=_("Set deputy"))

    def clean_deputy(self) -> Membership:
        return self._colleagues[self.cleaned_data["deputy"]]

    def details(self) -> dict[str, Any]:
        """What services.leaves.set_leave takes."""
        return {name: self.cleaned_data[name] for name in ("key", "deputy", "starts_on", "ends_on")}

    def add_refusal(self, reason: LeaveRefusal) -> None:
        """Show a refusal beside the field it concerns; what was typed stays."""
        self.add_error(_FIELD_OF_REFUSAL.get(reason), ValidationError(reason.label, code=reason.value))


class LeaveEndForm(forms.Form):
    """Hidden values behind the button of one leave."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
