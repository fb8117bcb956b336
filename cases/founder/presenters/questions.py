"""Questions of the office as the person they are for reads them."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cases.files.enums import AskBackBlock, AskBackState
from cases.files.models import AskBack
from cases.founder.forms import AskBackAnswerForm


@dataclass(frozen=True)
class QuestionRow:
    """One question: its text block in the person's language, and the form if it waits for an answer."""

    asked: AskBack
    block: Any
    form: AskBackAnswerForm | None


def question_rows(asked: Iterable[AskBack], sent: Mapping[uuid.UUID | None, AskBackAnswerForm]) -> list[QuestionRow]:
    """Those that wait first. `sent` is {uuid: the form that could not be carried out}."""
    rows = [
        QuestionRow(
            one,
            AskBackBlock(one.block).label if one.block in AskBackBlock.values else "",
            sent.get(one.uuid) or (AskBackAnswerForm(asked=one) if one.state == AskBackState.ASKED else None),
        )
        for one in asked
    ]
    return sorted(rows, key=lambda row: row.form is None)
