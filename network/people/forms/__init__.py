"""Forms of accounts and memberships, by what they are about."""

from .members import EndForm, FactorResetForm, InvitationForm, MemberForm, MembershipForm, NewAccountForm, RoleForm
from .office import OfficeDetailsForm
from .signing_in import (
    ActivateAppForm,
    AddKeyForm,
    ForgottenPasswordForm,
    NewPasswordForm,
    PasswordAgainForm,
    RenameKeyForm,
    ResetPasswordFromLinkForm,
    SecondFactorAgainForm,
    SecondFactorForm,
    SignInForm,
)

__all__ = [
    "ActivateAppForm",
    "AddKeyForm",
    "EndForm",
    "FactorResetForm",
    "ForgottenPasswordForm",
    "InvitationForm",
    "MemberForm",
    "MembershipForm",
    "NewAccountForm",
    "NewPasswordForm",
    "OfficeDetailsForm",
    "PasswordAgainForm",
    "RenameKeyForm",
    "ResetPasswordFromLinkForm",
    "RoleForm",
    "SecondFactorAgainForm",
    "SecondFactorForm",
    "SignInForm",
]
