"""How this room says no."""

from collections.abc import Iterable

from .enums import Need
from .models import Case
from .refusals import CaseRefusal


class CaseRefused(Exception):
    """A case cannot be changed like this; `reason` says why, `needs` what has to be true before.

    `is_final`: not even a team lead can do it anyway.
    """

    def __init__(self, reason: CaseRefusal, needs: Iterable[Need] = (), *, is_final: bool = False):
        super().__init__(reason.value)
        self.reason, self.needs, self.is_final = reason, tuple(needs), is_final


class CaseMerged(Exception):
    """Somebody asks for a case that was put into another one: `remaining` is where everything lies now."""

    def __init__(self, merged: Case, remaining: Case):
        super().__init__(str(merged.uuid))
        self.merged, self.remaining = merged, remaining
