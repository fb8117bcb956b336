"""Logging who looked at personal data."""

import uuid

from network.people.models import Membership, Organisation

from .erasure import ACCESS_LOG
from .models import ViewLog, ViewPurpose
from .retention import delete_after_in_database


def log_view(
    membership: Membership, office: Organisation, subject_kind: str, subject_uuid: uuid.UUID, purpose: ViewPurpose
) -> None:
    """Write down that the person of `membership` opened a person's data that belongs to `office`."""
    ViewLog.objects.create(
        office=office,
        viewer_id=membership.user_id,
        viewer_organisation_id=membership.organisation_id,
        role=membership.role,
        purpose=purpose,
        subject_kind=subject_kind,
        subject_uuid=subject_uuid,
        delete_after_on=delete_after_in_database(office.pk, ACCESS_LOG),
    )
