"""What the forms of a page with several of them share."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.files.enums import Need
from cases.files.refusals import CaseRefusal
from gruendungswerkstatt.audit.tokens import FIELD as TOKEN
from gruendungswerkstatt.audit.tokens import FormTokenMixin
from network.people.models import Membership

# The field a refusal belongs to; the others concern the whole form.
_FIELD_OF_REFUSAL = {
    CaseRefusal.NO_SUCH_MOVE: "to",
    CaseRefusal.REASON_MISSING: "reason",
    CaseRefusal.OUTCOME_MISSING: "outcome",
    CaseRefusal.NOT_OF_THE_OFFICE: "advisor",
    CaseRefusal.NOT_YET: "received_at",
}


class DeskForm(FormTokenMixin):
    """One of several forms on a page; `code` keeps the ids of their fields apart.

    The services' refusals are shown beside the field they concern.
    """

    code: ClassVar[str]
    hide_optional = False  # True where the optional field is sometimes needed, which its hint says
    is_stale = False

    def __init__(self, data: Any = None, **kwargs: Any):
        super().__init__(data, auto_id=f"{self.code}_%s", **kwargs)

    def details(self) -> dict[str, Any]:
        """What was given, without the token."""
        return {name: value for name, value in self.cleaned_data.items() if name != TOKEN}

    def add_refusal(self, reason: CaseRefusal, needs: Iterable[Need] = (), *, is_final: bool = False) -> None:
        """Say why it was refused, and what is missing if it was for that; what was typed stays.

        `is_final`: a team lead could not do it anyway.
        """
        if needs:
            self.add_error(None, [ValidationError(need.label, code=need.value) for need in needs])
            return
        field = _FIELD_OF_REFUSAL.get(reason)
        self.add_error(field if field in self.fields else None, ValidationError(reason.label, code=reason.value))


class VersionedForm(DeskForm):
    """A form that changes something as it was when the page was made: its `version` then."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    stale_text = _("Somebody else changed this case in the meantime. Please look at it again, then send again.")

    def __init__(self, data: Any = None, *, version: int, **kwargs: Any):
        super().__init__(data, **kwargs)
        self.fields["version"].initial = version
        self._present = version

    @property
    def is_stale(self) -> bool:
        """Whether the form was sent from a page that showed an older version."""
        return self.is_bound and self.data.get("version") != str(self._present)

    def add_stale(self, version: int) -> None:
        """Say that somebody was quicker. Sent again, the form changes what the page shows now, version `version`."""
        self.data = self.data.copy()
        self.data["version"] = str(version)
        self.errors.clear()
        self.add_error(None, ValidationError(self.stale_text, code="stale"))


class OfferedChoiceField(forms.ChoiceField):
    """Offers the choices that are possible now and takes every one of `codes`.

    A form that is sent twice offered what is no longer possible after the first time: its token has to be seen
    first. What is not possible is then told by the service.
    """

    def __init__(self, *, codes: Iterable[str], **kwargs: Any):
        super().__init__(**kwargs)
        self.codes = frozenset(codes)

    def valid_value(self, value: str) -> bool:
        return value in self.codes


def staff_choices(staff: Iterable[Membership]) -> list[tuple[str, str]]:
    """(uuid, name) of the office's advisors."""
    return [(str(member.uuid), member.user.name) for member in staff]
