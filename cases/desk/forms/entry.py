"""An enquiry that the office types in for a founder: the questions of the intake, all on one page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.audit.tokens import FormTokenMixin
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.forms import DateThreeFieldsField, StaysMixin
from intake.conditions import Answers
from intake.enums import Channel, Signer
from intake.forms import GroupForm
from intake.models import Submission
from intake.questions import LANGUAGE, OUTSIDE, Question
from intake.steps import CLOSING, STEPS, WHOLE

from .base import DeskForm, VersionedForm

# Without them there is no office and nobody to speak of; whatever else cannot be read on paper is left out.
NEEDED_FROM_PAPER = frozenset({"municipality", "name"})
OLDEST_PAPER = timedelta(days=365)


@dataclass(frozen=True)
class Part:
    """The fields of one step; `is_folded` where they stand behind a heading until somebody opens it."""

    code: str
    title: Any
    fields: list[BoundField]
    is_short_way: bool
    is_folded: bool


class EntryForm(StaysMixin, FormTokenMixin, GroupForm):
    """All questions in the order of the questionnaire; required is what a founder has to answer too.

    The paper form needs less: an answer that nobody can read is left out.
    """

    page_language = forms.ChoiceField(
        label=_("In which language does the founder read?"),
        help_text=_("Pages and messages for the founder are in this language."),
        error_messages={"required": _("Please choose the language in which the founder reads.")},
    )
    words_language = forms.ChoiceField(
        label=_("In which language is the idea written here?"),
        required=False,
        help_text=_("Please write the founder's words as they were said or written, not a translation."),
    )

    def __init__(self, data: Any = None, *, channel: Channel, answers: Answers | None = None, **initial: Any):
        self.channel = channel
        super().__init__(WHOLE, answers or {}, data)
        self.initial |= initial
        self.fields["page_language"].choices = [("", "–"), *_interface_languages()]
        self.fields["words_language"].choices = [
            ("", _("Find out from the script")),
            *((o.code, o.label) for o in LANGUAGE if o.code != "other"),
        ]
        if self.is_paper and answers is None:
            today = clock.today()
            self.fields["received_on"] = DateThreeFieldsField(
                label=_("When did the paper come?"), initial=today, earliest=today - OLDEST_PAPER, latest=today
            )
            self.fields["signed_by"] = forms.ChoiceField(
                label=_("Who signed it?"), choices=[("", "–"), *Signer.choices], required=False
            )

    @property
    def is_paper(self) -> bool:
        return self.channel == Channel.PAPER

    def needs(self, question: Question, answers: Answers) -> bool:
        if self.is_paper:
            return question.key in NEEDED_FROM_PAPER
        return question.is_required(answers)

    def clean_municipality(self) -> str:
        town = self.cleaned_data["municipality"]
        if town == OUTSIDE:
            raise ValidationError(_("Another office is responsible for other towns. Nothing is stored here."))
        return town

    def parts(self) -> Iterator[Part]:
        """The fields under the steps that ask them. On paper everything is open, for the keyboard."""
        for step in STEPS:
            keys = [key for group in step.groups for key in group.keys]
            yield self._part(f"step-{step.number}", step.title, keys, is_short_way=step.is_short_way)
        yield self._part("closing", CLOSING.title, list(CLOSING.keys), is_short_way=False)

    def _part(self, code: str, title: Any, keys: list[str], *, is_short_way: bool) -> Part:
        fields = [self[key] for key in keys if key in self.fields]
        is_needed = is_short_way or self.is_paper or any(field.errors or field.value() for field in fields)
        return Part(code, title, fields, is_short_way, is_folded=not is_needed)

    def about_paper(self) -> list[BoundField]:
        """What the paper does not say by itself."""
        return [self[name] for name in ("received_on", "signed_by") if name in self.fields]

    def how_to_read(self) -> list[BoundField]:
        return [self["page_language"], self["words_language"]]


class CorrectionForm(EntryForm):
    """The same page with what was typed, before the founder confirms it."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, submission: Submission):
        languages = set(submission.text_languages.values())
        super().__init__(
            data,
            channel=Channel(submission.channel),
            answers=submission.answers,
            version=submission.version,
            page_language=submission.language,
            words_language=languages.pop() if len(languages) == 1 else "",
        )

    def add_stale(self, version: int) -> None:
        """Say that somebody was quicker. Sent again, the form changes what is there now, version `version`."""
        self.data = self.data.copy()
        self.data["version"] = str(version)
        self.add_error(
            None,
            ValidationError(
                _("Somebody else changed this enquiry in the meantime. Please look at it again, then send again."),
                code="stale",
            ),
        )


class HandOverForm(DeskForm):
    """The device goes to the founder, in their language."""

    code = "hand_over"

    language = forms.ChoiceField(label=_("Language of the founder's page"))

    def __init__(self, data: Any = None, *, submission: Submission, **kwargs: Any):
        super().__init__(data, **kwargs)
        self.fields["language"].choices = _interface_languages()
        self.fields["language"].initial = submission.language


class NumberMakeForm(DeskForm):
    """A number for the founder's own phone."""

    code = "number"


class PhoneConfirmForm(VersionedForm):
    """On the phone: the notice was read aloud, the answers are right."""

    code = "by_phone"

    language = forms.ChoiceField(
        label=_("In which language did the founder hear it?"),
        help_text=_("Read by you, or by the person who interprets."),
    )
    was_read = forms.BooleanField(
        label=_("I have read the text about the data aloud."),
        error_messages={"required": _("Please read the text about the data aloud first.")},
    )
    is_right = forms.BooleanField(
        label=_("I have read the answers aloud, and the founder says that they are right."),
        error_messages={"required": _("Please ask the founder whether the answers are right.")},
    )
    stale_text = _("Somebody else changed this enquiry in the meantime. Please look at it again, then send again.")

    def __init__(self, data: Any = None, *, submission: Submission, **kwargs: Any):
        super().__init__(data, version=submission.version, **kwargs)
        self.fields["language"].choices = _interface_languages()
        self.fields["language"].initial = submission.language


def _interface_languages() -> list[tuple[str, str]]:
    return [(code, get_language_info(code)["name_translated"]) for code, _name in settings.LANGUAGES]
