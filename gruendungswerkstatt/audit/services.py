"""Logging who looked at personal data."""

import uuid
from datetime import timedelta

from gruendungswerkstatt.common import clock
from network.people.models import Membership, Organisation

from .models import ViewLog, ViewPurpose

KEEP_DAYS = 365  # access log: 12 months (retention classes of the domain, DIN 66398)


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
        delete_after_on=clock.today() + timedelta(days=KEEP_DAYS),
    )
