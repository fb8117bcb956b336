"""What lies under one name goes to another one: cases, and appointments that are to go along."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction

from cases.appointments import selectors as diary
from cases.appointments import services as appointments
from cases.appointments.enums import RefusalReason
from cases.appointments.models import Appointment
from cases.files import bulk
from cases.files.bulk import Change
from cases.files.enums import BulkKind, BulkResult
from cases.files.services import CaseRefused
from gruendungswerkstatt.common.abstract import StaleVersion
from network.people.models import Membership, OfficeOwnedQuerySet, Organisation

from .enums import HandedOn

Versions = Mapping[uuid.UUID, int]


@dataclass(frozen=True)
class Results:
    """What became of each case and each appointment, by UUID."""

    cases: dict[uuid.UUID, BulkResult]
    appointments: dict[uuid.UUID, HandedOn]


def appointments_to_hand_on(office: Organisation, uuids: Collection[uuid.UUID]) -> OfficeOwnedQuerySet:
    """Those of the appointments that are the office's, with their founders, always in the same order."""
    found = Appointment.objects.for_office(office).filter(uuid__in=uuids)
    return found.select_related("case__founder").order_by("starts_at", "id")


def expected(found: Collection[Appointment], advisor: Membership) -> dict[uuid.UUID, HandedOn]:
    """What would become of each appointment now: those at whose time the new advisor is busy stay."""
    busy = diary.overlapping(advisor, found)
    return {one.uuid: HandedOn.BUSY if one.pk in busy else HandedOn.DONE for one in found}


def reassign(
    member: Membership, by: Membership, advisor: Membership, *, cases: Versions, appointments: Versions
) -> Results:
    """Give cases and appointments of `member` (UUID → version that was looked at) to `advisor`; one result each.

    What somebody changed since is left. Belongs into a transaction; rows are locked in the order of their keys.
    """
    office = member.organisation
    changed = bulk.carry_out(office, by, Change(BulkKind.ASSIGN, advisor=advisor), cases)
    handed_on = dict.fromkeys(appointments, HandedOn.GONE)
    for one in appointments_to_hand_on(office, appointments.keys()).order_by("id"):
        handed_on[one.uuid] = _hand_on(one, member, by, advisor, appointments[one.uuid])
    return Results(changed, handed_on)


def _hand_on(
    appointment: Appointment, member: Membership, by: Membership, advisor: Membership, version: int
) -> HandedOn:
    if appointment.advisor_id != member.pk:
        return HandedOn.STALE
    try:
        with transaction.atomic():
            appointments.hand_on(appointment, by, advisor, version=version)
    except (StaleVersion, Appointment.DoesNotExist):
        return HandedOn.STALE
    except CaseRefused:
        return HandedOn.ADVISOR_LEFT
    except appointments.AppointmentRefused as refused:
        return HandedOn.BUSY if refused.reason == RefusalReason.ADVISOR_BUSY else HandedOn.OVER
    return HandedOn.DONE
