"""The form that takes files, the same for founders and for the desk."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.audit.tokens import FormTokenMixin
from gruendungswerkstatt.common.forms import KernHelper
from gruendungswerkstatt.common.ids import new_uuid

from .enums import FileRefusal
from .inspection import Checked, check, clean_name
from .rules import MOST_AT_ONCE

# Without `capture`: with it a phone offers nothing but the camera. iPhones send JPEG where HEIC is not named.
ACCEPT = "image/jpeg,image/png,image/webp,application/pdf"
Refused = Sequence[tuple[str, FileRefusal]]


class ManyFilesInput(forms.FileInput):
    """A file field that takes several."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Files of one sending, each looked at on its own: gives those to be kept, remembers the others in `refused`."""

    widget = ManyFilesInput
    default_error_messages = {"required": _("Please choose a photo or a PDF.")}

    def clean(self, data: Any, initial: Any = None) -> list[Checked]:
        given: list[UploadedFile] = [one for one in data or [] if one is not None]
        if not given:
            raise ValidationError(self.error_messages["required"], code="required")
        self.refused: list[tuple[str, FileRefusal]] = []
        kept = []
        for number, upload in enumerate(given):
            found = check(upload) if number < MOST_AT_ONCE else FileRefusal.TOO_MANY
            if isinstance(found, Checked):
                kept.append(found)
            else:
                self.refused.append((clean_name(upload.name or ""), found))
        if not kept:
            raise ValidationError(refusal_lines(self.refused))
        return kept


def refusal_lines(refused: Refused) -> list[ValidationError]:
    """A line for every file that was not taken: its name, isolated from the text's direction, and why."""
    return [
        ValidationError(f"\u2068{name}\u2069: {reason.label}" if name else reason.label, code=reason.value)
        for name, reason in refused
    ]


class UploadForm(FormTokenMixin):
    """Photos and PDFs. After a sending of which some were not taken it comes again and says so (`UploadForm.again`)."""

    code = "upload"
    use_required_attribute = False
    files = ManyFilesField(
        label=_("Photos or PDFs"),
        help_text=_("Up to 10 MB each, 10 at a time. You can take a photo of each page."),
        widget=ManyFilesInput(attrs={"accept": ACCEPT}),
    )
    helper = KernHelper(submit=_("Send"))

    @classmethod
    def again(cls, refused: Refused) -> "UploadForm":
        """A new form that says beside the field what was not taken last time."""
        form = cls({"form_token": str(new_uuid())}, {"files": []})
        form.errors.clear()
        form.add_error("files", refusal_lines(refused))
        return form

    @property
    def refused(self) -> list[tuple[str, FileRefusal]]:
        """What was not taken, though something else was."""
        return self.fields["files"].refused
