"""Ways into the intake: the privacy notice, a code from before, "please call me"."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common import codes
from gruendungswerkstatt.common.forms import FORM_ID, DigitsCharField, KernHelper, StaysMixin
from gruendungswerkstatt.content.pages import Published
from gruendungswerkstatt.content.selectors import notice
from intake import attempts, services
from intake.models import Submission
from intake.questions import QUESTIONS

from .fields import form_field
from .pin import wait_text
from .traps import TrapsMixin


class NoticeForm(StaysMixin):
    """The privacy notice `shown` was read. Nobody has to agree to it (the intake rests on a public task, rule 7).

    The page brings along which version it showed: a newer one may be published while somebody reads.
    """

    use_required_attribute = False
    notice = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    has_read = forms.BooleanField(
        label=_("I have read it."),
        error_messages={"required": _("Please read the text about your data and confirm that you have read it.")},
    )
    helper = KernHelper(submit=_("Begin"), form_id=FORM_ID)

    def __init__(self, *args: Any, shown: Published, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._shown = shown
        self.fields["notice"].initial = shown.name

    def notice_read(self) -> Published:
        """The version that was on the page; the present one if the page does not say. Only for a valid form."""
        name = self.cleaned_data["notice"]
        return (notice(name) if name not in ("", self._shown.name) else None) or self._shown


class ReferenceForm(StaysMixin):
    """The reference number as it was written down."""

    use_required_attribute = False
    status = HTTPStatus.OK  # of the page that shows the form again
    reference = DigitsCharField(
        label=_("Reference number"),
        max_length=40,
        help_text=_("The number with 8 digits."),
        error_messages={
            "required": _("Please write the reference number."),
            "max_length": _("The reference number has 8 digits."),
        },
    )

    def clean_reference(self) -> str:
        reference = codes.normalise_reference(self.cleaned_data["reference"])
        if not reference:
            raise forms.ValidationError(_("The reference number has 8 digits."))
        return reference


class CodeForm(ReferenceForm):
    """Reference number and code as they were written down."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("The code with 9 letters and digits. Small or capital letters do not matter."),
        error_messages={
            "required": _("Please write the code."),
            "max_length": _("The code has 9 letters and digits."),
        },
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "autocapitalize": "characters"}),
    )
    helper = KernHelper(submit=_("Go on"), form_id=FORM_ID)

    def enter(self, address: str) -> Submission | None:
        """The submission behind what was typed; None, with one message for every mistake, if there is none.

        `address` is where the request came from. Only for a valid form.
        """
        try:
            return services.enter(self.cleaned_data["reference"], self.cleaned_data["code"], address)
        except services.WrongCode:
            self.add_error(None, _("Reference number and code do not belong together. Please check both."))
        except attempts.Paused as paused:
            self.add_error(None, wait_text(paused.minutes))
            self.status = HTTPStatus.TOO_MANY_REQUESTS
        return None


class LostCodeForm(ReferenceForm):
    """The code is lost: the number alone, and whoever sent the enquiry is called."""

    helper = KernHelper(submit=_("Please call me"), form_id=FORM_ID)

    def report(self, address: str) -> bool:
        """Pass the wish on, whether there is such a number or not; whether it was taken. Only for a valid form."""
        try:
            services.report_lost_code(self.cleaned_data["reference"], address)
        except attempts.Paused as paused:
            self.add_error(None, wait_text(paused.minutes))
            self.status = HTTPStatus.TOO_MANY_REQUESTS
            return False
        return True


class ResumeForm(CodeForm):
    """Number and code, and what was typed before they were asked for (see views.unsent)."""

    unsent = forms.CharField(required=False, max_length=400_000, widget=forms.HiddenInput)
    helper = KernHelper(submit=_("Go on"), form_id=FORM_ID)
    posts_to = helper.form_action = "intake:resume"  # shown at the address of a page of questions, too


class CallbackTownForm(StaysMixin):
    """Where somebody lives comes before everything else (rule 11)."""

    use_required_attribute = False
    helper = KernHelper(submit=_("Go on"), form_id=FORM_ID)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["municipality"] = form_field(QUESTIONS["municipality"], required=True)


class CallbackForm(StaysMixin, TrapsMixin):
    """ "Please call me": three fields."""

    use_required_attribute = False
    helper = KernHelper(submit=_("Please call me"), form_id=FORM_ID)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        languages = QUESTIONS["languages"]
        self.fields["name"] = form_field(QUESTIONS["name"], required=True)
        self.fields["phone"] = form_field(QUESTIONS["phone"], required=True)
        self.fields["phone"].error_messages["required"] = _("Please write your phone number.")
        self.fields["language"] = forms.ChoiceField(
            label=_("In which language shall we call?"),
            choices=[("", "–"), *((o.code, languages.choice_label(o)) for o in languages.options)],
            error_messages={
                "required": _("Please choose a language."),
                "invalid_choice": _("Please choose one of the answers."),
            },
        )
