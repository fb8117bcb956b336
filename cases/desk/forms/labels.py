"""Labels: the office's words, and which of them are on a case."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.files.models import Label
from gruendungswerkstatt.common.forms import LineField

from .base import DeskForm, VersionedForm

_NAME_HELP = _("A word for sorting cases. Please write nothing about health, religion, origin or asylum.")


def _name_field() -> LineField:
    return LineField(label=_("Name of the label"), max_length=40, help_text=_NAME_HELP)


class LabelNewForm(DeskForm):
    """A new label of the office."""

    code = "new"

    name = _name_field()


class LabelNameForm(VersionedForm):
    """Another name for a label."""

    code = "rename"
    stale_text = _("Somebody else renamed this label in the meantime. Please look at it again, then send again.")

    name = _name_field()

    def __init__(self, data: Any = None, *, label: Label, **kwargs: Any):
        super().__init__(data, version=label.version, initial={"name": label.name}, **kwargs)


class LabelDeleteForm(DeskForm):
    """Deleting takes the label off all cases, so it is asked for twice."""

    code = "delete"

    is_confirmed = forms.BooleanField(
        label=_("Yes, take this label off all cases and delete it."),
        error_messages={"required": _("Please confirm that the label should be deleted.")},
    )


class LabelPutForm(DeskForm):
    """A label that is not on the case yet."""

    code = "put"

    label = forms.ChoiceField(
        label=_("Label"), error_messages={"invalid_choice": _("This label was deleted in the meantime.")}
    )

    def __init__(self, data: Any = None, *, labels: Iterable[Label], **kwargs: Any):
        super().__init__(data, **kwargs)
        self.known = {str(label.uuid): label for label in labels}
        self.fields["label"].choices = [(key, label.name) for key, label in self.known.items()]

    def offer(self, labels: Iterable[Label]) -> None:
        """Show these alone; a form that is sent twice names one that is on the case by now, which is no error."""
        self.fields["label"].widget.choices = [(str(label.uuid), label.name) for label in labels]

    def clean_label(self) -> Label:
        return self.known[self.cleaned_data["label"]]


class LabelTakeOffForm(LabelPutForm):
    """A hidden value behind the button beside one label."""

    code = "take_off"

    label = forms.ChoiceField(widget=forms.HiddenInput)
