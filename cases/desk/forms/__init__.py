"""Forms of the advisors' pages: triage, the case, the worklist."""

from .access import NewCodeForm, NewCodeOfEnquiryForm, NewPinForm
from .age import AgeForm
from .base import DeskForm
from .calls import CallForm
from .case import (
    AdvisorForm,
    ApplicationForm,
    AskBackForm,
    CaseForm,
    CloseForm,
    GuardedForm,
    NoteForm,
    PhaseForm,
    StateForm,
    StepDoneForm,
    StepForm,
    UndoForm,
)
from .day import DoneForm, TookPlaceForm
from .deadlines import DeadlineChangeForm, DeadlineForm
from .entry import CorrectionForm, EntryForm, HandOverForm, NumberMakeForm, PhoneConfirmForm
from .followups import FollowUpForm
from .funding import FundingChangeForm, FundingForm
from .inbox import AcceptForm, AddForm, CloseSubmissionForm, DoubleForm
from .words import TranslationForm
from .worklist import WorklistForm

__all__ = [
    "AcceptForm",
    "AddForm",
    "AdvisorForm",
    "AgeForm",
    "ApplicationForm",
    "AskBackForm",
    "CallForm",
    "CaseForm",
    "CloseForm",
    "CloseSubmissionForm",
    "CorrectionForm",
    "DeadlineChangeForm",
    "DeadlineForm",
    "DeskForm",
    "DoneForm",
    "DoubleForm",
    "EntryForm",
    "FollowUpForm",
    "FundingChangeForm",
    "FundingForm",
    "GuardedForm",
    "HandOverForm",
    "NewCodeForm",
    "NewCodeOfEnquiryForm",
    "NewPinForm",
    "NoteForm",
    "NumberMakeForm",
    "PhaseForm",
    "PhoneConfirmForm",
    "StateForm",
    "StepDoneForm",
    "StepForm",
    "TookPlaceForm",
    "TranslationForm",
    "UndoForm",
    "WorklistForm",
]
