"""Writing a hint of the office in every language side by side."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.audit.tokens import FormTokenMixin
from gruendungswerkstatt.common.forms import DateThreeFieldsField, FreeTextField, TextField
from intake.hint_editing import Draft
from intake.hint_linting import TEXT_LENGTH, TITLE_LENGTH, HintFinding
from intake.office_hints import LANGUAGES, HintSlot, HintWording


class HintForm(FormTokenMixin):
    """One hint: title_de, text_de, title_ar, … and from when to when it is shown, and if at all."""

    version = forms.IntegerField(
        min_value=0,
        widget=forms.HiddenInput,
        error_messages={
            name: _("This form is incomplete. Please load the page again.")
            for name in ("required", "invalid", "min_value")
        },
    )

    def __init__(self, *args: Any, slot: HintSlot, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = slot.version
        for language in LANGUAGES:
            self._add_language(language, slot)
        row = slot.row
        self.fields["valid_from"] = DateThreeFieldsField(
            label=_("Show it from"), required=False, initial=row.valid_from if row else None
        )
        self.fields["valid_to"] = DateThreeFieldsField(
            label=_("Show it until"), required=False, initial=row.valid_to if row else None
        )
        self.fields["is_off"] = forms.BooleanField(
            label=_("Do not show this hint"),
            required=False,
            initial=slot.is_off,
            help_text=_("Founders do not read it, and new cases get no step from it."),
        )
        self.fields["off_reason"] = TextField(
            label=_("Why is it not shown?"),
            required=False,
            max_length=300,
            initial=row.off_reason if row else "",
            widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}),
        )
        self.fields["is_checked"] = forms.BooleanField(
            label=_("I have compared rule, source and texts today."), required=False
        )

    def _add_language(self, language: str, slot: HintSlot) -> None:
        direction = "rtl" if get_language_info(language)["bidi"] else "ltr"
        words = slot.wording(language)
        self.fields[f"title_{language}"] = TextField(
            label=_("Title"),
            required=False,
            max_length=TITLE_LENGTH,
            initial=words.title,
            widget=forms.TextInput({"dir": direction, "lang": language, "autocomplete": "off"}),
        )
        text = FreeTextField(label=_("Text"), required=False, max_length=TEXT_LENGTH, initial=words.text)
        text.widget.attrs |= {"dir": direction, "lang": language, "rows": 7}
        self.fields[f"text_{language}"] = text

    def of_language(self, language: str) -> list[forms.BoundField]:
        """The fields of one language, for the page."""
        return [self[f"title_{language}"], self[f"text_{language}"]]

    def others(self) -> list[forms.BoundField]:
        """The fields that hold for all languages."""
        return [self[name] for name in ("valid_from", "valid_to", "is_off", "off_reason", "is_checked")]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("valid_from"), data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("The last day lies before the first one."))
        if data.get("is_off") and not data.get("off_reason") and "off_reason" not in self.errors:
            self.add_error("off_reason", _("Please say why the hint is not shown."))
        return data

    def draft(self) -> Draft:
        """What was typed; only for a valid form."""
        data = self.cleaned_data
        return Draft(
            texts={code: HintWording(data[f"title_{code}"], data[f"text_{code}"]) for code in LANGUAGES},
            valid_from=data["valid_from"],
            valid_to=data["valid_to"],
            is_off=data["is_off"],
            off_reason=data["off_reason"],
            is_checked=data["is_checked"],
        )

    def add_findings(self, found: Mapping[str, Iterable[HintFinding]]) -> None:
        """Say beside each field why it is refused."""
        for language, findings in found.items():
            for finding in findings:
                error = forms.ValidationError(finding.message, code=finding.reason.value)
                self.add_error(f"{finding.field}_{language}", error)

    def add_stale(self, slot: HintSlot) -> None:
        """Say that somebody was quicker; sending again then replaces what the page now shows of `slot`."""
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = str(slot.version)
        self.add_error(
            None,
            _("Somebody else changed this hint in the meantime. Their text stands below; publishing replaces it."),
        )
