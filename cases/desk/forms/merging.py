"""Putting two cases of one person together, and separating them again."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.files.merging import Seen
from cases.files.models import Case
from gruendungswerkstatt.common import codes
from gruendungswerkstatt.common.forms import LineField

from .base import VersionedForm

THIS, OTHER = "this", "other"
_PICK = "pick_"


class OtherCaseForm(forms.Form):
    """A GET form: the number of the other case."""

    reference = LineField(
        label=_("Reference number of the other case"),
        max_length=40,
        error_messages={"required": _("Please type the number of the other case.")},
    )

    def __init__(self, data: Any = None):
        super().__init__(data)
        self.fields["reference"].widget.attrs |= {"autocomplete": "off", "dir": "ltr"}

    def clean_reference(self) -> str:
        return codes.normalise_reference(self.cleaned_data["reference"])


class MergeForm(VersionedForm):
    """What is right where both differ, and that it is the same person. `choices` are presenters.merging.Choice."""

    code = "merge"
    stale_text = _("Somebody else changed one of the two cases in the meantime. Please compare again.")

    seen = forms.CharField(widget=forms.HiddenInput)
    is_same_person = forms.BooleanField(
        label=_("Yes, I have compared: it is the same person."),
        error_messages={"required": _("Please confirm that it is the same person.")},
    )

    def __init__(self, data: Any = None, *, source: Case, target: Case, choices: Iterable[Any], **kwargs: Any):
        super().__init__(data, version=target.version, **kwargs)
        self._seen = "-".join(map(str, Seen.of(source, target)))
        self.fields["seen"].initial = self._seen
        for choice in choices:
            self.fields[_PICK + choice.code] = forms.ChoiceField(
                label=choice.label,
                choices=[(THIS, choice.this), (OTHER, choice.other)],
                initial=OTHER if choice.proposes_other else THIS,
                widget=forms.RadioSelect,
                error_messages={"required": _("Please choose one of the two.")},
            )
        self.order_fields([name for name in self.fields if name != "is_same_person"])

    @property
    def is_stale(self) -> bool:
        """Whether one of the cases or founders has changed since the page was drawn."""
        return super().is_stale or (self.is_bound and self.data.get("seen") != self._seen)

    def add_stale(self, version: int) -> None:
        """Say so; sent again, the form is about both as the page shows them now."""
        super().add_stale(version)
        self.data["seen"] = self._seen

    @property
    def compared(self) -> Seen:
        """The versions that were compared; only of a valid form that is not stale."""
        return Seen(*map(int, self._seen.split("-")))

    @property
    def from_source(self) -> list[str]:
        """Codes of what the other case knows better."""
        return [name.removeprefix(_PICK) for name, value in self.cleaned_data.items() if value == OTHER]


class UndoMergeForm(VersionedForm):
    """Separate them again; the page says what that means."""

    code = "undo"
