"""Cases and enquiries as the advisors' pages show them."""

from .asking_back import AskBackRow, ask_back_row
from .calls import CallPanel, call_panel
from .case import CaseHead, StepLine, case_head, next_of, step_lines
from .day import Reader, Section, day_sections
from .deadlines import DeadlineLine, deadline_lines
from .followups import FollowUpLine, follow_up_lines
from .funding import FundingLine, funding_lines, funding_sheet
from .moves import undo_words
from .story import Story, story, timeline_part
from .submission import (
    InboxRow,
    answer_sections,
    check_reasons,
    enquiries,
    how_it_came,
    inbox_row,
    is_unconfirmed,
    known_rows,
    languages_to_read,
)
from .timeline import Line, timeline_lines
from .worklist import CaseRow, case_rows

__all__ = [
    "AskBackRow",
    "CallPanel",
    "CaseHead",
    "CaseRow",
    "DeadlineLine",
    "FollowUpLine",
    "FundingLine",
    "InboxRow",
    "Line",
    "Reader",
    "Section",
    "StepLine",
    "Story",
    "answer_sections",
    "ask_back_row",
    "call_panel",
    "case_head",
    "case_rows",
    "check_reasons",
    "day_sections",
    "deadline_lines",
    "enquiries",
    "follow_up_lines",
    "funding_lines",
    "funding_sheet",
    "how_it_came",
    "inbox_row",
    "is_unconfirmed",
    "known_rows",
    "languages_to_read",
    "next_of",
    "step_lines",
    "story",
    "timeline_lines",
    "timeline_part",
    "undo_words",
]
