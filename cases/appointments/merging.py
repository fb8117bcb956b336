"""What this room moves when two cases become one (cases.files.signals)."""

from typing import Any

from cases.files.moving import Merging
from cases.files.signals import case_merging

from .models import Appointment


def move(merging: Merging, **_signal: Any) -> None:
    """The appointments. That two of them are at the same time is no reason against it: people see it."""
    merging.move_of_case(Appointment.objects.all())


def register() -> None:
    """Take part in putting cases together."""
    case_merging.connect(move, dispatch_uid="cases.appointments.merging")
