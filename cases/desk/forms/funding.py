"""Funding of a case: what was asked for, how it was decided, from when until when."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.files.enums import FundingDecision, FundingKind
from cases.files.funding import Facts, FundingRefused, problems_of
from cases.files.models import Funding
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.forms import DateThreeFieldsField, DigitsCharField, TextField

from .base import VersionedForm
from .case import CaseForm

# 1500 · 1.500 · 1,500.50 · 1.500,5: the last sign with one or two digits behind it begins the cents.
_AMOUNT = re.compile(r"(?P<euros>\d{1,3}(?:[.,]\d{3})+|\d+)(?:[.,](?P<cents>\d{1,2}))?")
_LEFT_OUT = str.maketrans(dict.fromkeys(" \xa0\u202f€'’") | {"٫": ",", "٬": "."})
MOST_EUROS = 9_999_999


class EuroField(DigitsCharField):
    """An amount in euros as people write it, with point or comma; gives a Decimal, None where nothing was typed."""

    default_error_messages = {"invalid": _("Please enter the amount as a number, for example 1500 or 1500,50.")}

    def clean(self, value: Any) -> Decimal | None:
        typed = super().clean(value).translate(_LEFT_OUT)
        if not typed:
            return None
        found = _AMOUNT.fullmatch(typed)
        euros = int(re.sub("[.,]", "", found["euros"])) if found and len(found["euros"]) <= 12 else 0
        cents = int((found["cents"] or "0").ljust(2, "0")) if found else 0
        if not 0 < euros * 100 + cents <= MOST_EUROS * 100:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return Decimal(euros * 100 + cents) / 100

    def prepare_value(self, value: Any) -> Any:
        """A stored amount is shown as people write it, what was typed stays as it is."""
        return number_format(value, 2, force_grouping=True) if isinstance(value, Decimal) else value


class FundingFields(forms.Form):
    """What is known about one funding. The rules are those of the service."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=FundingKind.choices, widget=forms.RadioSelect)
    text = TextField(
        label=_("Name of something else"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    asked_on = DateThreeFieldsField(label=_("Asked for on"))
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("", pgettext_lazy("funding", "None yet")), *FundingDecision.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    decided_on = DateThreeFieldsField(label=_("Decided on"), required=False)
    starts_on = DateThreeFieldsField(
        label=_("First day"),
        required=False,
        help_text=_("Needed if it was granted. Of a loan or a grant for goods the day of payment."),
    )
    ends_on = DateThreeFieldsField(
        label=_("Last day"),
        required=False,
        help_text=_("From the last day of Einstiegsgeld its end and the Anlage EKS become deadlines."),
    )
    amount = EuroField(
        label=_("Amount in euros"),
        required=False,
        max_length=20,
        help_text=_("By the month if it is paid by the month."),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        self.add_problems(
            {name: problem for name, problem in problems_of(given, clock.today()).items() if name not in self.errors}
        )
        return given

    def add_problems(self, problems: Any) -> None:
        """Say beside each field what does not fit."""
        for name, problem in problems.items():
            self.add_error(name, ValidationError(problem.label, code=problem.value))

    def add_refused(self, refused: FundingRefused) -> None:
        self.add_problems(refused.problems)

    @property
    def facts(self) -> Facts:
        """What was given; the name counts for something else alone."""
        given = {name: self.cleaned_data[name] for name in FundingFields.base_fields}
        return Facts(**given | ({} if given["kind"] == FundingKind.OTHER else {"text": ""}))


class FundingForm(CaseForm, FundingFields):
    """One more funding of a case."""

    code = "funding"
    hide_optional = True


class FundingChangeForm(VersionedForm, FundingFields):
    """One that is recorded already, as it is now."""

    code = "funding_change"
    hide_optional = True
    stale_text = _(
        "Somebody else changed this funding in the meantime. Above stands how it is now, below what you typed. "
        "Please look at it again, then send again."
    )

    def __init__(self, data: Any = None, *, funding: Funding, **kwargs: Any):
        super().__init__(data, version=funding.version, **kwargs)
        for name in FundingFields.base_fields:
            self.fields[name].initial = getattr(funding, name)
