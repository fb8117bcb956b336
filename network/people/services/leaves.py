"""Leave with a deputy: who sees the cases of somebody who is away. Each service is one transaction."""

import uuid
from datetime import date

from django.db import transaction
from django.db.models import Q

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.abstract import bump_version
from network.people.enums import LeaveRefusal
from network.people.erasure import leave_kept_until
from network.people.models import Leave, Membership, Organisation


class LeaveRefused(Exception):
    """A leave cannot be set like this; `reason` says why."""

    def __init__(self, reason: LeaveRefusal):
        super().__init__(reason.value)
        self.reason = reason


@transaction.atomic
def set_leave(
    member: Membership, by: Membership, *, key: uuid.UUID, deputy: Membership, starts_on: date, ends_on: date
) -> Leave:
    """Let `deputy` see the cases of `member` on these days, both included. Raises LeaveRefused.

    `key` becomes the row's: the same form sent twice sets it once. The office is locked: two who set each other as
    deputies wait for each other.
    """
    office = Organisation.objects.select_for_update(no_key=True).get(pk=member.organisation_id)
    if (known := Leave.objects.for_office(office).filter(uuid=key).first()) is not None:
        return known
    if ends_on < starts_on:
        raise LeaveRefused(LeaveRefusal.BACKWARDS)
    if deputy.pk == member.pk:
        raise LeaveRefused(LeaveRefusal.ONESELF)
    staff = Membership.objects.of_office_staff(office).filter(pk__in=(member.pk, deputy.pk))
    if staff.count() < 2:
        raise LeaveRefused(LeaveRefusal.NOT_OF_THE_OFFICE)
    same_days = Leave.objects.for_office(office).counting().filter(starts_on__lte=ends_on, ends_on__gte=starts_on)
    touching = same_days.filter(Q(membership__in=(member, deputy)) | Q(deputy=member))
    for leave in touching:
        if leave.membership_id == member.pk:
            raise LeaveRefused(LeaveRefusal.OVERLAPS)
        raise LeaveRefused(LeaveRefusal.DEPUTY_AWAY if leave.membership_id == deputy.pk else LeaveRefusal.IS_DEPUTY)
    return Leave.objects.create(
        uuid=key,
        office=office,
        membership=member,
        deputy=deputy,
        starts_on=starts_on,
        ends_on=ends_on,
        created_by=by,
        delete_after_on=leave_kept_until(ends_on),
    )


@transaction.atomic
def take_back(leave: Leave, *, version: int) -> None:
    """End it at once, or before it begins; taken back already, nothing changes. Raises StaleVersion."""
    current = Leave.objects.select_for_update().get(pk=leave.pk)
    if current.taken_back_at is not None:
        return
    bump_version(current, version)
    current.taken_back_at = clock.now()
    current.save(update_fields=["taken_back_at", "version"])
