"""The call log on the case page."""

from dataclasses import dataclass, field

from cases.files.models import Case
from cases.files.rules import WORKED_ON
from gruendungswerkstatt.audit.tokens import new_token
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.rows import row_url

from .deadlines import due_badge
from .submission import Badge
from .work import Opener, opener


@dataclass(frozen=True)
class CallPanel:
    """Two buttons for a call, the way to a sentence with it, and when the second try is due, if one waits."""

    url: str
    openers: list[Opener]
    second_try: Badge | None
    token: str = field(default_factory=new_token)


def call_panel(case: Case) -> CallPanel:
    """What the page of `case` says and offers about calls."""
    waits = case.second_try_on is not None and case.state in WORKED_ON
    badge = due_badge(case.second_try_on, clock.today()) if waits else None
    return CallPanel(row_url("cases:call_log", case.uuid), [opener(case, "call")], badge)
