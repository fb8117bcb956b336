"""Deadlines on the case page: a new one, another day with its reason."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.files.enums import DeadlineKind
from cases.files.models import Deadline
from gruendungswerkstatt.common.forms import DateThreeFieldsField, FreeTextField, TextField

from .base import VersionedForm
from .case import REASON_LENGTH, CaseForm

# What the day means that is typed in, beside what it is for.
_CHOICES = (
    (DeadlineKind.RESIDENCE, _("Residence permit: the last day on the card")),
    (DeadlineKind.EKS, _("Anlage EKS: last day of the grant period; the deadline is two months later")),
    (DeadlineKind.GRANT_END, _("Einstiegsgeld (§ 16b SGB II): last day of the grant")),
    (DeadlineKind.COOPERATION_PLAN, _("Kooperationsplan: day of the plan; the deadline is six months later")),
    (DeadlineKind.START_MONEY, _("Request for Einstiegsgeld: planned start; the deadline is the day before")),
    (DeadlineKind.VIABILITY, _("Viability check: since when self-employed; the deadline is one year later")),
    (DeadlineKind.OTHER, _("Something else: the deadline itself")),
)


class DeadlineForm(CaseForm):
    """What is to be watched. The day is the one that people know; the deadline is counted from it."""

    code = "deadline"

    kind = forms.ChoiceField(label=_("New deadline"), choices=_CHOICES, widget=forms.RadioSelect)
    day = DateThreeFieldsField(label=_("Day"))
    text = TextField(
        label=_("What it is about"),
        max_length=120,
        required=False,
        help_text=_("Needed for something else. For a Kooperationsplan its reference only, never its content."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("kind") == DeadlineKind.OTHER and not given.get("text") and "text" not in self.errors:
            self.add_error("text", forms.ValidationError(_("Please say what it is about."), code="required"))
        return given


class DeadlineChangeForm(VersionedForm):
    """Another day, with the reason; one form for each deadline of the page."""

    code = "change"

    due_on = DateThreeFieldsField(label=_("New day"))
    reason = FreeTextField(label=_("Reason"), max_length=REASON_LENGTH, widget=forms.Textarea(attrs={"rows": 2}))
    stale_text = _("Somebody else changed this deadline in the meantime. Please look at it again, then send again.")

    def __init__(self, data: Any = None, *, deadline: Deadline, **kwargs: Any):
        self.code = f"change-{deadline.uuid}"
        super().__init__(data, version=deadline.version, **kwargs)
        self.fields["due_on"].initial = deadline.due_on
