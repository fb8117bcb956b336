"""Forms of the people room."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Membership


class MembershipForm(forms.Form):
    """Choice among one's own memberships; cleans to the UUID as text."""

    membership = forms.ChoiceField(label=_("Act for"))

    def __init__(self, *args, memberships: Iterable[Membership], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["membership"].choices = [
            (str(m.uuid), f"{m.organisation} · {m.get_role_display()}") for m in memberships
        ]
