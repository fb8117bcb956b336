"""Choosing how long a class is kept."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common.forms import KernHelper
from gruendungswerkstatt.common.retention import Unit

from .retention import Kept
from .tokens import FormTokenMixin

_LABELS = {
    Unit.HOURS: _("How many hours?"),
    Unit.DAYS: _("How many days?"),
    Unit.MONTHS: _("How many months?"),
    Unit.YEARS: _("How many years?"),
}


class PeriodForm(FormTokenMixin):
    """A number in the unit of the class, within its limits; `kept` is what holds now."""

    amount = forms.IntegerField()
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, kept: Kept):
        found = kept.retention_class
        super().__init__(data, initial={"amount": kept.period.amount, "version": kept.version})
        self.fields["amount"] = forms.IntegerField(
            label=_LABELS[found.default.unit],
            min_value=found.least,
            max_value=found.most,
            help_text=_("From %(least)s to %(most)s. Default: %(default)s.")
            % {"least": found.least, "most": found.most, "default": found.default.amount},
        )
        self.order_fields(["amount"])
        self.helper = KernHelper(submit=_("Save"))

    def add_stale(self, version: int) -> None:
        """Say that somebody was quicker; sent again, the form changes what holds now."""
        self.data = self.data.copy()
        self.data["version"] = str(version)
        self.errors.clear()
        text = _("Somebody else changed this period in the meantime. Please look at it again, then send again.")
        self.add_error(None, ValidationError(text, code="stale"))
