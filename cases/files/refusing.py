"""How this room says no."""

from .enums import CaseRefusal


class CaseRefused(Exception):
    """A case cannot be changed like this; `reason` says why."""

    def __init__(self, reason: CaseRefusal):
        super().__init__(reason.value)
        self.reason = reason
