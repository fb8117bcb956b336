"""Which cases and appointments go to whom, and that it is meant."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cases.desk.selectors.reassigning import MOST
from gruendungswerkstatt.audit.tokens import FormTokenMixin
from gruendungswerkstatt.common.abstract import is_version
from network.people.models import Membership

from .base import staff_choices

ALL, SOME = "all", "some"


class ReassignForm(forms.Form):
    """The new advisor, and whether all cases go or the ticked ones: the button that was pressed.

    Cases and appointments are read by `uuids`.
    """

    advisor = forms.ChoiceField(
        label=_("New advisor"),
        error_messages={
            "required": _("Please choose who is to be responsible."),
            "invalid_choice": _("This person does not work on cases of your office. Please choose somebody else."),
        },
    )
    scope = forms.ChoiceField(choices=[(ALL, ""), (SOME, "")], required=False)
    with_appointments = forms.BooleanField(label=_("Take all appointments along"), required=False)

    def __init__(self, data: Any = None, *, staff: Sequence[Membership], member: Membership):
        super().__init__(data, auto_id="reassign_%s")
        self._staff = {str(one.uuid): one for one in staff if one.pk != member.pk}
        self.fields["advisor"].choices = [("", _("Please choose")), *staff_choices(self._staff.values())]

    def clean_advisor(self) -> Membership:
        return self._staff[self.cleaned_data["advisor"]]

    @property
    def has_choice(self) -> bool:
        """Whether there is anybody to give to."""
        return bool(self._staff)

    @property
    def takes_all(self) -> bool:
        return self.cleaned_data["scope"] == ALL


class ReassignConfirmForm(FormTokenMixin, ReassignForm):
    """The same from the page that has shown what will happen."""


def uuids(data: QueryDict, name: str) -> set[uuid.UUID]:
    """What was ticked; what is no UUID is left out."""
    return {found for found in map(_uuid, data.getlist(name)[:MOST]) if found}


def versions(data: QueryDict, name: str) -> dict[uuid.UUID, int]:
    """What the page with the preview showed, from values like "<uuid>:3"."""
    pairs = (value.partition(":") for value in data.getlist(name)[:MOST])
    found = {_uuid(key): int(version) for key, _colon, version in pairs if is_version(version)}
    return {key: version for key, version in found.items() if key}


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
