"""How this room says no."""

from .enums import CaseRefusal
from .models import Case


class CaseRefused(Exception):
    """A case cannot be changed like this; `reason` says why."""

    def __init__(self, reason: CaseRefusal):
        super().__init__(reason.value)
        self.reason = reason


class CaseMerged(Exception):
    """Somebody asks for a case that was put into another one: `remaining` is where everything lies now."""

    def __init__(self, merged: Case, remaining: Case):
        super().__init__(str(merged.uuid))
        self.merged, self.remaining = merged, remaining
