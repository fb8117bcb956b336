"""Logging who looked at personal data."""

import uuid
from collections.abc import Iterable

from network.people.models import Membership

from .erasure import ACCESS_LOG
from .models import ViewLog, ViewPurpose
from .retention import delete_after_in_database


def log_views(membership: Membership, looks: Iterable[tuple[int, str, uuid.UUID, ViewPurpose]]) -> None:
    """Write down, with one statement, that the person of `membership` opened people's data.

    A look is the key of the office that the data belongs to, the kind of file, its UUID, and why it was opened.
    """
    ViewLog.objects.bulk_create(
        ViewLog(
            office_id=office_id,
            viewer_id=membership.user_id,
            viewer_organisation_id=membership.organisation_id,
            role=membership.role,
            purpose=purpose,
            subject_kind=kind,
            subject_uuid=subject,
            delete_after_on=delete_after_in_database(office_id, ACCESS_LOG),
        )
        for office_id, kind, subject, purpose in looks
    )
