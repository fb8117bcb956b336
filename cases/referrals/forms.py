"""What advisors and partners fill in around a referral."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.audit.tokens import FormTokenMixin
from gruendungswerkstatt.common.forms import FreeTextField, KernHelper, NameField
from network.directory.models import ServiceTopic

from .enums import FIELD_TITLES, TOLD_WAYS, ConsentField, DeclineReason, ReferralRefusal

QUERY_LENGTH = 200


class OfferChoiceForm(forms.Form):
    """Search for an offer to refer to (GET)."""

    q = forms.CharField(
        label=_("What are you looking for?"),
        max_length=QUERY_LENGTH,
        required=False,
        error_messages={"max_length": _("Please search with at most %(limit_value)d characters.")},
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}),
    )
    topic = forms.ChoiceField(
        label=_("Topic"),
        required=False,
        error_messages={"invalid_choice": _("Please choose one of the entries of the list.")},
    )

    def __init__(self, data: Any, *, topics: Iterable[ServiceTopic]):
        super().__init__(data)
        self.fields["topic"].choices = [
            ("", _("All topics")),
            *((topic.code, topic.name) for topic in topics),
        ]
        self.helper = KernHelper(self, tag=False)
        self.helper.hide_optional = True
        self.full_clean()


class FieldsForm(forms.Form):
    """What may be passed on (GET): the choice makes the address of the page that asks the founder.

    The question is always part of it: a referral is a question.
    """

    fields_to_give = forms.MultipleChoiceField(
        label=_("What may be passed on?"),
        choices=[(field, FIELD_TITLES[field]) for field in ConsentField if field != ConsentField.QUESTION],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only what the partner needs. The question is always passed on."),
        error_messages={
            "required": ReferralRefusal.NO_FIELDS.label,
            "invalid_choice": _("Please choose one of the entries of the list."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.helper = KernHelper(self, tag=False)

    @property
    def chosen(self) -> list[str]:
        """The fields of the consent; the form has to be valid."""
        return [*self.cleaned_data["fields_to_give"], ConsentField.QUESTION]


class ConsentForm(FormTokenMixin, forms.Form):
    """The founder's answer, noted by the advisor. "No" needs nothing else."""

    YES, NO = "yes", "no"

    given_by = forms.ChoiceField(
        label=_("How did the founder answer?"),
        choices=[(way, way.label) for way in TOLD_WAYS],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please say how the founder answered."),
            "invalid_choice": _("Please choose one of the entries of the list."),
        },
    )
    interpreted_by = NameField(
        label=_("Who interpreted?"),
        max_length=120,
        required=False,
        help_text=_("Leave it empty if nobody did."),
    )
    decision = forms.ChoiceField(
        choices=[(YES, _("Yes")), (NO, _("No"))],
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("Please use one of the buttons yes or no.")},
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.data.get("decision") == self.NO:
            self.fields["given_by"].required = False
        self.helper = KernHelper(self, tag=False)
        self.helper.layout = self.helper.build_default_layout(self)
        self.helper.layout.fields.remove("decision")  # the two buttons

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "decision" in data and not data["decision"]:
            self.add_error(None, _("Please use one of the buttons yes or no."))
        return data


class RequestForm(FormTokenMixin, forms.Form):
    """Let the founder answer alone, or ask no longer: nothing but the token."""


class QuestionForm(FormTokenMixin, forms.Form):
    """The question that is passed on."""

    question = FreeTextField(
        label=_("Question to the partner"),
        max_length=2000,
        help_text=_("Please write nothing about health or asylum here."),
        error_messages={"required": _("Please write what the partner shall answer.")},
    )
    helper = KernHelper(submit=_("Refer now"))


class WithdrawalForm(FormTokenMixin, forms.Form):
    """How the founder took the consent back."""

    withdrawn_by = forms.ChoiceField(
        label=_("How did the founder say it?"),
        choices=[(way, way.label) for way in TOLD_WAYS],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please say how the consent was withdrawn."),
            "invalid_choice": _("Please choose one of the entries of the list."),
        },
    )
    helper = KernHelper(submit=_("Withdraw consent"))


class AnswerForm(FormTokenMixin, forms.Form):
    """A partner's answer. `version` is the state of the referral that was answered."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=0,
        error_messages={
            name: _("This form is incomplete. Please load the page again.") for name in ("required", "invalid")
        },
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.helper = KernHelper(self, tag=False)

    def accept_version(self, version: int) -> None:
        """Let the next sending of what was typed rest on `version`, which the person has now seen."""
        self.data = self.data.copy()
        self.data["version"] = str(version)


class AcceptForm(AnswerForm):
    """Nothing more to say."""


class DeclineForm(AnswerForm):
    reason = forms.ChoiceField(
        label=_("Why do you decline?"),
        choices=DeclineReason.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose a reason."),
            "invalid_choice": _("Please choose one of the entries of the list."),
        },
    )
    text = FreeTextField(label=_("Message to the advisor"), max_length=1000, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("reason") == DeclineReason.OTHER and not data.get("text") and "text" not in self.errors:
            raise ValidationError({"text": _("Please say the other reason in one or two sentences.")})
        return data


class ResultForm(AnswerForm):
    text = FreeTextField(
        label=_("What came of it?"),
        max_length=1000,
        help_text=_("One or two sentences for the advisor. Please write nothing about health or asylum here."),
        error_messages={"required": _("Please write in one or two sentences what came of it.")},
    )
