"""Forms of the intake; those of the questions are made from `questions`."""

from .closing import ClosingForm
from .entry import CallbackForm, CallbackTownForm, CodeForm, LostCodeForm, NoticeForm, ResumeForm
from .group import GroupForm
from .pin import NewPinMixin, pin_field, wait_text

__all__ = [
    "CallbackForm",
    "CallbackTownForm",
    "ClosingForm",
    "CodeForm",
    "GroupForm",
    "LostCodeForm",
    "NewPinMixin",
    "NoticeForm",
    "ResumeForm",
    "pin_field",
    "wait_text",
]
