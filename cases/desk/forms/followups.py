"""What a founder said some months after the start."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.files.enums import FollowUpAnswer, Work
from cases.files.models import FollowUp
from gruendungswerkstatt.common.forms import FreeTextField

from .base import VersionedForm


class FollowUpForm(VersionedForm):
    """The answer to one follow-up. What belongs to a yes counts for nothing with another answer."""

    code = "follow_up"
    hide_optional = True

    answer = forms.ChoiceField(
        label=_("Are they still in business?"), choices=FollowUpAnswer.choices, widget=forms.RadioSelect
    )
    work = forms.ChoiceField(label=_("The business is"), choices=Work.choices, required=False, widget=forms.RadioSelect)
    jobs = forms.IntegerField(
        label=_("Employees"),
        help_text=_("How many people the founder employs; leave it empty if it was not said."),
        min_value=0,
        max_value=999,
        required=False,
    )
    text = FreeTextField(
        label=_("Note"),
        help_text=_("Part of the file: the founder may ask to read it."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    stale_text = _("Somebody else changed this follow-up in the meantime. Please look at it again, then send again.")

    def __init__(self, data: Any = None, *, follow_up: FollowUp, **kwargs: Any):
        super().__init__(data, version=follow_up.version, **kwargs)
