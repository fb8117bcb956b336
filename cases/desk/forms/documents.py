"""What the office does with documents of a case."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common.forms import FreeTextField
from gruendungswerkstatt.documents.enums import CHOSEN_REASONS, DocumentKind, DocumentRefusal

from .base import DeskForm, VersionedForm

NOTE_LENGTH = 500


class DocumentForm(VersionedForm):
    """One of the forms on the page of a document that was asked for."""

    stale_text = _(
        "Something has changed in the meantime, perhaps a file has come. Please look again, then send again."
    )

    def add_refusal(self, reason: DocumentRefusal) -> None:
        field = "words" if reason == DocumentRefusal.REASON_MISSING else None
        self.add_error(field, ValidationError(reason.label, code=reason.value))


class DocumentAskForm(DeskForm):
    code = "ask"

    kind = forms.ChoiceField(
        label=_("Which document?"),
        choices=[("", _("Please choose")), *DocumentKind.choices],
        error_messages={"required": _("Please choose a document.")},
    )
    note = FreeTextField(
        label=_("Note to the founder"),
        required=False,
        max_length=NOTE_LENGTH,
        help_text=_("The founder reads it as you write it. Please use plain words and nothing about health or asylum."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> None:
        if self.cleaned_data.get("kind") == DocumentKind.OTHER and not self.cleaned_data.get("note"):
            self.add_error("note", _("Please write which document you need."))


class DocumentAcceptForm(DocumentForm):
    """Seen and in order: nothing to fill in."""

    code = "accept"


class DocumentReturnForm(DocumentForm):
    code = "return"
    hide_optional = True

    reason = forms.ChoiceField(
        label=_("What should the founder know?"),
        choices=[(reason.value, reason.label) for reason in CHOSEN_REASONS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose a reason.")},
    )
    words = FreeTextField(
        label=_("In your words"),
        required=False,
        max_length=NOTE_LENGTH,
        help_text=_("The founder reads it as you write it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class DocumentWithdrawForm(DocumentForm):
    """Not needed any more: nothing to fill in."""

    code = "withdraw"


class FileDeleteForm(DeskForm):
    """Seen, delete now: nothing to fill in."""

    code = "delete"
