"""The founder as a person and the case file that an office keeps."""

from .asking_back import AskBack
from .case import NO_START, START_OR_NEVER, WITHOUT_APPLICATION, AddedEnquiry, Case, Note, StatusChange, TimelineEntry
from .drafts import NoteDraft
from .endings import ErasureRequest, Merge
from .funding import Funding
from .labels import CaseLabel, Label
from .office_words import StepTemplate, TextBlock
from .person import Founder, MatchKey, NameKey
from .words import Translation
from .work import Deadline, FollowUp, PlanStep

__all__ = [
    "NO_START",
    "START_OR_NEVER",
    "WITHOUT_APPLICATION",
    "AddedEnquiry",
    "AskBack",
    "Case",
    "CaseLabel",
    "Deadline",
    "ErasureRequest",
    "FollowUp",
    "Founder",
    "Funding",
    "Label",
    "MatchKey",
    "Merge",
    "NameKey",
    "Note",
    "NoteDraft",
    "PlanStep",
    "StatusChange",
    "StepTemplate",
    "TextBlock",
    "TimelineEntry",
    "Translation",
]
