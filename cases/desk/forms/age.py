"""Recording whether a founder is of age, where the enquiry did not ask."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .case import VersionedCaseForm


class AgeForm(VersionedCaseForm):
    """Rule 10: what the founder says about their age; needed before anything is passed on."""

    code = "age"

    is_adult = forms.ChoiceField(
        label=_("Is the founder 18 or older?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )

    def prepare(self) -> None:
        if self.case.founder.is_adult is not None:
            self.fields["is_adult"].initial = "yes" if self.case.founder.is_adult else "no"

    def clean_is_adult(self) -> bool:
        return self.cleaned_data["is_adult"] == "yes"
