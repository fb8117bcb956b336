"""Logging who looked at personal data."""

import uuid
from collections.abc import Iterable

from network.people.models import Membership

from .erasure import ACCESS_LOG
from .models import ViewLog, ViewPurpose
from .retention import delete_after, delete_after_in_database


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


def log_export(membership: Membership, kind: str, subjects: Iterable[uuid.UUID]) -> None:
    """Write down, with one statement, that the person of `membership` takes data of their own office out of the portal.

    `subjects` are the UUIDs of a portion of files of one `kind`, hundreds rather than all.
    """
    office_id = membership.organisation_id
    last_day = delete_after(office_id, ACCESS_LOG)
    ViewLog.objects.bulk_create(
        ViewLog(
            office_id=office_id,
            viewer_id=membership.user_id,
            viewer_organisation_id=office_id,
            role=membership.role,
            purpose=ViewPurpose.EXPORT,
            subject_kind=kind,
            subject_uuid=subject,
            delete_after_on=last_day,
        )
        for subject in subjects
    )
