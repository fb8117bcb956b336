"""Forms of the advisors' pages: triage, the case, the worklist."""

from .access import NewCodeForm, NewCodeOfEnquiryForm, NewPinForm
from .age import AgeForm
from .base import DeskForm
from .case import (
    AdvisorForm,
    ApplicationForm,
    CaseForm,
    CloseForm,
    NoteForm,
    PhaseForm,
    StateForm,
    StepDoneForm,
    StepForm,
)
from .inbox import AcceptForm, CloseSubmissionForm
from .worklist import WorklistForm

__all__ = [
    "AcceptForm",
    "AdvisorForm",
    "AgeForm",
    "ApplicationForm",
    "CaseForm",
    "CloseForm",
    "CloseSubmissionForm",
    "DeskForm",
    "NewCodeForm",
    "NewCodeOfEnquiryForm",
    "NewPinForm",
    "NoteForm",
    "PhaseForm",
    "StateForm",
    "StepDoneForm",
    "StepForm",
    "WorklistForm",
]
