"""What those who run an office say about it."""

from django.db import transaction

from gruendungswerkstatt.common.abstract import bump_version
from network.people.models import Organisation


@transaction.atomic
def change_details(office: Organisation, *, version: int, **details: str) -> Organisation:
    """Save address and contact, and give the office as it is then. Raises StaleVersion.

    What it says already changes nothing, so the same form sent twice is carried out once.
    """
    found = Organisation.objects.select_for_update(no_key=True).get(pk=office.pk)
    if all(getattr(found, name) == value for name, value in details.items()):
        return found
    bump_version(found, version)
    for name, value in details.items():
        setattr(found, name, value)
    found.save(update_fields=[*details, "version"])
    return found
