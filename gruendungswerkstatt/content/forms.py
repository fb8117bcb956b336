"""Writing a page in every language side by side; telling about a barrier."""

import re
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.audit.tokens import FormTokenMixin
from gruendungswerkstatt.common.forms import FORM_ID, FreeTextField, KernHelper, StaysMixin, TextField
from gruendungswerkstatt.common.text import strip_invisible

from . import markdown
from .enums import PageSlug
from .pages import FIELDS, LANGUAGES, SOURCE_LANGUAGE, Text
from .selectors import Draft

BODY_LENGTH, SUMMARY_LENGTH = 20_000, 4_000
_OWN_PATH = re.compile(r"(/[\w.-]+)+")
_VIDEO_TYPES = (".mp4", ".webm")
_STALE = _("Somebody else changed this page in the meantime. Your text is still here: please compare, then save again.")


class TextArea(FreeTextField):
    """Markdown in one language: written in its direction, without placeholders that do not exist or foreign links."""

    def __init__(self, *, language: str, rows: int, **kwargs: Any):
        super().__init__(required=False, **kwargs)
        direction = "rtl" if get_language_info(language)["bidi"] else "ltr"
        self.widget.attrs |= {"rows": rows, "dir": direction, "lang": language}

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        found = markdown.problems(text)
        if found:
            raise ValidationError([str(problem.label) % {"found": place} for problem, place in found])
        return text


class PageForm(FormTokenMixin):
    """One page in all languages: title_de, summary_de, body_de, title_ar, … and what holds for all of them."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, draft: Draft, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.draft = draft
        self.fields["version"].initial = draft.version
        for language in LANGUAGES:
            self._add_language(language, draft)
        if draft.slug == PageSlug.SIGN:
            self.fields["video"] = TextField(
                label=_("Video"),
                required=False,
                max_length=200,
                initial=draft.video,
                help_text=_("The path of a file on our own host that ends in .mp4 or .webm. Empty: no video yet."),
                widget=forms.TextInput(attrs={"dir": "ltr"}),
            )
        self.helper = KernHelper(submit=_("Save and look at it"))

    def _add_language(self, language: str, draft: Draft) -> None:
        info = get_language_info(language)
        direction = "rtl" if info["bidi"] else "ltr"
        text = draft.texts[language]
        self.fields[f"title_{language}"] = TextField(
            label=_("Title"),
            required=language == SOURCE_LANGUAGE,
            max_length=120,
            initial=text.title,
            widget=forms.TextInput(attrs={"dir": direction, "lang": language}),
        )
        self.fields[f"summary_{language}"] = TextArea(
            label=_("In short"), language=language, rows=6, max_length=SUMMARY_LENGTH, initial=text.summary
        )
        self.fields[f"body_{language}"] = TextArea(
            label=_("Text"), language=language, rows=18, max_length=BODY_LENGTH, initial=text.body
        )
        if language != SOURCE_LANGUAGE:
            self.fields[f"is_current_{language}"] = forms.BooleanField(
                label=_("This translation says the same as the German text"), required=False
            )

    def languages(self) -> list[dict[str, Any]]:
        """For the page: each language with its name, the state of its translation and its fields."""
        return [
            {
                "code": language,
                "name": dict(settings.LANGUAGES)[language],
                "state": self.draft.state(language),
                "fields": [self[f"{name}_{language}"] for name in (*FIELDS, "is_current") if self._has(name, language)],
            }
            for language in LANGUAGES
        ]

    def _has(self, name: str, language: str) -> bool:
        return f"{name}_{language}" in self.fields

    def clean_video(self) -> str:
        path = self.cleaned_data["video"]
        if path and not (_OWN_PATH.fullmatch(path) and path.endswith(_VIDEO_TYPES)):
            raise ValidationError(
                _("Please give the path of a file on our own host, for example /static/video/dgs.mp4.")
            )
        return path

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for language in LANGUAGES:
            parts = [data.get(f"{name}_{language}") for name in FIELDS]
            if any(parts[1:]) and not parts[0] and f"title_{language}" not in self.errors:
                self.add_error(f"title_{language}", _("Please enter a title."))
        return data

    def given(self) -> dict[str, Any]:
        """What services.save_draft takes."""
        data = self.cleaned_data
        return {
            "texts": {code: Text(*(data[f"{name}_{code}"] for name in FIELDS)) for code in LANGUAGES},
            "confirmed": [code for code in LANGUAGES if data.get(f"is_current_{code}")],
            "video": data.get("video", ""),
            "version": data["version"],
        }

    def add_stale(self, draft: Draft) -> None:
        """Say that somebody was quicker; saving again then overwrites what they wrote."""
        self.data = self.data.copy()
        self.data["version"] = str(draft.version)
        self.add_error(None, _STALE)


class PublishForm(FormTokenMixin):
    """Show visitors the draft that the preview shows."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, draft: Draft, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = draft.version
        self.helper = KernHelper(submit=_("Publish"))


class FeedbackForm(StaysMixin, FormTokenMixin):
    """Somebody met a barrier. Only the text is needed; nobody has to say who they are."""

    text = FreeTextField(label=_("What did not work?"), max_length=2000)
    address = TextField(
        label=_("On which page?"), required=False, max_length=200, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    contact = TextField(
        label=_("How can we answer you?"),
        required=False,
        max_length=200,
        help_text=_("An e-mail address or a phone number. You can leave it empty."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.helper = KernHelper(submit=_("Send"), form_id=FORM_ID)

    def clean_address(self) -> str:
        """One line, and of an address of ours only the path: the rest may hold what somebody searched for."""
        path = urlsplit(strip_invisible(self.cleaned_data["address"])).path
        return " ".join(path.split())
