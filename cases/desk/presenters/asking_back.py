"""Questions to a founder and their answers, as the team reads them."""

from dataclasses import dataclass
from typing import Any

from cases.files.enums import AskBackBlock, AskBackState
from cases.files.models import AskBack
from gruendungswerkstatt.audit.tokens import new_token
from intake import questions

_BADGES = {AskBackState.ASKED: "info", AskBackState.ANSWERED: "success", AskBackState.WITHDRAWN: "warning"}


@dataclass(frozen=True)
class AskBackRow:
    """One question: the text block in words, the badge of its state, the language of the answer."""

    asked: AskBack
    block: Any
    badge: str
    language: str
    is_open: bool
    is_unread: bool
    token: str  # of the one button it has


def ask_back_row(asked: AskBack) -> AskBackRow:
    """`asked` for a page of the team."""
    return AskBackRow(
        asked=asked,
        block=AskBackBlock(asked.block).label if asked.block in AskBackBlock.values else "",
        badge=_BADGES[AskBackState(asked.state)],
        language=questions.label("languages", asked.answer_language) if asked.answer_language else "",
        is_open=asked.state == AskBackState.ASKED,
        is_unread=asked.state == AskBackState.ANSWERED and asked.seen_at is None,
        token=new_token(),
    )
