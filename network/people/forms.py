"""Forms of signing in: django-allauth's, with our words, without placeholders, and reading digits of any script."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth import password_validation
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common.forms import DigitsCharField

from . import unsent
from .models import Membership


def _password(label: Any, autocomplete: str) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete, "dir": "ltr"})
    return forms.CharField(label=label, strip=False, widget=widget)


def _code() -> DigitsCharField:
    field = DigitsCharField(label=_("Code"), max_length=20)
    field.widget.attrs["autocomplete"] = "one-time-code"
    return field


class SignInForm(LoginForm):
    """E-mail and password; `unsent` carries a form that was sent too late (see unsent.py)."""

    password = _password(_("Password"), "current-password")
    unsent = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.EmailField(
            label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username", "dir": "ltr"})
        )
        self.order_fields(["login", "password"])

    def clean_login(self) -> str:
        return super().clean_login().lower()

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        if unsent.keep(request.session, self.cleaned_data["unsent"]):
            redirect_url = reverse("people:unsent_form")
        return super().login(request, redirect_url)


class PasswordAgainForm(ReauthenticateForm):
    password = _password(_("Password"), "current-password")


class NewPasswordForm(ChangePasswordForm):
    oldpassword = _password(_("Present password"), "current-password")
    password1 = _password(_("New password"), "new-password")
    password2 = _password(_("New password, once more"), "new-password")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].validators.append(
            lambda password: password_validation.validate_password(password, self.user)
        )

    def clean(self) -> dict[str, Any]:
        # Not allauth's own check: its message is the one thing here that would not be in our words.
        cleaned = forms.Form.clean(self)
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two new passwords are not the same."))
        return cleaned


class SecondFactorForm(mfa.AuthenticateForm):
    code = _code()


class SecondFactorAgainForm(mfa.ReauthenticateForm):
    code = _code()


class ActivateAppForm(ActivateTOTPForm):
    code = _code()


class MembershipForm(forms.Form):
    """Which of one's memberships to act in."""

    membership = forms.ChoiceField(label=_("Act for"), widget=forms.RadioSelect)

    def __init__(self, *args, memberships: list[Membership], **kwargs):
        super().__init__(*args, **kwargs)
        # U+2068 and U+2069 keep a name of one direction together inside a line of the other.
        self.fields["membership"].choices = [
            (str(m.uuid), f"\u2068{m.organisation}\u2069 · {m.get_role_display()}") for m in memberships
        ]
