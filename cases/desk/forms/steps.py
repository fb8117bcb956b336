"""Templates of steps: what team leads write, and which of them are chosen for a case."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cases.files.enums import Phase, StepActor
from cases.files.step_templates import FALLBACK, MOST_DAYS, Template, hint_choices
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.forms import DateThreeFieldsField, FreeTextField

from .base import DeskForm, VersionedForm
from .case import CaseForm

TEXT_LENGTH = 300


class TextsMixin:
    """A text in every language of the portal: text_de is needed, the others can follow."""

    text_length = TEXT_LENGTH

    def add_texts(self, texts: dict[str, str] | None = None) -> None:
        """Put the fields in front of the others, with what is said already."""
        own = list(self.fields)
        for language, _name in settings.LANGUAGES:
            info = get_language_info(language)
            field = FreeTextField(
                label=_("Text in %(language)s") % {"language": info["name_translated"]},
                max_length=self.text_length,
                required=language == FALLBACK,
                initial=(texts or {}).get(language, ""),
            )
            field.widget.attrs |= {"dir": "rtl" if info["bidi"] else "ltr", "lang": language, "rows": 2}
            self.fields[f"text_{language}"] = field
        self.order_fields([*own[:1], *(f"text_{language}" for language, _name in settings.LANGUAGES)])

    def texts(self) -> dict[str, str]:
        """{language: text} of what was said."""
        said = {language: self.cleaned_data[f"text_{language}"] for language, _name in settings.LANGUAGES}
        return {language: text for language, text in said.items() if text}


class TemplateFields(TextsMixin):
    """The fields of a template."""

    def add_fields(self, template: Template | None = None) -> None:
        """All of them, with what the template says now."""
        self.add_texts(dict(template.texts) if template else None)
        self.fields["phase"] = forms.ChoiceField(
            label=_("Phase"),
            choices=[("", pgettext_lazy("phase", "Every phase")), *Phase.choices],
            required=False,
            initial=template.phase if template else "",
        )
        self.fields["hint_code"] = forms.ChoiceField(
            label=_("Hint from the enquiry"),
            choices=[("", pgettext_lazy("hint", "None")), *hint_choices()],
            required=False,
            initial=template.hint_code if template else "",
            help_text=_("Offered first where the case has this hint."),
        )
        self.fields["actor"] = forms.ChoiceField(
            label=_("Who does it?"),
            choices=StepActor.choices,
            initial=template.actor if template else StepActor.FOUNDER,
            widget=forms.RadioSelect,
        )
        self.fields["days"] = forms.IntegerField(
            label=_("Due after so many days"),
            min_value=0,
            max_value=MOST_DAYS,
            required=False,
            initial=template.days if template else None,
            help_text=_("Leave it empty for a step without a day."),
        )

    def said(self) -> dict[str, Any]:
        """What the services store."""
        return {
            "texts": self.texts(),
            **{name: self.cleaned_data[name] for name in ("phase", "hint_code", "actor", "days")},
        }


class TemplateNewForm(TemplateFields, DeskForm):
    """A template of the office's own."""

    code = "new"
    hide_optional = True

    def __init__(self, data: Any = None, **kwargs: Any):
        super().__init__(data, **kwargs)
        self.add_fields()


class TemplateForm(TemplateFields, VersionedForm):
    """What the office says from now on; also instead of a shipped one, which then has no version yet: 0."""

    code = "change"
    hide_optional = True
    stale_text = _("Somebody else changed this template in the meantime. Please look at it again, then send again.")

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, template: Template, **kwargs: Any):
        super().__init__(data, version=template.version, **kwargs)
        self.add_fields(template)
        self.fields["is_off"] = forms.BooleanField(
            label=_("Do not offer this step"), required=False, initial=template.is_off
        )

    def said(self) -> dict[str, Any]:
        return {**super().said(), "is_off": self.cleaned_data["is_off"]}


class TemplateDeleteForm(DeskForm):
    """Deleting one of the office's own, or going back to what the portal brings along."""

    code = "delete"

    is_confirmed = forms.BooleanField(error_messages={"required": _("Please confirm it.")})

    def __init__(self, data: Any = None, *, is_shipped: bool = False, **kwargs: Any):
        super().__init__(data, **kwargs)
        again, gone = _("Yes, use the words of the portal again."), _("Yes, delete this template.")
        self.fields["is_confirmed"].label = again if is_shipped else gone


class ChooseForm(CaseForm):
    """Several steps at once, each with its day: take-<key>, until-<key>.

    It takes every template of the office: sent twice, it names what is open by now, and its token has to be seen first.
    """

    code = "choose"
    hide_optional = True

    def __init__(self, data: Any = None, *, templates: Iterable[Template], **kwargs: Any):
        self.templates = {template.key: template for template in templates}
        super().__init__(data, **kwargs)

    def prepare(self) -> None:
        today = clock.today()
        for key, template in self.templates.items():
            self.fields[f"take-{key}"] = forms.BooleanField(label=template.text, required=False)
            label = format_html('{}<span class="kern-sr-only">: {}</span>', _("Until"), template.text)
            self.fields[f"until-{key}"] = DateThreeFieldsField(
                label=label, required=False, initial=template.due_on(today), earliest=today
            )

    def rows(self, templates: Iterable[Template]) -> list[tuple[Template, forms.BoundField, forms.BoundField]]:
        """The fields of these templates, for the page."""
        return [(template, self[f"take-{template.key}"], self[f"until-{template.key}"]) for template in templates]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        taken = [key for key in self.templates if given.get(f"take-{key}")]
        for key in self.templates:
            if key not in taken:  # an old day of what nobody wants is no mistake
                self.errors.pop(f"until-{key}", None)
        if not taken:
            self.add_error(None, _("Please choose at least one step."))
        return given

    def chosen(self) -> list[tuple[str, date | None]]:
        """(key, until when) of what was chosen."""
        given = self.cleaned_data
        return [(key, given.get(f"until-{key}")) for key in self.templates if given.get(f"take-{key}")]
