"""Forms of signing in: django-allauth's, with our words, without placeholders, and reading digits of any script."""

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth import password_validation
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common.forms import DigitsCharField, NameField
from network.people import unsent
from network.people.models import User
from network.people.services import accounts


def password_field(label: Any, autocomplete: str) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete, "dir": "ltr"})
    return forms.CharField(label=label, strip=False, widget=widget)


def _code() -> DigitsCharField:
    field = DigitsCharField(label=_("Code"), max_length=20)
    field.widget.attrs["autocomplete"] = "one-time-code"
    return field


class SignInForm(LoginForm):
    """E-mail and password; `unsent` carries a form that was sent too late (see unsent.py)."""

    password = password_field(_("Password"), "current-password")
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
    password = password_field(_("Password"), "current-password")


class PasswordTwiceForm(forms.Form):
    """A new password, typed twice; `user` is whose it will be."""

    user: User | None

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


class NewPasswordForm(PasswordTwiceForm, ChangePasswordForm):
    oldpassword = password_field(_("Present password"), "current-password")
    password1 = password_field(_("New password"), "new-password")
    password2 = password_field(_("New password, once more"), "new-password")


class ForgottenPasswordForm(ResetPasswordForm):
    """Where a link shall be sent. Answers the same whether there is an account or not, and as quickly."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"] = forms.EmailField(
            label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username", "dir": "ltr"})
        )

    def save(self, request: HttpRequest, **kwargs) -> str:
        for user in self.users:
            accounts.request_password_reset(user)
        return self.cleaned_data["email"]


class ResetPasswordFromLinkForm(PasswordTwiceForm, ResetPasswordKeyForm):
    password1 = password_field(_("New password"), "new-password")
    password2 = password_field(_("New password, once more"), "new-password")


class SecondFactorForm(mfa.AuthenticateForm):
    """A code: of the person's authenticator app, or a recovery code."""

    code = _code()

    @property
    def has_app(self) -> bool:
        return is_mfa_enabled(self.user, [Authenticator.Type.TOTP])

    @property
    def has_recovery_codes(self) -> bool:
        return is_mfa_enabled(self.user, [Authenticator.Type.RECOVERY_CODES])


class SecondFactorAgainForm(mfa.ReauthenticateForm):
    code = _code()


class ActivateAppForm(ActivateTOTPForm):
    code = _code()


def _key_name() -> NameField:
    help_text = _("So that you can tell your keys apart, for example: key ring, computer in the office.")
    return NameField(label=_("Name of the key"), max_length=60, help_text=help_text)


class AddKeyForm(AddWebAuthnForm):
    """The answer of a security key; the name is chosen before the browser asks for the key."""

    name = _key_name()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].required = False  # an answer of a key is not thrown away because its name is missing


class RenameKeyForm(EditWebAuthnForm):
    name = _key_name()
