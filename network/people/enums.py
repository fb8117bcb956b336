"""Codes of the people room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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
