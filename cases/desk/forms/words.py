"""Translating a founder's own words."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.files.models import Translation
from cases.files.refusals import TranslationRefusal
from cases.files.translating import Words
from gruendungswerkstatt.common.forms import FreeTextField

from .base import VersionedForm

NONE_YET = 0  # the version of a translation that is not there yet


class TranslationForm(VersionedForm):
    """The translation of `words`; `source` says which words the page showed beside it."""

    code = "words"

    version = forms.IntegerField(min_value=NONE_YET, widget=forms.HiddenInput)
    source = forms.CharField(max_length=64, widget=forms.HiddenInput)
    is_from_machine = forms.BooleanField(required=False, widget=forms.HiddenInput)
    text = FreeTextField(
        label=_("Your translation"),
        max_length=10_000,
        help_text=_("Part of the file: the founder may ask to read it."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    stale_text = _(
        "Somebody else translated these words in the meantime. Their translation stands above. "
        "If you save again, yours takes its place."
    )

    def __init__(self, data: Any = None, *, words: Words, present: Translation | None, **kwargs: Any):
        super().__init__(data, version=present.version if present else NONE_YET, **kwargs)
        self.fields["source"].initial = words.digest
        self.fields["text"].initial = present.text if present else ""
        self.fields["is_from_machine"].initial = present.is_from_machine if present else False

    def fill_in(self, suggestion: str) -> None:
        """Put what a machine suggests into the form that was sent."""
        self.data = self.data.copy()
        self.data["text"], self.data["is_from_machine"] = suggestion, "True"
        self.errors.clear()

    def add_changed(self, words: Words) -> None:
        """Say that the founder's words are others by now. Sent again, the form is about those, which the page shows."""
        self.data = self.data.copy()
        self.data["source"] = words.digest
        self.add_error(None, ValidationError(TranslationRefusal.CHANGED.label, code="changed"))
