"""Which roles an organisation has."""

from .enums import Role
from .models import Organisation

_OFFICE = (Role.ADVISOR, Role.TEAM_LEAD, Role.ADMINISTRATOR)
_PARTNER = (Role.PARTNER,)


def roles_of(organisation: Organisation) -> tuple[Role, ...]:
    """The roles a member of `organisation` can have."""
    return _OFFICE if organisation.is_office else _PARTNER
