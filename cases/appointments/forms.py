"""Planning, moving, cancelling, recording the outcome."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.files.models import Case
from gruendungswerkstatt.audit.tokens import FormTokenMixin
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.forms import KernHelper, MomentField, TextField
from gruendungswerkstatt.messaging import telling
from network.people.models import Membership, Organisation
from network.people.selectors import office_staff

from . import rules
from .enums import CancelledBy, Place, RefusalReason
from .models import Appointment

# The field that a refusal belongs to; the others concern the whole form.
_FIELD_OF_REFUSAL = {
    RefusalReason.IN_THE_PAST: "starts_at",
    RefusalReason.NO_SUCH_TIME: "starts_at",
    RefusalReason.ADVISOR_BUSY: "starts_at",
    RefusalReason.PAST_MIDNIGHT: "minutes",
}


class RefusableForm(FormTokenMixin):
    """A form whose service may say no for a reason."""

    def add_refusal(self, reason: RefusalReason) -> None:
        """Show a refusal beside the field it concerns."""
        field = _FIELD_OF_REFUSAL.get(reason)
        self.add_error(field if field in self.fields else None, ValidationError(reason.label, code=reason.value))


class VersionedForm(RefusableForm):
    """A form that changes an appointment, as it was when the page was made."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, appointment: Appointment, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = appointment.version

    def add_stale(self, appointment: Appointment) -> None:
        """Say that somebody was quicker; sending again then overwrites what the page now shows of `appointment`."""
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = str(appointment.version)
        self.add_error(None, _("Somebody else changed this appointment in the meantime. Please look at it again."))


class AppointmentForm(RefusableForm):
    """A new appointment."""

    starts_at = MomentField(label=_("Day and time"))
    minutes = forms.IntegerField(
        label=_("Duration in minutes"),
        initial=rules.DEFAULT_MINUTES,
        min_value=rules.SHORTEST_MINUTES,
        max_value=rules.LONGEST_MINUTES,
        widget=forms.NumberInput(attrs={"class": "kern-form-input__input--width-4"}),
    )
    advisor = forms.ChoiceField(label=_("Advisor"))
    place = forms.ChoiceField(label=_("Where"), choices=Place.choices, initial=Place.OFFICE, widget=forms.RadioSelect)
    address = TextField(
        label=_("Address"),
        required=False,
        max_length=200,
        help_text=_("Street and town only: it stands in messages if the founder has chosen so. Empty: the office."),
    )
    topic = TextField(
        label=_("Topic"), required=False, max_length=200, help_text=_("For the team, never in a message.")
    )
    submit_text = _("Plan appointment")

    def __init__(self, *args: Any, office: Organisation, **kwargs: Any):
        super().__init__(*args, **kwargs)
        today = clock.today()
        self.fields["starts_at"].earliest = today
        self.fields["starts_at"].latest = today + timedelta(days=rules.DAYS_AHEAD)
        self._staff = {str(member.uuid): member for member in office_staff(office)}
        self.fields["advisor"].choices = [(code, member.user.name) for code, member in self._staff.items()]
        for name in ("address", "topic"):
            self.fields[name].widget.attrs["dir"] = "auto"
        self.helper = KernHelper(submit=self.submit_text)

    def clean_starts_at(self):
        moment = self.cleaned_data["starts_at"]
        if not rules.is_on_the_clock(moment):
            raise ValidationError(RefusalReason.NO_SUCH_TIME.label, code="time")
        return moment

    def clean_advisor(self) -> Membership:
        return self._staff[self.cleaned_data["advisor"]]

    def clean_address(self) -> str:
        address = self.cleaned_data["address"]
        if telling.tells(address, telling.STRICT):
            raise ValidationError(
                _("Please give the street only, not whose house it is: the address may stand in a message.")
            )
        return address

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("place") == Place.PARTNER and not data.get("address") and "address" not in self.errors:
            self.add_error("address", _("Please enter where the appointment is."))
        return data

    def details(self) -> dict[str, Any]:
        """What the services take."""
        return {
            name: self.cleaned_data[name] for name in ("starts_at", "minutes", "advisor", "place", "address", "topic")
        }


class MoveForm(VersionedForm, AppointmentForm):
    """Another time, place or advisor for an appointment."""

    submit_text = _("Save")

    def __init__(self, *args: Any, appointment: Appointment, office: Organisation, **kwargs: Any):
        initial = {
            "starts_at": appointment.starts_at,
            "minutes": appointment.minutes,
            "advisor": str(appointment.advisor.uuid),
            "place": appointment.place,
            "address": appointment.address,
            "topic": appointment.topic,
        }
        super().__init__(*args, appointment=appointment, office=office, initial=initial, **kwargs)


class CancelForm(VersionedForm):
    """Who cancelled."""

    cancelled_by = forms.ChoiceField(label=_("Who cancels?"), choices=CancelledBy.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.helper = KernHelper(submit=_("Cancel appointment"))


class OutcomeForm(VersionedForm):
    """How an appointment ended."""

    outcome = forms.ChoiceField(
        label=_("What became of the appointment?"),
        choices=[(code.value, code.label) for code in rules.OUTCOMES],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.helper = KernHelper(submit=_("Save"))


def initial_advisor(case: Case, by: Membership) -> str:
    """Who is proposed: the case's advisor, else whoever plans."""
    return str(case.advisor.uuid if case.advisor else by.uuid)
