"""The case's timeline: one way in, for this room and for all above it."""

from typing import Any

from gruendungswerkstatt.common import clock
from network.people.models import Membership

from .enums import TimelineKind
from .models import Case, TimelineEntry

# What counts as having been in touch with the founder.
CONTACT_KINDS = frozenset({
    TimelineKind.NOTE, TimelineKind.APPOINTMENT_ENDED, TimelineKind.CALL_REACHED, TimelineKind.FOLLOW_UP_RECORDED,
})  # fmt: skip


def record(
    case: Case, kind: TimelineKind, by: Membership | None, *, params: dict[str, Any] | None = None, text: str = ""
) -> TimelineEntry:
    """Write one line into the timeline of `case`; every room writes its own lines through here.

    `params` holds plain JSON values (codes, names of offers, moments in ISO 8601), `text` somebody's words.
    """
    moment = clock.now()
    if kind in CONTACT_KINDS:
        Case.objects.filter(pk=case.pk).update(last_contact_at=moment)
        case.last_contact_at = moment
    return TimelineEntry.objects.create(
        office_id=case.office_id,
        case=case,
        kind=kind,
        params=params or {},
        text=text,
        author=by,
        happened_at=moment,
    )
