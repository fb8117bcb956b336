"""Forms about memberships: acting in one, inviting, accepting, changing."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common.forms import KernHelper, NameField
from gruendungswerkstatt.common.ids import new_uuid
from network.people.enums import InvitationRefusal, MemberRefusal
from network.people.models import Invitation, Membership, Organisation, User
from network.people.rules import roles_of

from .plain import no_links
from .signing_in import PasswordTwiceForm, password_field

# The field a refusal belongs to; the others concern the whole form.
_FIELD_OF_REFUSAL = {
    InvitationRefusal.ALREADY_MEMBER: "email",
    InvitationRefusal.ALREADY_INVITED: "email",
    InvitationRefusal.WRONG_ROLE: "role",
    MemberRefusal.WRONG_ROLE: "role",
}


class MembershipForm(forms.Form):
    """Which of one's memberships to act in."""

    membership = forms.ChoiceField(label=_("Act for"), widget=forms.RadioSelect)

    def __init__(self, *args, memberships: list[Membership], **kwargs):
        super().__init__(*args, **kwargs)
        # U+2068 and U+2069 keep a name of one direction together inside a line of the other.
        self.fields["membership"].choices = [
            (str(m.uuid), f"\u2068{m.organisation}\u2069 · {m.get_role_display()}") for m in memberships
        ]


class RefusableForm(forms.Form):
    """A form whose service may say no for a reason."""

    def add_refusal(self, reason: InvitationRefusal | MemberRefusal) -> None:
        """Show a refusal beside the field it concerns; what was typed stays."""
        field = _FIELD_OF_REFUSAL.get(reason)
        self.add_error(field if field in self.fields else None, ValidationError(reason.label, code=reason.value))


class InvitationForm(RefusableForm):
    """Whom to invite to `organisation`. Its `key` becomes the invitation's: the same form sent twice invites once."""

    key = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=new_uuid,
        error_messages={
            "required": _("This form is incomplete. Please load the page again."),
            "invalid": _("This form is incomplete. Please load the page again."),
        },
    )
    name = NameField(label=_("Name"), max_length=120, validators=[no_links])
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,  # as long as a user's
        widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    language = forms.ChoiceField(
        label=_("Language of the e-mail"), choices=settings.LANGUAGES, initial=settings.LANGUAGE_CODE
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any):
        super().__init__(*args, **kwargs)
        roles = roles_of(organisation)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]
        if len(roles) == 1:
            self.fields["role"].initial = roles[0].value
        self.helper = KernHelper(submit=_("Send invitation"))

    def details(self) -> dict[str, Any]:
        """What services.invitations.invite takes."""
        return self.cleaned_data


class NewAccountForm(PasswordTwiceForm):
    """The account of somebody who was invited."""

    name = NameField(label=_("Name"), max_length=120, validators=[no_links])
    password1 = password_field(_("Password"), "new-password")
    password2 = password_field(_("Password, once more"), "new-password")

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any):
        self.user = User(email=invitation.email, name=invitation.name)
        super().__init__(*args, initial={"name": invitation.name}, **kwargs)
        self.helper = KernHelper(submit=_("Create account"))


class MemberForm(RefusableForm):
    """Something done to a member as the page showed them: `version` then."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, member: Membership, **kwargs: Any):
        super().__init__(*args, initial={"version": member.version, "role": member.role}, **kwargs)

    def add_stale(self, member: Membership) -> None:
        """Say that somebody was quicker. Sent again, the form changes what the page shows now."""
        self.data = self.data.copy()
        self.data["version"] = str(member.version)
        self.add_error(None, _("Somebody else changed this membership in the meantime. Please look at it again."))


class RoleForm(MemberForm):
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, member: Membership, **kwargs: Any):
        super().__init__(*args, member=member, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in roles_of(member.organisation)]
        self.helper = KernHelper(submit=_("Change role"))


class EndForm(MemberForm):
    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.helper = KernHelper(submit=_("End membership"))


class FactorResetForm(MemberForm):
    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.helper = KernHelper(submit=_("Reset second factor"))
