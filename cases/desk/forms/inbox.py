"""Answering an enquiry: a case, or an end with a reason."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.files.worklist import NOBODY
from intake.enums import ClosingReason
from intake.models import Submission
from network.people.models import Membership

from .base import DeskForm, VersionedForm, staff_choices

# Handing over needs a consent, and has a page of its own.
ENDINGS = [(reason.value, reason.label) for reason in ClosingReason if reason != ClosingReason.HANDED_OVER]


class AcceptForm(DeskForm):
    """Who gets the case."""

    code = "accept"

    advisor = forms.ChoiceField(label=_("Advisor"))

    def __init__(self, data: Any = None, *, staff: Sequence[Membership], proposed: Membership, **kwargs: Any):
        super().__init__(data, **kwargs)
        self._staff = {str(member.uuid): member for member in staff}
        self.fields["advisor"].choices = [
            *staff_choices(staff),
            (NOBODY, pgettext_lazy("advisor", "Nobody yet")),
        ]
        self.fields["advisor"].initial = str(proposed.uuid)

    def clean_advisor(self) -> Membership | None:
        return self._staff.get(self.cleaned_data["advisor"])


class CloseSubmissionForm(VersionedForm):
    """Why there will be no case."""

    code = "close"

    reason = forms.ChoiceField(label=_("Reason"), choices=ENDINGS, widget=forms.RadioSelect)
    is_confirmed = forms.BooleanField(
        label=_("Yes, close this enquiry without a case."),
        error_messages={"required": _("Please confirm that the enquiry should be closed.")},
    )
    stale_text = _("Somebody else answered this enquiry in the meantime. Please look at it again.")

    def __init__(self, data: Any = None, *, submission: Submission, **kwargs: Any):
        super().__init__(data, version=submission.version, **kwargs)


class DoubleForm(VersionedForm):
    """Two enquiries are one person's: somebody compared and says so. One form for each enquiry shown."""

    is_same_person = forms.BooleanField(
        label=_("Yes, I have compared: it is the same person."),
        error_messages={"required": _("Please confirm that it is the same person.")},
    )
    other_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    stale_text = _("Somebody else changed or answered one of the two enquiries in the meantime. Please compare again.")

    def __init__(self, data: Any = None, *, submission: Submission, other: Submission, **kwargs: Any):
        self.code = f"double-{other.reference}"
        super().__init__(data, version=submission.version, **kwargs)
        self.fields["other_version"].initial = other.version
        self._present_other = other.version

    @property
    def is_stale(self) -> bool:
        """Whether the page showed an older version of one of them."""
        return super().is_stale or (self.is_bound and self.data.get("other_version") != str(self._present_other))

    def add_stale(self, version: int) -> None:
        """Say so; sent again, the form is about both as the page shows them now."""
        super().add_stale(version)
        self.data["other_version"] = str(self._present_other)


class AddForm(VersionedForm):
    """The enquiry belongs to a case that is there: somebody compared and says so. One form for each case shown."""

    is_same_person = forms.BooleanField(
        label=_("Yes, I have compared: it is the same person."),
        error_messages={"required": _("Please confirm that it is the same person.")},
    )
    case_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    stale_text = _("Somebody else changed the enquiry or the case in the meantime. Please compare again.")

    def __init__(self, data: Any = None, *, submission: Submission, reference: str, case_version: int, **kwargs: Any):
        self.code = f"add-{reference}"
        super().__init__(data, version=submission.version, **kwargs)
        self.fields["case_version"].initial = case_version
        self._present_case = case_version

    @property
    def is_stale(self) -> bool:
        """Whether the page showed an older version of the enquiry or of the case."""
        return super().is_stale or (self.is_bound and self.data.get("case_version") != str(self._present_case))

    def add_stale(self, version: int, case_version: int | None = None) -> None:
        """Say so; sent again, the form is about both as the page shows them now."""
        super().add_stale(version)
        self.data["case_version"] = str(case_version or self._present_case)
