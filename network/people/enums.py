"""Codes of the people room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrganisationKind(TextChoices):
    """What kind of body an organisation is; only a `jobcenter` is an office that owns cases."""

    JOBCENTER = "jobcenter", _("Job centre")
    ASSOCIATION = "association", _("Association")
    EXPERT_CENTRE = "expert_centre", _("Centre of expertise")
    PROJECT = "project", _("Project")
    CHAMBER = "chamber", _("Chamber")
    ECONOMIC_DEVELOPMENT = "economic_development", _("Economic development agency")
    EMPLOYMENT_AGENCY = "employment_agency", _("Employment agency")
    PUBLIC_BODY = "public_body", _("Public body")
    INITIATIVE = "initiative", _("Initiative")


class Role(TextChoices):
    """What a member does in an organisation."""

    ADVISOR = "advisor", _("Advisor")
    TEAM_LEAD = "team_lead", _("Team lead")
    PARTNER = "partner", _("Partner")
    ADMINISTRATOR = "administrator", _("Administrator")


OFFICE_ROLES = (Role.ADVISOR, Role.TEAM_LEAD)  # work on case files
SETTINGS_ROLES = (Role.TEAM_LEAD, Role.ADMINISTRATOR)  # run the office: members, texts, pages, periods


class InvitationState(TextChoices):
    """Where an invitation stands; derived from its dates."""

    OPEN = "open", pgettext_lazy("invitation", "Open")
    EXPIRED = "expired", pgettext_lazy("invitation", "Expired")
    USED = "used", pgettext_lazy("invitation", "Accepted")
    REVOKED = "revoked", pgettext_lazy("invitation", "Taken back")


class InvitationRefusal(TextChoices):
    """Why an invitation cannot be made, sent again or accepted."""

    NOT_VALID = "not_valid", _("This link is not valid. Perhaps there is a newer e-mail: please use its link.")
    USED = "used", _("This invitation was already accepted. Please sign in.")
    EXPIRED = "expired", _("This invitation has expired. Please ask your office for a new one.")
    REVOKED = (
        "revoked",
        _("This invitation was taken back. Please ask your office if you think that this is a mistake."),
    )
    OTHER_PERSON = "other_person", _("This invitation is for another e-mail address than the one you signed in with.")
    SIGN_IN = "sign_in", _("There already is an account for this e-mail address. Please sign in with it.")
    ACCOUNT_CLOSED = "account_closed", _("The account for this e-mail address is closed. Please ask your office.")
    ALREADY_MEMBER = "already_member", _("This person already is a member.")
    ALREADY_INVITED = "already_invited", _("There already is an open invitation for this e-mail address.")
    WRONG_ROLE = "wrong_role", _("This role does not exist there.")
    ORGANISATION_ENDED = "organisation_ended", _("This organisation no longer takes part.")


class MemberRefusal(TextChoices):
    """Why a membership cannot be changed."""

    LAST_ONE = "last_one", _("Nobody else runs the office. Please make somebody else team lead or administrator first.")
    ONESELF = "oneself", _("You cannot do this to yourself. Please ask another team lead or administrator.")
    ENDED = "ended", _("This membership has already ended.")
    WRONG_ROLE = "wrong_role", _("This role does not exist there.")
    NOTHING_TO_RESET = "nothing_to_reset", _("This person has no second factor.")


class LeaveRefusal(TextChoices):
    """Why a leave with a deputy is not set."""

    BACKWARDS = "backwards", _("The last day is before the first one.")
    OVERLAPS = "overlaps", _("There is a deputy for some of these days already.")
    NOT_OF_THE_OFFICE = "not_of_the_office", _("This person does not work on cases of your office.")
    ONESELF = "oneself", _("Nobody is their own deputy.")
    DEPUTY_AWAY = "deputy_away", _("The deputy is away on some of these days.")
    IS_DEPUTY = "is_deputy", _("On some of these days the person is a deputy. Please choose somebody else there first.")


class MembershipChangeKind(TextChoices):
    """What happened to a membership."""

    JOINED = "joined", _("Joined")
    ROLE_CHANGED = "role_changed", _("Role changed")
    ENDED = "ended", _("Membership ended")
    FACTOR_RESET = "factor_reset", _("Second factor reset")


class AccountMailKind(TextChoices):
    """Mails to people with an account, or about to have one; no founder gets any."""

    INVITATION = "invitation", "invitation"
    PASSWORD_RESET = "password_reset"  # noqa: S105 - a code, no password
    FACTOR_RESET = "factor_reset"
